"""Who contradicts an entry, in words. A contradiction is kept beside the claim; it never deletes anything."""

from __future__ import annotations

from collections.abc import Sequence

from materiel.register.accounts import LAST, Account
from materiel.register.history import NEGATIVE, Course, rank_of, stage_of


def find_contradictions(accounts: Sequence[Account], course: Course) -> tuple[str, ...]:
    """Each contradiction of the current stage, in words, sorted by the day it became known.

    A denial contradicts the stage that it denies and every further one: who denies a delivery leaves the talks about it
    alone, who denies the talks denies the delivery. Two origins that state the current stage and its negative (or
    the reverse) at the same moment contradict each other; at different moments one is the sequel of the other.
    """
    if not any(account.assertion == "stated" for account in accounts):
        return ()
    found = [account for account in accounts if _denies(account, course.stage) or _says_opposite(account, course)]
    return _in_words(found)


def word_silent_claims(accounts: Sequence[Account]) -> tuple[str, ...]:
    """Denials and confessions of ignorance where nothing is stated, or beside what is stated, in words."""
    return _in_words([account for account in accounts if account.assertion in ("denied", "unknown")])


def word_account(account: Account) -> str:
    """An account in a few words: ``delivered: denied by Moscow (Hanbit Courier, 2024-06-22)``."""
    speaker = account.statement.speaker
    match account.assertion:
        case "denied":
            verb = f"denied by {speaker}" if speaker else "denied"
        case "unknown":
            verb = f"not known, says {speaker}" if speaker else "said to be not known"
        case _:
            verb = f"stated by {speaker}" if speaker else "stated"
    source = f"{account.publisher}, as credited" if account.is_outside else account.publisher
    where = ", ".join(part for part in (source, account.near_on) if part)
    return f"{stage_of(account)}: {verb}" + (f" ({where})" if where else "")


def _denies(account: Account, current: str) -> bool:
    if account.assertion != "denied":
        return False
    denied = stage_of(account)
    if denied in NEGATIVE or current in NEGATIVE:
        return denied == current
    return rank_of(denied) <= rank_of(current)


def _says_opposite(account: Account, course: Course) -> bool:
    if account.assertion != "stated":
        return False
    stage = stage_of(account)
    opposed = {stage, course.stage} in ({"delivered", "withheld"}, {"delivered", "halted"})
    return opposed and any(
        bearer.moment == account.moment and bearer.origin != account.origin for bearer in course.bearers
    )


def _in_words(accounts: Sequence[Account]) -> tuple[str, ...]:
    """Each account in words, by day; what one origin's speaker says is told once, however many carry it along."""
    first: dict[tuple[str, str, str, str], Account] = {}
    for account in sorted(accounts, key=lambda a: (a.near_on or LAST, rank_of(stage_of(a)), _what(a), a.id)):
        first.setdefault(_what(account), account)
    return tuple(dict.fromkeys(map(word_account, first.values())))


def _what(account: Account) -> tuple[str, str, str, str]:
    return stage_of(account), account.assertion, account.statement.speaker or "", account.origin
