"""Figures of export, production, stock, need and loss."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from materiel.reading.amounts import find_money, parse_number
from materiel.reading.calendar import find_dates
from materiel.reading.clauses import governors, subject_of
from materiel.reading.findings import Finding
from materiel.reading.lexicons import words
from materiel.reading.parses import Parse, subtree
from materiel.reading.resolver import Resolver
from materiel.terms.statements import Measure, MeasureName

_PERIOD = re.compile(
    r"\b(?:a|per|each|every) (?P<unit>year|month|day|week)\b"
    r"|\b(?P<adverb>annually|monthly|daily|yearly|weekly)\b|\bannual\b",
    re.IGNORECASE,
)
_EXPORTS = re.compile(
    r"\b(?:arms|defen[cs]e|weapons?|military|drone)[\w -]{0,25} (?:exports?|sales)\b"
    r"|\bexport(?:s|ed)? (?:of|worth)|\bexports\b"
)
_WORTH = re.compile(r"worth of|(?:equipment|weapons|arms|materiel) worth")
_TRADE = re.compile(r"\b(?:imports?|exports?|purchases|supplies|arms|weapons|arsenal)\b")
_SHARE = re.compile(
    r"\bimports?\b|\bexports?\b|\bshare\b|\bof (?:its|the|their)\b[\w ,-]{0,40}\b(?:arms|weapons|armaments|arsenal)\b"
)
_PERCENT = re.compile(r"(?P<number>\d+(?:\.\d+)?) ?(?:%|per cent|percent|pct)")
_A_FEW = 5
"""Fewer pieces than this are an event on a battlefield or a pitch, not a stock or a loss rate."""
_ADVERBS = {"annually": "year", "yearly": "year", "monthly": "month", "daily": "day", "weekly": "week"}


def find_measures(parse: Parse, sentence: Span, resolver: Resolver, published_on: str | None) -> list[Finding[Measure]]:
    """Every figure of the sentence that measures arms supply."""
    found = [*_exports(parse, sentence, resolver, published_on), *_counts(parse, sentence, resolver, published_on)]
    return found + _shares(parse, sentence, resolver, published_on)


def _exports(parse: Parse, sentence: Span, resolver: Resolver, published_on: str | None) -> list[Finding[Measure]]:
    """Values of exports: "arms exports came to $17.3 billion", "sold $1.8 billion worth of drones abroad"."""
    lemmas = {t.lemma_.lower() for t in sentence}
    text = sentence.text.lower()
    sold = "sell" in lemmas and (lemmas & {"abroad", "export"} or _WORTH.search(text))
    if not sold and not _EXPORTS.search(text):
        return []
    found = []
    for money in find_money(sentence.text)[:2]:
        token = _token_at(parse, sentence, money.start)
        if token is None or _is_transfer_price(parse, sentence):
            continue
        cue = next((t for t in sentence if t.lemma_.lower() in {"export", "sale", "sell"}), token)
        subject = _subject(parse, resolver, cue, sentence)
        found.append(
            Finding(
                Measure(
                    subject, MeasureName.EXPORT_VALUE, money.amount, money.currency, _period(sentence, published_on)
                ),
                tuple(sentence),
                "measure.export",
            )
        )
    return found


def _is_transfer_price(parse: Parse, sentence: Span) -> bool:
    """Whether the sum is one deal's price: the sentence names a recipient after "to"."""
    return any(
        t.lower_ == "to" and any(c.i in parse.actor_at for c in t.children) and t.dep_ in {"prep", "dative"}
        for t in sentence
    )


def _counts(parse: Parse, sentence: Span, resolver: Resolver, published_on: str | None) -> list[Finding[Measure]]:
    found = []
    rate = _PERIOD.search(sentence.text)
    for token in sentence:
        lemma = token.lemma_.lower()
        name = _name(token, lemma, bool(rate))
        if name is None:
            continue
        for number_token, value, unit in _numbers(parse, token):
            unit_is_money = number_token.nbor(-1).text in {"$", "€", "£"} if number_token.i else False
            if unit_is_money or not _counts_materiel(parse, number_token, unit, name):
                continue
            subject = _subject(parse, resolver, token, sentence)
            if subject is None or (name in {MeasureName.STOCK, MeasureName.LOSSES} and value < _A_FEW):
                continue
            period = (
                (rate["unit"] or _ADVERBS.get((rate["adverb"] or "").lower()) or "year")
                if rate
                and name in {MeasureName.PRODUCTION_RATE, MeasureName.NEED_RATE, MeasureName.OTHER, MeasureName.LOSSES}
                else None
            )
            tokens = [token, *subtree(number_token.head if number_token.head.i > number_token.i else number_token)]
            found.append(Finding(Measure(subject, name, value, unit, period), tuple(tokens), f"measure.{name.value}"))
            break
    kept: dict[float, Finding[Measure]] = {}
    for each in found:
        kept.setdefault(each.claim.value, each)
    return list(kept.values())


def _name(token: Token, lemma: str, rate: bool) -> MeasureName | None:
    if token.pos_ not in {"VERB", "NOUN", "AUX"}:
        return None
    if lemma in words("production") and rate:
        return MeasureName.PRODUCTION_RATE
    if lemma in words("stock"):
        return MeasureName.STOCK
    if lemma in words("need"):
        return MeasureName.NEED_RATE
    if lemma in words("loss"):
        return MeasureName.LOSSES
    if lemma in words("firing") and rate:
        return MeasureName.OTHER
    return None


def _numbers(parse: Parse, token: Token) -> list[tuple[Token, float, str | None]]:
    """Numbers below the cue, with the word that is counted; nearest first."""
    scope = [t for t in token.subtree if t.pos_ == "NUM" or t.like_num]
    if token.pos_ == "NOUN":
        governor = next((g for g in governors(token) if g.pos_ in {"VERB", "AUX"}), None)
        scope += [t for t in (governor.subtree if governor else []) if t.pos_ == "NUM" or t.like_num]
    found = []
    for number in sorted(set(scope), key=lambda t: (abs(t.i - token.i), t.i)):
        run = [number]
        while (
            run[0].i > 0
            and (run[0].nbor(-1).like_num or run[0].nbor(-1).lower_ in {"half", "a"})
            and run[0].nbor(-1).sent == number.sent
        ):
            run.insert(0, run[0].nbor(-1))
        while run[-1].i + 1 < len(parse.doc) and (
            run[-1].nbor().like_num or run[-1].nbor().lower_ in {"million", "billion", "thousand", "hundred", "dozen"}
        ):
            run.append(run[-1].nbor())
        value = parse_number(" ".join(t.text for t in run))
        after = run[-1].nbor() if run[-1].i + 1 < len(parse.doc) else run[-1]
        if (
            value is None
            or after.lower_
            in {"%", "mm", "pct", "percent", "per", "km", "years", "months", "days", "weeks", "year", "th"}
            or number.ent_type_ in {"DATE", "TIME", "ORDINAL", "MONEY", "PERCENT"}
        ):
            continue
        head = number.head
        while head.like_num and head.head.i != head.i:
            head = head.head
        unit = head.lower_ if head.pos_ in {"NOUN", "PROPN"} and head.i > number.i else None
        found.append((number, value, unit))
    return found


def _counts_materiel(parse: Parse, number: Token, unit: str | None, name: MeasureName) -> bool:
    head = number.head
    if head.i in parse.good_at or any(t.i in parse.good_at for t in head.subtree):
        return True
    if unit is None:
        return name in {MeasureName.PRODUCTION_RATE, MeasureName.OTHER, MeasureName.NEED_RATE}
    return unit.rstrip("s") in words("counted") or unit in words("counted")


def _shares(parse: Parse, sentence: Span, resolver: Resolver, published_on: str | None) -> list[Finding[Measure]]:
    """Shares of trade: "accounted for 94% of its arms imports"."""
    text = sentence.text.lower()
    if not _TRADE.search(text) or not _SHARE.search(text):
        return []
    found = []
    for match in _PERCENT.finditer(sentence.text):
        cue = next((t for t in sentence if t.lemma_.lower() in {"import", "export", "purchase", "share"}), None)
        token = _token_at(parse, sentence, match.start())
        if cue is None or token is None:
            continue
        subject = _subject(parse, resolver, cue, sentence)
        found.append(
            Finding(
                Measure(subject, MeasureName.OTHER, float(match["number"]), "%", _period(sentence, published_on)),
                tuple(sentence),
                "measure.share",
            )
        )
    return found


def _subject(parse: Parse, resolver: Resolver, cue: Token, sentence: Span) -> str | None:
    """Whose figure it is: the owner of the noun, the subject of the verb, or the first actor of the sentence."""
    candidates: list[Token] = []
    if cue.pos_ == "NOUN":
        candidates += [c for c in cue.children if c.dep_ in {"poss", "amod", "compound", "nmod"}]
        candidates += [cue]
    verb = cue if cue.pos_ in {"VERB", "AUX"} else next((g for g in governors(cue) if g.pos_ in {"VERB", "AUX"}), None)
    if verb is not None and (subject := subject_of(verb)) is not None:
        candidates.append(subject)
    for candidate in candidates:
        if candidate.i in parse.good_at:
            continue
        actors = resolver.named(parse, candidate)
        if actors:
            return actors[0].code
    for token in sentence:
        is_half = token.lower_ in {"south", "north"} and token.i and token.nbor(-1).lower_ == "the"
        if token.i in parse.actor_at or is_half:
            actors = resolver.resolve(parse, token)
            return actors[0].code if actors else None
    return None


def _period(sentence: Span, published_on: str | None) -> str | None:
    dates = find_dates(sentence.text, published_on)
    return dates[0].date if dates else None


def _token_at(parse: Parse, sentence: Span, offset: int) -> Token | None:
    span = parse.doc.char_span(sentence.start_char + offset, sentence.start_char + offset + 1, alignment_mode="expand")
    return span[0] if span is not None else None
