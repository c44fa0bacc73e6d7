r"""The life of a commitment, after Singh's social commitments: a pure function of what was said and what happened.

::

    (made) --> STANDING ------------> TRIGGERED ---------> KEPT
                 |   |    antecedent   |    |   consequent
                 v   v                 v    v
            LAPSED   WITHDRAWN <-------'    BROKEN

=========  =========  ==============================================================================================
from       to         when
=========  =========  ==============================================================================================
(nothing)  standing   it is made, or made again after it was taken back
standing   triggered  its antecedent holds, by what happened since it was made; at once where nothing is asked for
standing   lapsed     its term is over, and nobody says that its antecedent came, or may have
standing   withdrawn  it is taken back or released (Singh: cancelled, released)
triggered  kept       its consequent holds in time, by what happened since its antecedent came (Singh: discharged)
triggered  broken     the deed comes late or is denied at the end of the term; a restraint is given up; a promise is
                      taken back (Singh: violated)
triggered  withdrawn  it is released; a threat or a policy is taken back
=========  =========  ==============================================================================================

1. Only what happens from the day on which it was made counts. What is not dated, and first reported after that day, is
   taken to have come after it, and a note says so.
2. Nothing is kept before its condition has come. In Singh's account a consequent that holds discharges a commitment
   whenever it came about; that is so of what stays once it is there, a pact or another commitment's state, and such a
   one-off keeps it as soon as its condition comes. A supply, a stance or an event is a deed that can be done again:
   arms sent in peace do not keep a promise to send arms in war. Done beforehand it leaves the commitment where it
   stands, with a note.
3. What set it off does not keep it: another line of the register has to. Only where it commits to a later stage than
   its condition asks for (ordered, then delivered) the same supply may do both.
4. Nothing is broken by silence. A term that is over with no report leaves the commitment triggered, and overdue. It is
   broken where somebody denies the deed or it is reported late. A threat whose condition never comes is not broken: it
   stands, or lapses with its term.
5. A restraint (a consequent that is negated) is broken by the deed, and kept only once its term is over.
6. What is taken back while it stands is withdrawn; after its condition came, a promise is broken by it, a threat or a
   policy withdrawn. A release withdraws it in either case. Kept, broken and lapsed stay so. Made again, it begins anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from materiel.commitments.answers import Answer, Judged, Lack, LackKind
from materiel.commitments.cells import HappeningIndex
from materiel.commitments.commitment import ENDING, Act, Commitment, Saying, condition_of, is_in_words
from materiel.commitments.days import ANY_DAY, FIRST_DAY, LAST_DAY, Span, clipped, span_of, span_or_none
from materiel.commitments.evaluate import judge
from materiel.commitments.happenings import NEVER_KNOWN, RANKS, Happening
from materiel.commitments.limits import Clocks
from materiel.commitments.standing import Note, Reached, Standing
from materiel.commitments.tree import And, CommitmentAtom, Condition, Not, Or, PactAtom, State, TransferAtom, leaves
from materiel.terms.statements import Force


@dataclass(frozen=True, slots=True)
class _Life:
    """The last life of a commitment: from when it was made, or made again, until it was taken back."""

    begin: Span
    known: int
    end: Saying | None
    end_day: int
    force: Force
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class _Verdict:
    state: State
    when: Span
    known: int
    evidence: tuple[Happening, ...] = ()
    notes: tuple[Note, ...] = ()


def stand(
    commitment: Commitment, index: HappeningIndex, clocks: Clocks, *, is_complete: bool = False
) -> Standing | None:
    """Where a commitment stands; None where it was not made yet, or that was not known.

    Args:
        commitment: the one asked about.
        index: the happenings.
        clocks: the days asked about.
        is_complete: the happenings are all there are, as in a simulation.
    """
    life = _life_of(commitment, clocks)
    if life is None:
        return None
    way = [_Verdict(State.STANDING, life.begin, life.known)]
    by = span_of(commitment.term.by)[1] if commitment.term.by else LAST_DAY
    asked = Clocks(min(clocks.as_of, life.end_day), clocks.known_by)
    in_time = Clocks(min(asked.as_of, by), clocks.known_by)

    antecedent: Judged | None = None
    triggered: Span | None = None
    if commitment.antecedent is None:
        triggered = life.begin
        way.append(_Verdict(State.TRIGGERED, life.begin, life.known))
    else:
        sought = condition_of(commitment.antecedent)
        antecedent = judge(sought, index, in_time, since=life.begin[0], is_complete=is_complete)
        if antecedent.answer is Answer.HOLDS:
            triggered = _after(antecedent.when, life.begin)
            known = max(antecedent.known or FIRST_DAY, life.known)
            way.append(_Verdict(State.TRIGGERED, triggered, known, antecedent.deciding))
    deed = _Deed(condition_of(commitment.consequent), index, is_complete)
    due = _due(commitment, triggered)
    done: Judged | None = None
    if triggered is not None:
        counted = replace(asked, apart=_apart(commitment, antecedent))
        since = life.begin[0] if is_one_off(deed.condition) else triggered[0]
        done = deed.judged(counted if due is None else replace(counted, as_of=min(asked.as_of, due)), since)
        if verdict := _verdict(deed, counted, life, triggered, due, done):
            way.append(verdict)
    if triggered is None and _is_over(by, asked, antecedent):
        way.append(_Verdict(State.LAPSED, (by + 1, by + 1), by + 1))
    elif life.end is not None and way[-1].state in {State.STANDING, State.TRIGGERED}:
        way.append(_ended(life, way[-1].state))
    early: Judged | None = None
    if antecedent is not None and way[-1].state in {State.STANDING, State.TRIGGERED, State.LAPSED}:
        early = _done_before(deed, asked, life, triggered)
    return _standing(commitment, clocks, life, way, antecedent, done, early, due)


@dataclass(frozen=True, slots=True)
class _Deed:
    """A consequent, and what it is judged by."""

    condition: Condition
    index: HappeningIndex
    is_complete: bool

    def judged(self, clocks: Clocks, since: int) -> Judged:
        return judge(self.condition, self.index, clocks, since=since, is_complete=self.is_complete)


def _life_of(commitment: Commitment, clocks: Clocks) -> _Life | None:
    seen: list[tuple[Span, int, Saying]] = []
    for saying in commitment.sayings:
        known_span = span_or_none(saying.known_on)
        known = known_span[1] if known_span else NEVER_KNOWN
        day = span_or_none(saying.said_on) or known_span or ANY_DAY
        if known <= clocks.known_by and (day[1] <= clocks.as_of or day == ANY_DAY):
            seen.append((day, known, saying))
    seen.sort(key=lambda each: (each[0][1], each[1], list(Act).index(each[2].act), each[2].source))
    begin: Span | None = None
    begun, end, force = FIRST_DAY, None, commitment.force
    end_day = LAST_DAY
    for day, known, saying in seen:
        if saying.act in ENDING:
            if begin is not None and end is None:
                end, end_day = saying, day[1]
        elif begin is None or end is not None or saying.act is Act.MADE:
            begin, begun, end, end_day = day, known, None, LAST_DAY
        if saying.force is not None and saying.act not in ENDING:
            force = saying.force
    if begin is None:
        return None
    return _Life(begin, begun, end, end_day, force, tuple(saying for _, _, saying in seen))


def _after(when: Span | None, begin: Span) -> Span:
    """A day of the evidence that cannot be before the commitment was made."""
    first, last = when or begin
    return max(first, begin[0]), max(last, begin[0])


def _due(commitment: Commitment, triggered: Span | None) -> int | None:
    """The last day for the deed. Where the day of the condition is open, the debtor has until the latest it may be."""
    term = commitment.term
    by = span_of(term.by)[1] if term.by else None
    within = clipped(triggered[1] + term.within) if term.within is not None and triggered else None
    days = [day for day in (by, within) if day is not None]
    return min(days) if days else None


def _apart(commitment: Commitment, antecedent: Judged | None) -> frozenset[str]:
    """The lines of the register that set it off, and so cannot keep it."""
    if antecedent is None or commitment.antecedent is None:
        return frozenset()
    asked, committed = (_stages(condition_of(side)) for side in (commitment.antecedent, commitment.consequent))
    if asked and committed and min(committed) > max(asked):
        return frozenset()
    return frozenset(each.entry for each in antecedent.deciding)


def _stages(condition: Condition) -> list[int]:
    """How far each supply or pact that a condition asks for has to have come."""
    found: list[int] = []
    for leaf in leaves(condition):
        match leaf:
            case TransferAtom():
                found.append(RANKS[leaf.stage])
            case PactAtom():
                found.append(RANKS[leaf.status])
            case _:
                pass
    return found


def _done_before(deed: _Deed, asked: Clocks, life: _Life, triggered: Span | None) -> Judged | None:
    """How the consequent held before the condition came; None where it did not, or is a restraint."""
    if is_restraint(deed.condition):
        return None
    until = asked.as_of if triggered is None else min(asked.as_of, triggered[0] - 1)
    judged = deed.judged(replace(asked, as_of=until), life.begin[0])
    return judged if judged.answer is Answer.HOLDS else None


def _verdict(
    deed: _Deed, asked: Clocks, life: _Life, triggered: Span, due: int | None, done: Judged
) -> _Verdict | None:
    """Whether it is kept or broken by what happened since its condition came; None where neither is so."""
    restraint = is_restraint(deed.condition)
    is_over = due is not None and asked.as_of > due
    known = max(done.known or FIRST_DAY, life.known)
    if done.answer is Answer.HOLDS:
        if restraint and not is_over:
            return None
        was_there = done.when is not None and done.when[1] < triggered[0]
        notes = (Note.BEFOREHAND,) if was_there else ()
        return _Verdict(State.KEPT, _after(done.when, triggered), known, done.deciding, notes)
    if done.answer is Answer.DOES_NOT_HOLD:
        if restraint:
            return _Verdict(State.BROKEN, _after(done.when, triggered), known, done.deciding)
        if is_over and due is not None:
            return _Verdict(State.BROKEN, (due + 1, due + 1), max(known, due + 1), done.deciding, (Note.REFUSED,))
    if is_over and due is not None and not restraint:
        late = deed.judged(asked, due + 1)
        if late.answer is Answer.HOLDS:
            known = max(late.known or FIRST_DAY, life.known)
            return _Verdict(State.BROKEN, (due + 1, due + 1), max(known, due + 1), late.deciding, (Note.LATE,))
    return None


def is_one_off(condition: Condition) -> bool:
    """Whether a consequent, once brought about, stays: pacts and states of commitments, and nothing else."""
    return all(isinstance(leaf, PactAtom | CommitmentAtom) for leaf in leaves(condition))


def is_restraint(condition: Condition) -> bool:
    """Whether a consequent is that something does not happen."""
    match condition:
        case Not():
            return True
        case And(parts) | Or(parts):
            return all(is_restraint(part) for part in parts)
        case _:
            return False


def _ended(life: _Life, state: State) -> _Verdict:
    assert life.end is not None
    known = span_or_none(life.end.known_on)
    broken = state is State.TRIGGERED and life.end.act is Act.RETRACTED and life.force is Force.PROMISE
    notes = (Note.ABANDONED,) if state is State.TRIGGERED and life.end.act is Act.RETRACTED else ()
    when = span_or_none(life.end.said_on) or known or ANY_DAY
    day = known[1] if known else NEVER_KNOWN
    return _Verdict(State.BROKEN if broken else State.WITHDRAWN, when, day, (), notes)


def _is_over(by: int, asked: Clocks, antecedent: Judged | None) -> bool:
    """Whether the term ended without the condition; not where somebody says that it came, or may have come."""
    if asked.as_of <= by or antecedent is None or antecedent.answer is Answer.DISPUTED:
        return False
    lacks = antecedent.outcome().missing
    return not any(lack.kind in {LackKind.DAY, LackKind.SUPPORT} for lack in lacks)


def _standing(
    commitment: Commitment,
    clocks: Clocks,
    life: _Life,
    way: list[_Verdict],
    antecedent: Judged | None,
    done: Judged | None,
    early: Judged | None,
    due: int | None,
) -> Standing:
    last = way[-1]
    asked = antecedent.outcome() if antecedent else None
    did = done.outcome() if done else None
    notes = list(last.notes)
    evidence = last.evidence
    missing: tuple[Lack, ...] = ()
    if last.state is State.STANDING:
        if asked is not None:
            missing, evidence = asked.missing, asked.deciding
            if asked.answer is Answer.DISPUTED:
                notes.append(Note.CONDITION_DISPUTED)
        if is_in_words(commitment.antecedent):
            notes.append(Note.CONDITION_IN_WORDS)
    if last.state is State.TRIGGERED:
        assert did is not None
        missing = did.missing
        restraint = is_restraint(condition_of(commitment.consequent))
        if due is not None and clocks.as_of > due:
            notes.append(Note.OVERDUE)
        if did.answer is Answer.DISPUTED:
            notes.append(Note.DONE_DISPUTED)
        elif did.answer is Answer.DOES_NOT_HOLD:
            notes.append(Note.REFUSED)
        elif restraint:
            notes.append(Note.RUNNING)
        if is_in_words(commitment.consequent):
            notes.append(Note.DEED_IN_WORDS)
    if early is not None:
        notes.append(Note.EARLY)
    if any(each.happened_on is None and not each.is_imagined for each in evidence) and len(way) > 1:
        notes.append(Note.DAY_TAKEN)
    return Standing(
        commitment,
        last.state,
        last.when,
        last.known,
        life.force,
        life.sayings,
        asked,
        did,
        evidence,
        missing,
        due,
        tuple(dict.fromkeys(notes)),
        tuple(Reached(each.state, each.when, each.known) for each in way),
        early.deciding if early is not None else (),
    )
