"""Statements to entries: what the statements about one and the same thing add up to.

``grouping`` says which statements belong together, ``history`` where that leaves the thing, ``figures`` which figure
stands, ``disputes`` who contradicts, ``grades`` how far to trust it. The whole is a pure function of the set of
statements, documents and lineage.

Support counts the independent origins that state the current stage or a further one (``backing`` says whose account a
statement is). Denials, ignorance and earlier stages add nothing to it, and neither does a copy. Wherever statements are
counted or the latest of them is asked for, it is their origins and the days of these: how often a story was reprinted
decides nothing.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence

from materiel.register.accounts import (
    Account,
    count_origins,
    first_id,
    gather_accounts,
    origins_of,
    settle_credits,
)
from materiel.register.disputes import find_contradictions, word_silent_claims
from materiel.register.figures import Figure, FigureOf, agree, gather_figures, word_difference
from materiel.register.goods import goods_of
from materiel.register.grades import grade
from materiel.register.grouping import firm_of, group_accounts, party_of
from materiel.register.history import Course, plot_course, stage_of
from materiel.terms.documents import Document
from materiel.terms.entries import Entry
from materiel.terms.lineage import Lineage
from materiel.terms.reliability import Reliability
from materiel.terms.statements import (
    Assertion,
    Claim,
    Commitment,
    Force,
    Measure,
    Pact,
    PactStatus,
    Stage,
    Stance,
    Statement,
    Transfer,
)

PREFIXES = {"transfer": "tr", "commitment": "cm", "pact": "pa", "stance": "sn", "measure": "me"}

ID_DIGITS = 8


def build_entries(
    statements: Sequence[Statement],
    documents: Mapping[str, Document],
    lineage: Lineage,
    judged: Sequence[Reliability] = (),
) -> tuple[Entry, ...]:
    """The register: every entry that the statements make, sorted by kind (transfers first), then id.

    Args:
        statements: in any order; the same statement twice counts once.
        documents: by id, at least those that the statements come from.
        lineage: what the documents rest on; a document that it does not name is its own origin.
        judged: the judgements of publishers that are in force, at most one for each.

    Raises:
        KeyError: a statement's document is not among the documents.
    """
    groups = list(group_accounts(gather_accounts(statements, documents, lineage)))
    ids = _name_groups(groups)
    entries = [
        _add_up(identity, settle_credits(members, documents), judged)
        for identity, (_, members) in zip(ids, groups, strict=True)
    ]
    kinds = list(PREFIXES)
    return tuple(sorted(entries, key=lambda entry: (kinds.index(entry.kind), entry.id)))


def _name_groups(groups: Sequence[tuple[tuple[Hashable, ...], list[Account]]]) -> list[str]:
    """An id for each group from its kind, key and first statement; more digits where two would be alike."""
    digests = []
    for key, members in groups:
        kind = members[0].statement.kind
        identity = json.dumps([kind, key, first_id(members)], ensure_ascii=False)
        digests.append((PREFIXES[kind], hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()))
    short = Counter((prefix, digest[:ID_DIGITS]) for prefix, digest in digests)
    return [
        f"{prefix}-{digest[: ID_DIGITS if short[prefix, digest[:ID_DIGITS]] == 1 else 2 * ID_DIGITS]}"
        for prefix, digest in digests
    ]


def _add_up(identity: str, accounts: list[Account], judged: Sequence[Reliability]) -> Entry:
    course = plot_course(accounts)
    stated = [account for account in accounts if account.assertion == "stated"]
    claim, differences, bearers = _claim(accounts, stated, course)
    contradictions = find_contradictions(accounts, course)
    return Entry(
        id=identity,
        claim=claim,
        history=course.steps,
        statements=tuple(account.statement for account in accounts),
        backings=tuple(account.backing for account in accounts),
        origins=origins_of(bearers),
        is_disputed=bool(contradictions),
        conflicts=tuple(dict.fromkeys((*contradictions, *word_silent_claims(accounts), *differences))),
        grade=grade(bearers, is_disputed=bool(contradictions), figures_differ=bool(differences), judged=judged),
    )


def _claim(
    accounts: list[Account], stated: list[Account], course: Course
) -> tuple[Claim, tuple[str, ...], tuple[Account, ...]]:
    """What the accounts add up to, which figures differ, and who bears it out."""
    bearers = course.bearers if stated else ()
    leading = _leading(course)
    match leading.statement.claim:
        case Transfer():
            return *_transfer(accounts, stated, course), bearers
        case Pact() as pact:
            return (
                dataclasses.replace(
                    pact,
                    parties=tuple(sorted(set(pact.parties))),
                    status=PactStatus(course.stage),
                    date=_date_of(course),
                    trigger=_most_backed(accounts, lambda a: _slot(a, "trigger")),
                ),
                _dates_differ(course),
                bearers,
            )
        case Commitment() as commitment:
            return dataclasses.replace(commitment, force=_force(accounts)), (), tuple(accounts)
        case Stance() as stance:
            supplier, recipient = party_of(stance.supplier), party_of(stance.recipient)
            return dataclasses.replace(stance, supplier=supplier, recipient=recipient), (), bearers
        case Measure() as measure:
            figures = gather_figures(accounts, _measured)
            difference = word_difference(measure.measure.value, figures)
            bearing = tuple(a for a in accounts if agree(_measured(a)[0] or 0.0, figures[0].value))
            return dataclasses.replace(measure, value=figures[0].value), _said(difference), bearing


def _leading(course: Course) -> Account:
    """The account whose wording the entry takes: of the claim that most origins make, the first one known."""
    claims = count_origins(course.bearers, lambda account: account.statement.claim)

    def precedence(account: Account) -> tuple[int, bool, tuple[str, str, int, str]]:
        return -claims[account.statement.claim], account.carried_from is not None, account.order

    return min(course.bearers, key=precedence)


def _transfer(accounts: list[Account], stated: list[Account], course: Course) -> tuple[Transfer, tuple[str, ...]]:
    transfers = {account.id: claim for account in accounts if isinstance(claim := account.statement.claim, Transfer)}
    sample = transfers[course.bearers[0].id]
    quantities = _figures(stated or accounts, course, lambda a: (transfers[a.id].quantity, transfers[a.id].unit))
    dollars = _figures(stated or accounts, course, lambda a: (transfers[a.id].value_usd, "US dollars"))
    money = _figures(stated or accounts, course, lambda a: (transfers[a.id].value, transfers[a.id].currency))
    claim = Transfer(
        supplier=party_of(sample.supplier),
        recipient=party_of(sample.recipient),
        materiel=tuple(sorted(goods_of(c for a in stated or accounts for c in transfers[a.id].materiel))),
        stage=Stage(course.stage),
        assertion=Assertion(course.bearers[0].assertion),
        via=sample.via,
        quantity=quantities[0].value if quantities else None,
        unit=quantities[0].unit if quantities else None,
        value_usd=dollars[0].value if dollars else None,
        value=money[0].value if money else None,
        currency=money[0].unit if money else None,
        date=_date_of(course),
        supplier_name=_most_backed(accounts, lambda a: firm_of(transfers[a.id])),
        recipient_name=_most_backed(accounts, lambda a: transfers[a.id].recipient_name or None),
    )
    differences = (
        word_difference(name, given) for name, given in (("quantity", quantities), ("value", dollars), ("value", money))
    )
    return claim, tuple(text for text in differences if text)


def _figures(accounts: Sequence[Account], course: Course, figure_of: FigureOf) -> list[Figure]:
    """Figures of the current stage; those of other stages only where it has none. An order is no delivery."""
    current = [account for account in accounts if stage_of(account) == course.stage]
    return gather_figures(current, figure_of) or gather_figures(accounts, figure_of)


def _date_of(course: Course) -> str | None:
    """When the current stage was reached, by the latest account of it that gives a date."""
    return max((a.happened_on for a in course.bearers if a.happened_on and stage_of(a) == course.stage), default=None)


def _dates_differ(course: Course) -> tuple[str, ...]:
    days = sorted({a.happened_on for a in course.bearers if a.happened_on and stage_of(a) == course.stage})
    unlike = [day for day in days if not any(other != day and other.startswith(day) for other in days)]
    return (f"date of {course.stage} differs: {'; '.join(unlike)}",) if len(unlike) > 1 else ()


def _force(accounts: Sequence[Account]) -> Force:
    forces = count_origins(accounts, stage_of)
    return Force(min(forces, key=lambda force: (-forces[force], force)))


def _measured(account: Account) -> tuple[float | None, str | None]:
    claim = account.statement.claim
    assert isinstance(claim, Measure)
    return claim.value, claim.unit


def _most_backed(accounts: Sequence[Account], text_of: Callable[[Account], str | None]) -> str | None:
    """The text that most origins give, the first by name of several; None where nobody gives one."""
    counts = count_origins(accounts, text_of)
    return min(counts, key=lambda text: (-counts[text], text), default=None)


def _slot(account: Account, name: str) -> str | None:
    return getattr(account.statement.claim, name, None) or None


def _said(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()
