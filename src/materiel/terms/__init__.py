"""What the words mean: the nouns as frozen values, the vocabularies as data files. Imports nothing but the standard
library and ``materiel.errors``; touches no network, no database and no clock.
"""
