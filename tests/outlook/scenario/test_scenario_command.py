"""The command refuses politely: what is refused in one line, then each problem in a line of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from scenario_samples import changed


def test_the_command_lists_blanks(tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text(
        changed("{value: 0, unit: rounds, source: y}", '{blank: "What has Kyiv?", unit: rounds}'), encoding="utf-8"
    )
    command = [sys.executable, "-m", "materiel", "outlook", str(file), "--members", "10"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    head, *listed = done.stderr.splitlines()
    assert head.startswith(f"materiel: {file}: it cannot be run yet: 1 number is blank.")
    assert listed == ["  line 13, stocks.UKR.shell.opening: What has Kyiv? (in rounds)."]
