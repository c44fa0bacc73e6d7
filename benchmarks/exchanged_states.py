"""Measure how far reading leans on what the weights know of states beforehand.

    python benchmarks/exchanged_states.py                  the sets kept aside, as they are and exchanged
    python benchmarks/exchanged_states.py --set articles   another set

The weights know which states arm whom, as a coder does. Here that knowledge is exchanged: what is known of one state is
believed of another, drawn by lot among the states that it knows most of. The texts stay as they are, so whatever is
lost is what a text about a world turned upside down would lose. No test: it shows the price of the knowledge.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

from fitting import lines_of
from scoring import score, total

from materiel.reading import weights as table
from materiel.reading.rules import read_document
from materiel.reading.weights import Weights, transfer_weights
from reading import UNSEEN, Article, own_sets

MANY = 60
"""So many states are exchanged, those of which most is known."""
LOTS = (1, 2, 3)
"""Seeds of the exchanges."""


def exchanged(models: dict[str, Weights], lot: int) -> dict[str, Weights]:
    """The same models, what they know of one state put down to another."""
    known = sorted(feature for feature in models["supplier"].of if feature.startswith("state="))
    best = sorted(known, key=lambda each: -sum(map(abs, models["supplier"].of[each])))[:MANY]
    codes = sorted(feature.removeprefix("state=") for feature in best)
    others = random.Random(lot).sample(codes, len(codes))
    instead = dict(zip(codes, others, strict=True))
    return {name: Weights(model.outcomes, _renamed(name, model, instead)) for name, model in models.items()}


def _renamed(name: str, model: Weights, instead: dict[str, str]) -> dict[str, tuple[float, ...]]:
    if name == "dyad":
        return {">".join(instead.get(code, code) for code in f.split(">")): w for f, w in model.of.items()}
    return {_of_another(feature, instead): weights for feature, weights in model.of.items()}


def _of_another(feature: str, instead: dict[str, str]) -> str:
    if not feature.startswith("state"):
        return feature
    kind, _, rest = feature.partition("=")
    code, dot, more = rest.partition(".")
    return f"{kind}={instead.get(code, code)}{dot}{more}"


def figures(articles: Sequence[Article]) -> str:
    """Core and full F1 of supplies."""
    tallies = total(score(article.gold, read_document(article.document)) for article in articles)
    core, full = (tallies["transfer", level].f1 for level in ("core", "full"))
    return f"transfers core {core:.3f} full {full:.3f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", help="which sets of gold to read; else those kept aside")
    given = parser.parse_args()
    articles = [article for name in given.set or sorted(UNSEEN) for article in own_sets()[name]]
    print(f"{len(articles)} texts, as they are: {figures(articles)}")
    models = transfer_weights()
    with tempfile.TemporaryDirectory() as folder:
        for lot in LOTS:
            table.TABLE = Path(folder) / "transfers.csv"
            table.TABLE.write_text("\n".join(lines_of(exchanged(models, lot))) + "\n", "utf-8")
            transfer_weights.cache_clear()
            print(f"states exchanged by lot {lot}: {figures(articles)}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
