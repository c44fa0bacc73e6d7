"""Grades by the Admiralty code: how far a source can be trusted, and how far an item of information can.

After NATO AJP-2.1 (Allied Joint Doctrine for Intelligence Procedures), paraphrased: reliability runs from A, completely
reliable, to E, unreliable; credibility from 1, confirmed by other sources, over 2, probably true, 3, possibly true, and
4, doubtful, to 5, improbable. F and 6 mean that it cannot be judged. The two are judged apart.

Reliability is the letter that an analyst has given a publisher, or the outside source that publishers credit; F for
whom nobody has judged. Where those who state an entry have different letters the best one stands, for the entry would
stand on that source alone; the reason says whose it is and names the others.

Credibility, by what bears the entry out (first rule that fits). A *source* is an outlet, or an outside source that
outlets credit, with a voice of its own. However many origins it has, an outlet does not confirm itself; neither does
an outside source through several outlets; and outlets that quote one voice are one source. A document that names no
publisher counts as an outlet of its own. A speaker's voice is that
of the state that he speaks for, else his own; speakers who are not named count as one (see ``speakers``).

    nobody states it (said to be not known, or only denied)      6
    denied or contradicted, one source                           4
    denied, contradicted or with differing figures, two or more  3
    one source, no sentence of which names both parties          6
    one source, which names who says so                          3
    one source, which quotes somebody without a name             6
    one source, in its own voice                                 6
    two sources or more, none of them at first hand              3
    two sources                                                  2
    three sources or more                                        1

*At first hand* is what an outlet here reports, and what a party says of its own act. What an outside source is only
credited with nobody here has found out, and it was not seen: it confirms others, and is confirmed by them, but several
such accounts alone stay possible. A party's own word is at first hand and yet one voice, in however many outlets.

5 is left to an analyst: no count of reports makes a thing improbable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from materiel.register.accounts import Account
from materiel.register.grouping import party_of
from materiel.register.speakers import SOMEBODY, Speaker, kind_of, side_of, voice_of
from materiel.terms.entries import Grade
from materiel.terms.reliability import LETTERS, Reliability, publisher_key
from materiel.terms.statements import Claim, Commitment, Measure, Pact, Stance, Transfer

NAMED = 3
"""So many names stand in a reason; the rest is counted."""


def grade(
    bearers: Sequence[Account], *, is_disputed: bool, figures_differ: bool, judged: Sequence[Reliability] = ()
) -> Grade:
    """The grade of an entry with its reasons: of the letter, of the figure, who says it, and what is at first hand.

    Args:
        bearers: the accounts that state the entry; none where it is only denied or said to be unknown.
        is_disputed: somebody denies it or says the opposite.
        figures_differ: those who state it give figures that do not agree.
        judged: what analysts say of publishers; nobody is judged by default.
    """
    heard = _told_first(bearers)
    reliability, why_reliable = _reliability(heard, judged)
    credibility, why_credible = _credibility(heard, is_disputed, figures_differ)
    reasons = [f"Reliability {reliability}: {why_reliable}", f"Credibility {credibility}: {why_credible}"]
    if heard:
        reasons += [_attribution(heard), _first_hand(heard)]
    return Grade(reliability, credibility, tuple(reasons))


def _told_first(bearers: Sequence[Account]) -> list[Account]:
    """Each origin in its own words where they are here: a rewrite that drops the speaker gives it no other voice."""
    own = {account.origin for account in bearers if account.carried_from is None}
    return [account for account in bearers if account.carried_from is None or account.origin not in own]


def _reliability(bearers: Sequence[Account], judged: Sequence[Reliability]) -> tuple[str, str]:
    if not bearers:
        return "F", "no source states it."
    publishers = {publisher_key(a.publisher): a.publisher for a in _by_name(bearers) if a.publisher}
    if not publishers:
        return "F", "the documents name no publisher."
    known = {publisher_key(judgement.publisher): judgement for judgement in judged}
    found = sorted((known[key].letter, publishers[key], known[key]) for key in publishers if key in known)
    unjudged = [publishers[key] for key in publishers if key not in known]
    nobody = f"nobody has judged {_list(unjudged)} yet." if unjudged else ""
    if not found:
        return "F", nobody
    letter, name, best = found[0]
    is_so = LETTERS["F"] if letter == "F" else f"is {LETTERS[letter]}"
    why = f"{name} {is_so}, says {best.decided_by} on {best.decided_on} ({best.reason.rstrip('.')})."
    others = [f"{other} is judged {worse}" for worse, other, _ in found[1:]]
    if others or (unjudged and letter != "F"):
        why += " The best letter of those who state it stands, for it would stand on that source alone"
        why += f"; {_list(others)}." if others else "."
    return letter, why + (f" {nobody[0].upper()}{nobody[1:]}" if nobody else "")


def _credibility(bearers: Sequence[Account], is_disputed: bool, figures_differ: bool) -> tuple[str, str]:
    if not bearers:
        return "6", "no document states it."
    count = count_sources(bearers)
    told = _number(count, "independent source") + _what_is_one(bearers, count)
    if count == 1:
        return ("4", f"stated by {told} and contradicted.") if is_disputed else _alone(bearers, told)
    if is_disputed:
        return "3", f"stated by {told}, and contradicted."
    if figures_differ:
        return "3", f"{told}, whose figures differ."
    if all(account.is_outside for account in bearers):
        return "3", f"{told} agree and nobody contradicts, but none of them is seen here: all are only credited."
    if count == 2:
        return "2", f"{told} agree, and nobody contradicts."
    return "1", f"confirmed by {told}, and nobody contradicts."


def _alone(bearers: Sequence[Account], told: str) -> tuple[str, str]:
    """What a single source is worth that nobody contradicts."""
    if all(account.statement.is_tentative for account in bearers):
        slots = sorted({slot for account in bearers for slot in account.statement.inferred})
        if not slots:
            return "6", f"{told}, in whose words no rule saw both parties; read by weights alone."
        return "6", f"{told}, in which no sentence names the {' and the '.join(slots)}; inferred."
    kinds = {kind_of(account.statement.speaker) for account in bearers}
    if Speaker.NAMED in kinds:
        return "3", f"{told}, which names who says so; nothing confirms it."
    if Speaker.UNNAMED in kinds:
        return "6", f"{told}, which quotes somebody without a name; nothing confirms it."
    return "6", f"{told}, which does not say who says so; nothing confirms it."


def count_sources(bearers: Sequence[Account]) -> int:
    """How many of the accounts at most share neither outlet nor voice with another."""
    voices: dict[str, list[str]] = defaultdict(list)
    for account in bearers:
        source = _source(account)
        voice = voice_of(account.statement.speaker) or f"{source} itself"
        if voice not in voices[source]:
            voices[source].append(voice)
    held: dict[str, str] = {}
    return sum(_give_voice(source, voices, held) for source in sorted(voices))


def _give_voice(source: str, voices: Mapping[str, Sequence[str]], held: dict[str, str]) -> bool:
    """Finds a source a voice that no other holds, others moving to another of theirs where they can."""
    waiting, came_by = [source], dict[str, str]()
    for asking in waiting:
        for voice in voices[asking]:
            if voice in came_by:
                continue
            came_by[voice] = asking
            if voice in held:
                waiting.append(held[voice])
                continue
            given: str | None = voice
            while given is not None:
                taker = came_by[given]
                left = next((other for other, holder in held.items() if holder == taker), None)
                held[given] = taker
                given = left
            return True
    return False


def _source(account: Account) -> str:
    return publisher_key(account.publisher) if account.publisher else account.origin


def _what_is_one(bearers: Sequence[Account], count: int) -> str:
    """Why there are fewer sources than origins, if there are."""
    origins, sources = {account.origin for account in bearers}, {_source(account) for account in bearers}
    if len(origins) == count:
        return ""
    one = f"{_number(len(origins), 'origin')} in {_number(len(sources), 'outlet')}"
    if len(sources) == count:
        return f" ({one})"
    quoted = {voice for account in bearers if (voice := voice_of(account.statement.speaker))}
    if quoted == {SOMEBODY}:
        return f" ({one}, whose speakers are not named and may be the same)"
    return f" ({one}{' that' if count == 1 else ', some of which'} quote one speaker or one side)"


def _attribution(bearers: Sequence[Account]) -> str:
    """Who says it, in words: named speakers, speakers without a name, the outlets themselves."""
    told: dict[Speaker, dict[str, str]] = {kind: {} for kind in Speaker}
    for account in _by_name(bearers):
        speaker = account.statement.speaker or ""
        kind = kind_of(speaker)
        name = {
            Speaker.NAMED: f"{speaker}, a party to it" if _is_party(account) else speaker,
            Speaker.UNNAMED: f"“{speaker}”",
            Speaker.NOBODY: account.publisher or "a publisher not named",
        }[kind]
        told[kind].setdefault(name.casefold(), name)
    named, unnamed, nobody = (list(told[kind].values()) for kind in Speaker)
    parts = [f"by {_list(named, '; ')}"] if named else []
    parts += [f"by speakers without a name ({_list(unnamed)})"] if unnamed else []
    parts += [f"by {_list(nobody)} in {'its' if len(nobody) == 1 else 'their'} own voice"] if nobody else []
    return f"Said {'; '.join(parts)}."


def _first_hand(bearers: Sequence[Account]) -> str:
    """What is at first hand and what is not, in words."""
    own = {_source(a): a.publisher or "a publisher not named" for a in _by_name(bearers) if not a.is_outside}
    outside = {_source(a): a.publisher or "" for a in _by_name(bearers) if a.is_outside}
    acting: dict[str, str] = {}
    for account in filter(_is_party, _by_name(bearers)):
        acting.setdefault(side_of(account.statement.speaker) or "", account.statement.speaker or "")
    parts = [f"{_list(own.values())} {'reports' if len(own) == 1 else 'report'} it"] if own else []
    parts += [f"{_list(acting.values())} {'speaks' if len(acting) == 1 else 'speak'} of an own act"] if acting else []
    first = f"At first hand: {'; '.join(parts)}." if parts else "Nothing at first hand."
    if not outside:
        return first
    who = f"{_list(outside.values())} {'is' if len(outside) == 1 else 'are'}"
    return f"{first} At second hand: {who} only credited with it, and not seen here."


def _is_party(account: Account) -> bool:
    side = side_of(account.statement.speaker)
    return side is not None and side in _parties(account.statement.claim)


def _parties(claim: Claim) -> frozenset[str | None]:
    """Whose act a claim tells."""
    match claim:
        case Transfer():
            return frozenset(map(party_of, (claim.supplier, claim.recipient)))
        case Commitment():
            return frozenset({party_of(claim.debtor)})
        case Pact():
            return frozenset(claim.parties)
        case Stance():
            return frozenset({claim.holder})
        case Measure():
            return frozenset({party_of(claim.subject)})


def _by_name(accounts: Iterable[Account]) -> list[Account]:
    return sorted(accounts, key=lambda a: (a.publisher or "", a.statement.speaker or "", a.origin))


def _list(names: Iterable[str], separator: str = ", ") -> str:
    """Some names; of more than three the rest is counted."""
    listed = list(names)
    more = f" and {len(listed) - NAMED} more" if len(listed) > NAMED else ""
    return separator.join(listed[:NAMED]) + more


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
