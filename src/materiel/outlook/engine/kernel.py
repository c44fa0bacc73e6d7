"""Makes machine code of a flat program once, and keeps it between runs.

A kernel lies in a folder named after what it depends on: its source, the versions of what compiled it, the processor.
The folder is made aside and then put in its place with the digests of its files; one that is torn is made anew. The
folders are in ``MATERIEL_CACHE``, or else in the user's folder for caches.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from materiel.outlook.compiled import Drawn
from materiel.outlook.engine.draws import draw, key_of
from materiel.outlook.engine.simplify import Flat
from materiel.outlook.engine.source import write_source
from materiel.outlook.scenario.numbers import Spread

SOURCE: Final = "kernel.py"
DIGESTS: Final = "digests.json"
WRITTEN_ON: Final = ("draws.py", "lanes.py")
"""Modules beside this one that a kernel calls, so that it depends on their text too."""

Kernel = Callable[..., None]
_loaded: dict[str, Kernel] = {}
"""The kernels of this process, by name."""


def draw_table(drawn: Sequence[Drawn], members: NDArray[np.uint64], seed: int) -> NDArray[np.float64]:
    """As :func:`draws.draw`: the commonest spread is drawn by machine code, to the same bits."""
    from materiel.outlook.engine.lanes import fill_uniform

    table = np.empty((len(drawn), members.size))
    for row, one in zip(table, drawn, strict=True):
        match one.spread:
            case Spread(shape="uniform", low=float(low), high=float(high)):
                fill_uniform(row, members, np.uint64(key_of(seed, one.purpose)), low, high)
            case _:
                row[:] = draw([one], members, seed)[0]
    return table


def simulate(
    flat: Flat,
    table: NDArray[np.float64],
    members: NDArray[np.uint64],
    seed: int,
    outcomes: NDArray[np.float64],
    failed: NDArray[np.bool_],
) -> None:
    """As :func:`vectorised.simulate`, but for the series; no other thread of Python is held up meanwhile."""
    keys = np.array([key_of(seed, purpose) for purpose in flat.purposes], dtype=np.uint64)
    kernel_of(flat)(table, members, keys, outcomes, failed)


def kernel_of(flat: Flat) -> Kernel:
    """The machine code of a program: of this process, of the cache, or compiled now, which takes seconds.

    Raises:
        ImportError: numba is not installed.
    """
    source = write_source(flat)
    name = _name(source)
    if name not in _loaded:
        folder = cache_folder() / name
        _loaded[name] = _load(folder, name) if _is_whole(folder) else _build(folder, name, source)
    return _loaded[name]


def is_ready(flat: Flat) -> bool:
    """Whether nothing would have to be compiled."""
    name = _name(write_source(flat))
    return name in _loaded or _is_whole(cache_folder() / name)


def cache_folder() -> Path:
    if named := os.environ.get("MATERIEL_CACHE"):
        return Path(named) / "kernels"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "materiel" / "kernels"


def _name(source: str) -> str:
    import llvmlite.binding  # type: ignore[import-untyped]
    import numba

    here = Path(__file__).parent
    parts = [source, *((here / name).read_text(encoding="utf-8") for name in WRITTEN_ON)]
    parts += [numba.__version__, llvmlite.__version__, np.__version__, sys.version]
    parts.append(llvmlite.binding.get_host_cpu_name())
    return blake2b("\0".join(parts).encode(), digest_size=12).hexdigest()


def _build(folder: Path, name: str, source: str) -> Kernel:
    """Compiles in a folder aside and puts it in its place; where that cannot be written, nothing is kept."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    except OSError:
        with tempfile.TemporaryDirectory() as passing:
            return _compiled(Path(passing), name, source)
    try:
        kernel = _compiled(aside, name, source)
        (aside / DIGESTS).write_text(json.dumps(_digests(aside)), encoding="utf-8")
        if not _is_whole(folder):
            shutil.rmtree(folder, ignore_errors=True)
            aside.replace(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return kernel


def _compiled(folder: Path, name: str, source: str) -> Kernel:
    (folder / SOURCE).write_text(source, encoding="utf-8")
    return _load(folder, name)


def _load(folder: Path, name: str) -> Kernel:
    """Runs the module in a folder. The cache of numba finds it again by its name, which it needs among the modules."""
    spec = importlib.util.spec_from_file_location(f"materiel_kernel_{name}", folder / SOURCE)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    kernel: Kernel = module.simulate
    return kernel


def _is_whole(folder: Path) -> bool:
    try:
        kept = json.loads((folder / DIGESTS).read_text(encoding="utf-8"))
        return bool(kept) and kept == _digests(folder)
    except (OSError, ValueError):
        return False


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != DIGESTS)
    return {str(path.relative_to(folder)): blake2b(path.read_bytes(), digest_size=16).hexdigest() for path in files}
