"""Train the weights by which supplies are weighed, from the hand-coded texts of this repository.

    python benchmarks/training.py                    write src/materiel/reading/weights/transfers.csv anew
    python benchmarks/training.py --folds 4          measure instead: each text read with weights that have not seen it

Texts kept aside (``set`` is ``aside``) are never trained on. The same texts give the same table, byte for byte, on one
kind of machine: L-BFGS from zero, in double precision, without chance. Needs the extra ``train`` (SciPy).
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import scipy.optimize
import scipy.sparse
from scoring import score, total

from materiel.reading import weights as table
from materiel.reading.outlines import outlines
from materiel.reading.parties import Party
from materiel.reading.rules import read_document, walk
from materiel.reading.weighing import Site
from materiel.terms.documents import Document
from materiel.terms.materiel import is_kind_of
from materiel.terms.statements import Assertion, Stage
from reading import Article, own_sets

Vector = np.ndarray[Any, np.dtype[np.float64]]
STAGES, ASSERTIONS = tuple(s.value for s in Stage), tuple(a.value for a in Assertion)
TRAINED_ON = ("articles", "korea-2024", "passages-develop", "reports-develop", "dispatches-develop")
RIDGE = {"supply": 5.0, "stage": 10.0, "assertion": 10.0, "supplier": 3.0, "recipient": 3.0}
"""Strength of the L2 penalty: set by hand after cross-validation on the texts that are trained on."""
RARE = {"supply": 2, "stage": 2, "assertion": 2, "supplier": 3, "recipient": 3}
"""A feature must be seen so often to have a weight."""
SMALL = 0.01
"""A weight below this is left out of the table."""


# -- which anchor tells which hand-coded supply ---------------------------------------------------------------


@dataclass(slots=True)
class Told:
    """A supply as it was coded: all items that differ only by their parties.

    Attributes:
        span: where its quote stands in the document.
    """

    item: dict[str, Any]
    span: tuple[int, int]
    suppliers: set[str | None] = field(default_factory=set)
    recipients: set[str | None] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Example:
    """A document's sites, what each tells (by its number), and those that tell part of what another one tells."""

    sites: list[Site]
    told: dict[int, Told]
    neutral: frozenset[int]


def told_in(document: Document, gold: dict[str, Any]) -> list[Told]:
    """The coded supplies of a document, in the order of the coding; one whose quote is not found is left out."""
    found: dict[tuple[Any, ...], Told] = {}
    for item in gold.get("transfers") or []:
        key = (item["quote"], tuple(item["materiel"]), item.get("quantity"), item["stage"], item["assertion"])
        match = re.search(pattern_of(item["quote"]), document.text)
        if match is not None:
            told = found.setdefault(key, Told(item, match.span()))
            told.suppliers.add(item.get("supplier"))
            told.recipients.add(item.get("recipient"))
    return list(found.values())


def pattern_of(quote: str) -> str:
    """A pattern of the quote with any white space between its words and soft hyphens anywhere in them."""
    return r"[\s\u00ad]+".join("\u00ad?".join(map(re.escape, word)) for word in quote.split())


def example(document: Document, gold: dict[str, Any], sites: list[Site]) -> Example:
    """Pair each coded supply with the site that tells it best, one to one."""
    coded = told_in(document, gold)
    spans = [_span(site) for site in sites]
    ranked = sorted(
        (
            (-fitness, number, place)
            for number, told in enumerate(coded)
            for place, site in enumerate(sites)
            if (fitness := _fitness(told, site, spans[place])) >= 0.5
        ),
    )
    paired: dict[int, Told] = {}
    used: set[int] = set()
    for _, number, place in ranked:
        if number not in used and place not in paired:
            used.add(number)
            paired[place] = coded[number]
    neutral = {
        place
        for place, site in enumerate(sites)
        if place not in paired and any(_is_part(told, site, spans[place]) for told in coded)
    }
    return Example(sites, paired, frozenset(neutral))


def _span(site: Site) -> tuple[int, int]:
    token = site.anchor.token
    return site.parse.clean.span(token.idx, token.idx + len(token))


def _inside(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _is_part(told: Told, site: Site, span: tuple[int, int]) -> bool:
    is_good = site.anchor.kind == "good" and bool(set(site.anchor.item.classes) & set(told.item["materiel"]))
    return is_good and _inside(span, told.span)


def _fitness(told: Told, site: Site, span: tuple[int, int]) -> float:
    """How well the site fits the coded supply: it stands in the quote, names its goods and its number."""
    item, anchor, coded = site.anchor.item, site.anchor, told.item
    fitness = 0.0
    if not _inside(span, told.span):
        start, end = site.parse.clean.span(site.sentence.start_char, site.sentence.end_char)
        if not start <= told.span[0] < end:
            return -1.0
        fitness -= 3
    likeness = _likeness(item.classes, coded["materiel"])
    match anchor.kind:
        case "good":
            fitness += 2 + likeness
        case "predicate":
            fitness += 1 + 0.5 * bool(anchor.proposals) + (0.5 * max(likeness, 0) if item.classes != ("arms",) else 0)
        case "sum":
            is_money = "finance" in coded["materiel"] or (coded.get("value_usd") and not coded.get("quantity"))
            fitness += 0.5 + 2 * bool(is_money)
        case _:
            fitness += 0.5
    if quantity := coded.get("quantity"):
        if item.quantity is not None:
            fitness += 3 if abs(quantity - item.quantity) <= 0.05 * max(quantity, item.quantity) else -1
    elif item.quantity is not None and anchor.kind != "predicate":
        fitness -= 0.3
    if anchor.proposals:
        claim = anchor.proposals[0].claim
        fitness += 0.4 * (claim.stage == coded["stage"])
        fitness += 0.3 * (claim.supplier in told.suppliers) + 0.3 * (claim.recipient in told.recipients)
    return fitness


def _likeness(classes: Sequence[str], coded: Sequence[str]) -> float:
    if set(classes) & set(coded):
        return 2.0
    related = any(is_kind_of(a, b) or is_kind_of(b, a) or "arms" in (a, b) for a in classes for b in coded)
    return 1.0 if related else -2.0


def right_parties(parties: Sequence[Party], wanted: set[str | None]) -> list[bool] | None:
    """Which of the parties come nearest to the wanted ones; None where none comes near."""
    nearness = []
    for party in parties:
        names = [{actor.code, actor.name} - {None} if actor.code else {None} for actor in party.actors]
        hit = sum(any(want in each for each in names) for want in wanted)
        wrong = sum(not each & wanted for each in names)
        nearness.append(hit / (len(wanted) + wrong))
    best = max(nearness, default=0.0)
    return [near == best for near in nearness] if best > 1 / 3 else None


# -- fitting ---------------------------------------------------------------


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


def fit_choice(matrix: scipy.sparse.csr_matrix, starts: Vector, right: Vector, ridge: float) -> Vector:
    """Conditional logit: one weight for each feature, so that the right rows of each group get the highest share.

    Args:
        matrix: row x feature; the rows of a group stand together.
        starts: the first row of each group.
        right: for each row whether it is right; at least one of each group.
        ridge: the L2 penalty.
    """
    first = starts.astype(int)
    group = np.zeros(matrix.shape[0], int)
    group[first[1:]] = 1
    group = np.cumsum(group)

    def loss(weights: Vector) -> tuple[float, Vector]:
        scores = matrix @ weights
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


def trained(examples: Sequence[Example]) -> dict[str, table.Weights]:
    """The models of :data:`materiel.reading.weights.MODELS`."""
    rows, is_supply, told_rows, told = [], [], [], []
    for each in examples:
        for place, site in enumerate(each.sites):
            if place not in each.neutral:
                rows.append(site.features)
                is_supply.append(place in each.told)
            if place in each.told:
                told_rows.append(site.telling)
                told.append(each.told[place].item)
    yes = np.array(is_supply)
    models = {"supply": yes_model(rows, yes, rare=RARE["supply"], ridge=RIDGE["supply"])}
    for name, outcomes in (("stage", STAGES), ("assertion", ASSERTIONS)):
        right = np.array([[item[name] == outcome for outcome in outcomes] for item in told], float)
        models[name] = outcome_model(outcomes, told_rows, right, rare=RARE[name], ridge=RIDGE[name])
    return models | {role: _choice_model(role, examples) for role in ("supplier", "recipient")}


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


def _choice_model(role: str, examples: Sequence[Example]) -> table.Weights:
    rows: list[tuple[str, ...]] = []
    starts, right = [], []
    for each in examples:
        for place, told in each.told.items():
            parties = each.sites[place].parties
            flags = right_parties([party for party, _ in parties], getattr(told, f"{role}s"))
            if flags is not None:
                starts.append(len(rows))
                rows += [features for _, features in parties]
                right += flags
    return choice_model(rows, np.array(starts), np.array(right, float), rare=RARE[role], ridge=RIDGE[role])


def choice_model(
    rows: Sequence[Sequence[str]], starts: Vector, right: Vector, *, rare: int, ridge: float
) -> table.Weights:
    """A model that chooses one of several rows; ``starts``: where each choice begins, ``right``: the rows to choose."""
    known = Features.of(rows, rare)
    weights = fit_choice(known.matrix(rows), starts, right, ridge)
    return table.Weights(("party",), {f: (float(weights[place]),) for f, place in known.columns.items()})


# -- the table ---------------------------------------------------------------


def lines_of(models: dict[str, table.Weights]) -> list[str]:
    """The table's lines: models in their order, features sorted, weights to two decimals, small ones left out."""
    lines = []
    for name, model in models.items():
        lines.append(f"{name},(outcomes),{' '.join(model.outcomes)}")
        for feature, weights in sorted(model.of.items()):
            if feature == table.BIAS or max(map(abs, weights)) >= SMALL:
                quoted = '"' + feature.replace('"', '""') + '"' if set(feature) & set('," ') else feature
                lines.append(f"{name},{quoted},{' '.join(_short(weight) for weight in weights)}")
    return lines


def _short(weight: float) -> str:
    text = f"{weight:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text


def install(models: dict[str, table.Weights], path: Path) -> None:
    """Write the models to a table at the path, and let the reader of this process read that one from now on."""
    path.write_text("\n".join(lines_of(models)) + "\n", "utf-8")
    table.TABLE = path
    table.transfer_weights.cache_clear()


# -- the command ---------------------------------------------------------------


def examples_of(articles: Sequence[Article]) -> list[Example]:
    """One example for each article, in their order, with progress on the terminal."""
    found = []
    read = outlines(article.document for article in articles)
    for number, (article, outline) in enumerate(zip(articles, read, strict=True)):
        sites = walk(outline, possible=0.0)[1] if outline.is_worth_reading else []
        found.append(example(article.document, article.gold, sites))
        if sys.stderr.isatty():
            print(f"\r{number + 1} of {len(articles)} texts", end="", file=sys.stderr)
    return found


def cross_validate(articles: Sequence[Article], folds: int) -> None:
    """Read each text with weights trained on the others, and print precision, recall and F1 of supplies."""
    examples = examples_of(articles)
    scores = []
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(folds):
            models = trained([each for number, each in enumerate(examples) if number % folds != fold])
            install(models, Path(folder) / "transfers.csv")
            scores += [
                score(article.gold, read_document(article.document))
                for number, article in enumerate(articles)
                if number % folds == fold
            ]
    tallies = total(scores)
    for level in ("core", "full"):
        tally = tallies["transfer", level]
        print(f"transfer {level}: P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}  gold {tally.gold}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, help="measure by cross-validation with so many folds; nothing is written")
    parser.add_argument("-o", "--output", type=Path, default=table.TABLE, help="where to write the table")
    given = parser.parse_args()
    sets = own_sets()
    articles = [article for name in TRAINED_ON for article in sets.get(name, [])]
    if not table.TABLE.exists():
        table.TABLE.write_text("".join(f"{name},(outcomes),none\n" for name in table.MODELS), "utf-8")
    if given.folds:
        cross_validate(articles, given.folds)
        return 0
    lines = lines_of(trained(examples_of(articles)))
    given.output.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{given.output}: {len(lines)} lines from {len(articles)} texts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
