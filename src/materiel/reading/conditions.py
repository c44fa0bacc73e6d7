"""Where a sentence states a condition: the antecedent and the consequent as stretches of it, and their verbs.

The parser often loses the way in a conditional sentence that somebody is quoted with ("If A, he said, B"). So the two
sides are cut by the words that open a condition and by commas, and the parse is asked where these leave it open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from materiel.reading.clauses import SUBJECTS, VERBAL, auxiliaries, first_child, governors
from materiel.reading.lexicons import words
from materiel.reading.markers import COMMAS, FINITE, Sort, openings, stands_first

MODALS = frozenset(
    {"will", "would", "may", "might", "could", "can", "must", "shall", "'ll", "'d", "should", "wo", "ca"}
)
_JOINING = frozenset({"and", "or", "nor", "but"})
_ADDING = frozenset(
    {"and", "but", "while", "whereas", "since", "because", "although", "though", "which", "who", "a", "an", "so", "yet"}
)
"""What opens a stretch, after a comma, that goes on from the whole sentence and not from the condition."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a sentence.

    Attributes:
        marker: the words that open it, lower case.
        antecedent, consequent: the words of the two sides; neither has the marker, or who says so, in it.
        main: the verb of the consequent.
        verb: the verb of the antecedent; None where a noun names it.
        opening: the number of the token that opens it.
    """

    sort: Sort
    marker: str
    antecedent: tuple[Token, ...]
    consequent: tuple[Token, ...]
    main: Token
    verb: Token | None
    opening: int


def conditions(sentence: Span) -> Iterator[Condition]:
    """Every condition of a sentence that has a consequent in it, in the order of the text."""
    found = openings(sentence)
    for place, (opening, sort) in enumerate(found):
        following = found[place + 1][0].start if place + 1 < len(found) else sentence.end
        condition = _condition(sentence, opening, sort, following)
        if condition is not None:
            yield condition


def _condition(sentence: Span, opening: Span, sort: Sort, following: int) -> Condition | None:
    """The condition that these words open; ``following`` is where the next one of the sentence does."""
    by_noun = sort in {Sort.EXCHANGE, Sort.NOUN, Sort.WITHOUT, Sort.DEPEND}
    if sort is Sort.DEPEND:
        return _dependent(sentence, opening)
    leads = _leading(sentence, opening, following, by_noun=by_noun) if stands_first(sentence, opening) else None
    trails = _trailing(sentence, opening)
    if leads is not None and trails is not None:
        is_plainer = _has_modal(trails[1]) and not _has_modal(leads[2])
        if is_plainer or _goes_on(sentence, opening, leads[0]):
            leads = None
    if leads is not None:
        end, consequent, main = leads
    elif trails is not None:
        end, (consequent, main) = _trailing_end(sentence, opening), trails
    else:
        return None
    antecedent = tuple(sentence.doc[opening.end : end])
    if not antecedent or antecedent[0].lower_ in {"which", "whom"} or _is_idle(antecedent):
        return None
    is_clause = not by_noun or antecedent[0].tag_ in {"WP", "WRB", "WDT"} or antecedent[0].lower_ == "whether"
    verb = _verb_of(opening, antecedent) if is_clause else None
    return Condition(sort, opening.text.lower(), antecedent, consequent, main, verb, opening.start)


def _has_modal(verb: Token) -> bool:
    return verb.tag_ == "MD" or bool(auxiliaries(verb) & MODALS)


def _is_idle(antecedent: Sequence[Token]) -> bool:
    """Whether nothing is said by it: "if necessary", "if all goes well", "if concluded"."""
    said = " ".join(t.lower_ for t in antecedent if t.pos_ != "PUNCT")
    return said in words("idle-condition")


def _dependent(sentence: Span, opening: Span) -> Condition | None:
    """Of "X depends on Y" and "made X dependent on Y": X is the consequent, what follows the antecedent."""
    root = opening[0]
    main = root if root.pos_ in VERBAL and root.tag_ in FINITE | {"VB"} else _copula(root)
    if main is None:
        return None
    subject = first_child(root, *SUBJECTS) or (
        first_child(main, "dobj") if main.lemma_ in {"make", "tie", "link"} else first_child(main, *SUBJECTS, "csubj")
    )
    if subject is None or subject.lower_ in {"it", "they", "he", "she"}:
        return None
    senses = ("supply-recall", "policy-noun", "container", "vague-good", "consent")
    if not any(subject.lemma_.lower() in words(sense) for sense in senses):
        return None
    antecedent = tuple(sentence.doc[opening.end : _trailing_end(sentence, opening)])
    consequent = tuple(
        t for t in sentence.doc[sentence.start : opening.start] if t == subject or subject in t.ancestors
    )
    if not antecedent or not consequent:
        return None
    return Condition(Sort.DEPEND, opening.text.lower(), antecedent, consequent, main, None, opening.start)


def _copula(word: Token) -> Token | None:
    """The verb of "is contingent", "was tied"."""
    return next((t for t in (word, *governors(word)) if t.pos_ in VERBAL and first_child(t, *SUBJECTS, "csubj")), None)


def _goes_on(sentence: Span, opening: Span, end: int) -> bool:
    """Whether a condition between commas belongs to what stands before it: "may pass on, provided A, and B"."""
    before = sentence.doc[opening.start - 1] if opening.start > sentence.start else None
    if before is None or before.text not in COMMAS:
        return False
    outer = sentence.doc[before.i - 1]
    if outer.lower_ in _JOINING or outer.lower_ == "that" or outer.pos_ == "ADV":
        return False
    following = sentence.doc[end + 1] if end + 1 < sentence.end else None
    return following is None or following.lower_ in _ADDING


def _segment(sentence: Span, comma: int) -> Span:
    """What stands between this comma and the next, or the end."""
    end = comma + 1
    while end < sentence.end and sentence.doc[end].text not in COMMAS:
        end += 1
    return sentence.doc[comma + 1 : end]


def is_aside(segment: Span | Sequence[Token]) -> bool:
    """Who says so, put between commas: "the minister said", "said a state secretary", "according to an aide"."""
    tokens = [t for t in segment if t.pos_ != "PUNCT"]
    if not tokens or len(tokens) > 16:
        return False
    if [t.lower_ for t in tokens[-4:]] == ["let", "it", "be", "known"]:
        return True
    if tokens[0].lower_ == "according" or (tokens[0].lower_ == "as" and len(tokens) > 1):
        return True
    for place, token in enumerate(tokens):
        says = (
            token.lemma_.lower() in words("speech") | words("aside-verb")
            and token.pos_ in VERBAL
            and token.tag_ != "VBG"
        )
        if says and not auxiliaries(token) & MODALS and len(tokens) > 1:
            rest = tokens[place + 1 :]
            return not any(t.tag_ in FINITE or t.lower_ == "that" for t in rest) and not (
                rest and rest[0].lower_ == "to"
            )
    return False


def _leading(
    sentence: Span, opening: Span, following: int, *, by_noun: bool
) -> tuple[int, tuple[Token, ...], Token] | None:
    """Where an antecedent that comes first ends, and the consequent after it with its verb."""
    end = _leading_end(sentence, opening, by_noun=by_noun)
    if end is None:
        return None
    limit = sentence.end
    if following > end and following < sentence.end and stands_first(sentence, sentence.doc[following : following + 1]):
        limit = following
        while limit > end and sentence.doc[limit - 1].lower_ in _JOINING | COMMAS:
            limit -= 1
    consequent = _without_asides(sentence, end, limit)
    main = _main(consequent, _verb_of(opening, sentence.doc[opening.end : end]), is_first=True)
    return (end, consequent, main) if main is not None else None


def _leading_end(sentence: Span, opening: Span, *, by_noun: bool) -> int | None:
    verb = None if by_noun else _verb_of(opening, sentence.doc[opening.end : sentence.end])
    early = _end_by_parse(sentence, opening, verb) if verb is not None else None
    if early is not None and not any(t.text in COMMAS for t in sentence.doc[opening.end : early]):
        return early
    is_seen = by_noun
    for token in sentence.doc[opening.end : sentence.end]:
        if token.pos_ in VERBAL:
            is_seen = True
        if token.text in COMMAS and token.i > opening.end:
            segment = _segment(sentence, token.i)
            if is_aside(segment) and (is_seen or token.i > opening.end + 2):
                return token.i
            if not is_seen and not (token.i > opening.end + 2 and any(t.tag_ == "MD" for t in segment)):
                continue
            has_clause = any(t.tag_ in FINITE for t in segment)
            if has_clause and segment[0].lower_ not in _JOINING and segment[0].tag_ not in {"WDT", "WP", "WRB", "WP$"}:
                return token.i
    return _end_by_parse(sentence, opening, verb)


def _end_by_parse(sentence: Span, opening: Span, verb: Token | None) -> int | None:
    """Where the consequent begins without a comma: "if they went in he would not help"."""
    start = verb.i if verb is not None else opening.end
    for token in sentence.doc[start + 1 : sentence.end]:
        if token.lower_ == "then" and token.i > opening.end + 1:
            return token.i
        if token.dep_ in SUBJECTS and token.tag_ not in {"WDT", "WP"} and token.left_edge.i > start:
            above = token.head
            is_inner = above.dep_ in {"relcl", "acl"} or (
                above.dep_ in {"ccomp", "xcomp"} and verb is not None and verb in above.ancestors
            )
            tensed = above.tag_ in {"VBZ", "VBP"} or any(
                c.dep_ == "auxpass" and c.tag_ in {"VBZ", "VBP"} for c in above.children
            )
            binds = any(c.tag_ == "MD" for c in above.children) or (tensed and above.dep_ in {"ROOT", "ccomp", "conj"})
            is_main = binds and not is_inner and above != verb
            if is_main:
                return token.left_edge.i
    return None


def _trailing(sentence: Span, opening: Span) -> tuple[tuple[Token, ...], Token] | None:
    """The consequent before the condition, with its verb."""
    start = opening.start
    while start > sentence.start:
        token = sentence.doc[start - 1]
        if token.text == ":" or (token.lower_ == "that" and token.dep_ == "mark" and _is_said(token.head)):
            break
        if token.lemma_.lower() in words("speech") and token.pos_ == "VERB" and _reports(token, opening.start):
            break
        if (
            token.lower_ in {"and", "but", "so"}
            and token.dep_ == "cc"
            and _begins_clause(sentence.doc[start : opening.start])
        ):
            break
        start -= 1
    tokens = _without_asides(sentence, start, opening.start)
    main = _main(tokens, _verb_of(opening, sentence.doc[opening.end : sentence.end]), is_first=False)
    return (tokens, main) if main is not None else None


def _is_said(verb: Token) -> bool:
    return verb.dep_ in {"ccomp", "acl", "conj"}


def _reports(verb: Token, end: int) -> bool:
    """Whether a verb of speech stands before a clause of its own, and is no aside: "North Korea stated it would"."""
    rest = verb.doc[verb.i + 1 : end]
    if auxiliaries(verb) & MODALS:
        return False
    if not len(rest) or rest[0].lower_ in {"to", "no", "not"} or rest[0].text in COMMAS:
        return False
    return any(t.dep_ in SUBJECTS for t in rest) and any(t.tag_ in FINITE for t in rest)


def _begins_clause(tokens: Span) -> bool:
    """Whether a subject and a finite verb follow at once, not a second verb of the subject before."""
    for token in tokens:
        if token.dep_ in SUBJECTS:
            return True
        if token.tag_ in FINITE:
            return False
    return False


def _trailing_end(sentence: Span, opening: Span) -> int:
    """Where an antecedent that comes last ends: before who says so, or before what the sentence adds."""
    for token in sentence.doc[opening.end + 1 : sentence.end]:
        if token.text in COMMAS:
            segment = _segment(sentence, token.i)
            if is_aside(segment):
                return token.i
            adds = len(segment) and (segment[0].lower_ in _ADDING or segment[0].tag_ in FINITE)
            if adds and any(t.tag_ in FINITE for t in segment):
                return token.i
        if token.lower_ == "but" and token.dep_ == "cc":
            return token.i
    end = sentence.end
    while end > opening.end + 1 and sentence.doc[end - 1].pos_ in {"PUNCT", "SPACE"}:
        end -= 1
    return end


def _without_asides(sentence: Span, start: int, end: int) -> tuple[Token, ...]:
    """The words of the stretch, stretches between commas that name the speaker left out."""
    kept: list[Token] = []
    stretch: list[Token] = []
    is_first = True
    for token in [*sentence.doc[start:end], None]:
        if token is not None and token.text not in COMMAS:
            stretch.append(token)
            continue
        if (is_first and start > sentence.start and not kept) or kept or token is not None:
            keeps = not is_aside(stretch)
        else:
            keeps = True
        if keeps:
            kept += stretch
        if token is not None and keeps and kept:
            kept.append(token)
        stretch, is_first = [], False
    while kept and kept[-1].pos_ == "PUNCT":
        kept.pop()
    # "Moscow promised support, should that be required": what looks like an aside is all there is.
    return tuple(kept) or tuple(t for t in sentence.doc[start:end] if t.pos_ != "PUNCT")


def _verb_of(opening: Span, antecedent: Sequence[Token] | Span) -> Token | None:
    """The verb of the antecedent: the one that the marker hangs on, or else its first finite one."""
    inside = {t.i for t in antecedent}
    for token in opening:
        marked = token.dep_ in {"mark", "advmod", "aux", "auxpass"} and token.head.i in inside
        # A verb that the tagger took for a noun still has its subject.
        if marked and (token.head.pos_ in VERBAL or first_child(token.head, *SUBJECTS) is not None):
            return token.head
    for token in antecedent:
        if token.tag_ in FINITE or (token.pos_ in VERBAL and token.tag_ in {"VB", "VBN"}):
            return token.head if token.dep_ in {"aux", "auxpass"} and token.head.i in inside else token
    return None


def _main(tokens: Sequence[Token], verb: Token | None, *, is_first: bool) -> Token | None:
    """The verb of the consequent: what the condition hangs on, the nearest with a modal, or one that binds."""
    inside = {t.i for t in tokens}
    if verb is not None:
        for above in governors(verb):
            if above.i in inside and above.pos_ in VERBAL and not _only_says(above):
                if looks_ahead(above):
                    return above
                break
    ordered = list(tokens) if is_first else list(reversed(tokens))
    outer = [t for t in ordered if not _in_relative(t, inside)]
    if (modal := _under_modal(outer, inside)) is not None:
        return modal
    for token in outer:
        if token.lemma_.lower() in words("normative") and token.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}:
            return token
    if (modal := _under_modal(ordered, inside)) is not None:
        return modal
    return next(
        (
            t
            for t in outer
            if t.pos_ in VERBAL and t.tag_ in FINITE and t.dep_ not in {"aux", "auxpass"} and not _only_says(t)
        ),
        None,
    ) or next((t.head for t in outer if t.dep_ in {"aux", "auxpass"} and t.head.i in inside), None)


def _under_modal(tokens: Sequence[Token], inside: set[int]) -> Token | None:
    """The first verb with a modal."""
    for token in tokens:
        if token.lower_ in MODALS and token.tag_ == "MD":
            return token.head if token.dep_ == "aux" and token.head.i in inside else token
    return None


def main_verb(consequent: Sequence[Token]) -> Token | None:
    """The verb of a consequent whose condition stands in the sentence before."""
    return _main(consequent, None, is_first=True)


def _only_says(verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    return lemma in words("speech") and lemma not in words("offering") | words("finding")


def _in_relative(token: Token, inside: set[int]) -> bool:
    """Whether the token stands in a relative clause whose noun is among the tokens."""
    for above in (token, *governors(token)):
        if above.dep_ in {"relcl", "acl"} and above.head.i in inside:
            return True
        if above.i not in inside:
            return False
    return False


def looks_ahead(verb: Token) -> bool:
    """Whether the verb speaks of what is to come: a modal, "is to", "is going to", or a word of promise."""
    if any(aux in MODALS for aux in auxiliaries(verb)) or verb.tag_ == "MD":
        return True
    if verb.lemma_.lower() in words("normative"):
        return True
    if verb.lemma_ == "go" and verb.tag_ == "VBG" and first_child(verb, "xcomp") is not None:
        return True
    if verb.dep_ == "xcomp" and verb.head.pos_ in VERBAL:
        return looks_ahead(verb.head)
    if verb.dep_ == "conj" and first_child(verb, *SUBJECTS) is None:
        return looks_ahead(verb.head)
    return verb.tag_ in {"VBZ", "VBP"} and not any(a in {"has", "have"} for a in auxiliaries(verb))
