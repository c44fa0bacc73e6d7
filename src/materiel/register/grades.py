"""Grades by the Admiralty code: how far a source can be trusted, and how far an item of information can.

After NATO AJP-2.1 (Allied Joint Doctrine for Intelligence Procedures), paraphrased: reliability runs from A, completely
reliable, to E, unreliable; credibility from 1, confirmed by other sources, over 2, probably true, 3, possibly true, and
4, doubtful, to 5, improbable. F and 6 mean that it cannot be judged. The two are judged apart.

Reliability is F for every publisher that nobody has judged. An analyst's table of publishers, when there is one, gives
the letter of the best of those that bear an entry out.

Credibility, by what bears the entry out (first rule that fits). A *source* here is an independent origin of a publisher
of its own: two origins in one outlet are one source, for an outlet does not confirm itself.

    nobody states it (said to be not known, or only denied)      6
    denied or contradicted, one source                           4
    denied, contradicted or with differing figures, two or more  3
    one source, no sentence of which names both parties          6
    one source, which names who says so                          3
    one source, in its own voice                                 6
    two sources                                                  2
    three sources or more                                        1

5 is left to an analyst: no count of reports makes a thing improbable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from materiel.register.accounts import Account
from materiel.terms.entries import Grade


def grade(
    bearers: Sequence[Account], *, is_disputed: bool, figures_differ: bool, judged: Mapping[str, str] | None = None
) -> Grade:
    """The grade of an entry with its reasons.

    Args:
        bearers: the accounts that state the entry; none where it is only denied or said to be unknown.
        is_disputed: somebody denies it or says the opposite.
        figures_differ: those who state it give figures that do not agree.
        judged: reliability by publisher, A to E; nobody is judged by default.
    """
    reliability, why_reliable = _reliability(bearers, judged or {})
    credibility, why_credible = _credibility(bearers, is_disputed, figures_differ)
    return Grade(reliability, credibility, (why_reliable, why_credible))


def _reliability(bearers: Sequence[Account], judged: Mapping[str, str]) -> tuple[str, str]:
    publishers = sorted({account.publisher for account in bearers if account.publisher})
    letters = sorted((judged[publisher], publisher) for publisher in publishers if publisher in judged)
    if letters:
        return letters[0][0], f"Reliability {letters[0][0]}: {letters[0][1]} is so judged in the table of publishers."
    if not bearers:
        return "F", "Reliability F: no source states it."
    if not publishers:
        return "F", "Reliability F: the documents name no publisher."
    some = ", ".join(publishers[:3]) + (f" and {len(publishers) - 3} more" if len(publishers) > 3 else "")
    return "F", f"Reliability F: nobody has judged {some} yet."


def _credibility(bearers: Sequence[Account], is_disputed: bool, figures_differ: bool) -> tuple[str, str]:
    origins = {account.origin for account in bearers}
    sources = {account.publisher or account.origin for account in bearers}
    count = min(len(origins), len(sources))
    same_outlet = f", of {_number(len(origins), 'origin')} in {_number(len(sources), 'outlet')}"
    told = _number(count, "independent source") + (same_outlet if len(origins) > len(sources) else "")
    if count == 0:
        return "6", "Credibility 6: no document states it."
    if count == 1:
        if is_disputed:
            return "4", f"Credibility 4: stated by {told} and contradicted."
        if all(account.statement.is_tentative for account in bearers):
            slots = sorted({slot for account in bearers for slot in account.statement.inferred})
            if not slots:
                return "6", f"Credibility 6: {told}, in whose words no rule saw both parties; read by weights alone."
            return "6", f"Credibility 6: {told}, in which no sentence names the {' and the '.join(slots)}; inferred."
        speakers = sorted({account.statement.speaker for account in bearers if account.statement.speaker})
        if speakers:
            return "3", f"Credibility 3: {told}, which attributes it to {speakers[0]}; nothing confirms it."
        return "6", f"Credibility 6: {told}, which does not say who says so; nothing confirms it."
    if is_disputed:
        return "3", f"Credibility 3: stated by {told}, and contradicted."
    if figures_differ:
        return "3", f"Credibility 3: {told}, whose figures differ."
    if count == 2:
        return "2", f"Credibility 2: {told} agree, and nobody contradicts."
    return "1", f"Credibility 1: confirmed by {told}, and nobody contradicts."


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
