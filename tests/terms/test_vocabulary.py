"""The loader of vocabulary files, and an analyst's own files beside the bundled ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from materiel.errors import VocabularyRefused
from materiel.terms.actors import DATA
from materiel.terms.materiel import designations
from materiel.terms.vocabulary import EXTENSION_FOLDER, load_vocabulary, members

BUNDLED = '# who\ncode,name,other_names\n\nKOR,South Korea,ROK; Seoul\'s side\n# more\nBES,"Bonaire, Saba",\n'


@pytest.fixture
def bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(EXTENSION_FOLDER, raising=False)
    path = tmp_path / "states.csv"
    path.write_text(BUNDLED, encoding="utf-8")
    return path


@pytest.fixture
def own(bundled: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The analyst's file of the same name; the test writes it."""
    folder = bundled.parent / "own"
    folder.mkdir()
    monkeypatch.setenv(EXTENSION_FOLDER, str(folder))
    return folder / bundled.name


def test_comments_and_empty_lines_are_no_rows_and_quotes_hold_commas(bundled: Path) -> None:
    assert load_vocabulary(bundled) == (
        {"code": "KOR", "name": "South Korea", "other_names": "ROK; Seoul's side"},
        {"code": "BES", "name": "Bonaire, Saba", "other_names": ""},
    )


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("", ()), ("a", ("a",)), ("a; b", ("a", "b")), (" a ;b;; ", ("a", "b")), ("U.S.; US", ("U.S.", "US"))],
)
def test_members_of_a_list_cell(cell: str, expected: tuple[str, ...]) -> None:
    assert members(cell) == expected


def test_a_row_that_does_not_fit_names_file_line_and_columns(bundled: Path) -> None:
    bundled.write_text(BUNDLED + "BES,Bonaire, Saba,\n", encoding="utf-8")
    with pytest.raises(VocabularyRefused, match=r"states\.csv, line 7: 4 columns .*\(code, name, other_names\)"):
        load_vocabulary(bundled)


def test_an_analyst_s_rows_follow_the_bundled_ones(bundled: Path, own: Path) -> None:
    own.write_text("name,code\nAtlantis,ATL\n", encoding="utf-8")
    rows = load_vocabulary(bundled)
    assert [row["code"] for row in rows] == ["KOR", "BES", "ATL"]
    assert rows[-1] == {"code": "ATL", "name": "Atlantis", "other_names": ""}


def test_an_analyst_s_unknown_column_is_refused_with_the_known_ones(bundled: Path, own: Path) -> None:
    own.write_text("code,nom\nATL,Atlantide\n", encoding="utf-8")
    with pytest.raises(VocabularyRefused, match=r"unknown columns \['nom'\].*'code', 'name', 'other_names'"):
        load_vocabulary(bundled)


def test_an_analyst_s_row_that_does_not_fit_is_refused_in_his_file(bundled: Path, own: Path) -> None:
    own.write_text("code,name\nATL\n", encoding="utf-8")
    with pytest.raises(VocabularyRefused, match=r"own/states\.csv, line 2: 1 columns"):
        load_vocabulary(bundled)


def test_a_folder_without_that_file_changes_nothing(bundled: Path, own: Path) -> None:
    assert not own.exists()
    assert [row["code"] for row in load_vocabulary(bundled)] == ["KOR", "BES"]


@pytest.mark.parametrize("name", ["states.csv", "organisations.csv", "office_holders.csv"])
def test_every_bundled_actor_file_loads_and_says_where_it_comes_from(name: str) -> None:
    head = (DATA / name).read_text(encoding="utf-8").splitlines()[:8]
    assert len([line for line in head if line.startswith("# ")]) >= 4
    assert len(load_vocabulary(DATA / name)) > 200


def test_the_bundled_files_take_an_analyst_s_state(own: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy" / "states.csv"
    copy.parent.mkdir()
    copy.write_bytes((DATA / "states.csv").read_bytes())
    own.write_text("code,name,demonyms\nATL,Atlantis,Atlantean; Atlanteans\n", encoding="utf-8")
    assert load_vocabulary(copy)[-1] == {
        "code": "ATL",
        "name": "Atlantis",
        "other_names": "",
        "demonyms": "Atlantean; Atlanteans",
        "capital": "",
        "seats": "",
    }


def test_a_folder_that_is_not_there_is_refused(bundled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EXTENSION_FOLDER, str(tmp_path / "nowhere"))
    load_vocabulary.cache_clear()
    with pytest.raises(VocabularyRefused, match="which is no folder"):
        load_vocabulary(bundled)


def test_a_designation_of_an_unknown_class_is_refused(own: Path) -> None:
    (own.parent / "designations.csv").write_text("designation,class,maker\nZX-9,artillery.laser,FRA\n", "utf-8")
    load_vocabulary.cache_clear()
    designations.cache_clear()
    try:
        with pytest.raises(VocabularyRefused, match="ZX-9 has the class"):
            designations()
    finally:
        load_vocabulary.cache_clear()
        designations.cache_clear()
