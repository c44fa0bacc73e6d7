"""Which statements are about one and the same thing: for each kind of claim, a rule that cuts accounts into groups.

transfer    same supplier, recipient and ``via`` (a firm counts as its state); goods of one line (see ``goods``); then
            no more than 400 days of silence between the reports (a year and its seams, so that yearly figures and
            late confirmations stay with their supply, and next decade's order does not). Where several firms are
            named in one such group each keeps a group of its own, and statements that name none stand together apart.
            Statements inside a condition, a threat or a question (hypothetical) are evidence for commitments and make
            no line.
commitment  same debtor, compatible antecedent and consequent (see ``clauses``); compared with leading claims only.
pact        same set of parties and kind, no more than 400 days of silence.
stance      same holder, attitude, supplier and recipient, no more than 60 days of silence.
measure     same subject, measure, period and unit; where the period names no year, no more than 400 days of silence.

Every rule is a function of the set of accounts: order of reading cannot change it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial

from materiel.register.accounts import Account, count_origins, origins_of
from materiel.register.clauses import mean_the_same
from materiel.register.dates import group_by_time
from materiel.register.goods import Goods, find_lines, goods_of
from materiel.terms.actors import organisations
from materiel.terms.statements import Commitment, Measure, Pact, Stance, Transfer, claim_slots

SUPPLY_GAP_DAYS = 400
STANCE_GAP_DAYS = 60

Group = tuple[tuple[Hashable, ...], list[Account]]
"""What the members have in common, and the members in the order of :attr:`Account.order`."""


def group_accounts(accounts: Sequence[Account]) -> Iterator[Group]:
    """All groups, kind by kind; each account that can make an entry is in exactly one."""
    by_kind: dict[str, list[Account]] = defaultdict(list)
    for account in sorted(accounts, key=lambda account: account.order):
        if account.assertion != "hypothetical":
            by_kind[account.statement.kind].append(account)
    for kind, rule in _RULES.items():
        yield from rule(by_kind.get(kind, []))


def party_of(actor: str | None) -> str | None:
    """The state of a firm that the vocabulary knows; any other actor as it is."""
    if actor is None:
        return None
    firm = find_firm(actor)
    return firm[1] if firm else actor


def find_firm(actor: str) -> tuple[str, str] | None:
    """A firm's code and its state, by any of its names."""
    return _firms().get(actor.casefold())


@cache
def _firms() -> dict[str, tuple[str, str]]:
    return {
        name.casefold(): (code, firm.state)
        for code, firm in organisations().items()
        if firm.kind == "firm" and firm.state
        for name in (code, *firm.names)
    }


def firm_of(claim: Transfer) -> str | None:
    """The supplying firm by its code where the vocabulary knows it, else by its name as written."""
    for name in (claim.supplier_name, claim.supplier):
        if name and (firm := find_firm(name)):
            return firm[0]
    return claim.supplier_name or None


def _group_transfers(accounts: Sequence[Account]) -> Iterator[Group]:
    for key, pair in _by_key(accounts, lambda a: _pair_key(_transfer(a))):
        line = find_lines(count_origins(pair, _goods))
        for _, members in _by_key(pair, partial(_line_key, line)):
            for period in group_by_time(members, lambda a: a.span, gap_days=SUPPLY_GAP_DAYS):
                for firm, supplies in _by_firm(_ordered(period)):
                    yield (*key, firm), supplies


def _line_key(line: Mapping[Goods, Goods], account: Account) -> tuple[Hashable, ...]:
    return tuple(sorted(line[_goods(account)]))


def _by_firm(accounts: list[Account]) -> Iterator[tuple[str | None, list[Account]]]:
    firms = {firm for account in accounts if (firm := firm_of(_transfer(account)))}
    if len(firms) <= 1:
        yield next(iter(firms), None), accounts
        return
    for firm in sorted(firms):
        yield firm, [account for account in accounts if firm_of(_transfer(account)) == firm]
    if nameless := [account for account in accounts if firm_of(_transfer(account)) is None]:
        yield None, nameless


def _group_commitments(accounts: Sequence[Account]) -> Iterator[Group]:
    claims: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        claims[json.dumps(claim_slots(account.statement.claim), sort_keys=True)].append(account)
    leading: list[tuple[Commitment, list[Account]]] = []
    for text in sorted(claims, key=lambda text: (-len(origins_of(claims[text])), text)):
        claim = claims[text][0].statement.claim
        assert isinstance(claim, Commitment)
        home = next((members for leader, members in leading if mean_the_same(leader, claim)), None)
        if home is None:
            leading.append((claim, claims[text]))
        else:
            home.extend(claims[text])
    for leader, members in leading:
        yield (leader.debtor,), _ordered(members)


def _group_pacts(accounts: Sequence[Account]) -> Iterator[Group]:
    def key(account: Account) -> tuple[Hashable, ...]:
        claim = account.statement.claim
        assert isinstance(claim, Pact)
        return tuple(sorted(set(claim.parties))), claim.pact.value

    yield from _keyed_periods(accounts, key, SUPPLY_GAP_DAYS)


def _group_stances(accounts: Sequence[Account]) -> Iterator[Group]:
    def key(account: Account) -> tuple[Hashable, ...]:
        claim = account.statement.claim
        assert isinstance(claim, Stance)
        return claim.holder, claim.stance.value, party_of(claim.supplier), party_of(claim.recipient)

    yield from _keyed_periods(accounts, key, STANCE_GAP_DAYS)


def _group_measures(accounts: Sequence[Account]) -> Iterator[Group]:
    def key(account: Account) -> tuple[Hashable, ...]:
        claim = account.statement.claim
        assert isinstance(claim, Measure)
        period, unit = (" ".join((text or "").casefold().split()) for text in (claim.period, claim.unit))
        return claim.subject, claim.measure.value, period, unit

    for shared, members in _by_key(accounts, key):
        if re.search(r"\b\d{4}\b", str(shared[2])):
            yield shared, members
        else:
            for period in group_by_time(members, lambda a: a.span, gap_days=SUPPLY_GAP_DAYS):
                yield shared, _ordered(period)


def _keyed_periods(
    accounts: Sequence[Account], key: Callable[[Account], tuple[Hashable, ...]], gap_days: int
) -> Iterator[Group]:
    for shared, members in _by_key(accounts, key):
        for period in group_by_time(members, lambda a: a.span, gap_days=gap_days):
            yield shared, _ordered(period)


def _by_key(accounts: Iterable[Account], key: Callable[[Account], tuple[Hashable, ...]]) -> list[Group]:
    groups: dict[tuple[Hashable, ...], list[Account]] = defaultdict(list)
    for account in accounts:
        groups[key(account)].append(account)
    return sorted(groups.items(), key=lambda item: repr(item[0]))


def _ordered(accounts: Iterable[Account]) -> list[Account]:
    return sorted(accounts, key=lambda account: account.order)


def _transfer(account: Account) -> Transfer:
    claim = account.statement.claim
    assert isinstance(claim, Transfer)
    return claim


def _pair_key(claim: Transfer) -> tuple[Hashable, ...]:
    return party_of(claim.supplier), party_of(claim.recipient), claim.via


def _goods(account: Account) -> Goods:
    return goods_of(_transfer(account).materiel)


_RULES: dict[str, Callable[[Sequence[Account]], Iterator[Group]]] = {
    "transfer": _group_transfers,
    "commitment": _group_commitments,
    "pact": _group_pacts,
    "stance": _group_stances,
    "measure": _group_measures,
}
