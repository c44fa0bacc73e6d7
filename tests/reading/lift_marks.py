"""Take the "~" from the cases that are read by now; it never sets one: a case that is lost must be mended or argued.

python tests/reading/lift_marks.py
"""

from __future__ import annotations

from reading_cases import CASES, cases, complaints
from reading_samples import read_text


def main() -> None:
    read = {
        case.text.replace("\n", "\\n")
        for case in cases()
        if not case.is_read and not complaints(read_text(case.text, case.published_on), case.expected)
    }
    for path in sorted(CASES.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").split("\n")
        lifted = [line.lstrip("~ ") if line.startswith("~") and line.lstrip("~ ") in read else line for line in lines]
        path.write_text("\n".join(lifted), encoding="utf-8")
    print(f"{len(read)} marks lifted")


if __name__ == "__main__":
    main()
