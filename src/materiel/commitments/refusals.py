"""What this room refuses: a condition that cannot be read, a day that is none."""

from __future__ import annotations

from materiel.errors import InputRefused


class DayRefused(InputRefused):
    """A date that is none, or that the calendar does not have."""


class ConditionRefused(InputRefused):
    """A condition that cannot be read.

    Attributes:
        text: the condition as written.
        column: where it stops making sense, from 1.
        seen: what stands there.
        why: what is wrong with it, in words.
        fits: what could stand there; close names first.
    """

    def __init__(self, text: str, column: int, seen: str, why: str, fits: tuple[str, ...] = ()) -> None:
        self.text, self.column, self.seen, self.why, self.fits = text, column, seen, why, fits
        super().__init__(
            f"Condition refused at column {column}: {why}" + (f" Fits: {', '.join(fits)}." if fits else "")
        )

    def __reduce__(self) -> tuple[type[ConditionRefused], tuple[str, int, str, str, tuple[str, ...]]]:
        return type(self), (self.text, self.column, self.seen, self.why, self.fits)

    def pointed(self, width: int = 72) -> str:
        """The piece of the text around the place, with a caret under it: two lines."""
        begin = max(0, self.column - 1 - width // 2)
        piece = "".join(char if char.isprintable() else " " for char in self.text[begin : begin + width])
        return f"{piece}\n{' ' * (self.column - 1 - begin)}^"
