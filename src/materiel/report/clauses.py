"""The two sides of a condition in words.

A clause of an event or a policy is free text: a predicate of its actor, a clause of its own or a noun phrase. Which
one it is decides how it can stand in a sentence; where that cannot be told, actor and text stand side by side.
"""

from __future__ import annotations

from materiel.report.names import actor_words, materiel_words
from materiel.terms.statements import Clause

_AUXILIARIES = frozenset("is are was were be been has have had can cannot could may might will would does do".split())  # noqa: SIM905
# First words that tell a bare infinitive ("lift its restrictions") from a noun phrase ("new sanctions").
_INFINITIVES = frozenset(
    "abandon abolish adhere aid allow answer arm ask assist attack back ban be begin block break build buy call cancel "  # noqa: SIM905
    "carry cease change come condemn consider continue cooperate cut defend deliver deploy discuss drop ease end "
    "examine expand expel export fight finance fire fulfil fund get give go grant halt have help hit hold honour "
    "impose improve intervene invade join keep launch leave let lift loosen maintain make meet move not offer "
    "open pass pay permit produce provide pull put re-examine rearm reassess reconsider reduce refrain refuse release "
    "remove render reopen replace rescind respond restore restrict resume retaliate rethink return revert review "
    "revise scrap sell send set sever share ship sign start step stop strike supply support suspend sustain take "
    "tear test tighten train transfer treat turn use violate vote waive weigh withdraw withhold".split()
)

_PAST = frozenset("became began broke came crossed fell fought gave got kept lost made sent sold took went won".split())  # noqa: SIM905
_NOT_VERBS = frozenset("its his this us arms".split())  # noqa: SIM905
_FIRST_PERSON = frozenset("we we'll we'd we're our us i i'll my".split())  # noqa: SIM905


def antecedent_clause(clause: Clause) -> str:
    """The condition after "if": "Russia supplies North Korea with precision weapons"."""
    if clause.kind == "transfer":
        materiel = materiel_words(clause.materiel)
        if clause.supplier is None:
            return f"{actor_words(clause.recipient, 'someone')} is supplied with {materiel}"
        goods = f"{actor_words(clause.recipient, '')} with {materiel}" if clause.recipient else materiel
        return f"{actor_words(clause.supplier, '')} supplies {goods}"
    if not clause.what:
        return "the condition in the quote is met"
    what = clause.what.rstrip(".:;, ").removeprefix("that ")
    if what.split(" ", 1)[0].lower() in {"what", "how", "which"}:
        # "depending on what the North does": the text leaves open what the answer has to be.
        return f"{what} calls for it"
    if clause.who is None:
        return what if _has_verb(what) else f"there is {what}"
    return _with_subject(actor_words(clause.who, ""), what, "were to")


def consequent_clause(clause: Clause, debtor: str | None) -> str:
    """What follows, after "then": "South Korea would lift its restrictions"."""
    who = actor_words(clause.who or debtor, "the debtor")
    if clause.kind == "transfer":
        supplier = actor_words(clause.supplier or debtor, "the supplier")
        materiel = materiel_words(clause.materiel)
        goods = f"{actor_words(clause.recipient, '')} with {materiel}" if clause.recipient else materiel
        return f"{supplier} would supply {goods}"
    if not clause.what:
        return f"{who} would act as the quote says"
    what = clause.what.rstrip(".:;, ").removeprefix("that ").removeprefix("to ")
    return _with_subject(who, what, "would")


def _with_subject(who: str, what: str, auxiliary: str) -> str:
    """Subject and predicate where ``what`` is a predicate; alone where it is a clause of its own.

    The first person can only be somebody's own words, and is marked as such.
    """
    first = what.split(" ", 1)[0].lower()
    if first in _INFINITIVES:
        return f"{who} {auxiliary} {what}"
    if first in _AUXILIARIES or _is_third_person(first, what):
        return f"{who} {what}"
    if set(what.lower().replace("’", "'").split()) & _FIRST_PERSON:
        return f"“{what}”"
    return what if len(what.split()) > 2 and _has_verb(what) else f"{who}: {what}"


def _is_third_person(first: str, what: str) -> bool:
    """Whether the first word is a verb like "ratifies", and not a noun like the first one of "ties would suffer"."""
    if not first.endswith("s") or first.endswith(("ss", "'s", "’s")) or first in _NOT_VERBS:
        return False
    return what.lower().split()[1:2] == [] or what.lower().split()[1] not in _AUXILIARIES


def _has_verb(what: str) -> bool:
    """A rough look for a finite verb, enough to choose between "if war breaks out" and "if there is war"."""
    words = what.lower().replace("’", "'").split()
    return "'" in words[0] or any(
        word in _AUXILIARIES or word in _INFINITIVES or word in _PAST or (word.endswith(("s", "ed")) and len(word) > 3)
        for word in words[1:]
    )
