"""JSON Lines: each line is an article or a refusal with its number; the others go on."""

import json
from pathlib import Path

import pytest

from materiel.errors import SourceRefused
from materiel.sources import load, load_documents
from materiel.terms.documents import Document, Role

BODY = "Norland will hand over forty howitzers to Sudria by the end of the month, the defence ministry said on Monday."


def write(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines) + "\n")
    return path


def test_fields_and_text(tmp_path: Path) -> None:
    article = {
        "id": "n-1", "url": "https://coast.example/1", "title": "Guns for Sudria", "text": f"Guns for Sudria\n\n{BODY}",
        "published": "2024-06-22T07:00:00+09:00", "publisher": "Coast Courier", "author": ["Ann Lee", "Bo Li"],
    }  # fmt: skip
    path = write(tmp_path / "a.jsonl", article, {"text": BODY, "title": "Guns", "id": 7, "published": "soon"})
    (one, first), (two, second) = load_documents(path)
    assert (one, two) == (f"{path}:1", f"{path}:2")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.text == article["text"]
    assert [first.text[p.start : p.end] for p in first.passages if p.role is Role.HEADLINE] == ["Guns for Sudria"]
    assert (first.title, first.published_on, first.publisher) == ("Guns for Sudria", "2024-06-22", "Coast Courier")
    assert (first.author, first.url) == ("Ann Lee and Bo Li", "https://coast.example/1")
    assert (second.title, second.published_on, second.url) == ("Guns", None, "7")
    assert all(passage.role is Role.BODY for passage in second.passages)


def test_bad_lines_are_refused_by_number_and_the_rest_goes_on(tmp_path: Path) -> None:
    lines = ['{"text": ', "", "[1]", {"title": "x"}, {"text": 5}, {"text": " . "}, "[" * 100_000, {"text": BODY}]
    results = list(load_documents(write(tmp_path / "a.jsonl", *lines)))
    assert [label.rsplit(":", 1)[1] for label, _ in results] == ["1", "3", "4", "5", "6", "7", "8"]
    refusals = [result for _, result in results[:-1]]
    assert all(isinstance(refusal, SourceRefused) and "\n" not in str(refusal) for refusal in refusals)
    assert [str(refusal).split(": ")[1][:8] for refusal in refusals[:2]] == ["no JSON", "no JSON o"[:8]]
    assert isinstance(results[-1][1], Document)


def test_a_line_over_the_limit_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "MAX_TEXT_BYTES", 1000)
    path = write(tmp_path / "a.jsonl", {"text": "x" * 5000}, {"text": BODY})
    (one, refusal), (two, document) = load_documents(path)
    assert (one, two) == (f"{path}:1", f"{path}:2")
    assert isinstance(refusal, SourceRefused)
    assert isinstance(document, Document)


def test_half_a_surrogate_pair_does_not_get_into_a_document(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Guns \\ud800 for Sudria"}\n')
    [(_, document)] = load_documents(path)
    assert isinstance(document, Document)
    assert document.text.encode("utf-8")
