"""The trained weights: which feature speaks how strongly for what.

Log-linear models in four tables. Six in ``weights/transfers.csv``: whether there is a supply at an anchor, its stage,
what is asserted of it, for each role which party plays it, and which dyads go together (:mod:`dyads`); supply and
roles have two weights a feature, for a site by itself and for one in view of the article's others. Four in
``weights/pact_weights.csv``: whether a word tells of a pact, who is a party to it, its kind and its status. One in
``weights/stances.csv``: which stance an actor takes, if any. Two in ``weights/figures.csv``: what a number measures,
if anything, and whose figure it is. ``make train`` writes the tables from the hand-coded articles of ``gold/``.
Reading them needs nothing but addition; a feature that a table does not know counts nothing.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import repeat
from pathlib import Path

TABLE = Path(__file__).parent / "weights" / "transfers.csv"
MODELS = ("supply", "stage", "assertion", "supplier", "recipient", "dyad")
STANCE_TABLE = Path(__file__).parent / "weights" / "stances.csv"
FIGURE_TABLE = Path(__file__).parent / "weights" / "figures.csv"
PACT_TABLE = TABLE.with_name("pact_weights.csv")
PACT_MODELS = ("pact", "party", "kind", "status")
BIAS = "(always)"
"""The feature that everything has."""
ALONE, AMONG = 0, 1
"""Which weight of a supply or a party: that of a site by itself, or that of one among the others of its article."""


@dataclass(frozen=True)
class Weights:
    """The weights of one model.

    Attributes:
        outcomes: the names of what it chooses between; one empty name where it scores a single thing.
        of: for each feature one weight for each outcome.
    """

    outcomes: tuple[str, ...]
    of: dict[str, tuple[float, ...]]

    def scores(self, features: Iterable[str]) -> list[float]:
        """The sum of the features' weights for each outcome; each feature must be given once."""
        of = self.of
        known = [of.get(BIAS, (0.0,) * len(self.outcomes)), *(of[feature] for feature in features if feature in of)]
        return list(map(sum, zip(*known, strict=True)))

    def score(self, features: Iterable[str], outcome: int = 0) -> float:
        """The sum of the features' weights for one outcome, by its number."""
        of = self._columns[outcome]
        return of.get(BIAS, 0.0) + sum(map(of.get, features, repeat(0.0)))

    @cached_property
    def _columns(self) -> tuple[dict[str, float], ...]:
        """For each outcome the features that speak for or against it."""
        numbers = range(len(self.outcomes))
        return tuple({f: weights[n] for f, weights in self.of.items() if weights[n]} for n in numbers)


@cache
def transfer_weights() -> dict[str, Weights]:
    """The six models of :data:`MODELS` by name."""
    return read_table(TABLE.read_text("utf-8").splitlines())


@cache
def stance_weights() -> Weights:
    """The model of stances."""
    return read_table(STANCE_TABLE.read_text("utf-8").splitlines())["stance"]


@cache
def figure_weights() -> dict[str, Weights]:
    """The models of figures: ``figure``, what a number measures, and ``owner``, whose it is."""
    return read_table(FIGURE_TABLE.read_text("utf-8").splitlines())


@cache
def pact_weights() -> dict[str, Weights]:
    """The four models of :data:`PACT_MODELS` by name."""
    return read_table(PACT_TABLE.read_text("utf-8").splitlines())


def read_table(lines: Iterable[str]) -> dict[str, Weights]:
    """The models of a table: ``model``, ``feature`` and the weights, space between; outcomes stand at ``(outcomes)``.

    Raises:
        ValueError: a row has another number of weights than its model has outcomes.
    """
    found: dict[str, Weights] = {}
    for model, feature, numbers in csv.reader(lines):
        if feature == "(outcomes)":
            found[model] = Weights(tuple(numbers.split(" ")), {})
            continue
        weights = tuple(map(float, numbers.split(" ")))
        if len(weights) != len(found[model].outcomes):
            raise ValueError(f"the weights of {model} {feature} are {len(weights)}, not {len(found[model].outcomes)}")
        found[model].of[feature] = weights
    return found


def probability(score: float) -> float:
    """The probability of a yes with this score."""
    return 1 / (1 + math.exp(-max(min(score, 30.0), -30.0)))


def shares(scores: Sequence[float]) -> list[float]:
    """The probabilities of outcomes of which one is true, by their scores."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
