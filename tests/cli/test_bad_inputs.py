"""``materiel read`` as a shell calls it, over everything that is wrong with files at once."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pypdf import PdfWriter

MAX_SECONDS = 30
"""It takes three on two idle cores; the limit only tells a hang or a read of the 50 MB from a busy machine."""
TANKS = "South Korea sold 180 K2 tanks to Poland, the defence ministry in Warsaw said on Friday."
SHELLS = "North Korea has delivered artillery shells to Russia, the defence ministry in Seoul said on Saturday."
REFUSED = {
    "binary.txt": "not text: its bytes are those of a binary file",
    "broken.html": "no text can be seen on the page",
    "empty.txt": "the file is empty",
    "huge.txt": "too large: 50 MB, the limit is 20 MB",
    "locked.pdf": "the PDF is encrypted with a password",
    "missing.txt": "no such file or folder",
}
READ = ("good-1.txt", "good-2.txt", "latin.txt", "unclosed.html")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("bad-inputs")
    (place / "empty.txt").touch()
    (place / "binary.txt").write_bytes(random.Random(1).randbytes(100_000))
    (place / "huge.txt").write_bytes((SHELLS.encode() + b"\n\n").ljust(125) * 400_000)
    (place / "broken.html").write_text("<html><head><title>Guns</title><<<div <p", "utf-8")
    (place / "unclosed.html").write_text(
        f"<html><title>Tanks</title><div><p>{TANKS}<p><<b><table><tr><td>Paid.</di", "utf-8"
    )
    (place / "latin.txt").write_bytes(f"Zürich hört zu\n\nBy Ann Lee\n3 May 2024\n\n{SHELLS}\n".encode("latin-1"))
    (place / "good-1.txt").write_text(f"Poland buys tanks\n\nBy Ann Lee\n3 May 2024\n\n{TANKS}\n", "utf-8")
    (place / "good-2.txt").write_text(f"North sends shells\n\nBy Bo Li\n4 May 2024\n\n{SHELLS}\n", "utf-8")
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret")
    writer.write(place / "locked.pdf")
    return place


def materiel_read(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from materiel.cli import main; main()", "read", *arguments]
    environment = os.environ | {"COLUMNS": "100", "PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("mode", [["--json"], ["--into", "dossier.sqlite"], ["--json", "--workers", "2"]])
def test_each_bad_file_gets_one_line_and_the_good_ones_are_read(folder: Path, mode: list[str]) -> None:
    began = time.monotonic()
    done = materiel_read(folder, *sorted({*REFUSED, *READ}), *mode)
    assert time.monotonic() - began < MAX_SECONDS
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr

    told = done.stderr.splitlines()
    for name, why in REFUSED.items():
        [line] = [line for line in told if name in line]
        assert line.startswith(f"refused: {name}: {why}"), line
        assert line.endswith("."), "it says what to do"
    [guess] = [line for line in told if "latin.txt" in line]
    assert guess == (
        "latin.txt: its bytes are not UTF-8; read as Latin-1 (Windows-1252). Save it as UTF-8 if letters look wrong."
    )
    assert not [line for line in told for name in READ if name in line and name != "latin.txt"]
    assert told[-1].startswith("Read 4 articles: ")
    assert told[-1].endswith(", 6 refused")
    into = [line for line in told if line.startswith("dossier.sqlite: ")]
    assert len(told) == len(REFUSED) + 1 + len(into) + 1

    if "--json" in mode:
        statements = [json.loads(line) for line in done.stdout.splitlines()]
        assert {statement["file"] for statement in statements} == set(READ)
    else:
        assert into[0].startswith("dossier.sqlite: 4 new documents, ")


def test_with_good_files_alone_the_exit_code_is_0(folder: Path) -> None:
    done = materiel_read(folder, "good-1.txt", "good-2.txt", "--json")
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[0].startswith("Read 2 articles: ")


def test_where_nothing_can_be_read_every_file_is_still_named(folder: Path) -> None:
    done = materiel_read(folder, *REFUSED)
    assert (done.returncode, done.stdout) == (1, "")
    assert [line.split(": ")[1] for line in done.stderr.splitlines()[:-1]] == list(REFUSED)
    assert done.stderr.splitlines()[-1] == "Read 0 articles: 0 statements, 6 refused"
