"""What analysts have decided. A decision is appended and may be superseded; none is ever changed or deleted."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import Connection, insert, select, update

from materiel.errors import InputRefused
from materiel.register.schema import DECISION
from materiel.terms.reliability import Reliability, publisher_key

_KIND = "reliability"


def load_reliabilities(connection: Connection) -> list[Reliability]:
    """The judgements of publishers that are in force, sorted by publisher."""
    rows = connection.execute(
        select(DECISION).where(DECISION.c.kind == _KIND, DECISION.c.superseded_by.is_(None)).order_by(DECISION.c.target)
    )
    return [Reliability(row.target, row.value, row.reason, row.decided_by, row.decided_on) for row in rows]


def append_reliability(connection: Connection, judgement: Reliability) -> bool:
    """Adds a judgement, which supersedes the one of the same publisher that is in force.

    Returns:
        whether it was added: the judgement that is in force already says nothing new.

    Raises:
        InputRefused: it is dated before the judgement that it would supersede.
    """
    rows = connection.execute(select(DECISION).where(DECISION.c.kind == _KIND, DECISION.c.superseded_by.is_(None)))
    key = publisher_key(judgement.publisher)
    former = next((row for row in rows if publisher_key(row.target) == key), None)
    values = {
        "kind": _KIND,
        "target": judgement.publisher,
        "value": judgement.letter,
        "reason": judgement.reason,
        "decided_by": judgement.decided_by,
        "decided_on": judgement.decided_on,
    }
    if former is not None:
        if all(getattr(former, name) == value for name, value in values.items()):
            return False
        if judgement.decided_on < former.decided_on:
            raise InputRefused(
                f"{former.target} was judged {former.value} on {former.decided_on} by {former.decided_by}; "
                f"a judgement of {judgement.decided_on} cannot supersede that. Give {former.decided_on} or a later day."
            )
    identity = _id({**values, "supersedes": former.id if former else None})
    connection.execute(insert(DECISION), {"id": identity, **values})
    if former is not None:
        connection.execute(update(DECISION).where(DECISION.c.id == former.id).values(superseded_by=identity))
    return True


def _id(values: dict[str, str | None]) -> str:
    """``de-`` and 12 hex digits of everything decided, the superseded decision included: A, B, A again are three."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return "de-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
