"""The file that holds a record: what opens, what is refused, what is stored."""

from __future__ import annotations

import dataclasses
import sqlite3
from pathlib import Path

import pytest
from register_samples import bind, claim, document, lineage_of, say
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from materiel.errors import DossierRefused, InputRefused
from materiel.register import (
    append_comparisons,
    append_reading,
    append_reliability,
    append_sketches,
    build_entries,
    is_computed,
    load_comparisons,
    load_documents,
    load_entries,
    load_lineage,
    load_reliabilities,
    load_sketches,
    load_statements,
    open_dossier,
    replace_derived,
)
from materiel.register.migrations import STEPS, apply_missing
from materiel.terms.lineage import Credit, Derivation, DerivationKind, Lineage, SharedPassage
from materiel.terms.reliability import Reliability
from materiel.terms.statements import Assertion, Clause, Commitment, Force, Pact, PactKind, PactStatus, Stage, Statement

STATEMENTS = [
    bind(say("a", claim(quantity=10000.0, unit="containers"), speaker="Washington")),
    bind(say("a", claim(assertion=Assertion.HYPOTHETICAL, stage=Stage.PLEDGED), start=9)),
    bind(say("b", claim(assertion=Assertion.DENIED), speaker="Moscow")),
    bind(say("c", claim())),
    bind(say("c", Pact(("RUS", "PRK"), PactKind.MUTUAL_DEFENCE, PactStatus.SIGNED, "2024-06-19", "if attacked"))),
    bind(
        say(
            "b",
            Commitment(
                "KOR",
                Force.POLICY,
                Clause("transfer", supplier="RUS", recipient="PRK", materiel=("precision",)),
                Clause("policy", who="KOR", what="lift restrictions"),
            ),
        )
    ),
]


def fill(path: Path, names: str = "abc") -> Path:
    """A dossier of three documents, read in the order of their names, one transaction each."""
    with open_dossier(path, create=True) as dossier:
        for name in names:
            said = [s for s in STATEMENTS if s.document == document(name).id]
            with dossier.transaction() as connection:
                append_reading(connection, f"{name}.txt", document(name), said)
        with dossier.transaction() as connection:
            documents = load_documents(connection)
            lineage = lineage_of(documents, {"c": "a"})
            entries = build_entries(load_statements(connection), documents, lineage)
            replace_derived(connection, documents, lineage, entries)
    return path


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table and view, sorted."""
    with sqlite3.connect(path) as connection:
        names = [row[0] for row in connection.execute("select name from sqlite_master where type in ('table', 'view')")]
        return {name: sorted(connection.execute(f"select * from {name}"), key=repr) for name in sorted(names)}


def test_what_is_stored_comes_back(tmp_path: Path) -> None:
    documents = {document(name).id: document(name) for name in "abc"}
    lineage = lineage_of(documents, {"c": "a"})
    with open_dossier(fill(tmp_path / "d.sqlite")) as dossier, dossier.transaction() as connection:
        assert load_documents(connection) == dict(sorted(documents.items()))
        assert load_statements(connection) == sorted(STATEMENTS, key=lambda s: s.id)
        assert load_lineage(connection) == lineage
        built = sorted(build_entries(STATEMENTS, documents, lineage), key=lambda entry: entry.id)
        assert load_entries(connection) == built


def rich_lineage() -> Lineage:
    """Lineage of a, b and c that has something in every field."""
    a, b, c = (document(name).id for name in "abc")
    passages = (SharedPassage(0, 20, 5, 25, is_verbatim=True), SharedPassage(30, 50, 40, 60, is_verbatim=False))
    return Lineage(
        origins={a: (a,), b: (b,), c: (b, a)},
        derivations=tuple(
            sorted((Derivation(c, of, DerivationKind.DIGEST, 0.75, passages) for of in (a, b)), key=lambda d: d.source)
        ),
        related=(Derivation(b, a, DerivationKind.POSSIBLE, 0.45, passages[:1]),),
        outside={a: "Coast Agency"},
        credits={a: (Credit(0, 110, "Coast Agency", True),), b: (Credit(0, 9, "X", False), Credit(4, 7, "Y", False))},
        own={c: ((50, 60), (70, 80))},
    )


def test_the_whole_lineage_comes_back(tmp_path: Path) -> None:
    documents = {document(name).id: document(name) for name in "abc"}
    with open_dossier(fill(tmp_path / "d.sqlite")) as dossier, dossier.transaction() as connection:
        entries = build_entries(STATEMENTS, documents, rich_lineage())
        replace_derived(connection, documents, rich_lineage(), entries)
        assert load_lineage(connection) == rich_lineage()
        assert load_entries(connection) == sorted(entries, key=lambda entry: entry.id)
        assert any("outside:Coast Agency" in entry.origins for entry in entries)


def test_order_of_reading_does_not_show(tmp_path: Path) -> None:
    first, second = fill(tmp_path / "one.sqlite", "abc"), fill(tmp_path / "two.sqlite", "cab")
    assert dump(first) == dump(second)
    assert len(dump(first)["statement"]) == len(STATEMENTS)


def test_reading_again_adds_nothing(tmp_path: Path) -> None:
    path = fill(tmp_path / "d.sqlite")
    before = dump(path)
    assert dump(fill(path)) == before


def test_an_error_keeps_what_was_stored_and_drops_the_broken_batch(tmp_path: Path) -> None:
    path = tmp_path / "d.sqlite"
    with open_dossier(path, create=True) as dossier:
        with dossier.transaction() as connection:
            append_reading(connection, "a.txt", document("a"), STATEMENTS[:1])
        with pytest.raises(RuntimeError), dossier.transaction() as connection:  # noqa: PT012
            append_reading(connection, "b.txt", document("b"), [])
            raise RuntimeError
    assert [row[0] for row in dump(path)["document"]] == [document("a").id]
    assert len(dump(path)["statement"]) == 1


def test_a_statement_needs_its_document(tmp_path: Path) -> None:
    stray = Statement("doc-000000000000", claim(), "quote", 0, 5, "test@1")
    with (
        open_dossier(tmp_path / "d.sqlite", create=True) as dossier,
        pytest.raises(ValueError, match=r"is of doc-000000000000, not of doc-"),
        dossier.transaction() as connection,
    ):
        append_reading(connection, "a.txt", document("a"), [stray])


def test_the_database_itself_keeps_its_references(tmp_path: Path) -> None:
    with (
        open_dossier(tmp_path / "d.sqlite", create=True) as dossier,
        pytest.raises(IntegrityError, match="FOREIGN KEY"),
        dossier.transaction() as connection,
    ):
        connection.execute(text("insert into file (file, document) values ('a.txt', 'doc-000000000000')"))


def test_the_smaller_address_stands_whichever_was_read_first(tmp_path: Path) -> None:
    path = tmp_path / "d.sqlite"
    with open_dossier(path, create=True) as dossier, dossier.transaction() as connection:
        for url in ("https://b.example/", "https://a.example/", None):
            append_reading(connection, "a.txt", dataclasses.replace(document("a"), url=url), [])
        assert [d.url for d in load_documents(connection).values()] == ["https://a.example/"]


def test_views_speak_in_names(tmp_path: Path) -> None:
    with sqlite3.connect(fill(tmp_path / "d.sqlite")) as connection:
        transfer = connection.execute("select supplier, recipient, materiel, stage, support, grade from transfer")
        assert transfer.fetchall() == [("North Korea", "Russia", "artillery.ammunition", "delivered", 1, "F4")]
        debtor, antecedent = connection.execute("select debtor, antecedent from commitment").fetchone()
        assert (debtor, antecedent) == ("South Korea", "transfer: Russia to North Korea, precision")
        assert connection.execute('select parties, status, "trigger" from pact').fetchall() == [
            ("PRK; RUS", "signed", "if attacked")
        ]
        support = connection.execute(
            "select role, speaker, publisher from support where kind = 'transfer' order by role"
        )
        assert ("denies", "Moscow", "Outlet b") in support.fetchall()
        copied = connection.execute("select file, derived_from from source where not is_origin").fetchall()
        assert copied == [("c.txt", f"copy of {document('a').id}")]


def test_a_new_dossier_says_its_version_and_steps(tmp_path: Path) -> None:
    with open_dossier(tmp_path / "d.sqlite", create=True):
        pass
    tables = dump(tmp_path / "d.sqlite")
    assert tables["migration"] == sorted((name,) for name, _ in STEPS)
    assert tables["dossier"][0][0] == len(STEPS)
    assert str(tables["dossier"][0][1]).startswith("materiel ")
    assert tables["decision"] == []


VERSION_1 = Path(__file__).with_name("dossier_version_1.sql")
"""The tables of dossiers of version 1, with two documents, three statements and a decision."""


def test_a_dossier_of_version_1_keeps_its_record_and_gets_the_present_tables(tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite"
    with sqlite3.connect(old) as connection:
        connection.executescript(VERSION_1.read_text(encoding="utf-8"))
    before = dump(old)
    with open_dossier(tmp_path / "new.sqlite", create=True):
        pass
    with open_dossier(old) as dossier, dossier.transaction() as opened:
        assert not is_computed(opened)
        assert {document.publisher for document in load_documents(opened).values()} == {"Quay Post", "Tide Review"}
        assert len(load_statements(opened)) == 3
        assert load_entries(opened) == []
    after, new = dump(old), dump(tmp_path / "new.sqlite")
    for table in ("document", "passage", "file", "statement", "decision"):
        assert after[table] == before[table] != []
    assert set(after) == set(new)
    assert after["dossier"][0][0] == len(STEPS)
    assert after["migration"] == new["migration"]
    with sqlite3.connect(old) as one, sqlite3.connect(tmp_path / "new.sqlite") as other:
        shapes = "select name, sql from sqlite_master where name not like 'sqlite_%' order by name"
        assert one.execute(shapes).fetchall() == other.execute(shapes).fetchall()


def test_what_was_compared_outlives_what_is_computed(tmp_path: Path) -> None:
    path = fill(tmp_path / "d.sqlite")
    a, b = document("a").id, document("b").id
    with open_dossier(path) as dossier, dossier.transaction() as connection:
        append_sketches(connection, {b: b"\x00two", a: b"one"})
        append_comparisons(connection, {(b, a): "first", (a, b): "other"})
        append_comparisons(connection, {(b, a): "second"})
        append_comparisons(connection, {})
    fill(path)
    with open_dossier(path) as dossier, dossier.transaction() as connection:
        assert load_sketches(connection) == dict(sorted({a: b"one", b: b"\x00two"}.items()))
        assert load_comparisons(connection) == dict(sorted({(b, a): "second", (a, b): "other"}.items()))


def test_a_judgement_supersedes_and_nothing_is_overwritten(tmp_path: Path) -> None:
    first = Reliability("Outlet a", "B", "checks its facts", "K. Analyst", "2024-12-01")
    second = Reliability("Outlet a", "D", "withdrew two reports", "L. Analyst", "2024-12-05")
    with open_dossier(fill(tmp_path / "d.sqlite")) as dossier, dossier.transaction() as connection:
        assert append_reliability(connection, first)
        assert not append_reliability(connection, first), "it is in force already"
        assert append_reliability(connection, second)
        assert load_reliabilities(connection) == [second]
        with pytest.raises(InputRefused, match=r"Outlet a was judged D on 2024-12-05 by L\. Analyst"):
            append_reliability(connection, first)
        again = dataclasses.replace(first, decided_on="2024-12-05")
        assert append_reliability(connection, again)
        assert load_reliabilities(connection) == [again]
    rows = dump(tmp_path / "d.sqlite")["decision"]
    assert sorted((row[3], row[4]) for row in rows) == [
        ("B", "checks its facts"),
        ("B", "checks its facts"),
        ("D", "withdrew two reports"),
    ]
    assert sum(row[7] is None for row in rows) == 1


def test_a_judgement_shows_in_the_grades_and_stays_when_all_is_computed_again(tmp_path: Path) -> None:
    path = fill(tmp_path / "d.sqlite")
    with open_dossier(path) as dossier, dossier.transaction() as connection:
        append_reliability(connection, Reliability("Outlet a", "B", "checks its facts", "K. Analyst", "2024-12-01"))
        documents, lineage = load_documents(connection), load_lineage(connection)
        judged = load_reliabilities(connection)
        replace_derived(
            connection, documents, lineage, build_entries(load_statements(connection), documents, lineage, judged)
        )
        assert {entry.grade.reliability for entry in load_entries(connection)} == {"B", "F"}
        assert load_reliabilities(connection) == judged


def test_each_migration_runs_once(tmp_path: Path) -> None:
    seen: list[str] = []

    def add_note(connection: Connection) -> None:
        seen.append("add-note")
        connection.execute(text("create table note (words text)"))

    steps = (*STEPS, ("add-note", add_note))
    with open_dossier(tmp_path / "d.sqlite", create=True) as dossier:
        for expected in (1, 0):
            with dossier.transaction() as connection:
                assert apply_missing(connection, steps=steps) == expected
    assert seen == ["add-note"]
    assert dump(tmp_path / "d.sqlite")["dossier"][0][0] == len(steps)
    with pytest.raises(DossierRefused, match=r"version 3; this materiel knows versions 1 to 2\. Update materiel"):
        open_dossier(tmp_path / "d.sqlite")


def test_a_migration_that_fails_leaves_no_trace(tmp_path: Path) -> None:
    def fail(connection: Connection) -> None:
        connection.execute(text("create table half (words text)"))
        raise RuntimeError

    with (
        open_dossier(tmp_path / "d.sqlite", create=True) as dossier,
        pytest.raises(RuntimeError),
        dossier.transaction() as connection,
    ):
        apply_missing(connection, steps=(*STEPS, ("fail", fail)))
    assert "half" not in dump(tmp_path / "d.sqlite")


def test_what_is_no_dossier_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DossierRefused, match=r"there is no such dossier\. Make one with"):
        open_dossier(tmp_path / "missing.sqlite")
    with pytest.raises(DossierRefused, match="there is no folder"):
        open_dossier(tmp_path / "no" / "d.sqlite", create=True)
    (tmp_path / "text.sqlite").write_text("not a database at all")
    with pytest.raises(DossierRefused, match="not an SQLite file"):
        open_dossier(tmp_path / "text.sqlite", create=True)
    with sqlite3.connect(tmp_path / "other.sqlite") as connection:
        connection.execute("create table something (a)")
    with pytest.raises(DossierRefused, match="without a `dossier` table"):
        open_dossier(tmp_path / "other.sqlite", create=True)
    with pytest.raises(DossierRefused, match="Is a directory"):
        open_dossier(tmp_path)


def test_a_damaged_dossier_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "d.sqlite"
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    with pytest.raises(DossierRefused, match="Nothing of this step was stored"):
        open_dossier(path)
