"""What a pact is and how far it has come: its kind, its status and its date."""

from __future__ import annotations

import re
from collections.abc import Collection

from spacy.tokens import Span, Token

from materiel.reading.calendar import find_dates
from materiel.reading.clauses import VERBAL, auxiliaries, first_child, is_negated, prepositions
from materiel.reading.lexicons import words
from materiel.reading.pact_parties import clause_above
from materiel.reading.parses import Parse, subtree
from materiel.terms.actors import states
from materiel.terms.statements import PactKind, PactStatus

_FUTURE = frozenset({"will", "would", "may", "might", "could", "shall", "'ll"})
_OLD = 5
"""Years after which "the treaty signed in 1972" tells of one in force, not of a signing."""
_GROUNDS = frozenset({"under", "by", "through", "within", "via"})
"""Prepositions by which a pact is the ground of what is done: what is said of that is not said of the pact."""
_NO_TOPIC = frozenset({"with", "between", "among", "from", "in", "by"})
"""Prepositions after a pact that do not say what it is about."""
_SINCE = re.compile(r"\bsince (?:\w+ )?(?:19|20)\d\d\b")
_CLOSE = 40
"""How many characters after the noun may say that it is for making goods together."""
_JOINT_MAKING = re.compile(r" (?:to|for|on) (?:co-?|jointly |joint )(?:produc|develop|manufactur|build|mak)")
_MUTUAL_HELP = re.compile(
    r"\bmutual (?:\w+ )?(?:defen[cs]e|assistance|help|aid)\b"
    r"|\bcom(?:e|ing) to (?:\w+'s|its|their) (?:defen[cs]e|aid|help)\b"
    r"|\battack on (?:either|any|both)\b"
)
_STRONG = frozenset({"treaty", "pact", "alliance", "coalition", "accord"})


def pact_kind(parse: Parse, noun: Token, sentence: Span, parties: Collection[str]) -> PactKind | None:
    """What kind of pact the noun names in its sentence; None where it is a mere deal or no matter of arms."""
    own = subtree(noun, without=frozenset({"relcl", "acl", "appos"}))
    own_words = {t.lower_ for t in own}
    name = " ".join(t.lower_ for t in own if t.i <= noun.i)
    near = " ".join(t.lower_ for t in subtree(noun, without=frozenset({"relcl"}))) + " " + noun.lower_
    text = sentence.text.lower()
    lemma = noun.lemma_.lower()
    has_goods = any(t.i in parse.good_at for t in sentence)
    is_martial = has_goods or _has(text + _next_sentence(sentence), "pact-cooperation")
    after = sentence.text[noun.idx + len(noun) - sentence.start_char :][:_CLOSE].lower()
    if (
        _has(near, "pact-co-production")
        or _JOINT_MAKING.match(after)
        or (has_goods and _is_ground_of_making(noun))
        or ((has_goods or _has_vague_goods(noun)) and _is_of_making(noun))
    ):
        return PactKind.CO_PRODUCTION if is_martial or _has_vague_goods(noun) else None
    if lemma in words("co-production-only"):
        return None
    if _has(near, "pact-other"):
        return PactKind.OTHER
    if lemma not in {"barter", "swap"} and set(near.replace("-", " ").split()) & words("pact-civil"):
        return None
    if _has(name, "pact-mutual-defence") or is_of_mutual_help(text + _next_sentence(sentence)):
        return PactKind.MUTUAL_DEFENCE
    if "cooperation" in own_words or "co-operation" in own_words:
        return PactKind.COOPERATION
    is_sale = _has(near, "pact-arms-deal") or lemma in {"barter", "swap"} or _is_of_sale(parse, noun)
    if lemma in words("sale-pact-noun"):
        # A contract with a firm is an order; between states, or where the text says so, it is a pact too.
        among_states = all(party in states() for party in parties)
        is_sale = is_sale or any(p in {"between", "among"} for p, _ in prepositions(noun))
        return PactKind.ARMS_DEAL if (has_goods or "arms" in near) and is_sale and among_states else None
    has_martial_price = is_martial and lemma in {"barter", "swap"}
    if is_sale and (has_goods or has_martial_price or "arms" in near or "military" in near):
        return PactKind.ARMS_DEAL
    return PactKind.COOPERATION if lemma in _STRONG or is_martial else None


def is_of_mutual_help(text: str) -> bool:
    """Whether a lower-case text says that parties help each other when attacked."""
    return _has(text, "mutual-defence-clause") or _MUTUAL_HELP.search(text) is not None


def is_alike(noun: Token) -> bool:
    """Whether it is of the kind of the pact before it: "a similar agreement", "a pact of the same sort"."""
    kinds = [end for p, end in prepositions(noun) if p == "of"]
    return any(c.lower_ in {"similar", "same", "identical"} for word in (noun, *kinds) for c in word.children)


def is_left_to_end(verb: Token) -> bool:
    """Whether a pact is not gone on with: "will not renew the treaty", "was not extended"."""
    return verb.lemma_.lower() in words("renewing") and is_negated(verb)


def is_bare(noun: Token) -> bool:
    """Whether the phrase says nothing of what is agreed: "the agreement"; then it is what was spoken of last."""
    if noun.lemma_.lower() in _STRONG:
        return False
    return all(
        c.dep_ in {"det", "relcl", "acl", "punct", "nummod", "poss"} or (c.dep_ == "prep" and c.lower_ in _NO_TOPIC)
        for c in noun.children
    )


def proper_name(noun: Token) -> str | None:
    """The name of a pact that bears one: "the Joint Training Arrangement" is another than "the Port Visits Accord"."""
    start = noun.i
    while start > noun.sent.start and noun.doc[start - 1].pos_ in {"PROPN", "ADJ", "NOUN"}:
        if not noun.doc[start - 1].text[0].isupper():
            break
        start -= 1
    return noun.doc[start : noun.i + 1].text if noun.text[0].isupper() and noun.i - start > 1 else None


def _has(text: str, sense: str) -> bool:
    return any(cue in text for cue in words(sense))


def _next_sentence(sentence: Span) -> str:
    """The sentence after it in the same passage, where a pact named is often spelled out."""
    end = sentence.end
    return " " + sentence.doc[end].sent.text.lower() if end < len(sentence.doc) else ""


def _is_of_making(noun: Token) -> bool:
    """Whether the pact is for making goods: "an accord under which the tank is to be built in Cairo"."""
    return any(
        (t.lemma_.lower() in words("making") and t.lemma_.lower() != "make")
        or (t.lemma_ == "put" and any(c.lower_ == "together" for c in t.children))
        for t in noun.subtree
        if t.i > noun.i and t.pos_ == "VERB"
    )


def _is_ground_of_making(noun: Token) -> bool:
    """Whether goods are made on the ground of the pact: "assembles jets under an agreement with Dassault"."""
    verb = noun.head.head
    return noun.dep_ == "pobj" and noun.head.lower_ in _GROUNDS and verb.lemma_.lower() in words("making") - {"make"}


def _has_vague_goods(noun: Token) -> bool:
    """Whether the pact speaks of "the launcher" or "the system", which are arms between makers of arms."""
    return any(t.lemma_.lower() in words("vague-good") - words("sale-pact-noun") for t in noun.subtree if t.i > noun.i)


def _is_of_sale(parse: Parse, noun: Token) -> bool:
    """Whether the pact is for a purchase: "an agreement to buy", "for 26 jets", "under which Oslo will sell"."""
    below = [t for t in noun.subtree if t.i > noun.i]
    governed: list[Token] = []
    if noun.dep_ == "pobj" and noun.head.lower_ in {"under", "by", "through"}:
        governed = [t for verb in clause_above(noun)[-1:] for t in (verb, *verb.children) if t.pos_ == "VERB"]
    if any(t.lemma_.lower() in words("sale") for t in (*below, *governed)):
        return True
    return noun.lemma_.lower() not in _STRONG and any(
        (p in {"for", "on", "over"} and end.i in parse.good_at)
        or (p == "for" and any(c.i in parse.good_at for c in end.children))
        for p, end in prepositions(noun)
    )


def pact_status(noun: Token, date: str | None, published_on: str | None) -> PactStatus | None:
    """How far the pact that the noun names has come, by the words below it and above it; ``date`` is the pact's.

    None where no word says it: the pact is mentioned, not told of.
    """
    above = clause_above(noun)
    clauses = [c for c in noun.children if c.dep_ in {"relcl", "acl", "appos"} and c.pos_ == "VERB"]
    left = [t for t in noun.doc[noun.left_edge.i : noun.i] if noun.is_ancestor(t)]
    before = {t.lemma_.lower() for t in left} | {t.lower_ for t in left}
    verb = above[-1] if above else noun
    scope = {t.lemma_.lower() for t in above} | before
    for word in above:
        scope |= {c.lemma_.lower() for c in word.children if c.dep_ not in {"advcl", "ccomp", "conj"}}
    scope |= {c.lemma_.lower() for child in noun.children for c in child.children if child.dep_ in {"prep", "poss"}}
    sealed = [t for t in (*clauses, *_torn_clause(noun)) if t.lemma_.lower() in words("signing") | words("resulting")]
    was_sealed = any(t.tag_ in {"VBD", "VBN"} and not auxiliaries(t) & _FUTURE and not _is_to_be(t) for t in sealed)
    still = [c for t in above for c in t.children if c.dep_ == "xcomp"]
    future = any(auxiliaries(t) & _FUTURE for t in (*above, *sealed)) or any(
        _is_to_be(t) for t in (*above, *sealed, *still)
    )
    if _runs_out(verb):
        return PactStatus.ENDED if verb.tag_ in {"VBD", "VBN"} and not future else PactStatus.IN_FORCE
    if any(is_left_to_end(t) for t in (*above, *clauses)) or (_is_ended(noun, above, clauses, before) and not future):
        return PactStatus.ENDED
    if any(t.lemma_ == "ratify" and t.tag_ in {"VBD", "VBN"} for clause in clauses for t in (clause, *clause.children)):
        return PactStatus.RATIFIED
    if was_sealed:
        is_standing = date is None and verb.lemma_.lower() in words("standing") and verb.tag_ in {"VBZ", "VBP"}
        return PactStatus.IN_FORCE if is_standing or _is_old(date, published_on) else PactStatus.SIGNED
    if noun.dep_ == "pobj" and noun.head.lower_ in _GROUNDS and not before & words("pact-draft"):
        return PactStatus.IN_FORCE
    was_ratified = any(t.lemma_ == "ratify" and t.tag_ == "VBD" for t in noun.sent)
    if was_ratified or scope & {"ratify", "ratification"} or _is_passed(verb):
        is_awaited = scope & words("awaiting") or is_negated(verb) or "for" in scope
        return PactStatus.RATIFIED if not (future or is_awaited) else PactStatus.SIGNED
    nearest = _nearest_verb(noun)
    if nearest is not None and _is_under_way(nearest):
        return PactStatus.PROPOSED
    if scope & words("finishing") and verb.tag_ in {"VBD", "VBN"} and not future:
        return PactStatus.SIGNED
    seals = bool(scope & words("signing"))
    if scope & words("pact-proposed") or before & words("pact-draft") or (future and seals):
        return PactStatus.PROPOSED
    if _takes_effect(verb) or noun.lemma_.lower() == "coalition":
        return PactStatus.IN_FORCE
    if seals or (nearest is not None and nearest.lemma_.lower() in words("pact-signed")):
        return PactStatus.IN_FORCE if _is_old(date, published_on) else PactStatus.SIGNED
    if scope & words("pact-in-force") or (verb.tag_ in {"VBZ", "VBP"} and verb.lemma_.lower() in words("standing")):
        return PactStatus.IN_FORCE
    return None


def _nearest_verb(noun: Token) -> Token | None:
    """The verb on which the noun hangs by itself or by its preposition."""
    above = noun.head.head if noun.head.pos_ in {"ADP", "SCONJ"} else noun.head
    return above if above.pos_ in VERBAL else None


def status_by_age(noun: Token, date: str | None, published_on: str | None) -> PactStatus:
    """How far a pact has come of which the text says nothing but when it was: signed of late, else in force."""
    is_work = noun.lemma_.lower() in words("co-production-only")
    is_past = date is not None and (not published_on or date <= published_on + "~")
    is_new = is_past and not _is_old(date, published_on) and _SINCE.search(noun.sent.text) is None
    return PactStatus.SIGNED if is_new and not is_work else PactStatus.IN_FORCE


def _is_old(date: str | None, published_on: str | None) -> bool:
    """Whether a pact was signed so long ago that the text speaks of it as standing."""
    return bool(date and published_on) and int((published_on or "")[:4]) - int((date or "")[:4]) >= _OLD


def _is_under_way(verb: Token) -> bool:
    """Whether it is being agreed or is left undone: "is finalising the accord", "instead of signing it"."""
    if verb.tag_ != "VBG" or verb.lemma_.lower() not in words("signing") | words("finishing"):
        return False
    lacks = verb.dep_ == "pcomp" and verb.head.lower_ in {"of", "without", "before", "toward", "towards", "to"}
    return lacks or any(child.lemma_.lower() == "be" for child in verb.children)


def _is_to_be(verb: Token) -> bool:
    """Whether "to sign" is still to come: "is to sign", "agreed to sign"; not "went to Oslo to sign"."""
    if verb.lemma_.lower() not in words("signing") or "to" not in auxiliaries(verb):
        return False
    return not (verb.head.tag_ == "VBD" and verb.head.lemma_.lower() in words("motion") and verb.dep_ != "xcomp")


def _is_ended(noun: Token, above: list[Token], clauses: list[Token], before: set[str]) -> bool:
    """Whether the pact itself ends: as what a verb of ending acts on, or what "the end of" stands before."""
    if before & {"former", "defunct", "expired", "cancelled", "canceled", "suspended"}:
        return True
    if any(t.lemma_.lower() in words("pact-ended") for t in clauses):
        return True
    nearest = next((t for t in above if t.pos_ not in {"ADP", "SCONJ", "PART", "ADV"}), None)
    if nearest is None or nearest.lemma_.lower() not in words("pact-ended"):
        return False
    if noun.dep_ == "pobj":
        return noun.head.lower_ in {"from", "of", "out", "away", "up", "with", "on"}
    return noun.dep_ in {"dobj", "nsubj", "nsubjpass"}


def _torn_clause(noun: Token) -> list[Token]:
    """The verbs of "which they signed" after the noun up to a comma, where the parser hung them elsewhere."""
    following = noun.sent[noun.i + 1 - noun.sent.start :]
    if len(following) == 0 or following[0].lower_ not in {"that", "which"}:
        return []
    comma = next((place for place, t in enumerate(following) if t.text in {",", ";", "."}), len(following))
    return [t for t in following[:comma] if t.pos_ == "VERB"]


def _runs_out(verb: Token) -> bool:
    """Whether the pact comes to the end of its time by itself: "expires in May", "ran out"."""
    lemma = verb.lemma_.lower()
    return lemma in {"expire", "lapse"} or (lemma == "run" and any(c.lower_ in {"out", "until"} for c in verb.children))


def _takes_effect(verb: Token) -> bool:
    """Whether it "entered into force", "took effect", "has been in force since"."""
    into = [end for p, end in prepositions(verb) if p in {"in", "into"}]
    return any(end.lower_ in {"force", "effect"} for end in (*into, *(c for c in verb.children if c.dep_ == "dobj")))


def _is_passed(verb: Token) -> bool:
    """Whether a parliament passes it."""
    subject = first_child(verb, "nsubj", "agent")
    if verb.lemma_.lower() not in {"approve", "pass", "adopt", "endorse", "back"} or subject is None:
        return False
    return any(t.lemma_.lower() in words("chamber") for t in subject.subtree)


def work_status(verb: Token) -> PactStatus:
    """How far joint or licensed work has come, by its verb."""
    above = clause_above(verb) if verb.dep_ not in {"relcl", "acl", "ROOT"} else []
    lemmas = {t.lemma_.lower() for t in above}
    if lemmas & {"agree", "sign"} and any(
        t.tag_ in {"VBD", "VBN"} for t in above if t.lemma_.lower() in {"agree", "sign"}
    ):
        return PactStatus.SIGNED
    chain = (verb, *above)
    if any(auxiliaries(t) & (_FUTURE | {"to"}) for t in chain) or lemmas & words("pact-proposed"):
        return PactStatus.PROPOSED
    return PactStatus.IN_FORCE


def pact_date(word: Token, sentence: Span, published_on: str | None) -> str | None:
    """The date of the sentence that stands nearest to the word."""
    dates = find_dates(sentence.text, published_on)
    if not dates:
        return None
    place = word.idx - sentence.start_char
    return min(dates, key=lambda when: abs(when.start - place)).date
