"""Bad files each give one clear line; encodings are read."""

import os
from pathlib import Path

import pytest

from materiel.errors import SourceRefused
from materiel.sources import load, load_documents
from materiel.terms.documents import Document

PARAGRAPH = "Poland’s café-goers heard on Monday that the tanks, some 180 of them, would arrive before summer."


def loaded(path: Path) -> Document:
    [(label, document)] = load_documents(path)
    assert label == str(path)
    assert isinstance(document, Document), document
    return document


def refused(path: Path) -> SourceRefused:
    [(label, refusal)] = load_documents(path)
    assert isinstance(refusal, SourceRefused), refusal
    assert refusal.where == label == str(path)
    assert "\n" not in str(refusal)
    assert refusal.remedy
    return refusal


@pytest.mark.parametrize("name", ["empty.txt", "empty.html", "empty.pdf", "empty.jsonl", "blank.txt"])
def test_an_empty_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(" \n\n" if name.startswith("blank") else "")
    assert "empty" in refused(path).why


@pytest.mark.parametrize("content", [b"\x7fELF\x02\x00abc", bytes(range(1, 256)) * 20, b"\x89PNG\r\n\x1a\n\0"])
@pytest.mark.parametrize("suffix", [".txt", ".html", ".jsonl"])
def test_a_binary_file_under_the_name_of_a_text(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = tmp_path / f"binary{suffix}"
    path.write_bytes(content)
    results = [result for _, result in load_documents(path)]
    assert results
    assert all(isinstance(result, SourceRefused) for result in results)


def test_a_file_over_the_limit_is_refused_with_size_and_limit_and_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr(load, "decoded", lambda *_, **__: pytest.fail("read in spite of its size"))
    assert refused(path).why == "too large: 50 MB, the limit is 20 MB"


def test_what_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no such file" in refused(tmp_path / "none.txt").why
    assert "folder" in refused(tmp_path).why
    (tmp_path / "a.docx").write_text("x")
    assert ".docx" in refused(tmp_path / "a.docx").why
    path = tmp_path / "locked.txt"
    path.write_text(PARAGRAPH)

    def deny(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)
    assert "permission" in refused(path).why


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "locked.txt"
    path.write_text(PARAGRAPH)
    path.chmod(0)
    assert "permission" in refused(path).why


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_plain_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(PARAGRAPH.encode(encoding))
    assert loaded(path).text == PARAGRAPH


def test_a_few_broken_bytes_do_not_turn_a_utf8_text_into_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(("Álmos Škoda – “é” ő ř ž " * 5).encode() + b"\xe2\x80 end of the cut text.")
    assert "Škoda" in loaded(path).text


def test_line_ends_become_newlines_and_nothing_else_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"  One  two\r\n\r\nThree\rfour \n")
    assert loaded(path).text == "  One  two\n\nThree\nfour \n"


def test_a_page_is_read_in_the_character_set_that_it_declares(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    page = "<html><head><meta charset='windows-1251'></head><body><p>Москва поставила ракеты.</p></body>"
    path.write_bytes(page.encode("cp1251"))
    assert "Москва" in loaded(path).text


def test_the_heavy_libraries_are_imported_only_for_pages_and_pdf() -> None:
    import subprocess
    import sys

    code = "import sys, materiel.sources; print([m for m in ('trafilatura', 'pypdf', 'lxml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
