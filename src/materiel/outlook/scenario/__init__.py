"""The language of scenarios: what may be said, whether it fits together, and everything in base units.

1. :mod:`elements` are the parts (:mod:`numbers`, :mod:`units`); :mod:`leaves` lists what stands in their fields.
2. :mod:`loading` reads YAML (:mod:`reading`, :mod:`mistakes`, :mod:`remainder`), :mod:`dumping` writes it,
   :mod:`schema` tells editors.
3. :mod:`checks` are those across parts (:mod:`checking`), the same for a scenario made in Python.
4. :mod:`formulas` reads arithmetic (``formula.lark``) into a :mod:`formula_tree`.
5. :mod:`measuring` brings every number to its base unit; :mod:`policies` applies levers; :mod:`blanks` says what is
   still asked, :mod:`shares` what the rest stands on.
"""
