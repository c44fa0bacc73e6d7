"""Makes machine code of a flat program once, and keeps it between runs.

The assembly is compiled by LLVM as it is, through llvmlite: it needs no passes, and a thousand operations take about a
second. The code is kept in a file named after what it depends on: the assembly, LLVM's version, the processor. The
file begins with the digest of the rest; one that is torn is made anew. The files are in ``MATERIEL_CACHE``, or else in
the user's folder for caches; of more than :data:`KEPT_BYTES` the oldest go.

A call holds up no other thread of Python.
"""

from __future__ import annotations

import ctypes
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from materiel.outlook.compiled import Drawn
from materiel.outlook.engine.assembly import Assembly, write_assembly
from materiel.outlook.engine.draws import draw, key_of
from materiel.outlook.engine.flat import Flat
from materiel.outlook.scenario.numbers import Spread

Floats = NDArray[np.float64]
Counters = NDArray[np.uint64]

COMPILER: Final = "llvmlite"
"""What has to be installed."""
DIGEST: Final = 32
KEPT_BYTES: Final = 64 * 1024 * 1024
"""So much code is kept: some hundred kernels of scenarios as large as the bundled ones."""
LINE: Final = 64
"""Bytes to which a workspace is aligned."""
_POINTER, _WHOLE, _FLOAT = ctypes.c_void_p, ctypes.c_uint64, ctypes.c_double
SIMULATE: Final = ctypes.CFUNCTYPE(
    None, _POINTER, _WHOLE, _POINTER, _WHOLE, _POINTER, _POINTER, _WHOLE, _POINTER, _POINTER
)
FILL: Final = ctypes.CFUNCTYPE(None, _POINTER, _POINTER, _WHOLE, _WHOLE, _FLOAT, _FLOAT)

_loaded: dict[str, Kernel] = {}
"""The kernels of this process, by name."""
_compiling = Lock()
"""LLVM is asked by one thread at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class Kernel:
    """The machine code of one program.

    Attributes:
        workspace: bytes that a call needs.
        owner: what holds the code in memory.
    """

    flat: Flat
    workspace: int
    simulate_at: int
    fill_at: int
    owner: Any

    def simulate(
        self, table: Floats, members: Counters, seed: int, outcomes: Floats, failed: NDArray[np.bool_]
    ) -> None:
        """As :func:`vectorised.simulate`, but for the series."""
        keys = np.array([key_of(seed, purpose) for purpose in self.flat.purposes], dtype=np.uint64)
        room = np.empty(self.workspace + LINE, dtype=np.uint8)
        workspace = room.ctypes.data + -room.ctypes.data % LINE
        members = np.ascontiguousarray(members)
        SIMULATE(self.simulate_at)(
            table.ctypes.data,
            _row_length(table),
            members.ctypes.data,
            members.size,
            keys.ctypes.data,
            outcomes.ctypes.data,
            _row_length(outcomes),
            failed.ctypes.data,
            workspace,
        )

    def draw(self, drawn: Sequence[Drawn], members: Counters, seed: int) -> Floats:
        """As :func:`draws.draw`; the commonest spread is drawn by machine code, to the same bits."""
        table = np.empty((len(drawn), members.size))
        for row, one in zip(table, drawn, strict=True):
            match one.spread:
                case Spread(shape="uniform", low=float(low), high=float(high)):
                    key = key_of(seed, one.purpose)
                    FILL(self.fill_at)(row.ctypes.data, members.ctypes.data, members.size, key, low, high)
                case _:
                    row[:] = draw([one], members, seed)[0]
        return table


def _row_length(matrix: Floats) -> int:
    """From one row to the next, in numbers; the numbers of a row lie side by side."""
    rows, columns = matrix.strides
    assert columns == matrix.itemsize or matrix.shape[1] <= 1 or not matrix.size
    return rows // matrix.itemsize


def kernel_of(flat: Flat) -> Kernel:
    """The machine code of a program: of this process, of the cache, or compiled now.

    Raises:
        ImportError: llvmlite is not installed.
    """
    assembly = write_assembly(flat)
    name = _name(assembly)
    with _compiling:
        if name not in _loaded:
            code = _read(name)
            if code is None:
                code = _compile(assembly)
                _keep(name, code)
            _loaded[name] = _kernel(flat, assembly, code)
    return _loaded[name]


def is_ready(flat: Flat) -> bool:
    """Whether nothing would have to be compiled."""
    name = _name(write_assembly(flat))
    return name in _loaded or _read(name) is not None


def cache_folder() -> Path:
    if named := os.environ.get("MATERIEL_CACHE"):
        return Path(named) / "kernels"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "materiel" / "kernels"


def _name(assembly: Assembly) -> str:
    binding = _llvm()
    parts = [assembly.text, repr(binding.llvm_version_info), binding.get_default_triple()]
    parts += [binding.get_host_cpu_name(), binding.get_host_cpu_features().flatten()]
    return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def _read(name: str) -> bytes | None:
    """The code that is kept under a name, if it is whole."""
    try:
        content = (cache_folder() / f"{name}.o").read_bytes()
    except OSError:
        return None
    digest, code = content[:DIGEST], content[DIGEST:]
    return code if digest == blake2b(code, digest_size=DIGEST).digest() else None


def _keep(name: str, code: bytes) -> None:
    """Puts the code in its place when it is whole; where nothing can be written it is compiled again next time."""
    with suppress(OSError):
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=folder, prefix=name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(blake2b(code, digest_size=DIGEST).digest() + code)
            Path(aside).replace(folder / f"{name}.o")
        finally:
            Path(aside).unlink(missing_ok=True)
        _prune(folder)


def _prune(folder: Path) -> None:
    """Remove the oldest kernels until those that stay have at most :data:`KEPT_BYTES`."""
    kept = sorted((each.stat().st_mtime_ns, each.name, each.stat().st_size) for each in folder.glob("*.o"))
    over = sum(size for _, _, size in kept) - KEPT_BYTES
    for _, name, size in kept[:-1]:
        if over <= 0:
            return
        (folder / name).unlink(missing_ok=True)
        over -= size


def _llvm() -> Any:
    """LLVM, which nothing but kernels needs."""
    from llvmlite import binding

    return binding


def _target() -> Any:
    binding = _llvm()
    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    return binding.Target.from_default_triple().create_target_machine(
        cpu=binding.get_host_cpu_name(), features=binding.get_host_cpu_features().flatten(), opt=1, reloc="pic"
    )


def _compile(assembly: Assembly) -> bytes:
    binding = _llvm()
    module = binding.parse_assembly(assembly.text)
    module.verify()
    code: bytes = _target().emit_object(module)
    return code


def _kernel(flat: Flat, assembly: Assembly, code: bytes) -> Kernel:
    binding = _llvm()
    owner = binding.create_mcjit_compiler(binding.parse_assembly(""), _target())
    owner.add_object_file(binding.ObjectFileRef.from_data(code))
    owner.finalize_object()
    simulate, fill = (owner.get_function_address(name) for name in ("simulate", "fill"))
    return Kernel(flat, assembly.workspace, simulate, fill, owner)
