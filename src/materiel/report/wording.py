"""Every phrase that the report builds from an entry's slots: the one place where claims become English.

Phrases say what the slots hold and nothing more. A function named ``*_clause`` gives words for the middle of a
sentence; :func:`sentence` makes a sentence of them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from materiel.report.figures import money_words, number_words
from materiel.terms.actors import actor_name
from materiel.terms.materiel import materiel_classes
from materiel.terms.statements import (
    Attitude,
    Claim,
    Clause,
    Commitment,
    Force,
    Measure,
    Pact,
    PactKind,
    PactStatus,
    Stage,
    Stance,
    Transfer,
)

# Names that take the article inside a sentence: "supplied to the United States".
_WITH_ARTICLE = frozenset(
    "ARE BHS CAF COD COM CZR DDR DOM EU GBR GMB MDV MHL NLD PHL SLB SUN UN USA YUG G7".split()  # noqa: SIM905
)
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

_STAGE_ACTIVE = {
    Stage.REQUESTED: "{recipient} has asked {supplier} for {materiel}",
    Stage.CONSIDERED: "{supplier} is considering supplying {recipient} with {materiel}",
    Stage.PLEDGED: "{supplier} has pledged {materiel} to {recipient}",
    Stage.ORDERED: "{recipient} has ordered {materiel} from {supplier}",
    Stage.DELIVERED: "{supplier} has supplied {recipient} with {materiel}",
    Stage.WITHHELD: "{supplier} is withholding {materiel} from {recipient}",
    Stage.HALTED: "{supplier} has halted supplies of {materiel} to {recipient}",
}
PACT_NOUNS = {
    PactKind.MUTUAL_DEFENCE: "a mutual-defence pact",
    PactKind.COOPERATION: "a cooperation agreement",
    PactKind.ARMS_DEAL: "an arms deal",
    PactKind.CO_PRODUCTION: "a co-production agreement",
    PactKind.OTHER: "an agreement",
}
_PACT_VERBS = {
    PactStatus.PROPOSED: "{pact} between {parties} is proposed",
    PactStatus.SIGNED: "{parties} have signed {pact}",
    PactStatus.RATIFIED: "{parties} have ratified {pact}",
    PactStatus.IN_FORCE: "{parties} are bound by {pact} in force",
    PactStatus.ENDED: "{parties} have ended {pact}",
}
_FORCES = {
    Force.THREAT: "{debtor} has made a conditional threat",
    Force.PROMISE: "{debtor} has made a conditional promise",
    Force.POLICY: "{debtor} follows a conditional policy",
}
STANCES = {
    Attitude.SUPPORTS: "supports",
    Attitude.OPPOSES: "opposes",
    Attitude.WARNS: "warns against",
}


def joined(parts: Sequence[str], last: str = "and") -> str:
    """``a, b and c``."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + f" {last} {parts[-1]}" if parts else ""


def opened(words: str) -> str:
    """Words at the head of a line: with a capital first letter."""
    return words[:1].upper() + words[1:]


def sentence(clause: str) -> str:
    """A clause with a capital first letter and one full stop."""
    clause = clause.strip()
    return opened(clause) + ("" if clause.endswith((".", "?", "!", ".”", "?”", "!”")) else ".")


def actor_words(code: str | None, unnamed: str, firm: str | None = None) -> str:
    """An actor inside a sentence: with its article, with the firm that the text names, or ``unnamed``."""
    if code is None:
        return firm or unnamed
    name = ("the " if code in _WITH_ARTICLE and not actor_name(code).lower().startswith("the ") else "") + actor_name(
        code
    )
    return f"{name} ({firm})" if firm and firm != actor_name(code) else name


def actor_label(code: str | None, firm: str | None = None) -> str:
    """An actor in a table or a figure."""
    if code is None:
        return firm or "not named"
    return f"{actor_name(code)} ({firm})" if firm and firm != actor_name(code) else actor_name(code)


def materiel_words(materiel: tuple[str, ...]) -> str:
    """The classes inside a sentence: "artillery ammunition and missiles"."""
    names = [_prose(materiel_classes()[name].label if name in materiel_classes() else name) for name in materiel]
    if any(" and " in name for name in names) and len(names) > 1:
        return "; ".join(names) if len(names) > 2 else " as well as ".join(names)
    return joined(names) or "materiel of no stated kind"


def _prose(label: str) -> str:
    """A table's label made fit for a sentence: what the table says in brackets or by "other" is put in words."""
    label = label.replace(".", " ").partition(" (")[0]
    if label.startswith("other "):
        label = label.removeprefix("other ") + " of other kinds"
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def details(claim: Transfer) -> str:
    """Number, value and route, as the entry holds them: "180 tanks, worth 3.4 billion US dollars, by way of Poland"."""
    parts = []
    if claim.quantity is not None:
        # "tanks (180 tanks)" says it twice.
        unit = "" if claim.unit == materiel_words(claim.materiel) else f" {claim.unit or 'items'}"
        parts.append(number_words(claim.quantity) + unit)
    if claim.value_usd is not None:
        parts.append(f"worth {money_words(claim.value_usd, 'USD')}")
    elif claim.value is not None:
        parts.append(f"worth {money_words(claim.value, claim.currency)}")
    if claim.via:
        parts.append(f"by way of {actor_words(claim.via, '')}")
    return ", ".join(parts)


def transfer_clause(claim: Transfer) -> str:
    """The supply at its stage, as if asserted; the caller says by whom."""
    if len(claim.materiel) > 1:
        # Of several classes the entry does not say which one a number or a value counts.
        claim = dataclasses.replace(claim, quantity=None, value=None, value_usd=None)
    extra = details(claim)
    template = _STAGE_ACTIVE[claim.stage]
    if claim.stage is Stage.DELIVERED and not (claim.supplier or claim.supplier_name):
        template = "{recipient} has received {materiel} from {supplier}"
    return template.format(
        supplier=actor_words(claim.supplier, "an unnamed supplier", claim.supplier_name),
        recipient=actor_words(claim.recipient, "an unnamed recipient", claim.recipient_name),
        materiel=materiel_words(claim.materiel) + (f" ({extra})" if extra else ""),
    )


def pact_clause(claim: Pact) -> str:
    """The pact and how far it is."""
    parties = [actor_words(party, "") for party in claim.parties]
    if len(parties) < 2:
        parties.append("a party not named")
    return _PACT_VERBS[claim.status].format(parties=joined(parties), pact=PACT_NOUNS[claim.pact])


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
    what = clause.what.rstrip(".").removeprefix("that ")
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
    what = clause.what.rstrip(".").removeprefix("that ").removeprefix("to ")
    return _with_subject(who, what, "would")


def _with_subject(who: str, what: str, auxiliary: str) -> str:
    """Subject and predicate where ``what`` is a predicate; alone where it is a clause of its own."""
    first = what.split(" ", 1)[0].lower()
    if first in _INFINITIVES:
        return f"{who} {auxiliary} {what}"
    if first in _AUXILIARIES or (
        first.endswith("s") and not first.endswith(("ss", "'s", "’s")) and first not in _NOT_VERBS
    ):
        return f"{who} {what}"
    return what if _has_verb(what) else f"{who}: {what}"


def _has_verb(what: str) -> bool:
    """A rough look for a finite verb, enough to choose between "if war breaks out" and "if there is war"."""
    words = what.lower().replace("’", "'").split()
    return "'" in words[0] or any(
        word in _AUXILIARIES or word in _INFINITIVES or word in _PAST or (word.endswith(("s", "ed")) and len(word) > 3)
        for word in words[1:]
    )


def commitment_clause(claim: Commitment) -> str:
    """The commitment in one clause: "South Korea has made a conditional threat: if ..., then ..."."""
    lead = _FORCES[claim.force].format(debtor=actor_words(claim.debtor, "someone"))
    return f"{lead}: if {antecedent_clause(claim.antecedent)}, then {consequent_clause(claim.consequent, claim.debtor)}"


def supply_words(supplier: str | None, recipient: str | None) -> str:
    """A supply that a stance is about."""
    match supplier, recipient:
        case None, None:
            return "arms supplies"
        case None, str():
            return f"arms supplies to {actor_words(recipient, '')}"
        case str(), None:
            return f"arms supplies from {actor_words(supplier, '')}"
    return f"arms supplies from {actor_words(supplier, '')} to {actor_words(recipient, '')}"


def measure_words(claim: Measure) -> str:
    """The figure itself: "export value 14 billion US dollars, 2023"."""
    amount = money_words(claim.value, claim.unit) if _is_currency(claim.unit) else number_words(claim.value)
    unit = f" {claim.unit}" if claim.unit and not _is_currency(claim.unit) else ""
    name = "" if claim.measure.value == "other" else claim.measure.value.replace("-", " ") + " "
    return f"{name}{amount}{unit}" + (f", {claim.period}" if claim.period else "")


def _is_currency(unit: str | None) -> bool:
    return unit is not None and len(unit) == 3 and unit.isupper()


def claim_clause(claim: Claim) -> str:
    """Any claim as a clause, as if asserted."""
    match claim:
        case Transfer():
            return transfer_clause(claim)
        case Commitment():
            return commitment_clause(claim)
        case Pact():
            return pact_clause(claim)
        case Stance():
            holder = actor_words(claim.holder, "an unnamed actor")
            return f"{holder} {STANCES[claim.stance]} {supply_words(claim.supplier, claim.recipient)}"
        case Measure():
            return f"{actor_words(claim.subject, 'an unnamed actor')}: {measure_words(claim)}"
