"""The bones of a clause: predicate words, subjects, objects and prepositions, whatever the construction."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from materiel.reading.lexicons import Predicate, predicates, words


def predicate_of(token: Token) -> Predicate | None:
    """What the word says of supply, phrasal verbs ("hand over", "sign for") taken whole."""
    known = predicates()
    lemma = token.lemma_.lower()
    if token.pos_ in {"VERB", "AUX"} or (token.tag_ == "VBG" and token.pos_ != "NOUN") or token.tag_ in {"VBN", "VBD"}:
        for child in token.children:
            if (child.dep_ in {"prt", "prep", "advmod", "advcl"} or (lemma == "let" and child.lower_ == "go")) and (
                phrasal := known.get((f"{lemma} {child.lower_}", "verb"))
            ):
                return phrasal
        following = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
        if following in {"over", "up", "off", "out", "down", "on", "away", "back"} and (
            phrasal := known.get((f"{lemma} {following}", "verb"))
        ):
            return phrasal
        if lemma == "take" and any(
            c.dep_ == "dobj" and c.lower_ in {"delivery", "possession", "receipt"} for c in token.children
        ):
            return known.get(("receive", "verb"))
        if lemma == "like" and any(c.dep_ == "aux" and c.lower_ in {"would", "'d"} for c in token.children):
            return known.get(("want", "verb"))
        if lemma in {"make", "find", "wend"} and any(c.dep_ == "dobj" and c.lower_ == "way" for c in token.children):
            return known.get(("find way", "verb"))
        return known.get((lemma, "verb"))
    if token.pos_ in {"NOUN", "PROPN"}:
        if {"nsubj", "dobj"} <= {c.dep_ for c in token.children}:
            # "Iran and North Korea supply Russia with drones": the tagger took the verb for a noun.
            return known.get((lemma, "verb"))
        return known.get((lemma, "noun")) or (known.get((token.lower_.rstrip("s"), "noun")))
    return None


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


def is_passive(verb: Token) -> bool:
    """Whether the verb's subject undergoes it: "were sent", "tanks delivered by", "to be bought"."""
    if verb.tag_ != "VBN" or _broken_perfect(verb) is not None:
        return False
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
        return True
    if any(child.dep_ == "aux" and child.lemma_.lower() in {"have", "'ve"} for child in verb.children):
        return False
    if verb.dep_ == "conj" and verb.head.tag_ == "VBN":
        has_own_object = any(child.dep_ == "dobj" for child in verb.children)
        return is_passive(verb.head) and not has_own_object
    if (
        verb.dep_ == "acl"
        and verb.head.dep_ == "ROOT"
        and verb.head.pos_ in {"NOUN", "PROPN"}
        and not any(c.dep_ == "agent" for c in verb.children)
    ):
        # The parser took a past tense for a participle: a sentence must have a verb.
        return verb.sent.text.rstrip()[-1:] not in {".", "!", "?"}
    if verb.dep_ in {"acl", "relcl", "amod"}:
        return not any(child.dep_ == "nsubj" for child in verb.children)
    return verb.dep_ in {"ccomp", "advcl", "xcomp"} and any(child.dep_ == "agent" for child in verb.children)


def subject_of(verb: Token) -> Token | None:
    """The grammatical subject, sought up the tree where the verb has none of its own."""
    seen: set[int] = set()
    current = _broken_perfect(verb) or verb
    while current.i not in seen:
        seen.add(current.i)
        own = next((c for c in current.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if own is not None:
            return own
        head = current.head
        if head == current:
            return _introduced(current)
        if current.dep_ in {"acl", "relcl"}:
            if current.tag_ in {"VBG", "VBN"} and not any(
                c.dep_ == "aux" and c.lower_ == "to" for c in current.children
            ):
                return head if head.pos_ in {"NOUN", "PROPN", "PRON"} else None
            return _owner_of(head)
        if current.dep_ == "xcomp" and head.lemma_.lower() in words("object-control"):
            controller = next((c for c in head.children if c.dep_ in {"dobj", "dative"} and c.i < current.i), None)
            if controller is not None:
                return controller
        if current.dep_ == "ccomp" and any(c.dep_ == "nsubj" for c in current.children):
            return None
        if current.dep_ == "pcomp" and head.pos_ == "ADP":
            if (
                (head.lower_ == "from" and head.head.lemma_.lower() in words("preventing"))
                or head.lower_
                in {
                    "against",
                    "into",
                }
                or (head.lower_ in {"of", "for"} and head.head.lemma_.lower() in words("blaming"))
            ):
                controller = next((c for c in head.head.children if c.dep_ == "dobj"), None)
                if controller is not None:
                    return controller
            if head.head.pos_ == "NOUN":
                return _owner_of(head.head)
            current = head.head
            continue
        if current.pos_ == "ADP" or (head.pos_ in {"NOUN", "PROPN"} and current.dep_ != "conj"):
            return _owner_of(head) if head.pos_ == "NOUN" else None
        current = head
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
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is not None:
        return owner
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"by", "of"}:
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is not None:
                return inner
    adjective = next(
        (
            c
            for c in noun.children
            if c.dep_ in {"amod", "compound"} and c.pos_ in {"PROPN", "ADJ"} and c.text[0].isupper()
        ),
        None,
    )
    if adjective is not None:
        return adjective
    governor = noun.head
    receiver = next((c for c in governor.children if c.dep_ == "dative" and c.pos_ not in {"ADP", "PART"}), None)
    if receiver is not None and noun.dep_ == "dobj":
        return receiver
    if governor != noun and governor.pos_ in {"VERB", "AUX"} and noun.dep_ in {"dobj", "attr", "pobj"}:
        return subject_of(governor)
    if governor.pos_ == "ADP" and governor.head.pos_ in {"VERB", "AUX"}:
        return subject_of(governor.head)
    return None


def objects_of(verb: Token) -> list[Token]:
    """Direct objects, the gap of a relative clause and the noun of a passive participle included."""
    if _broken_perfect(verb) is not None:
        return [verb.head]
    found = [c for c in verb.children if c.dep_ in {"dobj", "obj", "attr", "oprd"} and c.tag_ not in {"WDT", "WP"}]
    relative = [c for c in verb.children if c.dep_ in {"dobj", "pobj"} and c.tag_ in {"WDT", "WP"}]
    if verb.dep_ == "relcl":
        own_subject = any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
        subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        subject_is_relative = subject is not None and subject.tag_ in {"WDT", "WP"}
        if (relative or (own_subject and not subject_is_relative)) and not found:
            found.append(verb.head)
    elif verb.dep_ in {"xcomp", "ccomp", "pcomp"} and not found:
        top = verb.head if verb.dep_ != "pcomp" else verb.head.head
        while top.dep_ in {"xcomp", "ccomp", "pcomp", "prep"} and top.head != top:
            top = top.head
        if top.dep_ == "relcl":
            subject = next((c for c in top.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
            if subject is None or subject.tag_ not in {"WDT", "WP"}:
                found.append(top.head)
    if (
        verb.dep_ == "acl"
        and not found
        and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
        and not is_passive(verb)
    ):
        found.append(verb.head)
    if verb.dep_ == "conj" and not found and verb.head.pos_ == "VERB":
        shared = [c for c in verb.head.children if c.dep_ == "dobj" and c.i > verb.i]
        found += shared
    return found


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
        owner = next((c for c in end.children if c.dep_ == "poss"), None)
        if owner is not None:
            yield preposition, owner
            return
    yield preposition, end


def governors(token: Token) -> Iterator[Token]:
    """The words above a token, nearest first."""
    while token.head != token:
        token = token.head
        yield token


def is_negated(token: Token) -> bool:
    """Whether "not", "never" or "no longer" hangs on the word, or its subject or object is "no ..."."""
    for child in token.children:
        if child.dep_ == "neg" or child.lower_ in {"never", "nowhere", "nor", "neither", "hardly"}:
            return True
        if child.dep_ in {"nsubj", "nsubjpass", "dobj"}:
            if child.lower_ in {"nobody", "none", "nothing", "neither"}:
                return True
            if any(
                c.dep_ in {"det", "preconj", "neg", "cc"} and c.lower_ in {"no", "neither", "not"}
                for c in child.children
            ):
                return True
        if child.dep_ in {"cc", "preconj"} and child.lower_ in {"nor", "neither"}:
            return True
        if child.dep_ == "advmod" and child.lower_ == "longer":
            return True
    return False
