"""Fit log-linear models of weighed features, and write them as lines of a table (:mod:`materiel.reading.weights`).

L-BFGS from zero, in double precision, without chance: the same rows give the same weights on one kind of machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.optimize
import scipy.sparse

from materiel.reading import weights as table

Vector = np.ndarray[Any, np.dtype[np.float64]]
SMALL, SMALL_OF = 0.01, {"stage": 0.05, "assertion": 0.05, "supplier": 0.045, "recipient": 0.045}
"""A weight below this is left out of the table; of the models of how a supply is told, which weigh every word of a
sentence, and of who has a role, which weigh every state with every word for goods, one below the second, so that the
tables stay small; F1 moves by some thousandths."""


@dataclass(frozen=True, slots=True)
class Features:
    """The features that have a weight, by their column."""

    columns: dict[str, int]

    @classmethod
    def of(cls, rows: Iterable[Sequence[str]], rare: int) -> Features:
        counts = Counter(feature for row in rows for feature in row)
        return cls({f: n for n, f in enumerate(sorted(f for f, count in counts.items() if count >= rare))})

    def matrix(self, rows: Sequence[Sequence[str]]) -> scipy.sparse.csr_matrix:
        """One row for each list of features, 1 where it has the column's feature."""
        places = [[self.columns[f] for f in row if f in self.columns] for row in rows]
        ends = np.cumsum([0, *map(len, places)])
        return scipy.sparse.csr_matrix(
            (np.ones(ends[-1]), [place for row in places for place in row], ends), (len(rows), len(self.columns))
        )


def fit_outcomes(matrix: scipy.sparse.csr_matrix, right: Vector, ridge: float) -> tuple[Vector, Vector]:
    """Multinomial logistic regression: weights (feature x outcome) and biases, the biases not penalised.

    Args:
        matrix: row x feature.
        right: row x outcome, 1 for what is true.
        ridge: the L2 penalty.
    """
    width, outcomes = matrix.shape[1], right.shape[1]

    def loss(flat: Vector) -> tuple[float, Vector]:
        weights, bias = flat[: width * outcomes].reshape(width, outcomes), flat[width * outcomes :]
        scores = matrix @ weights + bias
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(axis=1, keepdims=True)
        value = -np.log(np.maximum((chances * right).sum(axis=1), 1e-12)).sum() + ridge * (weights**2).sum() / 2
        off = chances - right
        return float(value), np.concatenate([(matrix.T @ off + ridge * weights).ravel(), off.sum(axis=0)])

    flat = _minimised(loss, (width + 1) * outcomes)
    return flat[: width * outcomes].reshape(width, outcomes), flat[width * outcomes :]


def fit_choice(
    matrix: scipy.sparse.csr_matrix, starts: Vector, right: Vector, ridge: float, given: Vector | float = 0.0
) -> Vector:
    """Conditional logit: one weight for each feature, so that the right rows of each group get the highest share.

    Args:
        matrix: row x feature; the rows of a group stand together.
        starts: the first row of each group.
        right: for each row whether it is right; at least one of each group.
        ridge: the L2 penalty.
        given: for each row a score that it has before any feature counts.
    """
    first = starts.astype(int)
    group = np.zeros(matrix.shape[0], int)
    group[first[1:]] = 1
    group = np.cumsum(group)

    def loss(weights: Vector) -> tuple[float, Vector]:
        scores = matrix @ weights + given
        powers = np.exp(scores - np.maximum.reduceat(scores, first)[group])
        chances = powers / np.add.reduceat(powers, first)[group]
        hit = np.maximum(np.add.reduceat(chances * right, first), 1e-12)
        value = -np.log(hit).sum() + ridge * (weights**2).sum() / 2
        return float(value), matrix.T @ (chances - chances * right / hit[group]) + ridge * weights

    return _minimised(loss, matrix.shape[1])


def _minimised(loss: Any, size: int) -> Vector:
    result = scipy.optimize.minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    found: Vector = result.x
    return found


def outcome_model(
    outcomes: tuple[str, ...], rows: Sequence[Sequence[str]], right: Vector, *, rare: int, ridge: float
) -> table.Weights:
    """A model that chooses between outcomes; ``right``: row x outcome, ``rare``: how often a feature must be seen."""
    known = Features.of(rows, rare)
    weights, bias = fit_outcomes(known.matrix(rows), right, ridge)
    of = {feature: tuple(map(float, weights[place])) for feature, place in known.columns.items()}
    return table.Weights(outcomes, {table.BIAS: tuple(map(float, bias)), **of})


def yes_model(rows: Sequence[Sequence[str]], yes: Vector, *, rare: int, ridge: float) -> table.Weights:
    """A model that scores a yes."""
    both = outcome_model(("no", "yes"), rows, np.stack([~yes, yes], axis=1).astype(float), rare=rare, ridge=ridge)
    return table.Weights(("yes",), {feature: (yes - no,) for feature, (no, yes) in both.of.items()})


def choice_model(
    rows: Sequence[Sequence[str]],
    starts: Vector,
    right: Vector,
    *,
    rare: int,
    ridge: float,
    given: Vector | float = 0.0,
) -> table.Weights:
    """A model that chooses one of several rows.

    Args:
        rows: the features of each, those of a choice together.
        starts: the first row of each choice.
        right: the rows to choose.
        rare: how often a feature must be seen.
        ridge: the L2 penalty.
        given: for each row a score that it has before any feature counts.
    """
    known = Features.of(rows, rare)
    weights = fit_choice(known.matrix(rows), starts, right, ridge, given)
    return table.Weights(("party",), {f: (float(weights[place]),) for f, place in known.columns.items()})


def lines_of(models: dict[str, table.Weights]) -> list[str]:
    """The table's lines: models in their order, features sorted, weights to two decimals, small ones left out."""
    lines = []
    for name, model in models.items():
        lines.append(f"{name},(outcomes),{' '.join(model.outcomes)}")
        for feature, weights in sorted(model.of.items()):
            if feature == table.BIAS or max(map(abs, weights)) >= SMALL_OF.get(name, SMALL):
                quoted = '"' + feature.replace('"', '""') + '"' if set(feature) & set('," ') else feature
                lines.append(f"{name},{quoted},{' '.join(_short(weight) for weight in weights)}")
    return lines


def _short(weight: float) -> str:
    text = f"{weight:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text
