"""Document to statements: rules over a parse propose, trained weights decide. No network, no database, no clock.

The way of a document, which :mod:`rules` leads:

1. :mod:`prefilter` says which passages are worth parsing; :mod:`passages` cleans them and keeps the way back to their
   offsets; :mod:`outlines` has spaCy parse those of several documents together, word classes looked up in a table
   (:mod:`word_classes`), and the parse unfolded into plain objects (:mod:`trees`),
   which have its named entities sought when a rule first asks for one, or beforehand where it may tell of a pact.
2. :mod:`parses` marks actors and materiel on the tokens, found by :mod:`finder` from the words of :mod:`lexicons` and
   the names that the article introduces by itself (:mod:`introduced`).
3. :mod:`clauses`, :mod:`amounts`, :mod:`calendar` and :mod:`goods` say what a clause, a number, a date, an item is.
4. :mod:`resolver` says which :mod:`actors` a phrase means, from the :mod:`memory` of the sentences before.
5. :mod:`transfers` finds supplies: parts (:mod:`verb_roles`, :mod:`noun_roles`, :mod:`awards`) in a sentence
   (:mod:`views`) become :mod:`supplies`; :mod:`gaps` and :mod:`replies` read what leans on them; :mod:`threads` carry
   them on.
6. :mod:`voices` says how a supply is said: its :mod:`stages`, :mod:`assertions` and :mod:`speakers`.
7. :mod:`topics` fills the parties that sentences leave out. Where a rule saw both parties in the sentence, they
   stand. Everywhere else :mod:`weighing` decides: :mod:`anchors` are the words that may bear a supply, :mod:`parties`
   who may take part; their :mod:`features` and :mod:`party_features`, kept as :mod:`sites`, are weighed with trained
   :mod:`weights`, first each site by itself, then in view of its :mod:`neighbours`; so is the stage of every supply, by
   the wording of the whole sentence (:mod:`stage_features`).
8. Pacts are proposed by :mod:`pacts` (:mod:`pact_parties`, :mod:`pact_terms`, :mod:`pact_work`); at each word that may
   tell of one (:mod:`pact_sites`), :mod:`pact_weighing` weighs by :mod:`pact_features` whether it does, and of whom.
9. :mod:`commitments` (by :mod:`markers`, :mod:`conditions`, :mod:`antecedents`, :mod:`consequents`), :mod:`stances`
   and :mod:`measures` find the other kinds, each as a claim with its tokens (:mod:`findings`); :mod:`stance_weighing`
   those stances of :mod:`holders`, and :mod:`figure_weighing` what those :mod:`numbers` measure, that no rule sees.
10. :mod:`rules` makes a statement with its quote of each finding; :mod:`explaining` shows how it came about.

Beside the rules, :mod:`llm` says what to ask a language model and makes statements of its answers, as far as the
document bears them out (:mod:`grounding`); :mod:`union` puts two readers' findings together.
"""

from materiel.reading.rules import read_document, read_documents

__all__ = ["read_document", "read_documents"]
