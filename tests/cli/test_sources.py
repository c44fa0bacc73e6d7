"""``materiel sources`` and ``materiel lineage``: trees, two documents side by side, and JSON, from files to output."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from materiel.cli import app
from materiel.cli.trees import MOST_PAIRS, print_trees
from materiel.desk import Source, Tie
from materiel.terms.documents import Document, Passage, Role
from materiel.terms.lineage import DerivationKind, SharedPassage

FAMILY = Path(__file__).parents[2] / "gold" / "families" / "28-hodeidah-bus-depot"
EXAMPLE = Path(__file__).parents[2] / "examples" / "korea-2024"


def run(*arguments: str, code: int = 0) -> tuple[str, str]:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output + repr(result.exception)
    return result.stdout, result.stderr


def lines(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments)[0].splitlines()]


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the family of the bus depot, dated and with its publishers, as files and as ``depot.sqlite``, and
    the example as ``korea.sqlite``. The reader finds nothing: these tests say nothing about reading.
    """
    folder = tmp_path_factory.mktemp("sources")
    for document in json.loads((FAMILY / "family.json").read_text("utf-8"))["documents"]:
        if "/" not in document["file"]:
            text = (FAMILY / document["file"]).read_text("utf-8")
            day = document["published"][:10]
            line = {"title": document["title"], "text": text, "published": day, "publisher": document["publisher"]}
            (folder / f"{document['file'][0]}.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("materiel.desk.collect.read_documents", lambda found: [[] for _ in found])
        patch.chdir(folder)
        run("read", *(f"{name}.jsonl" for name in "abcdefg"), "--into", "depot.sqlite")
        run("read", str(EXAMPLE), "--into", "korea.sqlite")
    return folder


@pytest.fixture
def in_folder(made_once: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made_once)
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def depot(in_folder: None) -> str:
    return "depot.sqlite"


@pytest.fixture
def korea(in_folder: None) -> str:
    return "korea.sqlite"


# Trees


def made(file: str, *derived: Tie, day: str | None = "2024-06-20", **about: Any) -> Source:
    document = Document(file, (Passage(0, len(file), Role.BODY),), None, day, about.pop("publisher", "Quay Post"))
    first = about.pop("first", None) or (derived[0].name if derived else f"{file} {document.id}")
    return Source(
        file, document, first.split(" ")[0], first, (first,), about.pop("outside", None), (), derived, **about
    )


def tie(source: Source, kind: DerivationKind = DerivationKind.REWRITE, score: float = 0.9, passages: int = 0) -> Tie:
    shared = tuple(SharedPassage(n, n + 1, n, n + 1, True) for n in range(passages))
    return Tie(source.file, source.document.id, kind, score, shared)


def shown(listed: list[Source], width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width, markup=False, emoji=False, highlight=False)
    print_trees(listed, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_family_is_a_tree_in_its_order() -> None:
    origin = made("a.txt", outside="Nikkei")
    edited = made("b.txt", tie(origin, DerivationKind.LIGHT_EDIT, 0.98), day="2024-06-21", publisher="Tide Review")
    again = made("c.txt", tie(edited), day=None, publisher=None, first=origin.name)
    after = made("d.txt", day="2024-06-22", first=origin.name, outside="Nikkei")
    alone = made("e.txt")
    assert shown([origin, edited, again, after, alone]).splitlines() == [
        "2024-06-20  Quay Post  a.txt  (after Nikkei, as credited)",
        "├── 2024-06-21  light-edit 0.98  Tide Review  b.txt",
        "│   └── no date     rewrite 0.90  c.txt",
        "└── 2024-06-22  also after Nikkei  Quay Post  d.txt",
        "",
        "Without a family",
        "2024-06-20  Quay Post  e.txt",
        "",
        "5 documents, 1 family, 2 independent origins",
    ]


def test_a_digest_is_under_each_of_its_origins_and_says_so() -> None:
    one, other = made("a.txt"), made("b.txt")
    digest = made("c.txt", tie(one, DerivationKind.DIGEST, 0.6), tie(other, DerivationKind.DIGEST, 0.7))
    assert shown([one, other, digest]).splitlines()[:5] == [
        "2024-06-20  Quay Post  a.txt",
        "└── 2024-06-20  digest 0.60  Quay Post  c.txt  (also below)",
        "2024-06-20  Quay Post  b.txt",
        "└── 2024-06-20  digest 0.70  Quay Post  c.txt  (also above)",
        "",
    ]
    assert shown([one, other, digest]).splitlines()[-1] == "3 documents, 1 family, 2 independent origins"


def test_a_part_leaves_the_rest_its_own() -> None:
    origin = made("a.txt")
    document = made("b.txt", tie(origin, DerivationKind.PARTIAL, 0.7))
    part = made("b.txt", tie(origin, DerivationKind.PARTIAL, 0.7), first=f"b.txt {document.document.id}")
    text = shown([origin, part])
    assert "partial 0.70  Quay Post  b.txt  (the rest its own)" in text
    assert "2 documents, 1 family, 2 independent origins" in text


def test_pairs_that_are_merely_alike_are_listed_apart() -> None:
    origin = made("a.txt")
    unclear = made("b.txt", possible=(tie(origin, DerivationKind.POSSIBLE, 0.41),))
    shares = made("c.txt", shares_with=(tie(origin, DerivationKind.INDEPENDENT, 0.1, 1),))
    copy = made("d.txt", tie(origin, DerivationKind.COPY, 1.0), possible=(tie(origin, DerivationKind.POSSIBLE, 0.3),))
    text = shown([origin, unclear, shares, copy])
    assert "Cannot be told\nb.txt possibly from a.txt 0.41\n\n" in text
    assert "c.txt and a.txt: independent; shares one passage\n" in text
    assert "d.txt possibly" not in text, "it is no origin, whichever way"
    torn = made("e.txt", possible=tuple(tie(made(f"{n}.txt"), DerivationKind.POSSIBLE, n / 10) for n in (3, 4, 5, 6)))
    assert "e.txt possibly from 6.txt 0.60, 5.txt 0.50, 4.txt 0.40, 1 more\n" in shown(
        [torn, *(made(f"{n}.txt") for n in (3, 4, 5, 6))]
    )
    many = [made(f"{n:02}.txt", possible=(tie(origin, DerivationKind.POSSIBLE, 0.3),)) for n in range(MOST_PAIRS + 3)]
    assert "and 3 more, in --json\n" in shown([origin, *many])


def test_a_long_line_of_descent_leaves_room_for_words() -> None:
    listed = [made("000.txt")]
    for number in range(1, 60):
        listed.append(made(f"{number:03}.txt", tie(listed[-1]), first=listed[0].name))
    text = shown(listed, 80)
    assert all(f"  {number:03}.txt" in text for number in range(60))
    assert "059.txt  (from 058.txt)\n" in text


def test_one_file_that_gave_two_documents_is_two() -> None:
    old, new = made("a.txt"), made("a.txt", day="2024-06-21")
    assert "2 documents, 0 families, 2 independent origins" in shown([old, new])


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("count", [5, 500])
def test_trees_fit_and_leave_nothing_out(width: int, count: int) -> None:
    listed: list[Source] = []
    for number in range(count):
        above = (tie(listed[number // 3]),) if number % 4 and number else ()
        first = listed[number // 3].first if above else None
        listed.append(made(f"folder/{number:03}-a-story-of-some-length.txt", *above, first=first))
    text = shown(listed, width)
    assert all(len(line) <= width for line in text.splitlines())
    assert all(f"{number:03}-a-story-of-some-length.txt" in text for number in range(count))
    assert text.splitlines()[-1].startswith(f"{count} documents, ")


def test_in_a_pipe_every_document_has_one_line(korea: str) -> None:
    stdout, _ = run("sources", korea)
    assert "\x1b" not in stdout
    (rewrite,) = [line for line in stdout.splitlines() if "05-precision-line-rewrite.txt" in line]
    assert rewrite.startswith("└── 2024-06-25  rewrite 0.")
    assert rewrite.endswith("  BuzzHarbor  05-precision-line-rewrite.txt")
    assert stdout.splitlines()[-2:] == [f"Files are in {EXAMPLE}/", "14 documents, 3 families, 11 independent origins"]


def test_lineage_shows_the_same_trees(korea: str) -> None:
    assert run("lineage", str(EXAMPLE))[0].splitlines()[-1] == run("sources", korea)[0].splitlines()[-1]


# JSON


def test_lineage_lines_keep_their_keys() -> None:
    told = {Path(line["file"]).name: line for line in lines("lineage", str(FAMILY), "--json")}
    assert list(told["a.txt"]) == [
        *("file", "origin", "derived_from"),
        *("origins", "outside", "possible", "shares_with"),
    ]
    assert told["a.txt"]["origin"] == told["b.txt"]["origin"] == told["c.txt"]["origin"]
    assert told["e.txt"]["origin"] == told["e.txt"]["file"]
    assert {tuple(item) for line in told.values() for item in line["derived_from"]} == {("file", "kind", "score")}
    assert [Path(item["file"]).name for item in told["f.txt"]["shares_with"]] == ["a.txt"]
    assert "f.txt" in [Path(item["file"]).name for item in told["a.txt"]["shares_with"]], "from either side"


def test_sources_lines_say_where(depot: str) -> None:
    told = {line["file"]: line for line in lines("sources", depot, "--json")}
    texts = {file: json.loads(Path(file.removesuffix(":1")).read_text("utf-8"))["text"] for file in told}
    (copied,) = told["b.jsonl:1"]["derived_from"]
    assert list(copied) == ["file", "kind", "score", "passages"]
    assert copied["file"] == "a.jsonl:1"
    passage = max(copied["passages"], key=lambda one: one["end"] - one["start"])
    assert passage["is_verbatim"] is True
    saying = "Abdulrahman Saif, who runs the rural hospital in Zabid, told Reuters by telephone"
    assert saying in texts["b.jsonl:1"][passage["start"] : passage["end"]]
    assert saying in texts["a.jsonl:1"][passage["source_start"] : passage["source_end"]]
    (mine,) = told["a.jsonl:1"]["shares_with"][0]["passages"]
    (theirs,) = told["f.jsonl:1"]["shares_with"][0]["passages"]
    assert (mine["start"], mine["source_start"]) == (theirs["source_start"], theirs["start"])
    assert told["b.jsonl:1"]["origins"] == ["a.jsonl:1"]


def test_the_documented_lines_have_the_keys_that_are_printed(depot: str) -> None:
    page = (Path(__file__).parents[2] / "docs" / "statements.md").read_text("utf-8")
    shown = [json.loads(line) for line in page.splitlines() if line.startswith('{"file": "copy.txt"')]
    printed = [*lines("lineage", str(FAMILY), "--json")[1:2], *lines("sources", depot, "b.jsonl:1", "--json")]
    assert [list(line) for line in shown] == [list(line) for line in printed]
    assert [list(line["passages"][0]) for line in (shown[1], printed[1])] == [list(printed[1]["passages"][0])] * 2


# Side by side


def test_a_copy_faces_its_source(depot: str) -> None:
    (pair,) = lines("sources", depot, "b.jsonl:1", "--json")
    assert (pair["file"], pair["source_file"]) == ("b.jsonl:1", "a.jsonl:1")
    assert pair["kind"] in ("copy", "light-edit")
    assert "Eleven had been sitting in one minibus." in "".join(p["text"] for p in pair["passages"] if p["is_verbatim"])
    stdout, _ = run("sources", depot, "b.jsonl:1")
    assert all(len(line) <= 100 for line in stdout.splitlines())
    (facing,) = [line for line in stdout.splitlines() if line.count("[1 ") == 2]
    assert facing.index("[1 ") < 48 < facing.rindex("[1 ")


def test_dates_decide_the_direction_where_they_differ(depot: str) -> None:
    (pair,) = lines("sources", depot, "d.jsonl:1", "--json")
    assert (pair["direction"], pair["published_on"]) == ("date", "2018-08-24")
    stdout, _ = run("sources", depot, "d.jsonl:1")
    assert "Direction: by date, 2018-08-23 and 2018-08-24\n" in stdout
    assert "Credits Reuters: “" in stdout
    own = [words["text"] for words in pair["own"]]
    assert own
    assert stdout.count("[own]") == len(own) + 1, "each, and the line that counts them"


def test_an_origin_faces_all_that_derive_from_it(depot: str) -> None:
    pairs = lines("sources", depot, "a.jsonl:1", "--json")
    assert {pair["source_file"] for pair in pairs} == {"a.jsonl:1"}
    assert len(pairs) >= 2
    (only,) = lines("sources", depot, "a.jsonl:1", "--with", "c.jsonl:1", "--json")
    assert only["file"] == "c.jsonl:1"


def test_two_that_have_nothing_to_do_with_one_another_can_be_compared(depot: str) -> None:
    (pair,) = lines("sources", depot, "e.jsonl:1", "--with", "c.jsonl:1", "--json")
    assert pair["kind"] == "independent"
    assert "is independent of" in run("sources", depot, "c.jsonl:1", "--with", "e.jsonl:1")[0]


def test_one_that_stands_alone_says_so(depot: str) -> None:
    told = {line["file"]: line for line in lines("sources", depot, "--json")}
    alone = next(
        file
        for file, line in told.items()
        if not (line["derived_from"] + line["possible"] + line["shares_with"])
        and not any(tie["file"] == file for other in told.values() for tie in other["derived_from"] + other["possible"])
    )
    assert run("sources", depot, alone)[0] == f"{alone} derives from no document here, and none derives from it.\n"


def test_a_document_is_called_by_its_id_the_beginning_of_it_or_its_file(korea: str) -> None:
    told = {Path(line["file"]).name: line for line in lines("sources", korea, "--json")}
    line = told["12-defensive-first-rewrite.txt"]
    asked = (line["document"], line["document"][:11], line["file"], "korea-2024/12-defensive-first-rewrite.txt")
    assert len({run("sources", korea, one, "--json")[0] for one in asked}) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["12-defensive-rewrite.txt"], "Close: 12-defensive-first-rewrite.txt"),
        (["qqqq"], "`materiel sources DOSSIER` lists the documents."),
        ([""], "No document has the id or file name (nothing)."),
        (["doc-"], "14 documents are called doc-: doc-"),
        (["04-precision-line.txt", "--with", "04-precision-line.txt"], "are one document. Name another one"),
    ],
)
def test_unknown_documents_are_refused_with_close_names(korea: str, arguments: list[str], message: str) -> None:
    stdout, stderr = run("sources", korea, *arguments, code=1)
    assert stdout == ""
    assert message in stderr
    assert stderr.count("\n") == 1


def test_with_needs_a_document(korea: str) -> None:
    assert "needs a DOCUMENT" in run("sources", korea, "--with", "x", code=2)[1]


def test_texts_of_the_same_words_face_each_other_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("materiel.desk.collect.read_documents", lambda found: [[] for _ in found])
    monkeypatch.chdir(tmp_path)
    text = "Cranes lifted grey boxes all night at Rajin.\n\nA watchman who counted 40 wagons went home at six."
    for name in ("one", "two"):
        line = {"title": "Cranes", "text": text, "publisher": f"Outlet {name}"}
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    run("read", "one.jsonl", "two.jsonl", "--into", "d.sqlite")
    (pair,) = lines("sources", "d.sqlite", "two.jsonl:1", "--json")
    assert [passage["text"] for passage in pair["passages"]] == [text]
    assert pair["direction"] == "unknown"
    assert "[1 =] Cranes lifted" in run("sources", "d.sqlite", "two.jsonl:1")[0]
