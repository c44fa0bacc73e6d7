"""The gate: on the hand-coded articles no figure is under its floor (gold/floors.json)."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from functools import cache
from types import ModuleType
from typing import Any

import pytest
from reading_samples import ROOT, documents, statements

GOLD = ROOT / "gold" / "articles"
OFFICIAL = ROOT.parent / "shared" / "score" / "reading.py"


@cache
def module(name: str) -> ModuleType:
    """A module of benchmarks/, which is no package."""
    if str(ROOT / "benchmarks") not in sys.path:
        sys.path.append(str(ROOT / "benchmarks"))
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(name, loaded)
    spec.loader.exec_module(loaded)
    return loaded


@cache
def result() -> Any:
    """The scores of gold/articles, from what the other tests have read already."""
    scoring, reading = module("scoring"), module("reading")
    articles = list(reading.articles_in(GOLD, GOLD))
    assert len(articles) == 36
    said = {article.name: statements(f"articles/{article.name}") for article in articles}
    assert all(documents()[f"articles/{article.name}"] == article.document for article in articles)
    scores = {article.name: scoring.score(article.gold, said[article.name]) for article in articles}
    alarms = sum(scoring.is_false_alarm(article.gold, said[article.name]) for article in articles)
    return reading.Result(scores, alarms, 5, reading.fingerprint(articles))


def test_no_figure_is_under_its_floor() -> None:
    floors = json.loads((ROOT / "gold" / "floors.json").read_text(encoding="utf-8"))
    assert module("reading").faults({"articles": result()}, floors) == []


def test_a_fallen_figure_a_changed_gold_and_a_false_alarm_are_faults() -> None:
    reading = module("reading")
    floors, refused = reading.updated({"articles": result()}, {"sets": {}}, None)
    assert refused == []
    kept = floors["sets"]["articles"]
    assert reading.faults({"articles": result()}, floors) == []
    kept["f1"]["pact"]["core"] = 0.999
    [fault] = reading.faults({"articles": result()}, floors)
    assert "articles: pact core F1" in fault
    _, refused = reading.updated({"articles": result()}, floors, None)
    assert refused == [f"articles: pact core from 0.999 to {reading.figures(result())['pact']['core'] - 0.02:.3f}"]
    lowered, refused = reading.updated({"articles": result()}, floors, "the guide has changed")
    assert refused == []
    assert lowered["lowered"][0]["reason"] == "the guide has changed"
    assert reading.faults({"articles": result()}, lowered) == []
    kept["fingerprint"], kept["false_alarms"] = "0", -1
    assert len(reading.faults({"articles": result()}, floors)) == 3


def test_own_scores_of_gold_against_itself_are_perfect() -> None:
    scoring = module("scoring")
    for path in sorted(GOLD.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        said = {kind: [{**item, "pact": item.get("kind")} for item in gold[f"{kind}s"]] for kind in scoring.KINDS}
        for tally in scoring.score_items({kind: gold[f"{kind}s"] for kind in scoring.KINDS}, said).values():
            assert (tally.precision, tally.recall, tally.f1) == (1.0, 1.0, 1.0)


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the official scorer is not beside this checkout")
def test_own_scores_are_those_of_the_official_scorer(tmp_path: Any) -> None:
    scoring = module("scoring")
    lines = [
        json.dumps({"file": f"{name}.txt", "kind": statement.kind, **scoring.slots_of(statement)})
        for name in result().articles
        for statement in statements(f"articles/{name}")
    ]
    (tmp_path / "said.jsonl").write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, str(OFFICIAL), str(GOLD), str(tmp_path / "said.jsonl"), "--json"]
    official = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    for (kind, level), tally in result().scores.items():
        shares = {"precision": round(tally.precision, 3), "recall": round(tally.recall, 3), "f1": round(tally.f1, 3)}
        assert official[f"{kind}s"][level] == {**shares, "gold": tally.gold, "said": tally.said}
    assert official["false_alarm_articles"] == f"{result().false_alarms}/{result().silent}"
