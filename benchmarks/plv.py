"""A cross-check on the public PLV test set of political event coding, where it is on this disk; it is never committed.

    python benchmarks/plv.py PATH/TO/PLV_test.tsv

Each row of the set is a sentence with a source and a target and the root code of the PLOVER ontology that holds between
them; it has no class for arms. Taken are the sentences that name arms together with a word of supply, and of the codes
the four that an event of military aid falls under: AID (given), AGREE (promised), REJECT (refused), THREATEN
(threatened). The reader's answer is what it says of supply in the sentence. Where the code is about something else than
the supply that is mentioned, it counts against the reader all the same, so the figure is a lower bound. The published
one is over fifteen codes and all sentences, this over four codes and some: read them beside each other, not as a race.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scoring import Tally

from materiel.reading import read_documents
from materiel.reading.prefilter import names_supply_of_arms
from materiel.terms.documents import Document, Passage, Role
from materiel.terms.statements import Assertion, Commitment, Force, Stage, Statement, Transfer

PUBLISHED = 82.4
"""Macro F1 at root level over all codes, as it is cited for the set; not checked against the paper here."""

COLUMNS = ("gold_root", "sentence", "source", "target")
CODES = {"AID": "given", "AGREE": "promised", "REJECT": "refused", "THREATEN": "threatened"}
_BY_STAGE = {
    Stage.DELIVERED: "AID",
    Stage.PLEDGED: "AGREE",
    Stage.ORDERED: "AGREE",
    Stage.WITHHELD: "REJECT",
}


@dataclass(frozen=True, slots=True)
class Coded:
    """A sentence of the set with its root code."""

    sentence: str
    code: str


def sentences_of(path: Path) -> list[Coded]:
    """The coded sentences that name a supply of arms, each sentence and code once.

    Raises:
        SystemExit: the file is not the set: columns are lacking, or it cannot be read.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t")
            if lacking := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
                raise SystemExit(f"{path} has no column {', '.join(lacking)}: give the tab-separated PLV_test.tsv.")
            found = dict.fromkeys(Coded(row["sentence"], row["gold_root"].upper()) for row in rows)
    except (OSError, UnicodeDecodeError) as error:
        raise SystemExit(f"{path} cannot be read: {error}. Give the path of PLV_test.tsv.") from error
    return [coded for coded in found if names_supply_of_arms(coded.sentence)]


def code_of(statements: Iterable[Statement]) -> str | None:
    """The code of what a sentence says of supply, threats and then refusals first; None where it says nothing."""
    codes = set(_codes(statements))
    return next((code for code in ("THREATEN", "REJECT", "AGREE", "AID") if code in codes), None)


def _codes(statements: Iterable[Statement]) -> Iterator[str]:
    for statement in statements:
        claim = statement.claim
        if isinstance(claim, Commitment):
            yield "THREATEN" if claim.force is Force.THREAT else "AGREE"
        elif isinstance(claim, Transfer) and claim.assertion is Assertion.STATED and claim.stage in _BY_STAGE:
            yield _BY_STAGE[claim.stage]


def tallies(gold: Sequence[str], said: Sequence[str | None]) -> dict[str, Tally]:
    """For each of the four codes how often it was said rightly, said, and to be said."""
    hits = Counter(wanted for wanted, got in zip(gold, said, strict=True) if wanted == got)
    return {code: Tally(hits[code], sum(got == code for got in said), gold.count(code)) for code in CODES}


def read_codes(sentences: Sequence[str]) -> list[str | None]:
    documents = (Document(text, (Passage(0, len(text), Role.BODY),)) for text in sentences)
    return [code_of(statements) for statements in read_documents(documents)]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("path", type=Path, help="PLV_test.tsv")
    coded = sentences_of(options.parse_args().path)
    found = tallies([each.code for each in coded], read_codes([each.sentence for each in coded]))
    print(f"{len(coded)} sentences name a supply of arms, {sum(each.code in CODES for each in coded)} of them coded")
    for code, tally in found.items():
        shown = f"P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}" if tally.gold else "does not occur"
        counted = f"hit {tally.hit}  said {tally.said}  gold {tally.gold}"
        print(f"  military aid {CODES[code]:<11}({code:<8})  {shown}   {counted}")
    there = [tally.f1 for tally in found.values() if tally.gold]
    if not there:
        print("none of the four codes occurs: no figure")
        return 0
    print(f"macro F1 {100 * sum(there) / len(there):.1f} over {len(there)} codes (published, all codes: {PUBLISHED})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
