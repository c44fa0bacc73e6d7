"""Reading with the real reader, and dossiers made in any order with any number of workers."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from materiel import desk
from materiel.desk.collect import AHEAD_PER_WORKER, ARTICLES_AT_ONCE
from materiel.errors import SourceRefused
from materiel.sources import load_documents
from materiel.terms.documents import Document

SENTENCES = (
    "North Korea has shipped artillery shells to Russia.",
    "South Korea has delivered 180 tanks to Poland.",
    "Moscow denied that it had received missiles from North Korea.",
    "Germany will supply Ukraine with two air defence systems.",
    "The committee met in the old town hall and spoke about football.",
)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number, sentence in enumerate(SENTENCES):
        line = {
            "title": f"Article {number}",
            "text": sentence,
            "published": f"2024-06-{number + 10}",
            "publisher": "Wire",
        }
        (folder / f"{number}.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(path) as connection:
        names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
        return {name: sorted(connection.execute(f"select * from {name}"), key=repr) for name in sorted(names)}


def test_readings_come_in_the_order_of_the_files(articles: Path) -> None:
    readings = list(desk.read_paths([str(articles)]))
    assert [Path(reading.file.split(":")[0]).name for reading in readings] == [
        *(f"{number}.jsonl" for number in range(len(SENTENCES))),
        "empty.txt",
    ]
    assert [reading.document is None for reading in readings] == [False] * len(SENTENCES) + [True]
    for reading in readings:
        for statement in reading.statements:
            assert reading.document is not None
            assert reading.document.text[statement.start : statement.end] == statement.quote
    assert sum(len(reading.statements) for reading in readings) >= 3


def test_order_and_workers_do_not_show_in_a_dossier(articles: Path, tmp_path: Path) -> None:
    paths = sorted(map(str, articles.iterdir()))
    first = desk.read_into(tmp_path / "one.sqlite", desk.read_paths(paths))
    second = desk.read_into(tmp_path / "two.sqlite", desk.read_paths(paths[::-1], workers=2))
    assert dump(tmp_path / "one.sqlite") == dump(tmp_path / "two.sqlite")
    assert (first.documents, len(first.refusals)) == (len(SENTENCES), 1)
    assert first.new_statements == second.new_statements >= 3


def test_articles_added_one_by_one_give_the_same_dossier(articles: Path, tmp_path: Path) -> None:
    desk.read_into(tmp_path / "one.sqlite", desk.read_paths([str(articles)]))
    for path in sorted(map(str, articles.glob("*.jsonl")), reverse=True):
        desk.read_into(tmp_path / "two.sqlite", desk.read_paths([path]))
    assert dump(tmp_path / "one.sqlite") == dump(tmp_path / "two.sqlite")


def test_workers_look_only_a_bounded_way_ahead(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = 0
    line = (articles / "4.jsonl").read_text("utf-8")
    many = articles / "many.jsonl"
    many.write_text(line * 100, "utf-8")

    def count(path: Path) -> Iterator[tuple[str, Document | SourceRefused]]:
        nonlocal opened
        for loaded in load_documents(path):
            opened += 1
            yield loaded

    monkeypatch.setattr("materiel.desk.collect.load_documents", count)
    with closing(cast("Generator[desk.Reading, None, None]", desk.read_paths([str(many)], workers=2))) as readings:
        next(readings)
        assert opened == 2 * AHEAD_PER_WORKER * ARTICLES_AT_ONCE


def test_an_error_on_the_way_keeps_what_was_read(articles: Path, tmp_path: Path) -> None:
    def break_off() -> Iterator[desk.Reading]:
        for number, reading in enumerate(desk.read_paths([str(articles)])):
            if number == 3:
                raise KeyboardInterrupt
            yield reading

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("materiel.desk.collect.DOCUMENTS_PER_TRANSACTION", 1)
        with pytest.raises(KeyboardInterrupt):
            desk.read_into(tmp_path / "k.sqlite", break_off())
    assert len(dump(tmp_path / "k.sqlite")["document"]) == 3
    added = desk.read_into(tmp_path / "k.sqlite", desk.read_paths([str(articles)]))
    assert (added.documents, added.new_documents) == (len(SENTENCES), len(SENTENCES) - 3)
