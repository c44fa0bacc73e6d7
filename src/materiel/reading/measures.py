"""Figures of export, production, stock, need, loss and strength.

Each number is looked at by itself: what it counts, which verb or noun it hangs on, and whether it runs by the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from spacy.tokens import Span, Token

from materiel.reading.amounts import Money, find_money, parse_number
from materiel.reading.calendar import find_dates
from materiel.reading.clauses import RELATIVE_TAGS, VERBAL, governors, prepositions, subject_of
from materiel.reading.figure_senses import least_of, measured
from materiel.reading.figures import counts_of, figures_of, shares_of
from materiel.reading.findings import Finding
from materiel.reading.lexicons import words
from materiel.reading.parses import Parse, subtree
from materiel.reading.resolver import Resolver
from materiel.terms.statements import Measure, MeasureName

_EXPORTS = re.compile(
    r"\b(?:arms|defen[cs]e|weapons?|military|drone|armaments?)[\w -]{0,25} (?:exports?|sales)\b"
    r"|\bexport(?:s|ed)? (?:of|worth|licen[cs]es)|\bexports\b|\bexport orders\b",
    re.IGNORECASE,
)
_EXPORT_TOTAL = re.compile(r"\b(?:arms|defen[cs]e|weapons?|military|armaments?) exports\b", re.IGNORECASE)
_PROGRAMME = re.compile(r"\bforeign military (?:sales|financ)", re.IGNORECASE)
_ARMS = re.compile(r"\b(?:arms|weapons?|defen[cs]e|military|armaments?)\b", re.IGNORECASE)
_WORTH = re.compile(r"worth of|(?:equipment|weapons|arms|materiel|drones) worth", re.IGNORECASE)
_BACKLOG = re.compile(
    r"\bbacklog\b|\bundelivered\b|not yet (?:been )?(?:shipped|delivered)|\border book\b", re.IGNORECASE
)
_CIVIL_TRADE = re.compile(
    r"\bawarded\b|\btwo-way trade\b|\btrade was\b|\bexport finance\b"
    r"|\bbarrel|\boil (?:exports?|exporter|prices?)|\bgrain\b|\bgas exports?\b",
    re.IGNORECASE,
)
_TRADE = re.compile(
    r"\b(?:imports?|imported|exports?|purchases|supplies|arms|weapons|arsenal|armaments?|equipment)\b", re.IGNORECASE
)
_SHARE = re.compile(
    r"\bimports?\b|\bimported\b|\bexports?\b|\bshare\b|\borigin\b|\bof (?:its|the|their)\b[\w ,'-]{0,40}"
    r"\b(?:arms|weapons|weaponry|armaments?|arsenal)\b|\b(?:arms|weapons|weaponry) from\b"
    r"|\bof what it (?:buys|imports)\b",
    re.IGNORECASE,
)
_BUDGET = re.compile(r"\b(?:defen[cs]e|military) (?:budget|spending|outlays?)\b", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:up|down|rising|falling|compared with|against) (?:from )?(?P<n>\d+(?:\.\d+)?)\b(?! ?(?:%|per|m|b))"
)
_OF_MONEY = re.compile(
    r"[\d.]+ ?-?(?:%|per cent|percent|pct) of [\w'-]+(?: [\w'-]+){0,2} "
    r"(?:salar|wage|earning|revenue|profit|price|cost|vote|people|shares)"
    r"|[\d.]+ ?(?:%|per cent|percent|pct) of (?:it|them|those)\b",
    re.IGNORECASE,
)
_CIVIL_OUTPUT = frozenset({"oil", "crude", "gas", "coal", "grain", "wheat", "steel", "power", "electricity", "car"})
_OURS = frozenset({"we", "our", "us"})
_FALLING = frozenset({"fall", "drop", "decline", "shrink", "sink", "decrease", "slump", "plunge"})
_TIMES = {"double": 2.0, "triple": 3.0, "treble": 3.0, "quadruple": 4.0, "quintuple": 5.0, "halve": 0.5}


def find_measures(
    parse: Parse, sentence: Span, resolver: Resolver, published_on: str | None, *, is_on_arms: bool = False
) -> list[Finding[Measure]]:
    """Every figure of the sentence that measures arms supply, each number once.

    ``is_on_arms`` says that the article has spoken of a supply before, so that "exports" are of arms.
    """
    if not any(token.like_num or token.lemma_.lower() in _TIMES for token in sentence) and "half" not in sentence.text:
        return []
    found = [
        *_values(parse, sentence, resolver, published_on, is_on_arms=is_on_arms),
        *_shares(parse, sentence, resolver, published_on),
        *_counts(parse, sentence, resolver, published_on),
        *_multiples(parse, sentence, resolver, published_on),
    ]
    kept: dict[tuple[MeasureName, float], Finding[Measure]] = {}
    for each in found:
        kept.setdefault((each.claim.measure, each.claim.value), each)
    return list(kept.values())


def _values(
    parse: Parse, sentence: Span, resolver: Resolver, published_on: str | None, *, is_on_arms: bool
) -> Iterator[Finding[Measure]]:
    """Values of exports and backlogs: "arms exports came to $17.3 billion", "sold $1.8 billion worth abroad"."""
    text = sentence.text
    lemmas = {t.lemma_.lower() for t in sentence}
    sold = lemmas & {"sell", "export"} and (lemmas & {"abroad", "export"} or _WORTH.search(text))
    is_backlog = _BACKLOG.search(text) is not None
    if not (sold or is_backlog or _EXPORTS.search(_PROGRAMME.sub("", text))) or _CIVIL_TRADE.search(text):
        return
    is_of_arms = _ARMS.search(text) or any(t.i in parse.good_at for t in sentence)
    is_likely = is_on_arms and not lemmas & {"good", "goods"}
    if not (is_of_arms or is_likely) and (is_backlog or not parse.good_at):
        return
    if not is_backlog and _is_transfer_price(parse, sentence):
        return
    name = MeasureName.OTHER if is_backlog else MeasureName.EXPORT_VALUE
    cue = next((t for t in sentence if t.lemma_.lower() in words("export-cue")), None)
    for money in _sums(text):
        token = _token_at(parse, sentence, money.start)
        if token is None:
            continue
        subject = _subject(parse, resolver, cue or token, sentence)
        period = period_at(sentence, published_on, money.start)
        measure = Measure(subject, name, money.amount, money.currency, period)
        yield Finding(measure, tuple(sentence), f"measure.{name.value}")


def _sums(text: str) -> list[Money]:
    """The sums of a text: of "3 billion rupees ($40 million)" the dollars, and of "up from 9.2" the one before."""
    found = find_money(text)
    kept = [
        money
        for money, after in zip_longest(found, found[1:])
        if after is None or text[money.end : after.start].strip() not in {"(", ", or", "or"}
    ]
    earlier = _EARLIER.search(text)
    if earlier is not None and kept and not any(m.start <= earlier.start("n") < m.end for m in kept):
        number = float(earlier["n"])
        shown = parse_number(re.sub(r"[^\d.]", "", text[kept[0].start : kept[0].end]).strip(".") or "1")
        scale = kept[0].amount / shown if shown else 1.0
        kept.append(Money(earlier.start("n"), earlier.end("n"), number * scale, kept[0].currency))
    return kept[:3]


def _is_transfer_price(parse: Parse, sentence: Span) -> bool:
    """Whether the sum is one deal's price: it is agreed or sold to somebody named."""
    if any(t.lemma_ in {"agree", "sign"} and t.pos_ == "VERB" for t in sentence):
        return True
    if _EXPORT_TOTAL.search(sentence.text):
        return False
    if any(
        t.lemma_ == "sell" and any(c.dep_ in {"dobj", "dative"} and c.i in parse.actor_at for c in t.children)
        for t in sentence
    ):
        return True
    deals = any(t.lemma_.lower() in {"contract", "deal", "order", "approve"} for t in sentence)
    return deals and any(
        t.lower_ == "to" and any(c.i in parse.actor_at for c in t.children) and t.dep_ in {"prep", "dative"}
        for t in sentence
    )


def _shares(parse: Parse, sentence: Span, resolver: Resolver, published_on: str | None) -> Iterator[Finding[Measure]]:
    """Shares of trade, changes of exports and parts of a budget: "accounted for 94% of its arms imports"."""
    text = sentence.text
    is_budget = _BUDGET.search(text) is not None
    if not is_budget and not (_TRADE.search(text) and _SHARE.search(text)):
        return
    for share in shares_of(sentence):
        token = _token_at(parse, sentence, share.start)
        if token is None:
            continue
        if (token.i and token.nbor(-1).lower_ == "from") or _is_of_money(token, sentence):
            continue
        value, unit = share.percent, "%"
        verb = next((g for g in governors(token) if g.pos_ in VERBAL), None)
        by = any(above.lower_ == "by" for above in token.ancestors)
        if verb is not None and by and verb.lemma_.lower() in _FALLING:
            value = -value
        subject = _importer(parse, resolver, sentence, verb)
        period = period_at(sentence, published_on, share.start)
        yield Finding(Measure(subject, MeasureName.OTHER, value, unit, period), tuple(sentence), "measure.share")


def _is_of_money(token: Token, sentence: Span) -> bool:
    """Whether it is a part of pay, earnings or the like: "85 per cent of their salaries"."""
    text = sentence.text[token.idx - sentence.start_char :]
    return _OF_MONEY.match(text) is not None


def _importer(parse: Parse, resolver: Resolver, sentence: Span, verb: Token | None) -> str | None:
    """Whose trade the share is of: the owner of the imports, who is not the one that supplies them."""
    for buyer in _buyers(sentence):
        for actor in resolver.named(parse, buyer):
            return actor.code
    cue = next((t for t in sentence if t.lemma_.lower() in words("share-cue")), None)
    subject = subject_of(verb) if verb is not None else None
    is_supplier = False
    suppliers = {actor.code for source in _sources(sentence) for actor in resolver.named(parse, source) if actor.code}
    if verb is not None and subject is not None and verb.lemma_.lower() in words("supplying-share"):
        suppliers |= {actor.code for actor in resolver.named(parse, subject) if actor.code}
        is_supplier = True
    if cue is not None:
        owners = [c for c in cue.children if c.dep_ in {"poss", "amod", "compound", "nmod"}]
        owners += [end for word in (cue, *cue.children) for p, end in prepositions(word) if p in {"by", "of"}]
        for owner in owners:
            for actor in resolver.resolve(parse, owner, frozenset(suppliers)):
                if actor.code:
                    return actor.code
    if subject is not None and not is_supplier and (subject.i in parse.actor_at or subject.pos_ == "PRON"):
        for actor in resolver.named(parse, subject):
            return actor.code
    for token in sentence:
        mention = parse.actor_at.get(token.i)
        is_source = token.dep_ == "pobj" and token.head.lower_ == "from"
        if mention is not None and not is_source:
            for actor in resolver.resolve(parse, token, frozenset(suppliers)):
                if actor.code:
                    return actor.code
    topical = resolver.memory.topical_state(frozenset(suppliers))
    return topical[0].code if topical else None


def _sources(sentence: Span) -> Iterator[Token]:
    """Where imports come from: "from Moscow"."""
    return (t for t in sentence if t.dep_ == "pobj" and t.head.lower_ == "from")


def _buyers(sentence: Span) -> Iterator[Token]:
    """Who imports, by the words that say so: "a share in Peru's imports", "the arms which Peru imported"."""
    for token in sentence:
        if token.lemma_ == "share" and token.pos_ == "NOUN":
            for preposition, end in prepositions(token):
                if preposition in {"in", "of"} and end.lemma_.lower() in words("share-cue"):
                    yield from (c for c in end.children if c.dep_ in {"poss", "amod", "compound", "nmod"})
        elif token.lemma_ in {"import", "buy", "purchase"} and token.dep_ in {"relcl", "pcomp", "ccomp"}:
            yield from (c for c in token.children if c.dep_ == "nsubj" and c.tag_ not in RELATIVE_TAGS)


def _counts(parse: Parse, sentence: Span, resolver: Resolver, published_on: str | None) -> Iterator[Finding[Measure]]:
    """Stocks, output, need, losses and strength: "owns about 320 tanks", "some 1,500 men are stationed"."""
    read = [
        (f, *told) for f in figures_of(sentence) if (told := measured(parse, sentence, f)) is not None and f.is_a_count
    ]
    long_lists = {(name, cue) for figure, name, cue in read if figure.value >= least_of(name, figure)}
    for figure, name, cue in read:
        is_listed = name is MeasureName.LOSSES and (name, cue) in long_lists
        subject = _subject(parse, resolver, cue, sentence, figure.counted)
        if subject is None or (figure.value < least_of(name, figure) and not is_listed):
            continue
        period = figure.rate if name is not MeasureName.STOCK else None
        tokens = [cue, figure.number, *subtree(figure.counted or figure.number, without=frozenset({"relcl", "advcl"}))]
        yield Finding(
            Measure(subject, name, figure.value, figure.unit, period or period_at(sentence, published_on, 0)),
            tuple(t for t in tokens if t in sentence),
            f"measure.{name.value}",
        )


def _multiples(
    parse: Parse, sentence: Span, resolver: Resolver, published_on: str | None
) -> Iterator[Finding[Measure]]:
    """Growth by a factor: "doubled its monthly production of shells", "output has tripled"."""
    for verb in sentence:
        times = _TIMES.get(verb.lemma_.lower()) if verb.pos_ == "VERB" else None
        if times is None:
            continue
        made = next((c for c in verb.children if c.dep_ in {"dobj", "nsubj", "nsubjpass"} and _is_output(c)), None)
        has_figure = any(f.number.i > verb.i for f in counts_of(sentence))
        if made is None or has_figure or not parse.good_at or any(c.lower_ in _CIVIL_OUTPUT for c in made.subtree):
            continue
        subject = _subject(parse, resolver, made if made.dep_ != "dobj" else verb, sentence)
        if subject is not None:
            period = period_at(sentence, published_on, verb.idx - sentence.start_char)
            measure = Measure(subject, MeasureName.PRODUCTION_RATE, times, "times", period)
            yield Finding(measure, tuple(subtree(verb)), "measure.multiple")


def _is_output(noun: Token) -> bool:
    return noun.lemma_.lower() in {"production", "output", "capacity", "manufacture"}


def _subject(parse: Parse, resolver: Resolver, cue: Token, sentence: Span, counted: Token | None = None) -> str | None:
    """Whose figure it is: the noun's owner, the verb's subject, the first actor of the sentence, or the topic."""
    candidates: list[Token] = []
    for noun in (counted, cue if cue.pos_ == "NOUN" else None):
        if noun is not None:
            candidates += [c for c in noun.children if c.dep_ in {"poss", "amod", "compound", "nmod"}]
            candidates += [end for p, end in prepositions(noun) if p == "of" and end.i in parse.actor_at]
    if cue.pos_ == "NOUN":
        candidates.append(cue)
    verb = cue if cue.pos_ in VERBAL else next((g for g in governors(cue) if g.pos_ in VERBAL), None)
    if verb is not None and (subject := subject_of(verb)) is not None:
        candidates.append(subject)
    for candidate in candidates:
        if candidate.i in parse.good_at:
            continue
        actors = resolver.named(parse, candidate)
        if actors:
            return actors[0].code
    if any(candidate.lower_ in _OURS for candidate in candidates):
        # A speaker whom the text does not name goes on from the state that was the subject last.
        return next((actor.code for actor in resolver.memory.latest_states(frozenset(), 1)), None)
    for token in sentence:
        is_half = token.lower_ in {"south", "north"} and token.i and token.nbor(-1).lower_ == "the"
        if token.i in parse.actor_at or is_half:
            actors = resolver.resolve(parse, token)
            return actors[0].code if actors else None
    topical = resolver.memory.topical_state(frozenset())
    return topical[0].code if topical else None


def period_at(sentence: Span, published_on: str | None, place: int) -> str | None:
    """The date of the sentence that stands nearest to the place."""
    dates = find_dates(sentence.text, published_on)
    return min(dates, key=lambda when: abs(when.start - place)).date if dates else None


def _token_at(parse: Parse, sentence: Span, offset: int) -> Token | None:
    span = parse.doc.char_span(sentence.start_char + offset, sentence.start_char + offset + 1, alignment_mode="expand")
    return span[0] if span is not None else None
