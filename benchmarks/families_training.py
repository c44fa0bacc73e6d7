"""Fits the weights of derivation to the families of gold/families that are not kept aside.

Each derived document with its direct source is an example for; each two independent documents of one event, and each
document with its nearest neighbours of other events, are examples against, in both orders of time. Logistic regression
with a ridge, every feature scaled; the scale is folded into the weights. ``--folds N`` leaves families out in turn and
prints how well the rest does on them.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from materiel.sources import load_documents
from materiel.sources.lineage.articles import Article, read_article
from materiel.sources.lineage.compare import evidence_of
from materiel.sources.lineage.judge import BIAS, WEIGHTS
from materiel.sources.lineage.weights import weigh
from materiel.terms.documents import Document

ROOT = Path(__file__).parents[1]
FAMILIES = ROOT / "gold" / "families"
NEGATIVE = frozenset({"origin", "independent", "follow-up", "same-outlet"})
PARTLY = frozenset({"digest", "partial", "credited"})
"""Of these only a part comes from the source, or the source is not there: no example of derivation as a whole."""
RIDGE = 2.0
DERIVED_WEIGHT = 1.75
"""A missed derivation costs more than a wrong one: it makes the whole family count as one origin more."""
STRANGERS = 8
"""Documents of other events that each document is held against."""
ASIDE = 3
"""Every third family is kept aside."""
HEAD = (
    "# Weights of the evidence that one document derives from another: fitted to gold/families by",
    "# benchmarks/families_training.py (make train-lineage). A positive weight speaks for derivation; under",
    "# direction, the weight of how much more of the feature a pair has in one direction than in the other.",
)


@dataclass(frozen=True)
class Example:
    """A pair: the evidence that the first role's document derives from the second's, and the reverse."""

    family: str
    evidence: Mapping[str, float]
    reverse: Mapping[str, float]
    is_derived: bool
    roles: tuple[str, str]
    weight: float


def is_aside(family: str) -> bool:
    """Whether a family is kept aside; those of gold/lineage, which have letters in their ids, never are."""
    return family.isdigit() and int(family) % ASIDE == 0


def load_families(folder: Path = FAMILIES) -> list[dict[str, Any]]:
    """The families with a ``path`` for each document and its ``sources`` as paths or names of outside sources."""
    older = json.loads((ROOT / "gold" / "lineage" / "lineage.json").read_text("utf-8"))["families"]
    files = sorted(folder.glob("*/family.json"))
    newer = [_placed(json.loads(file.read_text("utf-8")), file.parent) for file in files]
    return [_placed(family, ROOT / "gold") for family in older] + newer


def _placed(family: dict[str, Any], folder: Path) -> dict[str, Any]:
    for document in family["documents"]:
        document["path"] = str((folder / document["file"]).resolve())
        document["sources"] = [
            f"{source}#{family['id']}" if source.startswith("outside:") else str((folder / source).resolve())
            for source in document["derived_from"]
        ]
    return family


def read(path: str) -> Document:
    ((_, document),) = load_documents(Path(path))
    if not isinstance(document, Document):
        raise SystemExit(f"{path}: {document}")
    return document


def roots(path: str, by_path: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    """The origins that a document rests on."""
    entry = by_path.get(path)
    if entry is None or entry["role"] in NEGATIVE:
        return frozenset({path})
    return frozenset[str]().union(*(roots(source, by_path) for source in entry["sources"]))


def examples(families: Sequence[Mapping[str, Any]]) -> list[Example]:
    """Every example of the families."""
    articles = {d["path"]: read_article(read(d["path"])) for family in families for d in family["documents"]}
    homes: dict[str, set[str]] = {}
    for family in families:
        for d in family["documents"]:
            homes.setdefault(d["path"], set()).add(family["id"])
    found: list[Example] = []
    for family in families:
        by_path = {d["path"]: d for d in family["documents"]}
        for one, other in combinations(sorted(by_path), 2):
            text, source = sorted((one, other), key=lambda path: str(by_path[path]["published"]), reverse=True)
            kinds = (by_path[text]["role"], by_path[source]["role"])
            is_derived = source in by_path[text]["sources"]
            if PARTLY & set(kinds) and not (is_derived and kinds[0] not in PARTLY):
                continue
            if not is_derived and roots(text, by_path) & roots(source, by_path):
                continue
            forth, back = evidence_of(articles[text], articles[source]), evidence_of(articles[source], articles[text])
            found.append(Example(family["id"], forth, back, is_derived, kinds, DERIVED_WEIGHT if is_derived else 1.0))
            if not is_derived:  # without dates, either may be held to be the later one
                found.append(Example(family["id"], back, forth, False, kinds[::-1], 0.5))
        for path in sorted(by_path):
            near = sorted(
                (other for other in articles if not homes[other] & homes[path]),
                key=lambda other: (-_overlap(articles[path], articles[other]), other),
            )[:STRANGERS]
            for other in near:
                forth, back = evidence_of(articles[path], articles[other]), evidence_of(articles[other], articles[path])
                found.append(Example(family["id"], forth, back, False, (by_path[path]["role"], "stranger"), 0.5))
    return found


def _overlap(one: Article, other: Article) -> float:
    return weigh(one.wording.whole.stems & other.wording.whole.stems)


def fit(found: Sequence[Example], ridge: float = RIDGE) -> dict[str, float]:
    """The weight of each feature and the bias, for whether a document derives from another."""
    names = sorted(found[0].evidence)
    features = np.array([[example.evidence[name] for name in names] for example in found])
    truth = np.array([example.is_derived for example in found], dtype=float)
    importance = np.array([example.weight for example in found])
    mean = features.mean(axis=0)
    weights, bias = _logistic(features - mean, truth, importance, ridge)
    whole = {name: float(weight) for name, weight in zip(names, weights, strict=True)}
    return {BIAS: bias - float(weights @ mean)} | whole


def fit_direction(found: Sequence[Example], ridge: float) -> dict[str, float]:
    """The weight of each feature's difference between the two directions, for which of them is the right one."""
    derived = [example for example in found if example.is_derived]
    names = sorted(derived[0].evidence)
    ahead = np.array([[e.evidence[name] - e.reverse[name] for name in names] for e in derived])
    both, truth = np.vstack([ahead, -ahead]), np.repeat([1.0, 0.0], len(ahead))
    weights, _ = _logistic(both, truth, np.full(len(both), 0.5), ridge)
    return {name: float(weight) for name, weight in zip(names, weights, strict=True)}


def _logistic(
    features: NDArray[np.float64], truth: NDArray[np.float64], importance: NDArray[np.float64], ridge: float
) -> tuple[NDArray[np.float64], float]:
    scale = features.std(axis=0)
    scale[scale == 0] = 1.0
    scaled = features / scale

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = scaled @ weights[:-1] + weights[-1]
        value = importance @ (np.logaddexp(0, logits) - truth * logits) + ridge * weights[:-1] @ weights[:-1] / 2
        slope = importance * (1 / (1 + np.exp(-logits)) - truth)
        return float(value), np.append(scaled.T @ slope + ridge * weights[:-1], slope.sum())

    start = np.zeros(features.shape[1] + 1)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 2000}).x
    return best[:-1] / scale, float(best[-1])


def logit(weights: Mapping[str, float], evidence: Mapping[str, float]) -> float:
    return sum(weights[name] * value for name, value in evidence.items()) + weights[BIAS]


def lean(direction: Mapping[str, float], example: Example) -> float:
    return sum(direction[name] * (value - example.reverse[name]) for name, value in example.evidence.items())


def f1(found: Sequence[tuple[Example, float]]) -> tuple[float, int, int, int]:
    hits = sum(e.is_derived and value > 0 for e, value in found)
    said = sum(value > 0 for _, value in found)
    true = sum(e.is_derived for e, _ in found)
    return 2 * hits / max(said + true, 1), hits, said, true


def cross_validate(found: Sequence[Example], folds: int, ridge: float) -> None:
    names = sorted({example.family for example in found})
    judged: list[tuple[Example, float]] = []
    turned = 0
    for fold in range(folds):
        left = set(names[fold::folds])
        weights = fit([e for e in found if e.family not in left], ridge)
        judged += [(e, logit(weights, e.evidence)) for e in found if e.family in left]
        direction = fit_direction([e for e in found if e.family not in left], ridge)
        turned += sum(lean(direction, e) <= 0 for e in found if e.family in left and e.is_derived)
    value, hits, said, true = f1(judged)
    print(f"{folds} folds, ridge {ridge:g}: F1 {value:.3f} ({hits} of {true} found, {said - hits} said wrongly)")
    print(f"direction without dates: {true - turned} of {true} right")
    misses: dict[str, list[int]] = {}
    for example, value in judged:
        key = " <- ".join(example.roles) + (" derived" if example.is_derived else "")
        misses.setdefault(key, []).append((value > 0) != example.is_derived)
    for key, wrong in sorted(misses.items()):
        if sum(wrong):
            print(f"  {key}: {sum(wrong)} of {len(wrong)} wrong")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--folds", type=int, help="cross-validate instead of writing the weights")
    parser.add_argument("--ridge", type=float, default=RIDGE)
    parser.add_argument("--families", type=Path, default=FAMILIES)
    arguments = parser.parse_args()
    families = [family for family in load_families(arguments.families) if not is_aside(family["id"])]
    found = examples(families)
    print(f"{len(families)} families, {len(found)} examples, {sum(e.is_derived for e in found)} of derivation")
    if arguments.folds:
        cross_validate(found, arguments.folds, arguments.ridge)
        return
    weights, direction = fit(found, arguments.ridge), fit_direction(found, arguments.ridge)
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        file.writelines(line + "\n" for line in HEAD)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("feature", "derivation", "direction"))
        writer.writerows((name, f"{weights[name]:.4f}", f"{direction.get(name, 0.0):.4f}") for name in sorted(weights))
    print(f"written: {WEIGHTS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
