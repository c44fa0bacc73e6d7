"""How many articles of gold/ have each stem: writes src/materiel/sources/data/stem_frequency.csv anew."""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path

from materiel.sources import load_documents
from materiel.sources.lineage.wording import read_wording
from materiel.terms.documents import Document

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src" / "materiel" / "sources" / "data" / "stem_frequency.csv"
HEAD = (
    "# In how many articles of gold/articles and gold/reports each stem of sources/lineage/wording.py occurs",
    "# (three times or more; counted by benchmarks/background.py from their headlines and bodies).",
    "# The row * is the number of documents. A stem that is not here counts as being in none.",
)
LEAST = 3


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    counts: Counter[str] = Counter()
    documents = 0
    for folder in ("articles", "reports"):
        paths = (path for path in (ROOT / "gold" / folder).rglob("*") if path.suffix in (".txt", ".html", ".jsonl"))
        for path in sorted(paths):
            for _, document in load_documents(path):
                if isinstance(document, Document):
                    counts.update(read_wording(document).whole.stems)
                    documents += 1
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.writelines(line + "\n" for line in HEAD)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("stem", "documents"))
        writer.writerow(("*", documents))
        writer.writerows((stem, count) for stem, count in sorted(counts.items()) if count >= LEAST)
    print(
        f"{documents} documents, {sum(count >= LEAST for count in counts.values())} stems: {TARGET.relative_to(ROOT)}"
    )


if __name__ == "__main__":
    main()
