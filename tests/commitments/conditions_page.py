"""The examples of docs/conditions.md: read, printed, put into English and answered on the record of the page.

``python tests/commitments/conditions_page.py`` writes the outcomes into the page again; look at what changed.
"""

from __future__ import annotations

import re
from pathlib import Path

from materiel.commitments import (
    Event,
    HappeningIndex,
    Recorded,
    Turn,
    evaluate,
    parse,
    print_condition,
    record,
    say,
)
from materiel.commitments.days import span_of
from materiel.commitments.happenings import Deed, Telling
from materiel.commitments.refusals import ConditionRefused
from materiel.commitments.tree import (
    CommitmentAtom,
    EventAtom,
    Names,
    PactAtom,
    StanceAtom,
    TransferAtom,
)
from materiel.terms.statements import Assertion, Measure, MeasureName, Pact, PactKind, Stance, Transfer

PAGE = Path(__file__).parents[2] / "docs" / "conditions.md"
_BLOCK = re.compile(r"^```(condition|refused)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| (h\d+) \|(.*)\|$", re.MULTILINE)


def record_of(page: str) -> tuple[Recorded, ...]:
    """The happenings in the table of the page."""
    return tuple(
        _happening(identity, [cell.strip() for cell in rest.split("|")]) for identity, rest in _ROW.findall(page)
    )


def _happening(identity: str, cells: list[str]) -> Recorded:
    line, what, figure, happened, known, account, told, grade = cells
    number, _, unit = figure.partition(" ")
    return record(
        identity,
        line,
        _deed(what.strip("`"), float(number) if number else None, unit or None),
        happened_on=happened or None,
        known_on=known,
        assertion=Assertion(account),
        tellings=tuple(Telling(origin, span_of(known)[0]) for origin in told.split(", ")),
        grade=grade,
    )


def _deed(what: str, number: float | None, unit: str | None) -> Deed:
    if found := re.fullmatch(r"measure\((\w+), ([\w-]+)\)", what):
        assert number is not None
        return Measure(found[1], MeasureName(found[2]), number, unit)
    match parse(what):
        case TransferAtom() as atom:
            assert atom.classes is not None
            via = None if atom.via is None else _one(atom.via)
            sides = _one(atom.suppliers), _one(atom.recipients)
            return Transfer(*sides, atom.classes, atom.stage, via=via, quantity=number, unit=unit)
        case PactAtom() as atom:
            parties = tuple(_one(party) for party in atom.parties)
            return Pact(parties, atom.kind or PactKind.OTHER, atom.status)
        case StanceAtom() as atom:
            return Stance(_one(atom.holders), atom.stance, _one(atom.suppliers), _one(atom.recipients))
        case EventAtom() as atom:
            return Event(atom.what)
        case CommitmentAtom() as atom:
            return Turn(atom.commitment, atom.state)
        case other:
            raise ValueError(f"no happening: {other}")


def _one(names: Names) -> str:
    assert names is not None
    (name,) = names
    return name


def blocks_of(page: str) -> list[tuple[str, str]]:
    """The examples: ``condition`` or ``refused``, and what stands in the block."""
    return _BLOCK.findall(page)


def worked(kind: str, block: str, index: HappeningIndex) -> str:
    """A block as it has to stand on the page."""
    text, *lines = block.splitlines()
    if kind == "refused":
        try:
            parse(text)
        except ConditionRefused as refusal:
            return f"{refusal.pointed()}\n{refusal}\n"
        raise ValueError(f"not refused: {text}")
    condition = parse(text)
    shown = [text, f"printed: {print_condition(condition)}", f"in English: {say(condition)}"]
    for line in lines:
        if asked := re.match(r"as of ([\d-]+)(?:, known by ([\d-]+))?", line):
            outcome = evaluate(condition, index, as_of=asked[1], known_by=asked[2])
            deciding = ", ".join(each.id for each in outcome.deciding)
            shown.append(f"{asked[0]}: {outcome.answer}" + (f" ({deciding})" if deciding else ""))
    return "\n".join(shown) + "\n"


def renewed(page: str) -> str:
    """The page with every outcome worked out again."""
    index = HappeningIndex(record_of(page))
    return _BLOCK.sub(lambda found: f"```{found[1]}\n{worked(found[1], found[2], index)}```", page)


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
