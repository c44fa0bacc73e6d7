"""Train the weights by which pacts are weighed, from the hand-coded texts of this repository.

    python benchmarks/training_pacts.py                write src/materiel/reading/weights/pact_weights.csv anew
    python benchmarks/training_pacts.py --folds 5      measure instead, each text with weights that have not seen it
    python benchmarks/training_pacts.py --also FOLDER  add the "develop" texts of another folder, as of gold/reports

As ``training.py``: nothing that is kept aside is trained on, and the same texts give the same table. Whether there is a
pact depends on how sure its parties are; so the texts are divided, and the chances of the parties of one part come from
weights trained on the others, as unsure as they will be of a text never seen.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from fitting import lines_of, outcome_model, yes_model
from scoring import LEVELS, Tally, pairs
from training import TRAINED_ON

from materiel.reading import weights as table
from materiel.reading.lexicons import words
from materiel.reading.outlines import outlines
from materiel.reading.pact_weighing import PactSite, chosen, options
from materiel.reading.rules import walk
from materiel.reading.weights import Weights
from materiel.terms.documents import Document
from materiel.terms.statements import PactKind, PactStatus, claim_slots
from reading import Article, own_sets, passages_in

PARTS = 4
"""The texts are divided into so many parts to train whether there is a pact."""
RIDGE = {"pact": 8.0, "party": 3.0, "kind": 3.0, "status": 3.0}
RARE = {"pact": 3, "party": 3, "kind": 2, "status": 2}
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Coded:
    """A pact as it was coded, and the sites of its quote, or else of its sentence."""

    item: dict[str, Any]
    sites: tuple[int, ...]

    @property
    def parties(self) -> frozenset[str]:
        return _folded(self.item["parties"])


@dataclass(frozen=True, slots=True)
class Example:
    """A document's sites and the pacts that were coded."""

    article: Article
    sites: list[PactSite]
    coded: list[Coded]


def examples_of(articles: Sequence[Article]) -> Iterator[Example]:
    """One example for each article, in their order."""
    for article, outline in zip(articles, outlines(article.document for article in articles), strict=True):
        sites = walk(outline)[0].pact_sites if outline.is_worth_reading else []
        items = article.gold.get("pacts") or []
        yield Example(article, sites, [Coded(item, tuple(_told_at(article.document, item, sites))) for item in items])


def _told_at(document: Document, item: dict[str, Any], sites: Sequence[PactSite]) -> list[int]:
    match = re.search(r"\W*?".join(map(re.escape, _WORD.findall(item["quote"]))), document.text)
    if match is None:
        return []
    start, end = match.span()
    inside, beside = [], []
    for number, site in enumerate(sites):
        word, sentence, clean = site.spot.word, site.sentence, site.parse.clean
        first, last = clean.span(word.idx, word.idx + len(word))
        opens, closes = clean.span(sentence.start_char, sentence.end_char)
        if start <= first and last <= end:
            inside.append(number)
        if opens < end and start < closes:
            beside.append(number)
    return inside or beside


def _folded(parties: Sequence[str] | frozenset[str]) -> frozenset[str]:
    return frozenset(party.casefold() for party in parties)


# -- fitting ----------------------------------------------------------------------------------------------------------


def trained(examples: Sequence[Example]) -> dict[str, Weights]:
    """The models of :data:`materiel.reading.weights.PACT_MODELS`."""
    rows: list[tuple[str, ...]] = []
    is_pact: list[bool] = []
    for part in range(PARTS):
        party = _party_model([each for number, each in enumerate(examples) if number % PARTS != part])
        for example in examples[part::PARTS]:
            for features, is_right in _pact_rows(example, party):
                rows.append(features)
                is_pact.append(is_right)
    told = [(example.sites[place].telling, coded.item) for example, coded, place in _told(examples)]
    models = {
        "pact": yes_model(rows, np.array(is_pact), rare=RARE["pact"], ridge=RIDGE["pact"]),
        "party": _party_model(examples),
    }
    for name, outcomes in (("kind", tuple(map(str, PactKind))), ("status", tuple(map(str, PactStatus)))):
        right = np.array([[item[name] == outcome for outcome in outcomes] for _, item in told], float)
        features = [telling for telling, _ in told]
        models[name] = outcome_model(outcomes, features, right, rare=RARE[name], ridge=RIDGE[name])
    return models


def _told(examples: Sequence[Example]) -> Iterator[tuple[Example, Coded, int]]:
    for example in examples:
        for coded in example.coded:
            for place in coded.sites:
                yield example, coded, place


def _party_model(examples: Sequence[Example]) -> Weights:
    """Who is a party, learnt where a coded pact is told and all its parties are among those that may be."""
    rows: list[tuple[str, ...]] = []
    is_party: list[bool] = []
    for example, coded, place in _told(examples):
        people = example.sites[place].people
        if coded.parties <= _folded([candidate.code for candidate, _ in people]):
            rows += [features for _, features in people]
            is_party += [candidate.code.casefold() in coded.parties for candidate, _ in people]
    return yes_model(rows, np.array(is_party), rare=RARE["party"], ridge=RIDGE["party"])


def _pact_rows(example: Example, party: Weights) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Each choice of parties, and whether a pact between just these was coded.

    A weak word elsewhere in the text, for the parties of a pact that was coded, may tell of it again or not: left out.
    """
    wanted = {coded.parties for coded in example.coded}
    quoted = {place for coded in example.coded for place in coded.sites}
    for place, site in enumerate(example.sites):
        is_strong = site.spot.word.lemma_.lower() in words("plain-pact-noun") | words("recalled-pact-noun")
        for option in options(site, party):
            is_right = _folded(option.parties) in wanted
            if place in quoted or is_strong or not is_right:
                yield option.features, is_right


# -- measuring ------------------------------------------------------------------------------------------------------


def measure(examples: Sequence[Example], models: dict[str, Weights], found: defaultdict[str, Tally]) -> None:
    """Add to the tallies of "core" and "full" what the models make of the examples."""
    for example in examples:
        said = [
            {**claim_slots(choice.finding.claim), "quote": " ".join(t.text for t in choice.finding.tokens)}
            for choice in chosen(example.sites, models)
        ]
        gold = [coded.item for coded in example.coded]
        for level in LEVELS:
            found[level] += Tally(len(pairs("pact", gold, said, level)), len(said), len(gold))


def cross_validate(examples: Sequence[Example], folds: int) -> defaultdict[str, Tally]:
    """Weigh each text with weights trained on the others."""
    found: defaultdict[str, Tally] = defaultdict(Tally)
    for fold in range(folds):
        models = trained([each for number, each in enumerate(examples) if number % folds != fold])
        measure(examples[fold::folds], models, found)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, help="measure by cross-validation with so many folds; nothing is written")
    parser.add_argument("--also", type=Path, help="a folder of articles in the form of gold/reports")
    parser.add_argument("-o", "--output", type=Path, default=table.PACT_TABLE, help="where to write the table")
    given = parser.parse_args()
    sets = own_sets()
    articles = [article for name in TRAINED_ON for article in sets.get(name, [])]
    if given.also:
        articles += passages_in(given.also, "develop")
    examples = list(examples_of(articles))
    if given.folds:
        for level, tally in cross_validate(examples, given.folds).items():
            shown = f"P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}"
            print(f"pact {level}: {shown}  hit {tally.hit}  said {tally.said}  gold {tally.gold}")
        return 0
    lines = lines_of(trained(examples))
    given.output.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{given.output}: {len(lines)} lines from {len(articles)} texts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
