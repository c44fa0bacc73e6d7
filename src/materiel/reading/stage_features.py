"""What tells how far a supply has come, as features beside those of its anchor: the wording of the whole sentence.

Whether there is a supply shows near its anchor; its stage and what is asserted of it often show elsewhere: in the verb
of the sentence, in two words that belong together ("set to", "first batch"), in the stage of what was told before.
States, goods and numbers are masked, so that the stage does not hang on which they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from spacy.tokens import Token

from materiel.reading.anchors import Anchor
from materiel.reading.clauses import VERBAL, auxiliaries, governors, is_negated, subject_of
from materiel.reading.parses import Parse
from materiel.reading.views import SentenceView
from materiel.terms.statements import Stage

TOLD_BEFORE = 2
"""So many stages of supplies told before count."""
_TELLING_CLASSES = frozenset({"VERB", "AUX", "NOUN", "ADJ", "ADV", "SCONJ", "ADP"})
_AROUND = (-3, -2, -1, 1, 2, 3)
_ABOVE = 3
"""So many words above an anchor count together."""
_OF_ROOT = frozenset({"mark", "advmod", "acomp", "attr", "dobj", "prep"})


def wording_features(view: SentenceView) -> tuple[str, ...]:
    """What the whole sentence says, whichever the anchor: its words, each two that follow each other, and its verb."""
    parse, sentence = view.parse, view.sentence
    lemmas = [masked(parse, token, token.lemma_) for token in sentence]
    bag = {lemma for lemma, token in zip(lemmas, sentence, strict=True) if token.pos_ in _TELLING_CLASSES}
    plain = [lemma for lemma, token in zip(lemmas, sentence, strict=True) if token.pos_ not in {"PUNCT", "SPACE"}]
    pairs = {f"{one} {other}" for one, other in pairwise(plain)}
    root = sentence.root
    found = [*(f"all={lemma}" for lemma in sorted(bag)), *(f"pair={pair}" for pair in sorted(pairs))]
    found += [f"main={_form(root)}", f"main.form={root.tag_}.{'+'.join(sorted(auxiliaries(root)))}"]
    found += [f"main.{c.dep_}={masked(parse, c, c.lemma_)}" for c in root.children if c.dep_ in _OF_ROOT]
    return tuple(dict.fromkeys(found))


def stage_features(view: SentenceView, anchor: Anchor, before: Sequence[Stage]) -> tuple[str, ...]:
    """What speaks for the stage of a supply at the anchor, beside its own features and the wording of the sentence.

    Args:
        view: the sentence.
        anchor: the anchor.
        before: the stages of the supplies that rules found in the sentences before, in their order.
    """
    found = [f"before{place}={stage}" for place, stage in enumerate(reversed(before[-TOLD_BEFORE:]))] or ["before=none"]
    chain = [masked(view.parse, above, above.lemma_) for above in islice(governors(anchor.token), _ABOVE)]
    found += [f"chain={' '.join(chain[:2])}", f"chain={' '.join(chain)}"]
    if anchor.triggers:
        found += _trigger_features(view, anchor)
    return tuple(dict.fromkeys(found))


def _trigger_features(view: SentenceView, anchor: Anchor) -> Iterator[str]:
    trigger = anchor.triggers[0].token
    lemma = trigger.lemma_.lower()
    for offset in _AROUND:
        place = trigger.i + offset
        if view.sentence.start <= place < view.sentence.end:
            token = view.parse.doc[place]
            word = masked(view.parse, token, token.lower_)
            yield f"t{'-' if offset < 0 else '+'}={word}"
            if abs(offset) == 1:
                yield f"t{offset}={word}"
    yield f"t.whole={_form(trigger)}"
    if anchor.proposals:
        yield f"t.rule={anchor.proposals[0].claim.stage}.{lemma}"
    verb = next((above for above in governors(trigger) if above.pos_ in VERBAL), None)
    if verb is not None:
        yield f"verb={_form(verb)}"
        yield f"verb.t={lemma}>{verb.lemma_.lower()}"
        if (subject := subject_of(verb)) is not None:
            yield f"verb.subject={masked(view.parse, subject, subject.lemma_)}"


def _form(word: Token) -> str:
    """The word with its tense, auxiliaries and negation."""
    return (
        f"{word.lemma_.lower()}.{word.tag_}.{'+'.join(sorted(auxiliaries(word)))}{'.not' if is_negated(word) else ''}"
    )


def masked(parse: Parse, token: Token, word: str) -> str:
    if token.i in parse.actor_at:
        return "(actor)"
    if token.i in parse.good_at:
        return "(good)"
    return "(number)" if token.like_num else word.lower()
