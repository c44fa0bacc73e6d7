"""Train the weights by which supplies are weighed, from the hand-coded texts of this repository.

    python benchmarks/training.py                    write src/materiel/reading/weights/transfers.csv anew
    python benchmarks/training.py --folds 4          measure instead: each text read with weights that have not seen it

Texts kept aside (``set`` is ``aside``) are never trained on. The same texts give the same table, byte for byte, on one
kind of machine: L-BFGS from zero, in double precision, without chance. Needs the extra ``train`` (SciPy).
"""

from __future__ import annotations

import argparse
import math
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from fitting import choice_model, lines_of, outcome_model, yes_model
from scoring import score, total

from materiel.reading import weights as table
from materiel.reading.dyads import dyad_features
from materiel.reading.outlines import outlines
from materiel.reading.parties import Party
from materiel.reading.rules import read_document, walk
from materiel.reading.sites import ROLES, Site, beside_others
from materiel.reading.weighing import dyads_of
from materiel.terms.documents import Document
from materiel.terms.materiel import is_kind_of
from materiel.terms.statements import Assertion, Stage
from reading import Article, own_sets

STAGES, ASSERTIONS = tuple(s.value for s in Stage), tuple(a.value for a in Assertion)
TRAINED_ON = (
    "articles",
    "korea-2024",
    "passages-develop",
    "reports-develop",
    "dispatches-develop",
    "bulletins-develop",
)
RIDGE = {"supply": 5.0, "stage": 10.0, "assertion": 10.0, "supplier": 3.0, "recipient": 3.0, "dyad": 1.0}
"""Strength of the L2 penalty: set by hand after cross-validation on the texts that are trained on."""
RARE = {"supply": 2, "stage": 2, "assertion": 2, "supplier": 3, "recipient": 3, "dyad": 2}
"""A feature must be seen so often to have a weight."""
PARTS = 4
"""Into so many parts the texts are divided, so that each is seen by weights that have not seen it."""
DYAD_SHARE = 0.7
"""So much of a dyad's weight counts: it is learnt beside roles weighed for a site by itself, and what the other sites
say of a party tells some of the same. The best of .5, .7 and 1 by cross-validation, by a hair."""


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


# -- training ---------------------------------------------------------------


def trained(examples: Sequence[Example]) -> dict[str, table.Weights]:
    """The models of :data:`materiel.reading.weights.MODELS`.

    What a site is in the company of others is learnt from sites as weights see them that have not seen their article.
    """
    telling = [(each.sites[place].telling, told.item) for each in examples for place, told in each.told.items()]
    rows, items = [row for row, _ in telling], [item for _, item in telling]
    models = {}
    for name, outcomes in (("stage", STAGES), ("assertion", ASSERTIONS)):
        right = np.array([[item[name] == outcome for outcome in outcomes] for item in items], float)
        models[name] = outcome_model(outcomes, rows, right, rare=RARE[name], ridge=RIDGE[name])
    parts = [
        _deciding([each for number, each in enumerate(examples) if number % PARTS != part]) for part in range(PARTS)
    ]
    alone = _deciding(examples)
    among = _deciding(_in_company(examples, parts))
    models |= {name: table.Weights(("alone", "among"), _paired(alone[name].of, among[name].of)) for name in alone}
    models["dyad"] = _dyad_model(examples, parts)
    return {name: models[name] for name in table.MODELS}


def _deciding(examples: Sequence[Example]) -> dict[str, table.Weights]:
    """Whether there is a supply, and who has which role in it."""
    rows, is_supply = [], []
    for each in examples:
        for place, site in enumerate(each.sites):
            if place not in each.neutral:
                rows.append((*site.features, *site.company))
                is_supply.append(place in each.told)
    supply = yes_model(rows, np.array(is_supply), rare=RARE["supply"], ridge=RIDGE["supply"])
    return {"supply": supply} | {role: _choice_model(role, examples) for role in ROLES}


def _in_company(examples: Sequence[Example], parts: Sequence[dict[str, table.Weights]]) -> list[Example]:
    """The examples, each weighed by itself with weights from others, and its likelier sites in view of each other."""
    found: list[Example] = []
    for number, each in enumerate(examples):
        of = parts[number % PARTS]
        alone = [replace(site, chance=table.probability(of["supply"].score(site.features))) for site in each.sites]
        seen = beside_others(alone, of)
        places = {place: new for new, place in enumerate(seen)}
        told = {places[place]: told for place, told in each.told.items() if place in places}
        found.append(Example(list(seen.values()), told, frozenset(places[p] for p in each.neutral if p in places)))
    return found


def _dyad_model(examples: Sequence[Example], parts: Sequence[dict[str, table.Weights]]) -> table.Weights:
    """Which supplier goes with which recipient, beside what weights from other examples say of each role."""
    rows: list[tuple[str, ...]] = []
    starts, right, given = [], [], []
    for number, each in enumerate(examples):
        for place, told in each.told.items():
            site = each.sites[place]
            parties = [party for party, _ in site.parties]
            suppliers, recipients = (_logarithms(parts[number % PARTS][role], site) for role in ROLES)
            gives, gets = right_parties(parties, told.suppliers), right_parties(parties, told.recipients)
            dyads = dyads_of(site, suppliers, recipients)
            flags = [gives is not None and gets is not None and gives[one] and gets[other] for one, other in dyads]
            if any(flags):
                starts.append(len(rows))
                rows += [tuple(dyad_features(parties[one], parties[other])) for one, other in dyads]
                given += [suppliers[one] + recipients[other] for one, other in dyads]
                right += flags
    model = choice_model(
        rows,
        np.array(starts),
        np.array(right, float),
        rare=RARE["dyad"],
        ridge=RIDGE["dyad"],
        given=np.array(given),
    )
    return table.Weights(("dyad",), {f: (DYAD_SHARE * weight,) for f, (weight,) in model.of.items()})


def _logarithms(model: table.Weights, site: Site) -> dict[int, float]:
    return dict(enumerate(map(math.log, table.shares([model.score(features) for _, features in site.parties]))))


def _paired(one: dict[str, tuple[float, ...]], other: dict[str, tuple[float, ...]]) -> dict[str, tuple[float, ...]]:
    return {feature: (*one.get(feature, (0.0,)), *other.get(feature, (0.0,))) for feature in {**one, **other}}


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


# -- the table ---------------------------------------------------------------


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
