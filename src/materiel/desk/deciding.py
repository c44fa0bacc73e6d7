"""What an analyst decides about commitments: one of the analyst's own, a correction, a verdict, an event that happened.

Each is a row with author, day and reason; it is appended, may be superseded, and is never overwritten.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from materiel.commitments.days import span_of
from materiel.commitments.names import close_actors, find_actors
from materiel.commitments.parsing import parse
from materiel.commitments.printing import print_condition
from materiel.desk.collect import open_computed
from materiel.desk.decided import (
    ACCEPT,
    COMMITMENT,
    CORRECTION,
    EVENT,
    MERGE,
    REJECT,
    VERDICT,
    WITHDRAW,
    Terms,
    known_since,
    terms_of,
    value_of,
)
from materiel.desk.entries import pick
from materiel.desk.watching import Watched, watch
from materiel.errors import InputRefused, NotFound
from materiel.register import append_decision
from materiel.terms.decisions import Decision
from materiel.terms.statements import Force

MAX_DAYS = 36_500
"""Days of a term: a hundred years."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who decides, why, and on which ISO day."""

    name: str
    reason: str
    on: str


def commit(
    dossier: Path,
    author: Author,
    *,
    debtor: str,
    then: str,
    when: str | None = None,
    by: str | None = None,
    within: str | None = None,
    force: str = Force.POLICY,
    sources: Sequence[str] = (),
    day: str | None = None,
) -> Decision:
    """Adds a commitment of an analyst's own.

    Args:
        dossier: the file.
        author: who stands for it.
        debtor: a code or a name.
        then: what the debtor will bring about, in the language of conditions.
        when: on what condition; None: on none.
        by: ISO day, month or year by which it is to be done.
        within: days after the condition came: ``90d`` or ``90``.
        force: threat, promise or policy.
        sources: entries of the register that it rests on; at least one.
        day: the day on which it was made; None for the day on which the sources were known.

    Raises:
        ConditionRefused: a condition cannot be read.
        DossierRefused: the file is not a dossier or cannot be written.
        InputRefused: something else given cannot be used.
        NotFound: no entry has the id of a source.
    """
    if not sources:
        raise InputRefused("A commitment needs an entry of the register that it rests on: give --source ENTRY.")
    terms = _terms(debtor=debtor, when=when, then=then, by=by, within=within, force=force)
    defaults: Terms = {"when": None, "by": None, "within": None}
    watched = watch(dossier)
    rests_on = _sources(watched, sources)
    made: Terms = {**defaults, **terms, "sources": rests_on, "day": _made_on(watched, rests_on, day)}
    return _append(dossier, watched, COMMITMENT, _own_id("ac", made), made, author)


def declare(
    dossier: Path, author: Author, what: str, *, sources: Sequence[str] = (), day: str | None = None
) -> Decision:
    """Declares that an event happened which conditions ask for by its words.

    Raises:
        DossierRefused: the file is not a dossier or cannot be written.
        InputRefused: no words, no day, or something else that cannot be used.
        NotFound: no entry has the id of a source.
    """
    words = " ".join(what.split())
    if not words:
        raise InputRefused('An event needs its words: --event "armed attack on North Korea".')
    watched = watch(dossier)
    rests_on = _sources(watched, sources)
    terms: Terms = {"what": words, "sources": rests_on, "day": _made_on(watched, rests_on, day)}
    return _append(dossier, watched, EVENT, _own_id("ev", terms), terms, author)


def correct(
    dossier: Path,
    author: Author,
    target: str,
    *,
    debtor: str | None = None,
    when: str | None = None,
    then: str | None = None,
    by: str | None = None,
    within: str | None = None,
    force: str | None = None,
) -> Decision:
    """Puts terms in the place of those that were read; what was corrected before and is not named stays corrected.

    Raises:
        ConditionRefused: a condition cannot be read.
        DossierRefused: the file is not a dossier or cannot be written.
        InputRefused: nothing to correct, or something that cannot be used.
        NotFound: no commitment has this id.
    """
    terms = _terms(debtor=debtor, when=when, then=then, by=by, within=within, force=force)
    if not terms:
        raise InputRefused("Say what is to be corrected: --debtor, --when, --then, --by, --within or --force.")
    watched = watch(dossier)
    corrected = _pick(watched, target)
    former = next(
        (
            terms_of(each)
            for each in watched.history
            if (each.kind, each.target, each.superseded_by) == (CORRECTION, corrected, None)
        ),
        {},
    )
    return _append(dossier, watched, CORRECTION, corrected, {**former, **terms}, author)


def reject(dossier: Path, author: Author, target: str) -> Decision:
    """Takes a commitment or a declared event off the board: it is none, or was read wrongly.

    Raises:
        DossierRefused, InputRefused, NotFound: as above.
    """
    watched = watch(dossier)
    return _verdict(dossier, watched, _pick(watched, target, events=True), {"act": REJECT}, author)


def accept(dossier: Path, author: Author, target: str) -> Decision:
    """Confirms a commitment or an event, and takes back what was decided about its place on the board before.

    Raises:
        DossierRefused, InputRefused, NotFound: as above.
    """
    watched = watch(dossier)
    return _verdict(dossier, watched, _pick(watched, target, events=True, gone=True), {"act": ACCEPT}, author)


def merge(dossier: Path, author: Author, target: str, into: str) -> Decision:
    """Says that a commitment is one and the same as another: what was said of it counts for that one.

    Raises:
        DossierRefused, InputRefused, NotFound: as above; ``InputRefused`` also where the two are the same already.
    """
    watched = watch(dossier)
    one, other = _pick(watched, target), _pick(watched, into)
    if one == other:
        raise InputRefused(f"{one} cannot be merged into itself. Name another with --into.")
    return _verdict(dossier, watched, one, {"act": MERGE, "into": other}, author)


def withdraw(
    dossier: Path, author: Author, target: str, *, sources: Sequence[str] = (), day: str | None = None
) -> Decision:
    """Records that the debtor took a commitment back.

    Args:
        dossier: the file.
        author: who stands for it.
        target: the commitment.
        sources: entries that tell of it.
        day: when it was taken back; needed where no source has a date.

    Raises:
        DossierRefused, InputRefused, NotFound: as above.
    """
    watched = watch(dossier)
    rests_on = _sources(watched, sources)
    taken_back = _made_on(watched, rests_on, day)
    return _verdict(
        dossier, watched, _pick(watched, target), {"act": WITHDRAW, "sources": rests_on, "day": taken_back}, author
    )


def decisions(dossier: Path) -> tuple[Decision, ...]:
    """Every decision on commitments and events, superseded ones too, in the order in which they were made.

    Raises:
        DossierRefused: the file is not a dossier.
    """
    history = watch(dossier).history
    followed = {each.id: each for each in history}

    def steps(one: Decision) -> int:
        """How many decisions take its place one after the other: those of one day stand in that order."""
        count = 0
        while one.superseded_by is not None:
            one, count = followed[one.superseded_by], count + 1
        return count

    return tuple(sorted(history, key=lambda one: (one.decided_on, one.target, -steps(one), one.id)))


def _terms(
    *,
    debtor: str | None = None,
    when: str | None = None,
    then: str | None = None,
    by: str | None = None,
    within: str | None = None,
    force: str | None = None,
) -> Terms:
    """What was given, checked and in its canonical form."""
    terms: Terms = {}
    if debtor is not None:
        terms["debtor"] = _actor(debtor)
    if when is not None:
        terms["when"] = print_condition(parse(when))
    if then is not None:
        terms["then"] = print_condition(parse(then))
    if by is not None and within is not None:
        raise InputRefused("--by and --within cannot be had together. Give one of them.")
    if by is not None:
        span_of(by)
        terms |= {"by": by, "within": None}
    if within is not None:
        terms |= {"by": None, "within": _days(within)}
    if force is not None:
        if force not in set(Force):
            raise InputRefused(f"There is no force {force!r}. Give one of {', '.join(Force)}.")
        terms["force"] = str(force)
    return terms


def _actor(name: str) -> str:
    codes = find_actors(name.strip())
    if len(codes) == 1:
        return codes[0]
    if codes:
        raise InputRefused(f"--debtor {name!r} may be {' or '.join(codes)}. Give one of these codes.")
    close = close_actors(name.strip())
    advice = f"Close: {', '.join(close)}." if close else "Give a code such as KOR, a state, a body or a firm."
    raise InputRefused(f"No actor is called {name!r}. {advice}")


def _days(within: str) -> int:
    found = re.fullmatch(r"([0-9]{1,6}) *(?:d|day|days)?", within.strip())
    if not found or not 0 < int(found[1]) <= MAX_DAYS:
        raise InputRefused(f"--within needs a number of days such as 90d, at most {MAX_DAYS:,}; got {within!r}.")
    return int(found[1])


def _sources(watched: Watched, sources: Sequence[str]) -> list[str]:
    return sorted({pick(watched.entries, source.strip().lower()).id for source in sources})


def _made_on(watched: Watched, sources: Sequence[str], day: str | None) -> str:
    """The day given, or else the one on which the sources were known."""
    if day is not None:
        span_of(day)
        return day
    known = known_since(sources, watched.entries)
    if known is None:
        raise InputRefused("On which day was that? Give --day DATE, or --source ENTRY with an entry that has a date.")
    return known


def _own_id(prefix: str, terms: Terms) -> str:
    return f"{prefix}-{hashlib.sha256(value_of(terms).encode()).hexdigest()[:8]}"


def _pick(watched: Watched, wanted: str, *, events: bool = False, gone: bool = False) -> str:
    """The id of a commitment on the board, or of what else is asked for, by it or by its beginning.

    Args:
        watched: the dossier.
        wanted: an id or the beginning of one, in any case.
        events: an analyst's event will do.
        gone: one that was rejected or merged will do.
    """
    ids = {each.id for each in watched.decided.commitments}
    if events:
        ids |= {each.id for each in watched.decided.events}
    removed = {
        each.target: terms_of(each)
        for each in watched.history
        if each.kind == VERDICT and each.superseded_by is None and terms_of(each)["act"] in {REJECT, MERGE}
    }
    found = _matching(ids | (removed.keys() if gone else set()), wanted)
    if found is not None:
        return found
    if not gone and (off := _matching(removed.keys(), wanted)):
        what = f"merged into {removed[off]['into']}" if removed[off]["act"] == MERGE else "rejected"
        raise InputRefused(f"{off} was {what}. `--accept {off}` puts it back on the board.")
    close = difflib.get_close_matches(wanted, sorted(ids), n=3, cutoff=0.5)
    advice = f"Close: {', '.join(close)}." if close else "`materiel board DOSSIER` lists the ids."
    raise NotFound(f"No commitment has the id {wanted or '(nothing)'}. {advice}")


def _matching(ids: Iterable[str], wanted: str) -> str | None:
    ids, folded = sorted(ids), wanted.strip().casefold()
    exact = [each for each in ids if each.casefold() == folded]
    if exact:
        return exact[0]
    begins = [each for each in ids if folded and each.casefold().startswith(folded)]
    if len(begins) > 1:
        raise NotFound(f"{len(begins)} ids begin with {wanted}: {', '.join(begins[:5])}. Give more of the id.")
    return begins[0] if begins else None


def _verdict(dossier: Path, watched: Watched, target: str, terms: Terms, author: Author) -> Decision:
    return _append(dossier, watched, VERDICT, target, terms, author)


def _append(dossier: Path, watched: Watched, kind: str, target: str, terms: Terms, author: Author) -> Decision:
    """Stores a decision; where the one in force says just the same, that one."""
    checked = _checked(author)
    with open_computed(dossier) as opened, opened.transaction() as connection:
        added = append_decision(
            connection,
            kind,
            target,
            value_of(terms),
            reason=checked.reason,
            decided_by=checked.name,
            decided_on=checked.on,
        )
    if added is not None:
        return added
    in_force = (each for each in watched.history if each.superseded_by is None)
    return next(each for each in in_force if (each.kind, each.target) == (kind, target))


def _checked(author: Author) -> Author:
    """The same, tidied."""
    name, reason = " ".join(author.name.split()), " ".join(author.reason.split())
    if not name:
        raise InputRefused("A decision needs somebody who stands for it: give --author NAME.")
    if not reason:
        raise InputRefused("A decision needs its reason: give --reason TEXT.")
    try:
        day = date.fromisoformat(author.on).isoformat()
    except ValueError as error:
        raise InputRefused(f"--on needs a day such as 2024-06-20; got {author.on!r}.") from error
    return Author(name, reason, day)
