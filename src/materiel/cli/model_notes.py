"""What is said of a language model's reading: refusals, disagreements, tokens and cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from materiel import desk
from materiel.cli.wording import word_claim
from materiel.terms.judgements import Disagreement, Refusal
from materiel.terms.statements import Statement, claim_slots


class ModelTally:
    """What a model was asked, what of it did not count, and how it compares with the rules."""

    def __init__(self) -> None:
        self.usage = desk.Usage()
        self.kept = self.unanswered = 0
        self.refused: Counter[str] = Counter()
        self.by_reader: Counter[str] = Counter()

    def add(self, reading: desk.Reading) -> None:
        self.usage += reading.usage
        self.unanswered += len(reading.unanswered)
        self.refused.update(refusal.reason.value for refusal in reading.refused)
        for statement in reading.statements:
            has_both = " + " in statement.reader
            self.by_reader["both" if has_both else "model" if statement.reader.startswith("llm/") else "rules"] += 1
        self.by_reader["differ"] += sum(bool(each.slots) for each in reading.disagreements)

    def lines(self, price_in: float | None, price_out: float | None, *, compares: bool) -> Iterator[str]:
        """The account, a line each: tokens and cost, refusals, agreement.

        Args:
            price_in: US dollars for a million tokens in; None where nobody has said.
            price_out: the same for tokens out.
            compares: the rules' findings were kept too.
        """
        usage = self.usage
        asked = f"{usage.questions:,} questions, {usage.cached:,} of them answered from the cache"
        tokens = f"{usage.input_tokens:,} tokens in, {usage.output_tokens:,} out"
        if usage.uncounted:
            tokens += f" ({usage.uncounted:,} answers came without a count)"
        yield f"Model: {asked}; {tokens}; {_cost(usage, price_in, price_out)}"
        refused = self.refused.total()
        proposed = refused + self.by_reader["model"] + self.by_reader["both"]
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in sorted(self.refused.items()))
        yield f"Grounding: {refused:,} of {proposed:,} proposals refused" + (f" ({reasons})" if reasons else "")
        if compares:
            yield (
                f"Readers: {self.by_reader['both']:,} statements from both, {self.by_reader['rules']:,} from the rules "
                f"only, {self.by_reader['model']:,} from the model only; in {self.by_reader['differ']:,} places they "
                "found different things"
            )


def _cost(usage: desk.Usage, price_in: float | None, price_out: float | None) -> str:
    if price_in is None or price_out is None:
        return "no cost without --price-in and --price-out"
    cost = (usage.input_tokens * price_in + usage.output_tokens * price_out) / 1e6
    return f"US$ {cost:,.4f}"


def refusal_line(refusal: Refusal) -> str:
    """A refused proposal with its reason, its claim and its quote."""
    claim = f" {refusal.claim.kind}, {word_claim(refusal.claim)};" if refusal.claim is not None else ""
    return f"refused ({refusal.reason.value}):{claim} {refusal.why}" + (f"; “{refusal.quote}”" if refusal.quote else "")


def disagreement_line(disagreement: Disagreement) -> str:
    """What the two readers found in the same words."""
    one, other = disagreement.one, disagreement.other
    if one is None or other is None:
        found = one or other
        assert found is not None
        only = "rules" if one is not None else "model"
        return f"only the {only}: {found.kind}, {word_claim(found.claim)}; “{found.quote}”"
    slots = "; ".join(f"{slot}: {_slot(one, slot)} or {_slot(other, slot)}" for slot in disagreement.slots)
    return f"rules or model: {one.kind}, {slots}; “{one.quote}” or “{other.quote}”"


def _slot(statement: Statement, slot: str) -> str:
    value = claim_slots(statement.claim)[slot]
    if isinstance(value, dict):
        value = ", ".join(str(each) for each in value.values() if each)
    return ", ".join(map(str, value)) if isinstance(value, list) else "none" if value is None else f"{value}"
