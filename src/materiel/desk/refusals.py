"""What is shown of a refusal beside its message."""

from __future__ import annotations

from materiel.commitments.refusals import ConditionRefused
from materiel.errors import MaterielError


def place_of(refusal: MaterielError) -> str | None:
    """Where in its text a condition was refused: the text and a caret under the place. None for other refusals."""
    return refusal.pointed() if isinstance(refusal, ConditionRefused) else None
