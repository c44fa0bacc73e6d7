"""What analysts have decided. A decision is appended and may be superseded; none is ever changed or deleted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection

from sqlalchemy import Connection, insert, select, update

from materiel.errors import InputRefused
from materiel.register.schema import DECISION
from materiel.terms.decisions import Decision
from materiel.terms.reliability import Reliability, publisher_key

_RELIABILITY = "reliability"


def load_decisions(connection: Connection, kinds: Collection[str]) -> list[Decision]:
    """Every decision of some kinds, superseded ones too, sorted by kind, target, day and id."""
    rows = connection.execute(
        select(DECISION)
        .where(DECISION.c.kind.in_(kinds))
        .order_by(DECISION.c.kind, DECISION.c.target, DECISION.c.decided_on, DECISION.c.id)
    )
    return [Decision(**row._asdict()) for row in rows]


def append_decision(
    connection: Connection, kind: str, target: str, value: str, *, reason: str, decided_by: str, decided_on: str
) -> Decision | None:
    """Adds a decision, which supersedes the one of the same kind on the same target that is in force.

    Returns:
        the decision; None where the one in force already says nothing new.

    Raises:
        InputRefused: it is dated before the decision that it would supersede.
    """
    former = next(
        (each for each in load_decisions(connection, {kind}) if each.target == target and each.superseded_by is None),
        None,
    )
    return _append(connection, Decision("", kind, target, value, reason, decided_by, decided_on), former, "decided")


def load_reliabilities(connection: Connection) -> list[Reliability]:
    """The judgements of publishers that are in force, sorted by publisher."""
    return [
        Reliability(each.target, each.value, each.reason, each.decided_by, each.decided_on)
        for each in load_decisions(connection, {_RELIABILITY})
        if each.superseded_by is None
    ]


def append_reliability(connection: Connection, judgement: Reliability) -> bool:
    """Adds a judgement, which supersedes the one of the same publisher that is in force.

    Returns:
        whether it was added: the judgement that is in force already says nothing new.

    Raises:
        InputRefused: it is dated before the judgement that it would supersede.
    """
    key = publisher_key(judgement.publisher)
    judged = load_decisions(connection, {_RELIABILITY})
    former = next((each for each in judged if each.superseded_by is None and publisher_key(each.target) == key), None)
    added = Decision(
        "",
        _RELIABILITY,
        judgement.publisher,
        judgement.letter,
        judgement.reason,
        judgement.decided_by,
        judgement.decided_on,
    )
    return _append(connection, added, former, f"judged {former.value}" if former else "") is not None


def _append(connection: Connection, decision: Decision, former: Decision | None, was: str) -> Decision | None:
    """Adds a decision in place of a former one, which "was decided" or "was judged B"."""
    values = {
        "kind": decision.kind,
        "target": decision.target,
        "value": decision.value,
        "reason": decision.reason,
        "decided_by": decision.decided_by,
        "decided_on": decision.decided_on,
    }
    if former is not None:
        if all(getattr(former, name) == value for name, value in values.items()):
            return None
        if decision.decided_on < former.decided_on:
            raise InputRefused(
                f"{former.target} was {was} on {former.decided_on} by {former.decided_by}; "
                f"a judgement of {decision.decided_on} cannot supersede that. Give {former.decided_on} or a later day."
            )
    identity = _id({**values, "supersedes": former.id if former else None})
    connection.execute(insert(DECISION), {"id": identity, **values})
    if former is not None:
        connection.execute(update(DECISION).where(DECISION.c.id == former.id).values(superseded_by=identity))
    return Decision(identity, **values)


def _id(values: dict[str, str | None]) -> str:
    """``de-`` and 12 hex digits of everything decided, the superseded decision included: A, B, A again are three."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return "de-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
