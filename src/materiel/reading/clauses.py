"""The bones of a clause: predicate words, subjects, objects and prepositions, whatever the construction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TypeVar, cast

from spacy.tokens import Token

from materiel.reading.lexicons import Predicate, predicates, words

VERBAL = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
RELATIVE_TAGS = frozenset({"WDT", "WP"})
_PARTICLES = frozenset({"over", "up", "off", "out", "down", "on", "away", "back"})
Answer = TypeVar("Answer")


def once_a_word(find: Callable[[Token], Answer]) -> Callable[[Token], Answer]:
    """A question about a word that is asked time and again: its document keeps the answers."""
    name = f"{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def answer(token: Token) -> Answer:
        known = cast("dict[int, Answer]", token.doc.user_data.setdefault(name, {}))
        if token.i not in known:
            known[token.i] = find(token)
        return known[token.i]

    return answer


# -- around one word --------------------------------------------------------------------------------------------------


def first_child(token: Token, *labels: str) -> Token | None:
    """The first word that hangs on the token by one of these dependency labels."""
    return next((child for child in token.children if child.dep_ in labels), None)


def governors(token: Token) -> Iterator[Token]:
    """The words above a token, nearest first."""
    while token.head != token:
        token = token.head
        yield token


def verb_above(token: Token) -> Token | None:
    """The nearest verb above a token."""
    return next((above for above in governors(token) if above.pos_ in VERBAL), None)


def conjuncts(token: Token) -> list[Token]:
    """What is joined to a noun phrase by "and", "or", commas or "as well as", in order."""
    joined: list[Token] = []
    for child in token.children:
        if child.dep_ == "conj" or (child.dep_ == "appos" and child.i > token.i + 1 and _is_list_member(child)):
            joined += [child, *conjuncts(child)]
    return joined


def joins_others(token: Token) -> bool:
    """Whether others whom the text does not name are joined to a party: "Spain and several allies"."""
    return any(each.tag_ in {"NNS", "NNPS"} and each.lemma_.lower() in words("others") for each in conjuncts(token))


def _is_list_member(apposition: Token) -> bool:
    """Whether the parser took a list's second member for an apposition: others are joined to it."""
    return first_child(apposition, "cc", "conj") is not None


def auxiliaries(verb: Token) -> set[str]:
    """The verb's auxiliaries and "to", lower case."""
    return {child.lower_ for child in verb.children if child.dep_ == "aux"}


@once_a_word
def is_negated(token: Token) -> bool:
    """Whether "not", "never" or "no longer" hangs on the word, or its subject or object is "no ..."."""
    for child in token.children:
        if child.dep_ == "neg" or child.lower_ in {"never", "nowhere", "nor", "neither", "hardly"}:
            return True
        if child.dep_ in {"nsubj", "nsubjpass", "dobj"}:
            if child.lower_ in {"nobody", "none", "nothing"}:
                return True
            if any(
                c.dep_ in {"det", "preconj", "neg", "cc"} and c.lower_ in {"no", "neither", "not"}
                for c in child.children
            ):
                return True
        if child.dep_ == "advmod" and child.lower_ == "longer":
            return True
        if child.dep_ in {"prep", "dative"} and any(map(_is_nobody, (child, *child.children))):
            return True
    return False


def _is_nobody(token: Token) -> bool:
    """Whether the phrase stands for none: "to neither side", "to no one", "to nobody"."""
    if token.dep_ not in {"pobj", "dative"}:
        return False
    is_none = token.lower_ in {"neither", "nobody", "none"} or any(
        c.dep_ in {"det", "preconj"} and c.lower_ in {"neither", "no"} for c in token.children
    )
    return is_none and not any(c.lower_ in {"but", "except", "other"} for c in token.subtree)


def is_held_back(word: Token) -> bool:
    """Whether the word is a phrasal verb of stopping: "hold back", "cut off", "call off"."""
    return word.lemma_ in {"hold", "cut", "call", "break"} and any(
        c.dep_ in {"prt", "advmod"} and c.lower_ in {"back", "off", "up"} for c in word.children
    )


# -- predicates -------------------------------------------------------------------------------------------------------


@once_a_word
def predicate_of(token: Token) -> Predicate | None:
    """What the word says of supply, phrasal verbs ("hand over", "sign for") taken whole."""
    known = predicates()
    lemma = token.lemma_.lower()
    if token.pos_ in VERBAL or (token.tag_ == "VBG" and token.pos_ != "NOUN") or token.tag_ in {"VBN", "VBD"}:
        return _phrasal(token, lemma) or _light(token, lemma) or known.get((lemma, "verb"))
    if token.pos_ in {"NOUN", "PROPN"}:
        if {"nsubj", "dobj"} <= {c.dep_ for c in token.children}:
            # "Iran and North Korea supply Russia with drones": the tagger took the verb for a noun.
            return known.get((lemma, "verb"))
        return known.get((lemma, "noun")) or known.get((token.lower_.rstrip("s"), "noun"))
    return None


def _phrasal(verb: Token, lemma: str) -> Predicate | None:
    known = predicates()
    for child in verb.children:
        if (child.dep_ in {"prt", "prep", "advmod", "advcl"} or (lemma == "let" and child.lower_ == "go")) and (
            phrasal := known.get((f"{lemma} {child.lower_}", "verb"))
        ):
            return phrasal
    following = verb.doc[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else ""
    return known.get((f"{lemma} {following}", "verb")) if following in _PARTICLES else None


def _light(verb: Token, lemma: str) -> Predicate | None:
    """A verb that means something else with its object or auxiliary: "take delivery", "would like", "make its way"."""
    known = predicates()
    objects = {child.lower_ for child in verb.children if child.dep_ == "dobj"}
    if lemma == "take" and objects & {"delivery", "possession", "receipt"}:
        return known.get(("receive", "verb"))
    if lemma == "like" and auxiliaries(verb) & {"would", "'d"}:
        return known.get(("want", "verb"))
    if lemma in {"make", "find", "wend"} and "way" in objects:
        return known.get(("find way", "verb"))
    return None


@once_a_word
def is_passive(verb: Token) -> bool:
    """Whether the verb's subject undergoes it: "were sent", "tanks delivered by", "to be bought"."""
    if verb.tag_ != "VBN" or _broken_perfect(verb) is not None:
        return False
    if first_child(verb, "auxpass", "nsubjpass") is not None:
        return True
    if any(child.dep_ == "aux" and child.lemma_.lower() in {"have", "'ve"} for child in verb.children):
        return False
    has_agent = first_child(verb, "agent") is not None
    if verb.dep_ == "conj" and verb.head.tag_ == "VBN":
        return is_passive(verb.head) and first_child(verb, "dobj") is None
    if verb.dep_ == "acl" and verb.head.dep_ == "ROOT" and verb.head.pos_ in {"NOUN", "PROPN"} and not has_agent:
        # The parser took a past tense for a participle: a sentence must have a verb.
        return verb.sent.text.rstrip()[-1:] not in {".", "!", "?"}
    if verb.dep_ in {"acl", "relcl", "amod"}:
        return first_child(verb, "nsubj") is None
    return verb.dep_ in {"ccomp", "advcl", "xcomp"} and has_agent


def _broken_perfect(verb: Token) -> Token | None:
    """The "has" of "has only supplied helmets" where the parser took the participle for an adjective of the goods."""
    above = verb.head.head
    if (
        verb.dep_ == "amod"
        and verb.tag_ == "VBN"
        and above.lemma_ == "have"
        and above.i < verb.i < verb.head.i
        and verb.i - above.i <= 3
    ):
        return above
    return None


# -- who does it ------------------------------------------------------------------------------------------------------


@once_a_word
def subject_of(verb: Token) -> Token | None:
    """The grammatical subject, sought up the tree where the verb has none of its own."""
    seen: set[int] = set()
    current = _broken_perfect(verb) or verb
    while current.i not in seen:
        seen.add(current.i)
        own = first_child(current, *SUBJECTS)
        if own is not None:
            return own
        head = current.head
        if head == current:
            return _introduced(current)
        if current.dep_ in {"acl", "relcl"}:
            return _subject_of_adnominal(current)
        controller = _controller(current)
        if controller is not None:
            return controller
        if current.dep_ == "pcomp" and head.pos_ == "ADP":
            if head.head.pos_ == "NOUN":
                return _owner_of(head.head)
            current = head.head
        elif current.pos_ == "ADP" or (head.pos_ in {"NOUN", "PROPN"} and current.dep_ != "conj"):
            return _owner_of(head) if head.pos_ == "NOUN" else None
        else:
            current = head
    return None


def _subject_of_adnominal(verb: Token) -> Token | None:
    """Of a verb that hangs on a noun: the noun itself ("the ships carrying shells") or its owner ("a plan to send")."""
    noun = verb.head
    if verb.tag_ in {"VBG", "VBN"} and "to" not in auxiliaries(verb):
        return noun if noun.pos_ in {"NOUN", "PROPN", "PRON"} else None
    return _owner_of(noun)


def _controller(verb: Token) -> Token | None:
    """The object above that does it: "urged Seoul to send", "kept Iran from sending", "accused Iran of sending"."""
    head = verb.head
    if verb.dep_ == "xcomp" and head.lemma_.lower() in words("object-control"):
        return next((c for c in head.children if c.dep_ in {"dobj", "dative"} and c.i < verb.i), None)
    if verb.dep_ == "pcomp" and head.pos_ == "ADP":
        lemma = head.head.lemma_.lower()
        if (
            head.lower_ in {"against", "into"}
            or (head.lower_ == "from" and lemma in words("preventing"))
            or (head.lower_ in {"of", "for"} and lemma in words("blaming"))
        ):
            return first_child(head.head, "dobj")
    return None


def _introduced(verb: Token) -> Token | None:
    """Actors that the parser left with the introduction: "In addition to Poland, Australia and others have ..."."""
    for child in verb.children:
        if child.dep_ == "prep" and child.i < verb.i and child.lower_ in {"in", "besides", "like", "alongside"}:
            for end in child.children:
                if end.lower_ == "addition":
                    return next((inner for to in end.children for inner in to.children if inner.dep_ == "pobj"), None)
                if end.dep_ == "pobj" and child.lower_ != "in":
                    return end
    return None


def _owner_of(noun: Token) -> Token | None:
    """Who holds a decision, a plan or a promise: its possessor, or the subject of the verb that takes it."""
    owner = first_child(noun, "poss")
    if owner is not None:
        return owner
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"by", "of"} and (inner := first_child(child, "pobj")) is not None:
            return inner
    for child in noun.children:
        if child.dep_ in {"amod", "compound"} and child.pos_ in {"PROPN", "ADJ"} and child.text[0].isupper():
            return child
    governor = noun.head
    receiver = next((c for c in governor.children if c.dep_ == "dative" and c.pos_ not in {"ADP", "PART"}), None)
    if receiver is not None and noun.dep_ == "dobj":
        return receiver
    if governor != noun and governor.pos_ in VERBAL and noun.dep_ in {"dobj", "attr", "pobj"}:
        return subject_of(governor)
    if governor.pos_ == "ADP" and governor.head.pos_ in VERBAL:
        return subject_of(governor.head)
    return None


# -- to whom it is done -----------------------------------------------------------------------------------------------


def objects_of(verb: Token) -> list[Token]:
    """Direct objects, the gap of a relative clause and the noun of a passive participle included."""
    if _broken_perfect(verb) is not None:
        return [verb.head]
    found = [c for c in verb.children if c.dep_ in {"dobj", "obj", "attr", "oprd"} and c.tag_ not in RELATIVE_TAGS]
    if found:
        return found
    if verb.dep_ == "relcl":
        relative = any(c.dep_ in {"dobj", "pobj"} and c.tag_ in RELATIVE_TAGS for c in verb.children)
        subject = first_child(verb, *SUBJECTS)
        return [verb.head] if relative or (subject is not None and subject.tag_ not in RELATIVE_TAGS) else []
    if verb.dep_ in {"xcomp", "ccomp", "pcomp"}:
        top = verb.head if verb.dep_ != "pcomp" else verb.head.head
        while top.dep_ in {"xcomp", "ccomp", "pcomp", "prep"} and top.head != top:
            top = top.head
        subject = first_child(top, *SUBJECTS)
        is_gap = top.dep_ == "relcl" and (subject is None or subject.tag_ not in RELATIVE_TAGS)
        return [top.head] if is_gap else []
    if verb.dep_ == "acl" and "to" in auxiliaries(verb) and not is_passive(verb):
        return [verb.head]
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        return [c for c in verb.head.children if c.dep_ == "dobj" and c.i > verb.i]
    return []


def prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    """(preposition, what it governs) for each phrase that hangs on the token; "by way of" is ``via``."""
    for child in token.children:
        if child.lower_ in {"together", "along"}:
            for inner in child.children:
                if inner.lower_ == "with":
                    yield from (("along with", end) for end in inner.children if end.dep_ == "pobj")
        if child.dep_ in {"prep", "agent", "dative"} and child.pos_ in {"ADP", "SCONJ", "PART"}:
            for joined in child.children:
                if joined.dep_ == "conj" and joined.pos_ == "ADP":
                    for end in joined.children:
                        if end.dep_ in {"pobj", "pcomp"}:
                            yield from _prepositional(joined.lower_, end)
            for end in child.children:
                if end.dep_ in {"pobj", "pcomp"}:
                    yield from _prepositional(child.lower_, end)
                elif end.dep_ == "prep":
                    for inner in end.children:
                        if inner.dep_ == "pobj":
                            yield f"{child.lower_} {end.lower_}", inner


def _prepositional(preposition: str, end: Token) -> Iterator[tuple[str, Token]]:
    if end.lower_ in {"way", "means"} and preposition == "by":
        for child in end.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                yield from (("via", inner) for inner in child.children if inner.dep_ == "pobj")
        return
    if end.lower_ in {"behalf", "use", "hands", "arsenal", "side", "disposal"}:
        owner = first_child(end, "poss")
        if owner is not None:
            yield preposition, owner
            return
    yield preposition, end
