"""A condition in plain English, for every screen: "Russia delivers precision weapons to North Korea"."""

from __future__ import annotations

from materiel.commitments.names_in_words import (
    actor_words,
    actors_words,
    date_words,
    days_words,
    joined,
    materiel_words,
    money_words,
    number_words,
    possessive,
)
from materiel.commitments.tree import (
    And,
    CommitmentAtom,
    Compare,
    Condition,
    EventAtom,
    Figure,
    Grading,
    Last,
    Leaf,
    Level,
    LevelComparison,
    LevelKind,
    Limit,
    MeasureAtom,
    Names,
    Not,
    Or,
    PactAtom,
    Relation,
    StanceAtom,
    State,
    Support,
    TimeLimit,
    Total,
    TotalKind,
    TransferAtom,
)
from materiel.terms.statements import Attitude, MeasureName, PactKind, PactStatus, Stage

# Subject, verb (as it stands, and after "does not"), rest. {a} supplies, {b} receives, {m} is the materiel.
_STAGES = {
    Stage.REQUESTED: ("{b}", "asks", "ask", "{a} for {m}"),
    Stage.CONSIDERED: ("{a}", "considers", "consider", "supplying {b} with {m}"),
    Stage.PLEDGED: ("{a}", "pledges", "pledge", "{m} to {b}"),
    Stage.ORDERED: ("{b}", "orders", "order", "{m} from {a}"),
    Stage.DELIVERED: ("{a}", "delivers", "deliver", "{m} to {b}"),
    Stage.WITHHELD: ("{a}", "withholds", "withhold", "{m} from {b}"),
    Stage.HALTED: ("{a}", "halts", "halt", "supplies of {m} to {b}"),
}
_GOES_ON = frozenset((Stage.REQUESTED, Stage.CONSIDERED, Stage.PLEDGED, Stage.ORDERED))
"""Stages that a further one fulfils as well."""
_PACTS = {
    PactKind.MUTUAL_DEFENCE: "a mutual-defence pact",
    PactKind.COOPERATION: "a cooperation agreement",
    PactKind.ARMS_DEAL: "an arms deal",
    PactKind.CO_PRODUCTION: "a co-production agreement",
    PactKind.OTHER: "an agreement",
    None: "a pact",
}
_STATUSES = {
    PactStatus.PROPOSED: "propose",
    PactStatus.SIGNED: "sign",
    PactStatus.RATIFIED: "ratify",
    PactStatus.IN_FORCE: "bring into force",
    PactStatus.ENDED: "end",
}
_PACT_GOES_ON = frozenset((PactStatus.PROPOSED, PactStatus.SIGNED, PactStatus.RATIFIED))
_STANCES = {
    Attitude.SUPPORTS: ("supports", "support"),
    Attitude.OPPOSES: ("opposes", "oppose"),
    Attitude.WARNS: ("warns against", "warn against"),
}
_BECOMES = {
    State.STANDING: ("is made", "is not made"),
    State.TRIGGERED: ("is triggered", "is not triggered"),
    State.KEPT: ("is kept", "is not kept"),
    State.BROKEN: ("is broken", "is not broken"),
    State.LAPSED: ("lapses", "does not lapse"),
    State.WITHDRAWN: ("is withdrawn", "is not withdrawn"),
}
_COMPARED = {
    Compare.AT_LEAST: "{} or more",
    Compare.MORE: "more than {}",
    Compare.AT_MOST: "{} or less",
    Compare.LESS: "less than {}",
    Compare.EQUAL: "exactly {}",
    Compare.UNEQUAL: "anything but {}",
}
_ORDERED = {
    Compare.AT_LEAST: "at or above",
    Compare.MORE: "above",
    Compare.AT_MOST: "at or below",
    Compare.LESS: "below",
    Compare.EQUAL: "at",
    Compare.UNEQUAL: "not at",
}


def say(condition: Condition) -> str:
    """The condition as a clause without a full stop, to stand after "if" or "when"."""
    match condition:
        case Or(parts):
            return _series(parts, "or")
        case And(parts):
            return _series(parts, "and")
        case Not(part):
            return _deny(part)
        case _:
            return _clause(condition, negated=False)


def _deny(part: Condition) -> str:
    match part:
        case Not(inner):
            return say(inner)
        case Or(parts):
            return _series([Not(each) for each in parts], "and")
        case And(parts):
            return _series([Not(each) for each in parts], "or")
        case _:
            return _clause(part, negated=True)


def _series(parts: tuple[Condition, ...] | list[Condition], last: str) -> str:
    """Parts side by side; a comma before "and" and "or", and "both" or "either" where groups stand in groups."""
    said = []
    for part in parts:
        words = say(part)
        inner = part.part if isinstance(part, Not) else part
        if isinstance(inner, And | Or):
            turned = isinstance(part, Not) != isinstance(inner, Or)
            words = f"{'either' if turned else 'both'} {words}"
        said.append(words)
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])}, {last} {said[-1]}"


def _clause(leaf: Leaf, *, negated: bool, is_moment: bool = False) -> str:
    match leaf:
        case TransferAtom():
            clause = _transfer(leaf, negated)
        case PactAtom():
            clause = _pact(leaf, negated)
        case StanceAtom():
            third, plain = _STANCES[leaf.stance]
            holder = actors_words(leaf.holders, "somebody" if not negated else "nobody")
            clause = f"{_verb(holder, leaf.holders, third, plain, negated)} {_supply(leaf.suppliers, leaf.recipients)}"
        case EventAtom():
            clause = f"“{leaf.what}” " + ("does not come about" if negated else "comes about")
        case CommitmentAtom():
            clause = f"commitment {leaf.commitment} {_BECOMES[leaf.state][negated]}"
        case MeasureAtom():
            clause = _measure(leaf, negated)
        case Total():
            clause = _total(leaf, negated)
        case LevelComparison():
            return _level_clause(leaf, negated)
    limits = "".join(_limit(limit) for limit in leaf.limits)
    return clause + limits + ("" if negated or is_moment else _goes_on(leaf))


def _goes_on(leaf: Leaf) -> str:
    """That a further stage fulfils it as well."""
    if isinstance(leaf, TransferAtom) and leaf.stage in _GOES_ON:
        return ", or goes further"
    return ", or go further" if isinstance(leaf, PactAtom) and leaf.status in _PACT_GOES_ON else ""


def _transfer(leaf: TransferAtom, negated: bool) -> str:
    subject, third, plain, rest = _STAGES[leaf.stage]
    names = leaf.suppliers if subject == "{a}" else leaf.recipients
    who = actors_words(names, "nobody" if negated else "somebody")
    supplier, recipient = (actors_words(side, _anybody(negated)) for side in (leaf.suppliers, leaf.recipients))
    words = rest.format(a=supplier, b=recipient, m=materiel_words(leaf.classes))
    clause = f"{_verb(who, names, third, plain, negated)} {words}"
    if leaf.via is not None:
        clause += f" by way of {actors_words(leaf.via, 'whichever state')}"
    return clause


def _anybody(negated: bool) -> str:
    return "anybody" if negated else "somebody"


def _verb(subject: str, names: Names, third: str, plain: str, negated: bool) -> str:
    """Subject and verb. "Nobody" carries the negation by itself."""
    if not negated:
        return f"{subject} {third}"
    return f"{subject} {third}" if names is None else f"{subject} does not {plain}"


def _pact(leaf: PactAtom, negated: bool) -> str:
    parties = [actors_words(party, _anybody(negated)) for party in leaf.parties]
    if len(parties) == 1:
        parties.append(_anybody(negated))
    denial = " do not" if negated else ""
    return f"{joined(parties, 'and')}{denial} {_STATUSES[leaf.status]} {_PACTS[leaf.kind]}"


def _supply(suppliers: Names, recipients: Names) -> str:
    words = "supplies"
    if suppliers is not None:
        words += f" from {actors_words(suppliers, '')}"
    return words + (f" to {actors_words(recipients, '')}" if recipients is not None else "")


def _measure(leaf: MeasureAtom, negated: bool) -> str:
    name = "figure" if leaf.name is MeasureName.OTHER else leaf.name.value.replace("-", " ")
    amount = _amount(leaf.number, leaf.unit, is_money=leaf.name is MeasureName.EXPORT_VALUE)
    return f"{possessive(actors_words(leaf.subjects, 'somebody'))} {name} is{_not(negated)} " + _COMPARED[
        leaf.compare
    ].format(amount)


def _total(leaf: Total, negated: bool) -> str:
    subject = {
        Stage.REQUESTED: "requested supplies",
        Stage.CONSIDERED: "supplies under consideration",
        Stage.PLEDGED: "pledges",
        Stage.ORDERED: "orders",
        Stage.DELIVERED: "deliveries",
        Stage.WITHHELD: "withheld supplies",
        Stage.HALTED: "halted supplies",
    }[leaf.stage]
    flow = _supply(leaf.suppliers, leaf.recipients).removeprefix("supplies")
    goods = "" if leaf.classes is None else f" of {materiel_words(leaf.classes, 'and')}"
    further = ", with those that went further," if leaf.stage in _GOES_ON else ""
    head = f"{subject}{goods}{flow}{further}"
    match leaf.kind:
        case TotalKind.COUNT:
            verb = "do not number" if negated else "number"
            return f"{head} {verb} {_COMPARED[leaf.compare].format(number_words(leaf.number))}"
        case TotalKind.QUANTITY:
            verb = "do not come to" if negated else "come to"
            amount = _amount(leaf.number, leaf.unit or "items", is_money=False)
            return f"{head} {verb} {_COMPARED[leaf.compare].format(amount)}"
        case TotalKind.VALUE:
            verb = "are not worth" if negated else "are worth"
            return f"{head} {verb} {_COMPARED[leaf.compare].format(money_words(leaf.number, leaf.unit or 'USD'))}"


def _amount(number: Figure, unit: str | None, *, is_money: bool) -> str:
    if is_money:
        return money_words(number, unit or "USD")
    return f"{number_words(number)} {unit}" if unit else number_words(number)


def _not(negated: bool) -> str:
    return " not" if negated else ""


def _level_clause(leaf: LevelComparison, negated: bool) -> str:
    right = leaf.right
    if isinstance(right, Level):
        same = right.actor == leaf.left.actor and right.what == leaf.left.what
        other = f"its {right.kind}" if same else _level(right)
    else:
        other = number_words(right)
    return f"{_level(leaf.left)} is{_not(negated)} {_ORDERED[leaf.compare]} {other}"


def _level(level: Level) -> str:
    owner = possessive(actor_words(level.actor))
    if level.kind is LevelKind.STATE:
        return f"{owner} {level.what.replace('-', ' ').replace('_', ' ')}"
    return f"{owner} {level.kind} of {materiel_words((level.what,))}"


def _limit(limit: Limit) -> str:
    match limit:
        case Last(days):
            return f" in the last {days_words(days)}"
        case Support(origins):
            return f" as at least {'one origin tells' if origins == 1 else f'{origins} independent origins tell'}"
        case Grading():
            return f" (graded {limit} or better)"
        case TimeLimit(Relation.WITHIN, moment, days):
            when = (
                date_words(moment)
                if isinstance(moment, str)
                else f"the day when {_clause(moment, negated=False, is_moment=True)}"
            )
            return f" within {'a day' if days == 1 else days_words(days or 0)} of {when}"
        case TimeLimit(relation, str(moment), _):
            word = {Relation.SINCE: "in or since", Relation.UNTIL: "up to"}.get(relation, relation.value)
            return f" {'since' if relation is Relation.SINCE and len(moment) == 10 else word} {date_words(moment)}"
        case TimeLimit(relation, moment, _):
            assert not isinstance(moment, str)
            word = {Relation.SINCE: "when or after", Relation.UNTIL: "before or when"}.get(relation, relation.value)
            return f" {word} {_clause(moment, negated=False, is_moment=True)}"
