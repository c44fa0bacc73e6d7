"""The house itself: import contracts, sizes, public names, lock files, and nothing of one machine in the repository."""

from __future__ import annotations

import ast
import importlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "materiel"
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 80

VIOLATIONS = {
    "Rooms follow the order of the work": ("terms/lineage.py", "import materiel.reading.passages"),
    "The report computes nothing new: it opens no collecting room": ("report/rows.py", "import materiel.sources.find"),
    "Commitments judge happenings: they open no collecting room": (
        "commitments/board.py",
        "import materiel.register.dates",
    ),
    "The outlook imagines: it opens no collecting room": ("outlook/program.py", "import materiel.register.dates"),
    "The door asks the desk": ("cli/why.py", "import materiel.register.dossier"),
    "Only the register speaks to a database": ("reading/passages.py", "import sqlite3"),
    "Only sources and models speak to the network": ("register/dates.py", "import urllib.request"),
    "Only the client of models speaks to a language model": ("reading/llm/answers.py", "import openai"),
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Checks the contracts of ``folder/pyproject.toml`` on the package under ``folder/src``."""
    command = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [command, "--no-cache", "--config", folder / "pyproject.toml"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "src"), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def a_copy(tmp_path: Path) -> Path:
    """The package and its contracts in a folder of their own, to be spoilt."""
    shutil.copytree(SOURCE, tmp_path / "src" / "materiel", ignore=shutil.ignore_patterns("*.csv", "__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_all_contracts_hold() -> None:
    checked = lint_imports(ROOT)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert f"{len(VIOLATIONS)} kept, 0 broken" in checked.stdout
    assert {contract["name"] for contract in PROJECT["tool"]["importlinter"]["contracts"]} == set(VIOLATIONS)


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_each_contract_can_fail(contract: str, a_copy: Path) -> None:
    file, line = VIOLATIONS[contract]
    module = a_copy / "src" / "materiel" / file
    module.write_text(module.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    checked = lint_imports(a_copy)
    assert checked.returncode == 1, checked.stdout + checked.stderr
    assert f"{contract} BROKEN" in checked.stdout


def test_a_room_that_no_contract_lists_is_noticed(a_copy: Path) -> None:
    (a_copy / "src" / "materiel" / "attic.py").write_text('"""A room of nobody\'s."""\n', encoding="utf-8")
    checked = lint_imports(a_copy)
    assert checked.returncode == 1
    assert "attic" in checked.stdout


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def test_no_module_is_long() -> None:
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in modules()}
    long = {str(file.relative_to(SOURCE)): lines for file, lines in lengths.items() if lines > MAX_MODULE_LINES}
    assert not long, f"Modules over {MAX_MODULE_LINES} lines: {long}. Part them by purpose."


def test_no_function_is_long() -> None:
    long = {
        f"{file.relative_to(SOURCE)}:{node.lineno} {node.name}": lines
        for file in modules()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > MAX_FUNCTION_LINES
    }
    assert not long, f"Functions over {MAX_FUNCTION_LINES} lines: {long}."


def test_every_module_says_what_it_is_for() -> None:
    silent = [file for file in modules() if not ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))]
    assert not silent


@pytest.mark.parametrize(
    "room", ["cli", "commitments", "desk", "models", "outlook", "reading", "register", "report", "sources"]
)
def test_public_names_of_a_room_exist_and_are_sorted(room: str) -> None:
    module = importlib.import_module(f"materiel.{room}")
    assert all(hasattr(module, name) for name in module.__all__)
    assert len(set(module.__all__)) == len(module.__all__) > 0


def test_the_desk_opens_a_door_for_each_name_that_it_tells_the_type_checker_of() -> None:
    desk: Any = importlib.import_module("materiel.desk")
    source = ast.parse((SOURCE / "desk" / "__init__.py").read_text(encoding="utf-8"))
    block = next(node for node in source.body if isinstance(node, ast.If))
    imported = [node for node in block.body if isinstance(node, ast.ImportFrom)]
    told = {alias.asname or alias.name: node.module for node in imported for alias in node.names}
    assert told == desk._HOMES
    assert {*told, "MEMBERS", "BASE"} == set(desk.__all__)
    with pytest.raises(AttributeError, match="no attribute 'attic'"):
        _ = desk.attic


def test_no_module_of_the_desk_bears_a_name_that_the_desk_gives_to_something_else() -> None:
    desk: Any = importlib.import_module("materiel.desk")
    assert not {file.stem for file in (SOURCE / "desk").glob("*.py")} & set(desk.__all__)


@pytest.mark.parametrize(
    ("arguments", "unasked"),
    [
        (("--version",), {"materiel.reading", "materiel.register", "materiel.outlook", "numpy", "spacy", "sqlalchemy"}),
        (("--help",), {"materiel.reading", "materiel.register", "materiel.outlook", "numpy", "spacy", "sqlalchemy"}),
        (("read", "nowhere.txt"), {"materiel.outlook", "materiel.report"}),
        (("register", "nowhere.db"), {"materiel.outlook", "materiel.reading", "spacy"}),
        (("outlook", "nowhere.yaml"), {"materiel.reading", "materiel.register", "spacy", "sqlalchemy"}),
    ],
)
def test_a_command_imports_what_it_needs_only(arguments: tuple[str, ...], unasked: set[str]) -> None:
    script = "import atexit, sys; atexit.register(lambda: print('LOADED', *sys.modules)); "
    script += "from materiel.cli import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False, cwd=SOURCE.parent
    )
    loaded = set(ran.stdout.rpartition("LOADED")[2].split())
    assert "materiel.cli.command" in loaded, ran.stderr
    assert not loaded & unasked


def test_the_desk_has_a_function_for_every_command() -> None:
    desk = importlib.import_module("materiel.desk")
    asked = {"read_paths", "read_into", "register", "why", "sources", "trace", "report", "draft_scenario", "outlook"}
    assert asked <= set(desk.__all__)


def pins(lock: str) -> dict[str, set[str]]:
    """Pinned versions by requirement, each of which has a hash."""
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for block in re.split(r"\n(?=\S)", text.strip()):
        pinned = re.match(r"([a-z0-9-]+)==([^ ;\\]+)", block)
        assert pinned, f"{lock}: not pinned: {block.splitlines()[0]}"
        assert "--hash=sha256:" in block, f"{lock}: {pinned[1]} has no hash"
        found.setdefault(pinned[1], set()).add(pinned[2])
    return found


def names(requirements: list[str]) -> set[str]:
    found = {re.match(r"[A-Za-z0-9_.-]+", requirement) for requirement in requirements}
    return {re.sub(r"[-_.]+", "-", match[0]).lower() for match in found if match}


def test_locks_pin_what_the_project_declares() -> None:
    run, dev = pins("run.txt"), pins("dev.txt")
    build = PROJECT["build-system"]["requires"]
    assert names(PROJECT["project"]["dependencies"]) | names(build) <= set(run)
    extras = PROJECT["project"]["optional-dependencies"]
    assert names(extras["outlook"]) <= set(run)
    assert names(extras["dev"]) <= set(dev)
    assert {name: dev[name] for name in run} == run
    listed = (ROOT / "requirements" / "build.in").read_text(encoding="utf-8").splitlines()
    assert [line for line in listed if not line.startswith("#")] == build


def test_every_import_is_declared() -> None:
    """Third-party packages that the source imports, against the project's own list."""
    imported = {
        name.split(".")[0]
        for file in modules()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in _imported(node)
    }
    third_party = imported - sys.stdlib_module_names - {"materiel"}
    distributions = {"ahocorasick": "pyahocorasick", "pydantic_core": "pydantic", "yaml": "pyyaml"}
    needed = {distributions.get(name, name.replace("_", "-")).lower() for name in third_party}
    extras = PROJECT["project"]["optional-dependencies"]
    assert needed <= names([*PROJECT["project"]["dependencies"], *extras["llm"], *extras["outlook"]])
    assert names(extras["llm"]) <= names(extras["dev"]), "the tests need what the extra brings"


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []


def tracked_files() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("only a clone knows which files belong to the repository")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_machine_or_a_registry() -> None:
    traces = re.compile(
        "|".join(
            [
                r"(?<![\w.])/(?:work|root|home|Users|opt)/[\w.]",
                r"file://",
                r"--(?:extra-)?index-url|--find-links|--trusted-host",
                r"(?:pypi|pythonhosted|npmjs|crates)\.(?:org|io|com)",
            ]
        )
    )
    found = [
        f"{file.relative_to(ROOT)}:{number}: {match[0]}"
        for file in tracked_files()
        if file != Path(__file__) and b"\0" not in file.read_bytes()[:1024]
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if (match := traces.search(line))
    ]
    assert not found
