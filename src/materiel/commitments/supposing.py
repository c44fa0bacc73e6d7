"""What would follow if: an imagined happening is added, and nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from materiel.commitments.board import Change, compare_boards, stand_all
from materiel.commitments.cells import HappeningIndex
from materiel.commitments.chains import definite_deeds
from materiel.commitments.commitment import Commitment
from materiel.commitments.evaluate import clocks_of
from materiel.commitments.happenings import Deed, Event, Happening, Imagined, Turn, imagine
from materiel.commitments.printing import print_condition
from materiel.commitments.refusals import ConditionRefused
from materiel.commitments.standing import Standing
from materiel.commitments.tree import (
    And,
    CommitmentAtom,
    Condition,
    EventAtom,
    Leaf,
    PactAtom,
    StanceAtom,
    State,
    TransferAtom,
)
from materiel.terms.statements import Pact, PactKind, Stance, Transfer


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder.

    Attributes:
        supposed: what happens on this rung: the question itself on the first, then the deeds of those set off before.
        changes: what that moves, in the order of the board.
    """

    supposed: tuple[Imagined, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Supposed:
    """What follows from a supposition, rung by rung, each commitment set off being kept; and the board at its end."""

    rungs: tuple[Rung, ...]
    board: tuple[Standing, ...]


def whatif(
    commitments: Iterable[Commitment],
    happenings: Iterable[Happening] | HappeningIndex,
    supposed: Condition | Sequence[Imagined],
    *,
    as_of: str,
    known_by: str | None = None,
) -> Supposed:
    """What would follow if something happened on the day asked of.

    Args:
        commitments: all of them.
        happenings: what is recorded.
        as_of: the day asked of, ISO.
        known_by: by when it was known; the same day where None.
        supposed: happenings, or a condition that says what happens: one thing, or several joined by ``and``.

    Raises:
        ConditionRefused: the condition does not say what happens: an ``or``, a ``not``, a figure, an open party.
        DayRefused: a date is none.
    """
    index = happenings if isinstance(happenings, HappeningIndex) else HappeningIndex(happenings)
    listed = tuple(commitments)
    clocks = clocks_of(as_of, known_by)
    before = stand_all(listed, index, clocks)
    step = tuple(supposed) if isinstance(supposed, Sequence) else imagine_condition(supposed, as_of)
    rungs: list[Rung] = []
    done: set[str] = set()
    while step:
        index = index.with_added(step)
        after = stand_all(listed, index, clocks)
        rungs.append(Rung(step, compare_boards(before, after)))
        following: list[Imagined] = []
        for identity, standing in after.items():
            if standing.state is State.TRIGGERED and standing.is_imagined and identity not in done:
                done.add(identity)
                for place, leaf in enumerate(definite_deeds(standing.commitment)):
                    following.extend(_deeds(leaf, as_of, f"imagined:{identity}:{place}"))
        before, step = after, tuple(following)
    return Supposed(tuple(rungs), tuple(before.values()))


def imagine_condition(condition: Condition, happened_on: str) -> tuple[Imagined, ...]:
    """The imagined happenings that make a condition true.

    Raises:
        ConditionRefused: it does not say what happens.
    """
    parts = condition.parts if isinstance(condition, And) else (condition,)
    found: list[Imagined] = []
    for place, part in enumerate(parts):
        is_plain = isinstance(part, Leaf) and not getattr(part, "limits", ())
        deeds = _deeds(part, happened_on, f"imagined:{place}") if isinstance(part, Leaf) and is_plain else ()
        if not deeds:
            text = print_condition(condition)
            why = (
                f"{print_condition(part)!r} does not say what happens. Name both sides of one supply, pact, stance or "
                "event, without limits; join several by and."
            )
            raise ConditionRefused(text, 1, text[:40], why)
        found.extend(deeds)
    return tuple(found)


def _deeds(leaf: Leaf, happened_on: str, identity: str) -> tuple[Imagined, ...]:
    """What happens where a leaf comes true; nothing where that is left open. Of a set, its first member acts."""
    deed: Deed | None = None
    match leaf:
        case TransferAtom() if leaf.suppliers and leaf.recipients:
            via = leaf.via[0] if leaf.via else None
            deed = Transfer(leaf.suppliers[0], leaf.recipients[0], leaf.classes or ("arms",), leaf.stage, via=via)
        case PactAtom() if all(leaf.parties):
            parties = tuple(party[0] for party in leaf.parties if party)
            deed = Pact(parties, leaf.kind or PactKind.OTHER, leaf.status)
        case StanceAtom() if leaf.holders:
            supplier = leaf.suppliers[0] if leaf.suppliers else None
            deed = Stance(leaf.holders[0], leaf.stance, supplier, leaf.recipients[0] if leaf.recipients else None)
        case EventAtom():
            deed = Event(leaf.what)
        case CommitmentAtom():
            deed = Turn(leaf.commitment, leaf.state)
        case _:
            pass
    return (imagine(identity, deed, happened_on),) if deed is not None else ()
