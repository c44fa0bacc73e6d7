"""The engine: runs a compiled program for many members. The only holder of dice.

1. :mod:`draws` is luck, addressed by (seed, member, purpose, week), and values of distributions.
2. :mod:`simplify` makes one flat list of operations (:mod:`flat`) of a program: nothing said twice, nothing that nobody
   asks for.
3. :mod:`vectorised` runs it over arrays; :mod:`kernel` makes machine code of it (:mod:`assembly` writes its text, of
   :mod:`words`). Both give the same bits.
4. :mod:`run` cuts an ensemble into chunks for threads and says which members failed and why; :mod:`kept` keeps what is
   finished.
"""
