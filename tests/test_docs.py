"""What the documents promise is so: commands, words, JSON lines, queries and worked examples."""

from __future__ import annotations

import dataclasses
import inspect
import json
import os
import re
import sqlite3
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from command_pages import write_command_pages
from materiel import errors
from materiel.register.schema import METADATA
from materiel.register.views import VIEWS
from materiel.sources import find_sources, load_documents
from materiel.terms import judgements, lineage, statements
from materiel.terms.documents import Document
from materiel.terms.materiel import materiel_classes
from materiel.terms.statements import CLAIM_TYPES, Statement, claim_from_slots, claim_slots

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
MATERIEL = Path(sys.executable).parent / "materiel"

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED_FILE = re.compile(r"^`(own/[\w.]+)`:\n\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)

AROUND = ("file", "document", "kind", "speaker", "quote", "start", "end", "reader", "inferred", "id")
"""Keys of a statement's line that are no slots of its claim."""


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    """The fenced blocks of a page in a language ("" for those that name none)."""
    return [
        body
        for kind, body in re.findall(r"^```(\w*)\n(.*?)^```$", page(name), re.MULTILINE | re.DOTALL)
        if kind == language
    ]


def plain(text: str) -> str:
    return " ".join(text.split())


def run(*arguments: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [MATERIEL, *arguments],
        cwd=folder,
        env=os.environ | {"COLUMNS": "100", "NO_COLOR": "1"} | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of some articles of the example."""
    path = tmp_path_factory.mktemp("dossier") / "example.sqlite"
    articles = sorted((ROOT / "examples" / "korea-2024").glob("0*.txt"))
    read = run("read", *articles[:5], "--into", path, folder=ROOT)
    assert read.returncode == 0, read.stderr
    return path


def test_the_commands_page_is_current() -> None:
    assert page("docs/cli.md") == write_command_pages(), "A command has changed: `make docs` writes docs/cli.md again."


@pytest.mark.parametrize(
    "name", ["README.md", "docs/cli.md", "docs/dossier.md", "docs/extending.md", "docs/statements.md"]
)
def test_shown_commands_exist_with_their_options(name: str) -> None:
    shown = [
        line[line.index("materiel ") :]
        for block in blocks(name, "console")
        for line in block.splitlines()
        if re.match(r"\$ (?:\w+=\S+ )?(?:\S*/bin/)?materiel ", line)
    ]
    assert shown or name in ("docs/dossier.md", "docs/statements.md")
    known = {
        part.split("`", 1)[0]: set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", part))
        for part in re.split(r"^## `materiel ", write_command_pages(), flags=re.MULTILINE)[1:]
    }
    for line in shown:
        command, *rest = line.removeprefix("materiel ").split()
        if command.startswith(("[", "-")):
            continue
        assert command in known, f"{name}: there is no command `materiel {command}`"
        options = {word for word in rest if re.match(r"--?[a-z]", word)}
        assert options <= known[command] | {"--help"}, f"{name}: {line}"


def test_make_targets_that_the_pages_name_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", page("Makefile"), re.MULTILINE))
    named = {
        target
        for name in ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md")
        for target in re.findall(r"(?:`|\$ )make ([a-z-]+)", page(name))
    }
    assert {"setup", "demo", "test"} <= named <= targets


@pytest.mark.parametrize(
    "name", sorted(p.relative_to(ROOT).as_posix() for p in [*ROOT.glob("*.md"), *DOCS.glob("*.md")])
)
def test_links_lead_somewhere(name: str) -> None:
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)", page(name)):
        file = (ROOT / name).parent / target if target else ROOT / name
        assert file.exists(), f"{name}: {target}"
        if anchor:
            headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]
            numbered = {
                slug if slugs[:at].count(slug) == 0 else f"{slug}-{slugs[:at].count(slug)}"
                for at, slug in enumerate(slugs)
            }
            assert anchor in numbered, f"{name}: {target}#{anchor}"


def rows_of(section: str) -> set[str]:
    """The words in code style in the first column of a section's tables, in docs/vocabulary.md."""
    found: set[str] = set()
    for part in re.findall(
        rf"^#+ {re.escape(section)}$(.*?)(?=^#|\Z)", page("docs/vocabulary.md"), re.MULTILINE | re.DOTALL
    ):
        for row in re.findall(r"^\|([^|]*)\|", part, re.MULTILINE):
            found |= set(re.findall(r"`([^`]+)`", row))
    return found


@pytest.mark.parametrize("kind", sorted(CLAIM_TYPES))
def test_every_slot_has_a_meaning(kind: str) -> None:
    assert {slot.name for slot in dataclasses.fields(CLAIM_TYPES[kind])} <= rows_of(kind)


@pytest.mark.parametrize(
    ("section", "values"),
    [
        ("stage", statements.Stage),
        ("assertion", statements.Assertion),
        ("force", statements.Force),
        ("pact", statements.PactKind),
        ("status", statements.PactStatus),
        ("stance", statements.Attitude),
        ("measure", statements.MeasureName),
        ("Kinds of derivation", lineage.DerivationKind),
        ("Reasons for refusing what a model says", judgements.Reason),
    ],
)
def test_every_value_has_a_meaning(section: str, values: type[StrEnum]) -> None:
    slots = {slot.name for kind in CLAIM_TYPES.values() for slot in dataclasses.fields(kind)}
    listed = rows_of(section)
    assert {value.value for value in values} <= listed
    assert listed - slots <= {value.value for value in values} | {""}


def test_every_class_of_materiel_has_a_meaning() -> None:
    assert rows_of("Materiel classes") == set(materiel_classes())


def test_every_refusal_has_a_meaning() -> None:
    refusals = {name for name, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Exception)}
    assert rows_of("Refusals") == refusals


def json_lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for block in blocks(name, "json") for line in block.splitlines()]


def shown_article(tmp_path: Path) -> Document:
    file = tmp_path / "note.txt"
    file.write_text(blocks("docs/statements.md", "")[0], encoding="utf-8")
    (found,) = find_sources([str(file)])
    assert not isinstance(found, errors.SourceRefused)
    ((_, document),) = load_documents(found)
    assert isinstance(document, Document)
    return document


def test_shown_statements_are_statements(tmp_path: Path) -> None:
    document = shown_article(tmp_path)
    shown = [line for line in json_lines("docs/statements.md") if "quote" in line and "kind" in line]
    assert [line["kind"] for line in shown] == ["transfer", "commitment", "pact", "stance", "measure"]
    for line in shown:
        slots = {slot: value for slot, value in line.items() if slot not in AROUND}
        claim = claim_from_slots(line["kind"], slots)
        assert claim_slots(claim) == slots
        found = Statement(
            line["document"], claim, line["quote"], line["start"], line["end"], line["reader"], line["speaker"]
        )
        assert found.id == line["id"]
        assert document.id == line["document"]
        assert document.text[found.start : found.end] == found.quote


def test_shown_lines_have_the_keys_that_are_printed(dossier: Path) -> None:
    article = ROOT / "examples" / "korea-2024" / "01-treaty-review.txt"
    printed = [json.loads(line) for line in run("read", article, "--json", folder=ROOT).stdout.splitlines()]
    keys = {line["kind"]: list(line) for line in printed}
    assert "transfer" in keys
    entries = [json.loads(line) for line in run("register", dossier, "--json", folder=ROOT).stdout.splitlines()]
    entry_keys = {line["kind"]: list(line) for line in entries}
    why = json.loads(run("why", entries[0]["id"], dossier, "--json", folder=ROOT).stdout)
    for line in json_lines("docs/statements.md"):
        if "reader" in line and "kind" in line:
            assert line["kind"] not in keys or list(line) == keys[line["kind"]]
        elif "support" in line:
            assert list(line) == entry_keys[line["kind"]]
        elif "quote" in line:
            assert list(line) == list(why["evidence"][0])


def test_shown_queries_run(dossier: Path) -> None:
    queries = blocks("docs/dossier.md", "sql")
    assert len(queries) >= 5
    with sqlite3.connect(f"file:{dossier}?mode=ro", uri=True) as connection:
        answers = {query: connection.execute(query).fetchall() for query in queries}
    empty = [query for query, rows in answers.items() if not rows and "is_disputed" not in query]
    assert not empty


def test_every_table_and_view_is_described(dossier: Path) -> None:
    text = page("docs/dossier.md")
    rows = {
        name: columns
        for names, columns in re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|(.*)$", text, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", names)
    }
    assert set(rows) == set(VIEWS) | set(METADATA.tables)
    common = set(re.findall(r"`(\w+)`", text.split("The common ones:")[1].split("\n\n")[0]))
    with sqlite3.connect(f"file:{dossier}?mode=ro", uri=True) as connection:
        for view in VIEWS:
            described = connection.execute(f"select * from {view} limit 0").description
            listed = set(re.findall(r"`(\w+)`", rows[view]))
            assert {column[0] for column in described} == listed | (common if "common" in rows[view] else set()), view


def test_the_worked_example_of_new_words_works(tmp_path: Path) -> None:
    for name, body in re.findall(
        r"^`(own/[\w.]+)`:\n\n```\w*\n(.*?)^```$", page("docs/extending.md"), re.MULTILINE | re.DOTALL
    ):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(body, encoding="utf-8")
    sessions = blocks("docs/extending.md", "console")
    assert len(sessions) == 2
    for session in sessions:
        command, shown = session.split("\n", 1)
        setting = re.match(r"\$ (?:(MATERIEL_VOCABULARY)=(\S+) )?materiel (.*)", command)
        assert setting
        environment = {setting[1]: setting[2]} if setting[1] else {}
        done = run(*setting[3].split(), folder=tmp_path, **environment)
        assert done.returncode == 0, done.stderr
        assert plain(done.stdout + done.stderr) == plain(shown)


def test_every_vocabulary_file_is_described() -> None:
    described = dict(re.findall(r"^\| `(\w+\.csv)` \|[^|]*\|(.*)\|$", page("docs/extending.md"), re.MULTILINE))
    loaded = {
        name
        for file in (ROOT / "src" / "materiel").rglob("*.py")
        for name in re.findall(r'"(\w+\.csv)"', file.read_text(encoding="utf-8"))
    }
    # counted and trained from gold/, nothing to add by hand
    trained = {"transfers.csv", "pact_weights.csv", "stances.csv", "figures.csv", "derivation_weights.csv"}
    counted = {"stem_frequency.csv", *trained}
    assert set(described) == loaded - counted
    for name, columns in described.items():
        (bundled,) = (ROOT / "src" / "materiel").rglob(name)
        header = next(line for line in bundled.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
        assert re.findall(r"`(\w+)`", columns) == header.split(","), name
