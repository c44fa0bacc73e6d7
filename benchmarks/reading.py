"""Measure the room ``reading`` on hand-coded text, and keep what has been reached.

    python benchmarks/reading.py                                    every set: precision, recall, F1 by kind and level
    python benchmarks/reading.py --gold FOLDER                      another folder of NAME.txt/.html + NAME.json
    python benchmarks/reading.py --against gold/floors.json         fails where a figure is under its floor
    python benchmarks/reading.py --against gold/floors.json --update [--lower "reason"]

Each run is compared, article by article, with the run stored before it (build/reading-run.json), and stored in its
place. The sets whose names end in "aside" are there to be measured, not to be read: only their figures are
shown.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scoring import KINDS, LEVELS, Scores, is_false_alarm, reports_nothing, score, total

from materiel.errors import SourceRefused
from materiel.reading import read_document
from materiel.sources import load_documents
from materiel.terms.documents import Document

ROOT = Path(__file__).parents[1]
UNSEEN = frozenset({"passages-aside", "reports-aside", "dispatches-aside", "bulletins-aside"})
MARGIN = 0.02
"""Floors lie this far under the figures: room for a change of the parser, none for a lost rule."""


@dataclass(frozen=True, slots=True)
class Article:
    """A hand-coded article: its name within its set, the document and its gold."""

    name: str
    document: Document
    gold: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """What a set came to: tallies by article, false alarms out of the articles that report nothing."""

    articles: dict[str, Scores]
    false_alarms: int
    silent: int
    fingerprint: str

    @property
    def scores(self) -> Scores:
        return total(self.articles.values())


def articles_in(texts: Path, gold: Path) -> Iterator[Article]:
    """The articles of one folder that have a gold file NAME.json; a line of JSON Lines goes by its id."""
    for path in sorted(texts.iterdir()):
        if path.suffix == ".jsonl":
            names = [json.loads(text)["id"] for text in path.read_text("utf-8").splitlines() if text.strip()]
        elif path.suffix in {".txt", ".html"}:
            names = [path.stem]
        else:
            continue
        for name, (label, document) in zip(names, load_documents(path), strict=True):
            if (gold / f"{name}.json").exists():
                yield Article(name, _readable(label, document), json.loads((gold / f"{name}.json").read_text("utf-8")))


def passages_in(folder: Path, wanted: str) -> Iterator[Article]:
    """The passages, or the articles kept in the same form, of one set, ``develop`` or ``aside``."""
    for path in sorted(folder.glob("*.jsonl")):
        golds = [json.loads(text) for text in path.read_text("utf-8").splitlines() if text.strip()]
        for gold, (label, document) in zip(golds, load_documents(path), strict=True):
            if gold["set"] == wanted:
                yield Article(gold["id"], _readable(label, document), gold)


def _readable(label: str, document: Document | SourceRefused) -> Document:
    if isinstance(document, SourceRefused):
        raise SystemExit(f"{label} cannot be measured: {document}")
    return document


def own_sets() -> dict[str, list[Article]]:
    """The sets that this repository keeps; a folder of whole reports is read where it is there."""
    korea = ROOT / "examples" / "korea-2024"
    sets = {
        "articles": list(articles_in(ROOT / "gold" / "articles", ROOT / "gold" / "articles")),
        "korea-2024": list(articles_in(korea, korea / "gold")),
        "passages-develop": list(passages_in(ROOT / "gold" / "passages", "develop")),
        "passages-aside": list(passages_in(ROOT / "gold" / "passages", "aside")),
    }
    for folder in (ROOT / "gold" / name for name in ("reports", "dispatches", "bulletins")):
        if folder.is_dir():
            sets |= {f"{folder.name}-{wanted}": list(passages_in(folder, wanted)) for wanted in ("develop", "aside")}
    return sets


def measured(articles: list[Article]) -> Result:
    """Read and score each article."""
    scores: dict[str, Scores] = {}
    alarms = 0
    for article in articles:
        statements = read_document(article.document)
        scores[article.name] = score(article.gold, statements)
        alarms += is_false_alarm(article.gold, statements)
    return Result(scores, alarms, sum(reports_nothing(a.gold) for a in articles), fingerprint(articles))


def fingerprint(articles: list[Article]) -> str:
    """16 hex digits of texts and gold: figures of different fingerprints cannot be compared."""
    content = [[a.name, a.document.text, a.gold] for a in sorted(articles, key=lambda a: a.name)]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


# -- floors ---------------------------------------------------------------------------------------------------------


def figures(result: Result) -> dict[str, dict[str, float]]:
    """F1 by kind and level, rounded to three digits."""
    return {kind: {level: round(result.scores[kind, level].f1, 3) for level in LEVELS} for kind in KINDS}


def faults(results: dict[str, Result], floors: dict[str, Any]) -> list[str]:
    """In words, each figure that is under its floor, and each set whose gold is not what the floors were set on."""
    found = []
    for name, result in results.items():
        floor = floors["sets"].get(name)
        if floor is None:
            found.append(f"{name}: no floor is kept for it; set one with --update")
            continue
        if floor["fingerprint"] != result.fingerprint:
            found.append(f"{name}: the gold has changed since its floors were set; set them anew with --update")
        for kind, levels in figures(result).items():
            for level, value in levels.items():
                if value < floor["f1"][kind][level]:
                    found.append(
                        f"{name}: {kind} {level} F1 is {value:.3f}, under its floor {floor['f1'][kind][level]:.3f}"
                    )
        if result.false_alarms > floor["false_alarms"]:
            found.append(f"{name}: {result.false_alarms} false alarms, at most {floor['false_alarms']} are allowed")
    return found


def updated(results: dict[str, Result], floors: dict[str, Any], reason: str | None) -> tuple[dict[str, Any], list[str]]:
    """Floors raised to the figures less the margin, and what would have to be lowered; lowered only for a reason."""
    sets, refused = dict(floors.get("sets", {})), []
    for name, result in results.items():
        old = sets.get(
            name, {"f1": {kind: dict.fromkeys(LEVELS, 0.0) for kind in KINDS}, "false_alarms": result.silent}
        )
        f1: dict[str, dict[str, float]] = {}
        for kind, levels in figures(result).items():
            for level, value in levels.items():
                floor, before = max(0.0, round(value - MARGIN, 3)), old["f1"][kind][level]
                if value < before:
                    refused.append(f"{name}: {kind} {level} from {before:.3f} to {floor:.3f}")
                f1.setdefault(kind, {})[level] = floor if reason else max(floor, before)
        alarms = result.false_alarms if reason else min(result.false_alarms, old["false_alarms"])
        if result.false_alarms > old["false_alarms"]:
            refused.append(f"{name}: false alarms from {old['false_alarms']} to {result.false_alarms}")
        sets[name] = {"fingerprint": result.fingerprint, "f1": f1, "false_alarms": alarms}
    lowered = list(floors.get("lowered", []))
    if reason and refused:
        lowered.append({"reason": reason, "floors": refused})
    return {"sets": dict(sorted(sets.items())), "lowered": lowered}, ([] if reason else refused)


# -- what is shown ----------------------------------------------------------------------------------------------------


def table(name: str, result: Result) -> str:
    """The figures of a set as lines of text."""
    lines = [f"{name}: {len(result.articles)} texts, false alarms {result.false_alarms}/{result.silent}"]
    for (kind, level), tally in result.scores.items():
        shown = f"P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}"
        lines.append(f"  {kind:<11}{level:<5} {shown}   hit {tally.hit}  said {tally.said}  gold {tally.gold}")
    return "\n".join(lines)


def counts(result: Result) -> dict[str, dict[str, list[int]]]:
    """By article and kind: core hits and statements that agree with nothing."""
    by_article = {}
    for name, scores in result.articles.items():
        cores = {kind: scores[kind, "core"] for kind in KINDS}
        by_article[name] = {kind: [core.hit, core.said - core.hit] for kind, core in cores.items()}
    return by_article


def changes(name: str, result: Result, before: dict[str, Any]) -> Iterator[str]:
    """One line for each article in which hits or extras have changed since the stored run."""
    for article, kinds in counts(result).items():
        old = before.get(article, kinds)
        moved = [
            f"{kind} hits {hits - old[kind][0]:+d} extras {extras - old[kind][1]:+d}"
            for kind, (hits, extras) in kinds.items()
            if [hits, extras] != old[kind]
        ]
        if moved:
            gain = sum(2 * (kinds[kind][0] - old[kind][0]) - (kinds[kind][1] - old[kind][1]) for kind in kinds)
            yield f"  {'gained' if gain > 0 else 'lost' if gain < 0 else 'moved'}  {name}/{article}: {'; '.join(moved)}"


def compare_and_store(results: dict[str, Result], stored: Path) -> None:
    before = json.loads(stored.read_text("utf-8")) if stored.exists() else {}
    lines = [
        line
        for name, result in results.items()
        if name not in UNSEEN and name in before
        for line in changes(name, result, before[name])
    ]
    if before:
        print("since the stored run:", *(lines or ["  nothing changed"]), sep="\n")
    stored.parent.mkdir(parents=True, exist_ok=True)
    kept = before | {name: counts(result) for name, result in results.items() if name not in UNSEEN}
    stored.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, help="only this folder of NAME.txt or NAME.html beside NAME.json")
    parser.add_argument("--set", action="append", help="only this set; may be given again", dest="only")
    parser.add_argument("--against", type=Path, help="a file of floors; exit code 3 where one is undercut")
    parser.add_argument(
        "--update", action="store_true", help="raise the floors of --against to the figures of this run"
    )
    parser.add_argument("--lower", metavar="REASON", help="with --update: lower floors as well, for this reason")
    parser.add_argument(
        "--stored", type=Path, default=ROOT / "build" / "reading-run.json", help="the run to compare with"
    )
    given = parser.parse_args()
    if given.update and not given.against:
        parser.error("--update needs --against FLOORS.json")
    sets = {given.gold.name: list(articles_in(given.gold, given.gold))} if given.gold else own_sets()
    results = {name: measured(articles) for name, articles in sets.items() if not given.only or name in given.only}
    for name, result in results.items():
        print(table(name, result))
    compare_and_store(results, given.stored)
    if not given.against:
        return 0
    is_whole = not given.gold and not given.only
    return check(results, given.against, update=given.update, reason=given.lower, is_whole=is_whole)


def check(results: dict[str, Result], path: Path, *, update: bool, reason: str | None, is_whole: bool) -> int:
    """Compare with the floors in a file, or set them; the exit code. ``is_whole``: every set was to be measured."""
    floors = json.loads(path.read_text("utf-8")) if path.exists() else {"sets": {}}
    if update:
        raised, refused = updated(results, floors, reason)
        if refused:
            print("floors are not lowered without --lower REASON:", *refused, sep="\n  ", file=sys.stderr)
            return 3
        path.write_text(json.dumps(raised, indent=2) + "\n", "utf-8")
        print(f"floors set: {path}")
        return 0
    found = faults(results, floors)
    if is_whole:
        found += [f"{name}: its texts are gone" for name in sorted(floors["sets"].keys() - results.keys())]
    print(*(found or ["every floor holds"]), sep="\n", file=sys.stderr if found else sys.stdout)
    return 3 if found else 0


if __name__ == "__main__":
    sys.exit(main())
