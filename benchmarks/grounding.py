"""How well grounding tells what a document says from what it does not: true quotes and claims of gold/, falsified.

    python benchmarks/grounding.py              the three tables below; exits 1 where a falsified quote is accepted
                                                or a typographic variant of a true one is refused
    python benchmarks/grounding.py --show       the same, with the cases

1. Quotes with one token falsified: a digit, a country, a verb or modal, a negation put in or taken out. All must be
   refused.
2. Quotes with other typography: all must be accepted, at the place of the true quote.
3. Slots falsified under a true quote (another country, the parties exchanged, another number, a stage negated), and the
   hand-coded claims as they are: shares refused. The first should be high and the last low; neither is 100 % or 0 %.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from materiel.reading import read_document
from materiel.reading.grounding import Grounds, Proposal, judge
from materiel.reading.lexicons import predicates
from materiel.terms.actors import states
from materiel.terms.judgements import Refusal
from materiel.terms.statements import CLAIM_TYPES, Assertion, Measure, Stage, Transfer, claim_from_slots
from reading import Article, own_sets

KINDS = tuple(CLAIM_TYPES)
SEED = 20
_VERBS = sorted({lemma for lemma, pos in predicates() if pos == "verb" and lemma.isalpha()})
_MODALS = (
    *("may", "might", "will", "would", "could", "should", "must", "can"),
    *("has", "have", "had", "is", "was", "were", "are"),
)
_NEGATIONS = re.compile(r"\b(?:not|never|no longer)\b ?|n['’]t\b", re.IGNORECASE)
_NAMES = sorted(
    {name for state in states().values() for name in (*state.names[:1], *state.demonyms[:1]) if name}, key=len
)
_COUNTRY = re.compile(r"\b(?:" + "|".join(map(re.escape, reversed(_NAMES))) + r")\b")
_VERB = re.compile(r"\b(?:" + "|".join([*_VERBS, *_MODALS]) + r")(?:s|es|ed|d|ing)?\b", re.IGNORECASE)
_TYPOGRAPHY = {
    "curly": str.maketrans({"'": "’", '"': "”", "-": "\u2011"}),
    "straight": str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "}),
    "spaces": str.maketrans({" ": "\u00a0"}),
    "breaks": str.maketrans({" ": "\n"}),
    "double spaces": str.maketrans({" ": "  "}),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to be judged, of a sort, that the document does or does not say."""

    sort: str
    proposal: Proposal


def proposals(gold: dict[str, Any]) -> Iterator[Proposal]:
    """The hand-coded items of an article as a model would hand them over."""
    for kind in KINDS:
        for item in gold.get(f"{kind}s") or []:
            slots = {"pact": item["kind"], **item} if kind == "pact" else item
            names = {field.name for field in dataclasses.fields(CLAIM_TYPES[kind])}
            claim = claim_from_slots(kind, {slot: value for slot, value in slots.items() if slot in names})
            yield Proposal(claim, item["quote"], item.get("speaker"))


def falsified_quotes(quote: str, dice: random.Random) -> Iterator[tuple[str, str]]:
    """The quote with one token changed: (sort, quote)."""
    for match in re.finditer(r"\d", quote):
        yield "digit", _put(quote, match, dice.choice([d for d in "123456789" if d != match[0]]))
    for match in _COUNTRY.finditer(quote):
        yield "country", _put(quote, match, dice.choice([name for name in _NAMES if name != match[0]]))
    for match in _VERB.finditer(quote):
        other = _MODALS if match[0].lower() in _MODALS else _VERBS
        yield "verb or modal", _put(quote, match, dice.choice([word for word in other if word != match[0].lower()]))
    negations = list(_NEGATIONS.finditer(quote))
    for match in negations:
        yield "negation taken out", _put(quote, match, "")
    spaces = list(re.finditer(r"\s+", quote))
    if spaces and not negations:
        yield "negation put in", _put(quote, dice.choice(spaces), " not ")


def _put(quote: str, match: re.Match[str], word: str) -> str:
    return quote[: match.start()] + word + quote[match.end() :]


def typographic_variants(quote: str) -> Iterator[tuple[str, str]]:
    """The quote as another hand would set it: (sort, quote)."""
    for sort, table in _TYPOGRAPHY.items():
        yield sort, quote.translate(table)
    middle = next((m.start() + 2 for m in re.finditer(r"[^\W\d_]{4,}", quote)), None)
    if middle is not None:
        yield "soft hyphen", quote[:middle] + "\u00ad" + quote[middle:]
    yield "first letter", quote[0].swapcase() + quote[1:]
    yield "quotation marks", f"“{quote}”"
    yield "spaced dashes", re.sub(r"\s*[–—]\s*", " -- ", quote)


def falsified_slots(proposal: Proposal, present: list[str], absent: list[str], dice: random.Random) -> Iterator[Case]:
    """The claim with one slot changed, under its true quote.

    Args:
        present: codes of states that the article's other items name.
        absent: codes of states that it does not name.
    """
    claim = proposal.claim
    if isinstance(claim, Measure):
        yield Case("another number", replace(proposal, claim=replace(claim, value=claim.value + 3)))
    if not isinstance(claim, Transfer):
        return

    def changed(sort: str, **slots: Any) -> Case:
        return Case(sort, replace(proposal, claim=replace(claim, **slots)))

    for role in ("supplier", "recipient"):
        if getattr(claim, role) is not None and getattr(claim, f"{role}_name") is None:
            others = [code for code in present if code not in {claim.supplier, claim.recipient, claim.via}]
            if others:
                yield changed("another state of the article", **{role: dice.choice(others)})
            yield changed("a state that is not in the article", **{role: dice.choice(absent)})
    if claim.supplier and claim.recipient:
        yield changed("parties exchanged", supplier=claim.recipient, recipient=claim.supplier)
    if claim.quantity is not None:
        yield changed("another number", quantity=claim.quantity + dice.choice([1, 10, 100]))
        yield changed("another number", quantity=claim.quantity * 10)
    if claim.value_usd is not None:
        yield changed("another sum", value_usd=claim.value_usd * 10)
    is_negative = claim.stage in {Stage.WITHHELD, Stage.HALTED}
    if claim.assertion is Assertion.STATED:
        if is_negative:
            yield changed("negation lost", stage=Stage.DELIVERED)
        else:
            yield changed("negation invented", stage=dice.choice([Stage.WITHHELD, Stage.HALTED]))
        if claim.stage is Stage.DELIVERED:
            yield changed("delivered made a plan", stage=Stage.CONSIDERED)
        elif not is_negative:
            yield changed("a plan made delivered", stage=Stage.DELIVERED)
        yield changed("denial invented", assertion=Assertion.DENIED)
    elif claim.assertion is not Assertion.HYPOTHETICAL:
        yield changed("doubt lost", assertion=Assertion.STATED)


class Tables:
    """What came of the cases, by table and sort."""

    def __init__(self, *, shows: bool) -> None:
        self.counts: Counter[tuple[str, str, bool]] = Counter()
        self._shows = shows

    def add(self, table: str, sort: str, is_refused: bool, wants_refusal: bool, proposal: Proposal, why: str) -> None:
        self.counts[table, sort, is_refused] += 1
        if self._shows and is_refused is not wants_refusal:
            print(f"{table} / {sort}: {proposal.quote!r} {why or proposal.claim}")

    def total(self, table: str) -> tuple[int, int]:
        """How many were refused, of how many."""
        refused = sum(count for (name, _, is_refused), count in self.counts.items() if name == table and is_refused)
        return refused, sum(count for (name, _, _), count in self.counts.items() if name == table)

    def show(self, table: str) -> None:
        refused, cases = self.total(table)
        print(f"\n{table}: {refused} of {cases} refused ({refused / cases:.1%})")
        for sort in sorted({sort for name, sort, _ in self.counts if name == table}):
            yes, no = self.counts[table, sort, True], self.counts[table, sort, False]
            print(f"  {sort:<36}{yes:>6} of {yes + no:<6}{yes / (yes + no):>7.1%}")


FALSE_QUOTES, VARIANTS = "Quotes with one token falsified", "Typographic variants of true quotes"
FALSE_SLOTS, TRUE_CLAIMS = "Slots falsified under a true quote", "Hand-coded claims as they are"


def put(article: Article, set_name: str, tables: Tables, dice: random.Random) -> None:
    """Put every case of an article before the judge."""
    document = article.document
    grounds = Grounds(document, read_document(document))

    def refusal(proposal: Proposal) -> str | None:
        judged = judge(proposal, grounds, "benchmark")
        return f"{judged.reason}: {judged.why}" if isinstance(judged, Refusal) else None

    given = list(proposals(article.gold))
    named = sorted({code for p in given if isinstance(p.claim, Transfer) for code in _states_of(p.claim)})
    absent = sorted(set(states()) - set(named) - {code for code in states() if _is_named(code, document.text)})
    for proposal in given:
        why = refusal(proposal)
        tables.add(TRUE_CLAIMS, set_name, why is not None, False, proposal, why or "")
        for sort, quote in falsified_quotes(proposal.quote, dice):
            if quote not in document.text:
                false = replace(proposal, quote=quote)
                tables.add(FALSE_QUOTES, sort, refusal(false) is not None, True, false, "")
        if why is not None:
            continue
        for sort, quote in typographic_variants(proposal.quote):
            variant = replace(proposal, quote=quote)
            found = refusal(variant)
            tables.add(VARIANTS, sort, found is not None, False, variant, found or "")
        for case in falsified_slots(proposal, named, absent, dice):
            tables.add(FALSE_SLOTS, case.sort, refusal(case.proposal) is not None, True, case.proposal, "")


def _states_of(claim: Transfer) -> list[str]:
    return [code for code in (claim.supplier, claim.recipient, claim.via) if code in states()]


def _is_named(code: str, text: str) -> bool:
    state = states()[code]
    return any(name in text for name in (*state.names, *state.demonyms, state.capital, *state.seats) if name)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print every case that was judged wrongly")
    tables, dice = Tables(shows=parser.parse_args().show), random.Random(SEED)
    for name, articles in own_sets().items():
        for article in articles:
            put(article, name, tables, dice)
    for table in (FALSE_QUOTES, VARIANTS, FALSE_SLOTS, TRUE_CLAIMS):
        tables.show(table)
    refused, cases = tables.total(FALSE_QUOTES)
    wrongly, _ = tables.total(VARIANTS)
    return int(refused != cases or wrongly > 0)


if __name__ == "__main__":
    raise SystemExit(main())
