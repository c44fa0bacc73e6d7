"""Train the weights by which stances are weighed, from the hand-coded texts of this repository.

    python benchmarks/stance_training.py             write src/materiel/reading/weights/stances.csv anew
    python benchmarks/stance_training.py --folds 4   measure instead: each text read with weights that have not seen it

Texts kept aside are never trained on, and the same texts give the same table, as in training.py. That one comes first:
how likely a sentence tells of a supply is a feature here.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scoring import score, total
from training import TRAINED_ON, Features, fit_outcomes, lines_of, pattern_of

from materiel.reading import weights as table
from materiel.reading.outlines import outlines
from materiel.reading.rules import read_document, walk
from materiel.reading.stance_weighing import NO_STANCE
from materiel.terms.statements import Attitude
from reading import Article, own_sets

OUTCOMES = (NO_STANCE, *(attitude.value for attitude in Attitude))
RIDGE, RARE = 3.0, 2
"""The L2 penalty, and how often a feature must be seen to have a weight: by cross-validation."""
ENOUGH = 0.5
"""So much of a coded stance's quote must stand in a sentence for the stance to be taken there."""


@dataclass(frozen=True, slots=True)
class Example:
    """What is known of an actor in a sentence, and the number of the outcome that was coded."""

    features: tuple[str, ...]
    outcome: int


def examples_of(articles: Sequence[Article]) -> list[list[Example]]:
    """For each article everybody who may take a stance, sentence by sentence."""
    found = []
    for article, outline in zip(articles, outlines(a.document for a in articles), strict=True):
        seen = walk(outline)[0].holders if outline.is_worth_reading else []
        spans = [parse.clean.span(sentence.start_char, sentence.end_char) for parse, sentence, _ in seen]
        coded = list(_coded(article))
        found.append(
            [
                Example(holder.features, _outcome(holder.actor.code, span, coded))
                for span, (_, _, holder) in zip(spans, seen, strict=True)
            ]
        )
    return found


def _coded(article: Article) -> list[tuple[dict[str, Any], tuple[int, int]]]:
    """The coded stances with the offsets of their quotes; one whose quote is not found is left out."""
    matches = [(item, re.search(pattern_of(item["quote"]), article.document.text)) for item in article.gold["stances"]]
    return [(item, match.span()) for item, match in matches if match is not None]


def _outcome(code: str | None, span: tuple[int, int], coded: Sequence[tuple[dict[str, Any], tuple[int, int]]]) -> int:
    for item, (start, end) in coded:
        inside = min(end, span[1]) - max(start, span[0])
        if (item.get("holder") or "").casefold() == (code or "-").casefold() and inside >= ENOUGH * (end - start):
            return OUTCOMES.index(item["stance"])
    return 0


def trained(examples: Sequence[Example]) -> table.Weights:
    """The model of the stances."""
    rows = [each.features for each in examples]
    known = Features.of(rows, RARE)
    right = np.eye(len(OUTCOMES))[[each.outcome for each in examples]]
    weights, bias = fit_outcomes(known.matrix(rows), right, RIDGE)
    of = {feature: tuple(map(float, weights[place])) for feature, place in known.columns.items()}
    return table.Weights(OUTCOMES, {table.BIAS: tuple(map(float, bias)), **of})


def install(model: table.Weights, path: Path) -> None:
    """Write the table to the path, and let the reader of this process read that one from now on."""
    path.write_text("\n".join(lines_of({"stance": model})) + "\n", "utf-8")
    table.STANCE_TABLE = path
    table.stance_weights.cache_clear()


def cross_validate(articles: Sequence[Article], folds: int) -> None:
    """Read each text with weights trained on the others, and print precision, recall and F1 of stances."""
    examples = examples_of(articles)
    scores = []
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(folds):
            seen = [one for number, each in enumerate(examples) if number % folds != fold for one in each]
            install(trained(seen), Path(folder) / "stances.csv")
            unseen = [article for number, article in enumerate(articles) if number % folds == fold]
            scores += [score(article.gold, read_document(article.document)) for article in unseen]
    tallies = total(scores)
    for level in ("core", "full"):
        tally = tallies["stance", level]
        print(f"stance {level}: P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}  gold {tally.gold}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, help="measure by cross-validation with so many folds; nothing is written")
    parser.add_argument("-o", "--output", type=Path, default=table.STANCE_TABLE, help="where to write the table")
    given = parser.parse_args()
    sets = own_sets()
    articles = [article for name in TRAINED_ON for article in sets.get(name, [])]
    if not table.STANCE_TABLE.exists():
        table.STANCE_TABLE.write_text(f"stance,(outcomes),{' '.join(OUTCOMES)}\n", "utf-8")
    if given.folds:
        cross_validate(articles, given.folds)
        return 0
    lines = lines_of({"stance": trained([one for each in examples_of(articles) for one in each])})
    given.output.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{given.output}: {len(lines)} lines from {len(articles)} texts")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
