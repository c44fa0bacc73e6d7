"""Train the weights by which stances and figures are weighed, from the hand-coded texts of this repository.

    python benchmarks/training_others.py             write stances.csv and figures.csv in src/materiel/reading/weights
    python benchmarks/training_others.py --folds 4   measure instead: each text read with weights that have not seen it

Texts kept aside are never trained on, and the same texts give the same tables, as in training.py. That one comes first:
how likely a sentence tells of a supply is a feature here.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from fitting import choice_model, lines_of, outcome_model
from scoring import score, total
from training import TRAINED_ON, pattern_of

from materiel.reading import weights as table
from materiel.reading.figure_weighing import NO_MEASURE
from materiel.reading.outlines import outlines
from materiel.reading.rules import read_document, walk
from materiel.reading.stance_weighing import NO_STANCE
from materiel.terms.statements import Attitude, MeasureName
from reading import Article, own_sets

STANCES = (NO_STANCE, *(attitude.value for attitude in Attitude))
MEASURES = (NO_MEASURE, *(measure.value for measure in MeasureName))
RIDGE = {"stance": 3.0, "figure": 2.0, "owner": 3.0}
"""Strength of the L2 penalty: by cross-validation."""
RARE = 2
"""A feature must be seen so often to have a weight."""
ENOUGH = 0.5
"""So much of a coded item's quote must stand in a sentence for the item to be taken there."""
SAME = 0.02
"""So far may a number be from a coded one."""

Item = dict[str, Any]
Coded = Sequence[tuple[Item, tuple[int, int]]]
"""Coded items with the offsets of their quotes."""


@dataclass(frozen=True, slots=True)
class Example:
    """Features, and the outcome that was coded."""

    features: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Owners:
    """The features of everybody whose figure a number may be, and which of them it is."""

    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Examples:
    """What an article teaches."""

    stances: tuple[Example, ...]
    figures: tuple[Example, ...]
    owners: tuple[Owners, ...]


def examples_of(articles: Sequence[Article]) -> list[Examples]:
    """One for each article, in their order."""
    return [
        _examples(article, walk(outline)[0] if outline.is_worth_reading else None)
        for article, outline in zip(articles, outlines(a.document for a in articles), strict=True)
    ]


def _examples(article: Article, reading: Any) -> Examples:
    if reading is None:
        return Examples((), (), ())
    stances, measures = (_coded(article, kind) for kind in ("stances", "measures"))
    taken = [
        Example(holder.features, _stance(holder.actor.code, _span(parse, sentence), stances))
        for parse, sentence, holder in reading.holders
    ]
    figures, owners = [], []
    for parse, sentence, number in reading.numbers:
        item = _measure(number.figure.value, _span(parse, sentence), measures)
        figures.append(Example(number.features, item["measure"] if item else NO_MEASURE))
        right = tuple(item is not None and _is(actor.code, item.get("subject")) for actor, _ in number.owners)
        if any(right):
            owners.append(Owners(tuple(features for _, features in number.owners), right))
    return Examples(tuple(taken), tuple(figures), tuple(owners))


def _span(parse: Any, sentence: Any) -> tuple[int, int]:
    start, end = parse.clean.span(sentence.start_char, sentence.end_char)
    return start, end


def _coded(article: Article, kind: str) -> Coded:
    """One whose quote is not found is left out."""
    matches = [(item, re.search(pattern_of(item["quote"]), article.document.text)) for item in article.gold[kind]]
    return [(item, match.span()) for item, match in matches if match is not None]


def _is(code: str | None, wanted: str | None) -> bool:
    return code is not None and wanted is not None and code.casefold() == wanted.casefold()


def _stance(code: str | None, span: tuple[int, int], coded: Coded) -> str:
    for item, (start, end) in coded:
        inside = min(end, span[1]) - max(start, span[0])
        if _is(code, item.get("holder")) and inside >= ENOUGH * (end - start):
            return str(item["stance"])
    return NO_STANCE


def _measure(value: float, span: tuple[int, int], coded: Coded) -> Item | None:
    for item, (start, end) in coded:
        is_near = abs(item["value"] - value) <= SAME * max(abs(item["value"]), abs(value))
        if is_near and start < span[1] and span[0] < end:
            return item
    return None


# -- fitting -----------------------------------------------------------------------------------------------------


def trained(examples: Iterable[Examples]) -> dict[str, table.Weights]:
    """The models by name."""
    seen = list(examples)
    return {
        "stance": _outcomes("stance", STANCES, [each for one in seen for each in one.stances]),
        "figure": _outcomes("figure", MEASURES, [each for one in seen for each in one.figures]),
        "owner": _owners([each for one in seen for each in one.owners]),
    }


def _outcomes(name: str, outcomes: tuple[str, ...], examples: Sequence[Example]) -> table.Weights:
    right = np.eye(len(outcomes))[[outcomes.index(each.outcome) for each in examples]]
    return outcome_model(outcomes, [each.features for each in examples], right, rare=RARE, ridge=RIDGE[name])


def _owners(examples: Sequence[Owners]) -> table.Weights:
    rows = [row for each in examples for row in each.rows]
    starts = np.cumsum([0, *(len(each.rows) for each in examples)])[:-1]
    right = np.array([flag for each in examples for flag in each.right], float)
    return choice_model(rows, starts, right, rare=RARE, ridge=RIDGE["owner"])


# -- the tables ---------------------------------------------------------------------------------------------------


def write(models: dict[str, table.Weights], stances: Path, figures: Path) -> None:
    """Write the two tables."""
    stances.write_text("\n".join(lines_of({"stance": models["stance"]})) + "\n", "utf-8")
    figures.write_text("\n".join(lines_of({name: models[name] for name in ("figure", "owner")})) + "\n", "utf-8")


def install(models: dict[str, table.Weights], folder: Path) -> None:
    """Write the tables into a folder, and let the reader of this process read those from now on."""
    table.STANCE_TABLE, table.FIGURE_TABLE = folder / "stances.csv", folder / "figures.csv"
    write(models, table.STANCE_TABLE, table.FIGURE_TABLE)
    table.stance_weights.cache_clear()
    table.figure_weights.cache_clear()


def ensure_tables() -> None:
    """Tables that know nothing where there are none yet, for the reader to begin with."""
    nothing = {"stance": table.Weights(STANCES, {}), "figure": table.Weights(MEASURES, {})}
    if not (table.STANCE_TABLE.exists() and table.FIGURE_TABLE.exists()):
        write({**nothing, "owner": table.Weights(("party",), {})}, table.STANCE_TABLE, table.FIGURE_TABLE)


def cross_validate(articles: Sequence[Article], folds: int) -> None:
    """Read each text with weights trained on the others, and print precision, recall and F1 of stances and figures."""
    examples = examples_of(articles)
    scores = []
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(folds):
            install(trained(e for number, e in enumerate(examples) if number % folds != fold), Path(folder))
            unseen = [article for number, article in enumerate(articles) if number % folds == fold]
            scores += [score(article.gold, read_document(article.document)) for article in unseen]
    tallies = total(scores)
    for kind in ("stance", "measure"):
        for level in ("core", "full"):
            tally = tallies[kind, level]
            shown = f"P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}  gold {tally.gold}"
            print(f"{kind} {level}: {shown}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, help="measure by cross-validation with so many folds; nothing is written")
    given = parser.parse_args()
    sets = own_sets()
    articles = [article for name in TRAINED_ON for article in sets.get(name, [])]
    ensure_tables()
    if given.folds:
        cross_validate(articles, given.folds)
        return 0
    write(trained(examples_of(articles)), table.STANCE_TABLE, table.FIGURE_TABLE)
    print(f"{table.STANCE_TABLE}, {table.FIGURE_TABLE}: from {len(articles)} texts")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
