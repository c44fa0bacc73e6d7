"""A number with its unit and where it comes from: a value or a distribution, evidence or assumption, or a blank."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    Strict,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema

from materiel.outlook.refusals import UnitRefused
from materiel.outlook.scenario.units import Kind, parse_unit

Real = Annotated[float, Strict()]
Whole = Annotated[int, Strict()]
Truth = Annotated[bool, Strict()]


def _day(value: Any) -> Any:
    """A date is written in full; pydantic would also take a number of seconds."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) and len(value) == len("2024-06-20") else "")
    except ValueError:
        raise PydanticCustomError("day", "{seen} is no date. Write it as 2024-06-20", {"seen": repr(value)}) from None


Day = Annotated[date, BeforeValidator(_day)]


class Part(BaseModel):
    """What every part of a scenario is: immutable, and nothing is passed over in it."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        allow_inf_nan=False,
        str_strip_whitespace=True,
        use_attribute_docstrings=True,
    )


SHAPES: dict[str, tuple[str, ...]] = {
    "uniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "normal": ("mean", "deviation"),
    "lognormal": ("median", "factor"),
    "chance": ("probability",),
}
"""The fields of each shape, in the order of its short form: ``uniform: [low, high]``."""


class Spread(Part):
    """A distribution. Exactly the fields of its ``shape`` are given; all in the number's own unit."""

    shape: Literal["uniform", "triangular", "normal", "lognormal", "chance"]
    low: Real | None = None
    high: Real | None = None
    mode: Real | None = None
    mean: Real | None = None
    deviation: Real | None = None
    median: Real | None = None
    factor: Real | None = None
    """lognormal: two thirds of the members lie within the median divided and multiplied by it."""
    probability: Real | None = None
    """chance: 1 with this probability, else 0."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        wanted = SHAPES[self.shape]
        given = [name for names in SHAPES.values() for name in names if getattr(self, name) is not None]
        if set(given) != set(wanted):
            raise PydanticCustomError(
                "spread",
                "{shape} has exactly {wanted}; here are given: {given}",
                {"shape": self.shape, "wanted": ", ".join(wanted), "given": ", ".join(dict.fromkeys(given)) or "none"},
            )
        if wrong := self._wrong():
            raise PydanticCustomError("spread", "{wrong}", {"wrong": wrong})
        return self

    def _wrong(self) -> str:
        match self.shape:
            case "uniform" if not _or_0(self.low) < _or_0(self.high):
                return f"uniform: low ({self.low:g}) has to be less than high ({self.high:g})."
            case "triangular" if not (
                _or_0(self.low) <= _or_0(self.mode) <= _or_0(self.high) and _or_0(self.low) < _or_0(self.high)
            ):
                return f"triangular: {self.low:g}, {self.mode:g}, {self.high:g} do not rise from low over mode to high"
            case "normal" if not _or_0(self.deviation) > 0:
                return f"normal: the deviation ({self.deviation:g}) has to be more than 0"
            case "lognormal" if not (_or_0(self.median) > 0 and _or_0(self.factor) > 1):
                return "lognormal: the median has to be more than 0 and the factor more than 1"
            case "chance" if not 0 <= _or_0(self.probability) <= 1:
                return f"chance: {self.probability:g} is no probability from 0 to 1"
        return ""

    @property
    def given(self) -> tuple[float, ...]:
        """The numbers of the short form."""
        return tuple(_or_0(getattr(self, name)) for name in SHAPES[self.shape])


def _or_0(number: float | None) -> float:
    return 0.0 if number is None else number


class Number(Part):
    """A number: exactly one of value, spread and blank; and, unless blank, a reason: evidence, source or assumption.

    A spread has a short form: ``uniform: [low, high]``, ``triangular: [low, mode, high]``, ``normal: [mean,
    deviation]``, ``lognormal: [median, factor]``, ``chance: probability``.
    """

    value: Real | None = None
    """One for all members."""
    spread: Spread | None = None
    """A distribution, from which each member draws once; it has a short form."""
    blank: str | None = Field(default=None, min_length=1)
    """What is asked for, where no source gives it. A scenario with blanks is not run."""
    unit: str = Field(min_length=1)
    """thousand rounds, pieces per month, weeks, share, per week, million USD ..."""
    evidence: tuple[str, ...] = ()
    """Ids of entries of the register."""
    source: str | None = Field(default=None, min_length=1)
    """A public source by its name, where the dossier holds no entry."""
    assumption: str | None = Field(default=None, min_length=1)
    """The reason for it."""

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        plain = dict(given)
        for shape in [shape for shape in SHAPES if shape in plain]:
            numbers = plain.pop(shape)
            if plain.get("spread") is not None:
                raise PydanticCustomError("number", "it has two distributions; one number has one", {})
            plain["spread"] = _spread(shape, numbers)
        if isinstance(plain.get("evidence"), str):
            plain["evidence"] = (plain["evidence"],)
        return plain

    @model_validator(mode="after")
    def _is_one_and_explained(self) -> Self:
        given = [name for name in ("value", "spread", "blank") if getattr(self, name) is not None]
        if len(given) != 1:
            raise PydanticCustomError(
                "number",
                "a number has exactly one of value, a distribution ({shapes}) and blank; here: {given}",
                {"shapes": ", ".join(SHAPES), "given": ", ".join(given) or "none of them"},
            )
        if self.blank is None and not (self.evidence or self.source or self.assumption):
            raise PydanticCustomError(
                "reason",
                "a number says where it comes from: evidence: [ids of entries], source: a public source, or "
                "assumption: the reason",
                {},
            )
        return self


def _spread(shape: str, numbers: Any) -> dict[str, Any]:
    """The short form of a distribution in full."""
    wanted = SHAPES[shape]
    listed = [numbers] if shape == "chance" else numbers
    if not isinstance(listed, list | tuple) or len(listed) != len(wanted):
        form = "0.3" if shape == "chance" else f"[{', '.join(wanted)}]"
        raise PydanticCustomError(
            "spread", "{shape} is written {form}; seen {seen}", {"shape": shape, "form": form, "seen": repr(numbers)}
        )
    return {"shape": shape, **dict(zip(wanted, listed, strict=True))}


def _sort(value: Any) -> str | None:
    if isinstance(value, Number | Mapping):
        return "number"
    return "formula" if isinstance(value, str) else None


class Weeks(int):
    """A whole number of weeks that may know where it comes from. Calculate with it as with any other whole number.

    Attributes:
        number: with its reason, where one is given; where that is a blank, the weeks stand for nothing yet.
    """

    number: Number | None

    def __new__(cls, weeks: int, number: Number | None = None) -> Self:
        self = super().__new__(cls, weeks)
        self.number = number
        return self


def _weeks(given: int | Number) -> Weeks:
    if not isinstance(given, Number):
        return given if isinstance(given, Weeks) else Weeks(given)
    if given.blank is not None:
        return Weeks(1, given)
    why = ""
    try:
        unit = parse_unit(given.unit)
    except UnitRefused as refusal:
        raise PydanticCustomError("delay", "{why}", {"why": str(refusal)}) from None
    weeks = Fraction(given.value or 0.0) * unit.factor
    if given.spread is not None:
        why = "it is the same in every member: a value, no distribution"
    elif unit.kind is not Kind.DURATION:
        why = f"'{given.unit}' is {unit.kind}, and this is a time. Fits: weeks or days"
    elif weeks.denominator != 1 or weeks < 1:
        why = f"{given.value:g} {given.unit} are {float(weeks):g} weeks; it has to be a whole number, at least 1"
    if why:
        raise PydanticCustomError("delay", "{why}", {"why": why})
    return Weeks(int(weeks), given)


def _as_given(value: Any) -> Any:
    """Weeks that know where they come from as that number, which would else be lost on the way."""
    return value.number or int(value) if isinstance(value, Weeks) else value


def _said(weeks: int) -> int | dict[str, Any]:
    """The weeks as they were given, for a dump of the model."""
    number = weeks.number if isinstance(weeks, Weeks) else None
    return int(weeks) if number is None else number.model_dump(mode="json")


def _either(value: Any) -> str:
    return "number" if isinstance(value, Number | Mapping) else "whole"


class _Delay:
    """Lets a whole number of weeks be given bare, or as a number with its unit and reason."""

    def __get_pydantic_core_schema__(self, _source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        bare = Annotated[int, Strict(), Field(ge=1, description="Whole weeks")]
        either = Annotated[
            Annotated[Number, Tag("number")] | Annotated[bare, Tag("whole")],
            Discriminator(_either),
        ]
        read = core_schema.no_info_after_validator_function(_weeks, handler.generate_schema(either))
        said = core_schema.plain_serializer_function_ser_schema(_said)
        return core_schema.no_info_before_validator_function(_as_given, read, serialization=said)


class Measure(StrEnum):
    """What a field measures; its numbers are brought to the base unit of that."""

    AMOUNT = "an amount of the materiel"
    FLOW = "an amount of the materiel per time"
    DURATION = "a time"
    HAZARD = "a rate of happening"
    PRICE = "money for one unit of the materiel"
    SHARE = "a share from 0 to 1"
    PLAIN = "a plain number"
    DELAY = "a whole number of weeks"


class Refers(StrEnum):
    """What a name in a field is the name of. State and stock are pairs of an actor and a name."""

    ACTOR = "actor"
    MATERIEL = "materiel"
    CLASS = "class"
    STATE = "state"
    STOCK = "stock"
    LINE = "line"
    ROUTE = "route"
    COMMITMENT = "commitment"


class Language(StrEnum):
    """In what a text is written."""

    CONDITION = "condition"
    FORMULA = "formula"


Role = Measure | Refers | Language
"""What a field is to the scenario as a whole; it stands among the annotations of the field."""

Formula = Annotated[
    str,
    Language.FORMULA,
    Field(description="Arithmetic: numbers, $names, stock(KOR, shell), state(KOR, threat) ..."),
]
Amount = Annotated[
    Annotated[Number, Tag("number")] | Annotated[Formula, Tag("formula")],
    Discriminator(
        _sort,
        custom_error_type="bare",
        custom_error_message=(
            "a number needs its unit and a reason: {value: ..., unit: ..., assumption: the reason}, or evidence or "
            "source; or a formula such as $name"
        ),
    ),
]
"""A number written in place, or a formula; ``$name`` alone is the plainest formula."""
Quantity = Annotated[Amount, Measure.AMOUNT]
Flow = Annotated[Amount, Measure.FLOW]
Duration = Annotated[Amount, Measure.DURATION]
Rate = Annotated[Amount, Measure.HAZARD]
Price = Annotated[Amount, Measure.PRICE]
Share = Annotated[Amount, Measure.SHARE]
Delay = Annotated[int, _Delay(), Measure.DELAY]
"""Always :class:`Weeks`."""
Bare = Annotated[Amount, Measure.PLAIN]

Clause = Annotated[
    str,
    Language.CONDITION,
    Field(description="A condition in the one language of conditions; $name for a named number"),
]
Actor = Annotated[str, Refers.ACTOR]
Stuff = Annotated[str, Refers.MATERIEL]
ClassName = Annotated[str, Refers.CLASS]
LineId = Annotated[str, Refers.LINE]
RouteId = Annotated[str, Refers.ROUTE]
CommitmentId = Annotated[str, Refers.COMMITMENT]
StateOf = Annotated[tuple[str, str], Refers.STATE]
StockOf = Annotated[tuple[str, str], Refers.STOCK]
