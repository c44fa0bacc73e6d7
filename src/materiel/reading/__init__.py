"""Document to statements, by rules over a parse. No network, no database, no clock.

The way of a document, which :mod:`rules` leads:

1. :mod:`prefilter` says which passages are worth parsing; :mod:`passages` cleans them and keeps the way back to their
   offsets; :mod:`outlines` has spaCy parse those of several documents together.
2. :mod:`parses` marks actors and materiel on the tokens, found by :mod:`finder` from the words of :mod:`lexicons`.
3. :mod:`clauses`, :mod:`amounts`, :mod:`calendar` and :mod:`goods` say what a clause, a number, a date, an item is.
4. :mod:`resolver` says which :mod:`actors` a phrase means, from the :mod:`memory` of the sentences before.
5. :mod:`transfers` finds supplies: parts (:mod:`verb_roles`, :mod:`noun_roles`) in a sentence (:mod:`views`) become
   :mod:`supplies`; :mod:`gaps` and :mod:`replies` read what leans on them; :mod:`threads` carry them on.
6. :mod:`voices` says how a supply is said: its :mod:`stages`, :mod:`assertions` and :mod:`speakers`.
7. :mod:`commitments` (by :mod:`conditions`), :mod:`pacts` (by :mod:`pact_parties`, :mod:`pact_terms`), :mod:`stances`
   and :mod:`measures` find the other kinds, each as a claim with its tokens (:mod:`findings`).
8. :mod:`topics` fills the parties that sentences leave out, and each finding becomes a statement with its quote.

Beside the rules, :mod:`llm` says what to ask a language model and makes statements of its answers, as far as the
document bears them out (:mod:`grounding`); :mod:`union` puts two readers' findings together.
"""

from materiel.reading.rules import read_document, read_documents

__all__ = ["read_document", "read_documents"]
