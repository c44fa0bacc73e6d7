"""The lines of the register, filtered, and everything behind one of them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from materiel.desk.actors import find_actors
from materiel.desk.collect import open_computed
from materiel.errors import InputRefused, NotFound
from materiel.register import load_documents, load_entries, load_files
from materiel.register.dates import span
from materiel.report import support_words
from materiel.terms.documents import Document
from materiel.terms.entries import Entry, outside_name
from materiel.terms.statements import CLAIM_TYPES, Commitment, Pact, Statement


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement behind an entry with its document, and whose account it is.

    Attributes:
        file: the file that gave the document.
        origin: the file of the document whose account it is; None where an outside source is credited.
        outside: the name of that source, or None.
        carried_from: the file of the document from which this one carries it along, or None.
    """

    statement: Statement
    document: Document
    file: str
    origin: str | None
    outside: str | None
    carried_from: str | None

    @property
    def is_origin(self) -> bool:
        """Whether the document found it out, for all that is known here."""
        return self.outside is None and self.carried_from is None


@dataclass(frozen=True, slots=True)
class Reasoning:
    """An entry, its support in words, and every statement behind it, in the order in which they became known."""

    entry: Entry
    support: str
    evidence: tuple[Evidence, ...]


def register(
    dossier: Path,
    *,
    kind: str | None = None,
    supplier: str | None = None,
    recipient: str | None = None,
    since: str | None = None,
) -> tuple[Entry, ...]:
    """The entries of a dossier, sorted by kind, parties, goods and id.

    Args:
        dossier: the file.
        kind: transfer, commitment, pact, stance or measure.
        supplier: a code or name in any case; the parties of a pact and the debtor of a commitment count as suppliers.
        recipient: likewise; the parties of a pact count as recipients.
        since: ISO day, month or year: entries of which something happened or became known then or later.

    Raises:
        DossierRefused: the file is not a dossier.
        InputRefused: no such kind or actor, or no such date.
    """
    if kind is not None and kind not in CLAIM_TYPES:
        raise InputRefused(f"There is no kind {kind!r} of entry. Give one of {', '.join(CLAIM_TYPES)}.")
    first_day = span(since)
    if since is not None and first_day is None:
        raise InputRefused(f"--since needs a day, month or year such as 2024-06-20, 2024-06 or 2024; got {since!r}.")
    with open_computed(dossier) as opened, opened.transaction() as connection:
        entries = load_entries(connection)
    known = {name for entry in entries for name in (*suppliers_of(entry), *recipients_of(entry))}
    if supplier is not None:
        wanted = find_actors(supplier, known)
        entries = [e for e in entries if wanted & {name.casefold() for name in suppliers_of(e)}]
    if recipient is not None:
        wanted = find_actors(recipient, known)
        entries = [e for e in entries if wanted & {name.casefold() for name in recipients_of(e)}]
    return tuple(
        sorted(
            (e for e in entries if kind in (None, e.kind) and (first_day is None or _last_day(e) >= first_day[0])),
            key=_place,
        )
    )


def why(dossier: Path, entry_id: str) -> Reasoning:
    """Everything behind an entry, named by its id or by the beginning of it if only one entry begins so.

    Raises:
        DossierRefused: the file is not a dossier.
        NotFound: no entry, or more than one, has this id; names close ones.
    """
    with open_computed(dossier) as opened, opened.transaction() as connection:
        entries = {entry.id: entry for entry in load_entries(connection)}
        documents = load_documents(connection)
        files = load_files(connection)
    entry = pick(entries, entry_id.strip().lower())
    evidence = []
    for statement, backing in zip(entry.statements, entry.backings, strict=True):
        outside = outside_name(backing.origin)
        origin = None if outside else files[backing.origin][0]
        carried_from = files[backing.carried_from][0] if backing.carried_from else None
        document = documents[statement.document]
        evidence.append(Evidence(statement, document, files[statement.document][0], origin, outside, carried_from))
    names = {
        identity: document.publisher or PurePath(files[identity][0]).name for identity, document in documents.items()
    }
    return Reasoning(entry, support_words(entry, names), tuple(evidence))


def suppliers_of(entry: Entry) -> tuple[str, ...]:
    """Codes and names of whoever gives, promises, measures or is party to an entry."""
    claim = entry.claim
    match claim:
        case Pact():
            return claim.parties
        case Commitment():
            return _named(claim.debtor, claim.consequent.supplier, claim.antecedent.supplier)
    return _named(*(getattr(claim, slot, None) for slot in ("supplier", "supplier_name", "via", "holder", "subject")))


def recipients_of(entry: Entry) -> tuple[str, ...]:
    """Codes and names of whoever receives in an entry, or is party to it."""
    claim = entry.claim
    match claim:
        case Pact():
            return claim.parties
        case Commitment():
            return _named(claim.consequent.recipient, claim.antecedent.recipient)
    return _named(*(getattr(claim, slot, None) for slot in ("recipient", "recipient_name")))


def pick(entries: Mapping[str, Entry], wanted: str) -> Entry:
    """The entry with an id, or with the only one that begins so.

    Raises:
        NotFound: there is none, or more than one; names close ones.
    """
    if wanted in entries:
        return entries[wanted]
    begins = [identity for identity in sorted(entries) if wanted and identity.startswith(wanted)]
    if len(begins) == 1:
        return entries[begins[0]]
    if begins:
        some = ", ".join(begins[:5]) + (" ..." if len(begins) > 5 else "")
        raise NotFound(f"{len(begins)} entries begin with {wanted}: {some}. Give more of the id.")
    close = difflib.get_close_matches(wanted, sorted(entries), n=3, cutoff=0.5)
    advice = f"Close: {', '.join(close)}." if close else "`materiel register DOSSIER` lists the ids."
    raise NotFound(f"No entry has the id {wanted or '(nothing)'}. {advice}")


def _last_day(entry: Entry) -> int:
    """The last day (ordinal) on which something of the entry happened or became known; 0 where no date is given."""
    spans = (span(day) for step in entry.history for day in (step.happened_on, step.known_on))
    return max((reach[1] for reach in spans if reach), default=0)


def _place(entry: Entry) -> tuple[int, tuple[str, ...], tuple[str, ...], str]:
    goods = tuple(getattr(entry.claim, "materiel", ()))
    return list(CLAIM_TYPES).index(entry.kind), (*suppliers_of(entry)[:1], *recipients_of(entry)[:1]), goods, entry.id


def _named(*names: str | None) -> tuple[str, ...]:
    return tuple(name for name in names if name)
