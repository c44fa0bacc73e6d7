"""An analyst's decision: who decided what, when and why. It is appended and may be superseded, never changed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision.

    Attributes:
        id: ``de-`` and hex digits of everything decided.
        kind: what sort of decision it is; one of each kind is in force for a target.
        target: what it is about: a publisher's name, an id.
        value: what was decided; text whose form the kind fixes.
        decided_by: who stands for it.
        decided_on: ISO day.
        superseded_by: the decision that took its place; None where it is in force.
    """

    id: str
    kind: str
    target: str
    value: str
    reason: str
    decided_by: str
    decided_on: str
    superseded_by: str | None = None
