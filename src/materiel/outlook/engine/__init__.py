"""The engine: runs a compiled program for many members. The only holder of dice.

1. :mod:`draws` is luck, addressed by (seed, member, purpose, week), and values of distributions.
2. :mod:`simplify` makes one flat list of operations of a program: nothing said twice, nothing that nobody asks for.
3. :mod:`vectorised` runs it over arrays; :mod:`kernel` writes machine code for it (:mod:`source` is its text). Same bits.
4. :mod:`run` cuts an ensemble into chunks, keeps what is finished, says which members failed and why.
"""
