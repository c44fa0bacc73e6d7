"""Files, folders and globs: what is found, in which order, and what is refused by name."""

from pathlib import Path

import pytest

from materiel.errors import SourceRefused
from materiel.sources import find_sources


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.html", "sub/c.pdf", "sub/d.JSONL", "a.json", ".hidden/e.txt", "notes.docx"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    (tmp_path / "empty").mkdir()
    return tmp_path


def names(found: list[Path | SourceRefused]) -> list[str]:
    return [source.name if isinstance(source, Path) else "refused" for source in found]


def refusal(path: object) -> SourceRefused:
    [found] = find_sources([str(path)])
    assert isinstance(found, SourceRefused)
    assert "\n" not in str(found)
    return found


def test_a_folder_gives_what_can_be_read_in_it_sorted(folder: Path) -> None:
    assert names(find_sources([str(folder)])) == ["a.html", "b.txt", "c.pdf", "d.JSONL"]


def test_the_order_of_the_arguments_stays_and_each_file_comes_once(folder: Path) -> None:
    paths = [str(folder / "b.txt"), str(folder), str(folder / "sub" / ".." / "a.html")]
    assert names(find_sources(paths)) == ["b.txt", "a.html", "c.pdf", "d.JSONL"]


def test_a_glob_takes_what_can_be_read_and_passes_over_the_rest(folder: Path) -> None:
    assert names(find_sources([str(folder / "*")])) == ["a.html", "b.txt", "c.pdf", "d.JSONL"]
    assert names(find_sources([str(folder / "**" / "*.txt")])) == ["b.txt"]


def test_a_file_whose_name_holds_brackets_is_a_file_and_no_glob(tmp_path: Path) -> None:
    path = tmp_path / "page [1].txt"
    path.write_text("x")
    assert find_sources([str(path)]) == [path]


def test_what_is_not_there_is_refused_by_name(folder: Path) -> None:
    missing = refusal(folder / "none.txt")
    assert missing.where == str(folder / "none.txt")
    assert missing.why == "no such file or folder"
    assert "matches nothing" in refusal(folder / "*.csv").why
    assert "matches no article" in refusal(folder / "*.docx").why
    assert "no article" in refusal(folder / "empty").why
    assert refusal("a\0b").why == "no such file or folder"


def test_annotations_and_other_kinds_are_no_articles(folder: Path) -> None:
    assert ".json" in refusal(folder / "a.json").why
    assert ".docx" in refusal(folder / "notes.docx").why
