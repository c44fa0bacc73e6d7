"""How well lineage does on the hand-made families of gold/lineage and gold/families.

A pair counts as derived where one document comes from the other or both rest on one and the same; a follow-up that
reuses a paragraph is independent. Direction is judged on the derived pairs that were found. All documents are traced
together, so a link to another event counts as wrong as well.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from families_training import NEGATIVE, is_aside, load_families, read, roots

from materiel.sources.lineage import trace_lineage
from materiel.terms.documents import Document
from materiel.terms.lineage import Lineage

SETS = ("gold/lineage", "developed on", "aside")
SORTS = {
    "reprints and edits": {"syndicated", "light-edit"},
    "heavy rewrites": {"rewrite", "back-translation", "spin"},
    "content farms": {"farm-rewrite"},
}


@dataclass
class Figures:
    """What was found in some families.

    Attributes:
        said, true, hits: pairs of documents said to be derived, truly so, and both.
        exact: families whose number of origins is right, of ``families``.
        turned: derived pairs that were found in the wrong direction, of ``linked``.
        strangers: derivations between documents of different families.
        missed, wrong: pairs by the roles of the two, and ``pairs`` of all by the same.
    """

    said: int = 0
    true: int = 0
    hits: int = 0
    exact: int = 0
    families: int = 0
    linked: int = 0
    turned: int = 0
    strangers: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(self.said + self.true, 1)

    def __str__(self) -> str:
        precision, recall = self.hits / max(self.said, 1), self.hits / max(self.true, 1)
        direction = 1 - self.turned / max(self.linked, 1)
        return (
            f"pairs P {precision:.3f} R {recall:.3f} F1 {self.f1:.3f} ({self.true} derived); origins exact in "
            f"{self.exact} of {self.families}; direction right in {direction:.1%} of {self.linked}; "
            f"{self.strangers} links between events"
        )


def choose(name: str) -> list[dict[str, Any]]:
    """The families of one of the SETS."""
    return [
        family
        for family in load_families()
        if name == ("gold/lineage" if not family["id"].isdigit() else SETS[1 + is_aside(family["id"])])
    ]


def load(families: Sequence[Mapping[str, Any]], *, with_metadata: bool) -> dict[str, Document]:
    """The documents by path: as their files say, or without date, outlet and author."""
    found: dict[str, Document] = {}
    for family in families:
        for entry in family["documents"]:
            document = read(entry["path"])
            found[entry["path"]] = (
                document if with_metadata else replace(document, published_on=None, publisher=None, author=None)
            )
    return found


def score(families: Sequence[Mapping[str, Any]], documents: Mapping[str, Document], lineage: Lineage) -> Figures:
    """How the lineage agrees with the families."""
    ids = {path: document.id for path, document in documents.items()}
    homes: dict[str, set[str]] = {}
    for family in families:
        for entry in family["documents"]:
            homes.setdefault(ids[entry["path"]], set()).add(family["id"])
    links = {(d.document, d.source) for d in lineage.derivations}
    found = Figures(families=len(families))
    found.strangers = sum(not homes[document] & homes[source] for document, source in links)
    for family in families:
        by_path = {entry["path"]: entry for entry in family["documents"]}
        rest_on = {path: roots(path, by_path) for path in by_path}
        for one, other in combinations(sorted(by_path), 2):
            first, second = ids[one], ids[other]
            is_said = lineage.origin_of(first) == lineage.origin_of(second) or bool(
                {(first, second), (second, first)} & links
            )
            is_true = bool(rest_on[one] & rest_on[other])
            roles = "/".join(sorted((by_path[one]["role"], by_path[other]["role"])))
            found.hits, found.said, found.true = (
                found.hits + (is_said and is_true),
                found.said + is_said,
                found.true + is_true,
            )
            found.pairs[roles] += 1
            found.missed[roles] += is_true and not is_said
            found.wrong[roles] += is_said and not is_true
        wanted = {origin for reached in rest_on.values() if len(reached) == 1 for origin in reached}
        found.exact += len(wanted) == len({lineage.origin_of(ids[path]) for path in by_path})
        for path, entry in by_path.items():
            for source in entry["sources"] if entry["role"] not in NEGATIVE else ():
                forth, back = (ids[path], ids.get(source, "")), (ids.get(source, ""), ids[path])
                found.linked += forth in links or back in links
                found.turned += back in links
    return found


def by_sort(
    families: Sequence[Mapping[str, Any]], documents: Mapping[str, Document], lineage: Lineage
) -> dict[str, tuple[int, int, int]]:
    """For each of the SORTS: documents joined with a true relative, how many there are, and how many wrong joins.

    Wrong are independent documents with a derivation, and derived ones of the sort that rest on another's origin.
    """
    ids = {path: document.id for path, document in documents.items()}
    derived = {derivation.document for derivation in lineage.derivations}
    found: dict[str, tuple[int, int, int]] = {}
    for sort, roles in SORTS.items():
        joined = all_ = wrong = 0
        for family in families:
            by_path = {entry["path"]: entry for entry in family["documents"]}
            rest_on = {path: roots(path, by_path) for path in by_path}
            for path, entry in by_path.items():
                together = [
                    other
                    for other in by_path
                    if other != path and lineage.origin_of(ids[other]) == lineage.origin_of(ids[path])
                ]
                is_joined = any(rest_on[other] & rest_on[path] for other in together)
                all_ += entry["role"] in roles
                joined += entry["role"] in roles and is_joined
                wrong += (entry["role"] in roles and bool(together) and not is_joined) or (
                    entry["role"] in NEGATIVE and ids[path] in derived
                )
        found[sort] = joined, all_, wrong
    return found


def measure(name: str, *, with_metadata: bool) -> Figures:
    """The figures of one of the SETS."""
    families = choose(name)
    documents = load(families, with_metadata=with_metadata)
    return score(families, documents, trace_lineage(list(documents.values())))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--show", action="store_true", help="which roles are missed and wrongly linked")
    arguments = parser.parse_args()
    for name in SETS:
        families = choose(name)
        for with_metadata in (True, False):
            documents = load(families, with_metadata=with_metadata)
            lineage = trace_lineage(list(documents.values()))
            found = score(families, documents, lineage)
            print(f"{name}, {'as it is' if with_metadata else 'without dates and outlets'}\n  {found}")
            for sort, (joined, all_, wrong) in by_sort(families, documents, lineage).items():
                if all_:
                    f1 = 2 * joined / (joined + all_ + wrong)
                    print(f"  {sort}: {joined} of {all_} joined, {wrong} wrong joins, F1 {f1:.3f}")
            if arguments.show:
                for label, counts in (("missed", found.missed), ("wrong", found.wrong)):
                    listed = ", ".join(f"{r} {n}/{found.pairs[r]}" for r, n in sorted(counts.items()) if n)
                    print(f"  {label}: {listed or 'none'}")


if __name__ == "__main__":
    main()
