"""The publishers of a dossier, the outside sources that they credit, and how reliable analysts judge them."""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from materiel.desk.collect import open_computed, rebuild
from materiel.errors import InputRefused, NotFound
from materiel.register import Dossier, append_reliability, load_documents, load_lineage, load_reliabilities
from materiel.terms.reliability import LETTERS, Reliability, publisher_key


@dataclass(frozen=True, slots=True)
class Publisher:
    """An outlet that published documents of a dossier, a source that they credit, or both.

    Attributes:
        documents: how many it published; 0 for a source that is only credited.
        origins: how many of these are origins.
        credited_by: how many documents credit it.
        judgement: what an analyst says of it; None where nobody has judged it.
    """

    name: str
    documents: int
    origins: int
    credited_by: int
    judgement: Reliability | None

    @property
    def letter(self) -> str:
        return self.judgement.letter if self.judgement else "F"


def publishers(dossier: Path) -> tuple[Publisher, ...]:
    """Every publisher and credited source, those with most documents first, then by name.

    Raises:
        DossierRefused: the file is not a dossier.
    """
    with open_computed(dossier) as opened:
        return _list(opened)


def judge(dossier: Path, name: str, letter: str, *, reason: str, decided_by: str, decided_on: str) -> Publisher:
    """Adds an analyst's judgement of a publisher to a dossier, and builds the register anew.

    Args:
        dossier: the file.
        name: of a publisher or credited source of the dossier, capitals aside.
        letter: A to F, in either case.
        reason: why, in a few words.
        decided_by: who judges.
        decided_on: ISO day.

    Raises:
        DossierRefused: the file is not a dossier or cannot be written.
        InputRefused: no such letter or day, no reason, nobody who judges, or a later judgement is in force.
        NotFound: the dossier has no such publisher; names close ones.
    """
    judgement = _checked(letter, reason, decided_by, decided_on)
    with open_computed(dossier) as opened:
        known = {publisher_key(publisher.name): publisher.name for publisher in _list(opened)}
        if publisher_key(name) not in known:
            close = [known[key] for key in difflib.get_close_matches(publisher_key(name), sorted(known), n=3)]
            advice = f"Close: {', '.join(close)}." if close else "`materiel publishers DOSSIER` lists them."
            raise NotFound(f"No document here is published by {name!r} or credits it. {advice}")
        letter, reason, decided_by, decided_on = judgement
        reliability = Reliability(known[publisher_key(name)], letter, reason, decided_by, decided_on)
        with opened.transaction() as connection:
            is_new = append_reliability(connection, reliability)
        if is_new:
            rebuild(opened)
        return next(publisher for publisher in _list(opened) if publisher.name == reliability.publisher)


def _checked(letter: str, reason: str, decided_by: str, decided_on: str) -> tuple[str, str, str, str]:
    """The same, tidied."""
    tidy = letter.strip().upper()
    if tidy not in LETTERS:
        meanings = ", ".join(f"{one} {meaning}" for one, meaning in LETTERS.items())
        raise InputRefused(f"There is no reliability {letter!r}. Give one of {meanings}.")
    if not reason.strip():
        raise InputRefused("A judgement needs its reason: give --reason TEXT.")
    if not decided_by.strip():
        raise InputRefused("A judgement needs somebody who stands for it: give --by WHO.")
    try:
        day = date.fromisoformat(decided_on).isoformat()
    except ValueError as error:
        raise InputRefused(f"--on needs a day such as 2024-06-20; got {decided_on!r}.") from error
    return tidy, " ".join(reason.split()), " ".join(decided_by.split()), day


def _list(dossier: Dossier) -> tuple[Publisher, ...]:
    with dossier.transaction() as connection:
        documents = load_documents(connection)
        lineage = load_lineage(connection)
        judged = {publisher_key(one.publisher): one for one in load_reliabilities(connection)}
    published: dict[str, list[str]] = defaultdict(list)
    crediting: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for identity, document in documents.items():
        if document.publisher:
            names[publisher_key(document.publisher)].add(document.publisher)
            published[publisher_key(document.publisher)].append(identity)
    for identity, credited in [
        *((identity, credit.name) for identity, found in lineage.credits.items() for credit in found),
        *lineage.outside.items(),
    ]:
        names[publisher_key(credited)].add(credited)
        crediting[publisher_key(credited)].add(identity)
    listed = [
        Publisher(
            name=min(names[key]),
            documents=len(published[key]),
            origins=sum(lineage.origin_of(identity) == identity for identity in published[key]),
            credited_by=len(crediting[key]),
            judgement=judged.get(key),
        )
        for key in names
    ]
    return tuple(sorted(listed, key=lambda one: (-one.documents, -one.credited_by, one.name)))
