"""What a number measures: stock, output, need, losses or strength, by the words on which it hangs."""

from __future__ import annotations

from spacy.tokens import Span, Token

from materiel.reading.clauses import VERBAL, auxiliaries, first_child, governors, prepositions
from materiel.reading.figures import Figure
from materiel.reading.lexicons import words
from materiel.reading.parses import Parse
from materiel.terms.statements import MeasureName

_A_FEW, _A_UNIT = 5, 20
"""Fewer pieces are an event, not a stock or a loss rate; fewer men are a delegation, not a strength."""
_LINKS = frozenset(
    {
        "dobj", "attr", "nsubj", "nsubjpass", "conj", "appos", "pobj", "prep", "nummod", "quantmod", "dep", "oprd",
        "compound", "amod", "nmod", "npadvmod", "pcomp", "agent", "advmod",
    }
)  # fmt: skip


def measured(parse: Parse, sentence: Span, figure: Figure) -> tuple[MeasureName, Token] | None:
    """What the number measures, and the word that tells."""
    above = words_above(figure.anchor)
    is_goods = _is_goods(parse, figure)
    is_people = not is_goods and figure.counted is not None and figure.counted.lemma_.lower() in words("people")
    is_elliptic = figure.counted is None or figure.counted.pos_ == "PRON" or figure.counted.lemma_ == "one"
    cues = [*above, *_nouns_near(above)]
    loss = _cue(cues, "loss")
    is_lost = loss is not None and (loss.lemma_.lower() in words("losing") or "have" in _perfect(loss))
    if _is_casualty(figure) or (is_lost and (is_goods or (is_people and figure.unit != "people"))):
        return MeasureName.LOSSES, loss or figure.anchor
    if is_people or (figure.counted is None and _cue(above[:1], "numbering") is not None):
        return _strength(figure, above)
    if figure.rate is not None and (is_goods or (parse.good_at and not _is_civil(figure))):
        for sense, name in _BY_RATE:
            if (cue := _cue(cues, sense)) is not None:
                return name, cue
        if (maker := next((t for t in sentence if t.lemma_.lower() in words("production-noun")), None)) is not None:
            return MeasureName.PRODUCTION_RATE, maker
    if not is_goods and not (is_elliptic and parse.good_at):
        return None
    need = _cue(above[:1], "need")
    if need is not None and not _wants_to(need):
        return MeasureName.NEED_RATE, need
    return _stock(figure, above)


def least_of(name: MeasureName, figure: Figure) -> float:
    """The smallest number that measures anything."""
    if name is MeasureName.PERSONNEL:
        return _A_UNIT
    return _A_FEW if name in {MeasureName.STOCK, MeasureName.LOSSES} and figure.rate is None else 0


def _perfect(verb: Token) -> set[str]:
    return {c.lemma_ for c in verb.children if c.dep_ == "aux"}


def _is_civil(figure: Figure) -> bool:
    return figure.counted is not None and figure.counted.lemma_.lower() in words("civil-unit")


_BY_RATE = (
    ("need", MeasureName.NEED_RATE),
    ("firing", MeasureName.OTHER),
    ("production", MeasureName.PRODUCTION_RATE),
)


def words_above(token: Token) -> list[Token]:
    """The verbs and nouns on which the number hangs, nearest first, up to the verb of its clause."""
    found: list[Token] = []
    below = token
    for governor in governors(token):
        if below.dep_ not in _LINKS:
            break
        if governor.pos_ in {*VERBAL, "NOUN"}:
            found.append(governor)
        if governor.pos_ in VERBAL:
            break
        below = governor
    return found


def _nouns_near(above: list[Token]) -> list[Token]:
    """The subject of the verb and the nouns beside the number: "output has grown to 24,000", "their need is"."""
    verb = next((t for t in above if t.pos_ in VERBAL), None)
    if verb is None:
        return []
    near = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"}]
    if verb.dep_ == "xcomp":
        near.append(verb.head)
    return [verb, *near]


def _cue(tokens: list[Token], sense: str) -> Token | None:
    return next((t for t in tokens if t.lemma_.lower() in words(sense)), None)


def _is_goods(parse: Parse, figure: Figure) -> bool:
    counted = figure.counted
    if counted is None:
        return False
    if counted.i in parse.good_at or counted.lemma_.lower() in words("counted"):
        return counted.lemma_.lower() not in words("people")
    return any(t.i in parse.good_at for t in counted.children if t.dep_ in {"compound", "amod", "nmod"}) or any(
        end.i in parse.good_at for p, end in prepositions(counted) if p == "of"
    )


def _is_casualty(figure: Figure) -> bool:
    return figure.counted is not None and figure.counted.lemma_.lower() in words("casualty")


def _strength(figure: Figure, above: list[Token]) -> tuple[MeasureName, Token] | None:
    """Men under arms or abroad: "stationed", "has 700 peacekeepers", "its 115,000 men"."""
    counted = figure.counted or figure.anchor
    if figure.rate is not None:
        return None
    verb = next((t for t in above if t.pos_ in VERBAL), None)
    if verb is not None and verb.lemma_.lower() == "number" and figure.counted is None:
        subject = first_child(verb, "nsubj")
        is_force = subject is not None and subject.lemma_.lower() in words("garrison")
        return (MeasureName.PERSONNEL, verb) if is_force else None
    if figure.counted is None or figure.unit == "people" or (verb is not None and _was_had(verb)):
        return None
    if verb is not None and verb.lemma_.lower() in words("strength") and (verb.lemma_ != "be" or _is_placed(verb)):
        return MeasureName.PERSONNEL, verb
    if first_child(counted, "poss") is not None or any(t.lemma_.lower() in words("garrison") for t in above):
        return MeasureName.PERSONNEL, counted
    return None


def _was_had(verb: Token) -> bool:
    """Whether it was had once: "had twelve" tells of the past, "has had twelve" of today too."""
    return verb.lemma_ == "have" and verb.tag_ == "VBD"


def _is_placed(verb: Token) -> bool:
    """Whether the verb says where: "are in the Kursk region"."""
    return any(p in {"in", "at", "on", "inside", "across", "near"} for p, _ in prepositions(verb))


def _stock(figure: Figure, above: list[Token]) -> tuple[MeasureName, Token] | None:
    """What somebody has: "owns 320 tanks", "a stock of 200 tanks", "3 million shells lie in depots"."""
    anchor = figure.anchor
    if (left := _left_of(figure, above)) is not None:
        return MeasureName.STOCK, left
    nearest = above[0] if above else None
    if nearest is not None and nearest.pos_ == "NOUN" and nearest.lemma_.lower() in words("stock-noun"):
        return (MeasureName.STOCK, nearest) if _is_of(anchor) else None
    verb = next((t for t in above if t.pos_ in VERBAL), None)
    if verb is None or (verb != nearest and verb.lemma_.lower() not in words("holding")):
        return None
    is_object = anchor.dep_ in {"dobj", "attr", "conj"} or (anchor.dep_ == "pobj" and anchor.head.head == verb)
    lemma = verb.lemma_.lower()
    is_held = lemma in words("holding") and figure.counted is not None and not _was_had(verb)
    if is_held and is_object and verb.pos_ in VERBAL and not _is_passing(verb, anchor):
        return MeasureName.STOCK, verb
    if lemma == "leave" and anchor.dep_ == "pobj" and anchor.head.lower_ == "with" and anchor.head.head == verb:
        return MeasureName.STOCK, verb
    if lemma == "be" and any(c.lower_ == "down" for c in verb.children):
        return MeasureName.STOCK, verb
    is_placed = lemma in {"be", "lie", "stand", "remain", "sit", "rest", "store", "keep"} and any(
        end.lemma_.lower() in words("store") for _, end in prepositions(verb)
    )
    if is_placed and (anchor.dep_ in {"nsubj", "nsubjpass", "attr"} or verb.dep_ == "relcl"):
        return MeasureName.STOCK, verb
    return None


def _left_of(figure: Figure, above: list[Token]) -> Token | None:
    """The word "left" of what remains: "of which 14 are left", "has 40 tanks left"."""
    near = [figure.anchor, *above[:1], *(c for token in above[:1] for c in token.children)]
    near += [c for c in figure.anchor.children if c.i > figure.anchor.i]
    return next(
        (t for t in near if t.lower_ == "left" and _remains(t)),
        None,
    )


def _remains(left: Token) -> bool:
    """Whether "left" means what remains, not who went away: "are left", "has 40 left", not "left for Oslo"."""
    goes = any(p in {"for", "to"} for p, _ in prepositions(left))
    if goes or first_child(left, "dobj", "agent") is not None or left.tag_ not in {"VBN", "VBD", "JJ"}:
        return False
    return first_child(left, "nsubj") is None and (left.dep_ != "ROOT" or first_child(left, "auxpass") is not None)


def _is_of(anchor: Token) -> bool:
    """Whether the number stands after "of": "an arsenal of 12,000 rockets", not "20 launchers with a stock of"."""
    return anchor.dep_ == "pobj" and anchor.head.lower_ == "of"


def _is_passing(verb: Token, anchor: Token) -> bool:
    """Whether it is had for a moment or in a plan: "has on order", "will have", "wants to have"."""
    if auxiliaries(verb) & {"will", "would", "may", "might", "could", "to", "should"}:
        return True
    if verb.dep_ in {"ccomp", "xcomp"} and verb.head.lemma_ in {"let", "see", "make", "want", "allow"}:
        return True
    if verb.lemma_ in {"fly", "count", "keep"} and verb.tag_ in {"VBD", "VBN"}:
        return True
    if any(c.dep_ in {"prt", "advmod"} and c.lower_ in {"back", "up", "off", "in", "out"} for c in verb.children):
        return True
    ends = [end for word in (verb, anchor) for _, end in prepositions(word)]
    return any(end.lemma_.lower() in {"order", "contract", "delivery", "sale"} for end in ends)


def _wants_to(need: Token) -> bool:
    """Whether "wants" or "needs" takes a clause and not the goods."""
    return need.pos_ in VERBAL and first_child(need, "xcomp", "ccomp") is not None
