"""Measure what judging commitments costs, beside the same answers through SQL over the register's own tables.

    python benchmarks/conditions.py                         every figure with its target; some minutes
    python benchmarks/conditions.py --happenings 100000     the same with fewer happenings
    python benchmarks/conditions.py --check                 exit code 3 where a target is missed

- evaluation: seconds to answer both sides of every commitment, from an index in which nothing has been sought yet.
  The baseline is SQLite over a dossier's own tables `entry` and `entry_step` with the dossier's own indexes, analysed
  and wholly in its cache: one query a commitment, which stops at the first happening that decides it. The answers are
  compared one by one. SQL only says the answer; here the happening that decided it comes along. `--queries N` asks SQL
  about N of the commitments and takes its time as that of a query times the number of commitments;
- with a better index: beside SQLite with one more index, made for these queries, which a dossier does not have;
- with our index built: our seconds to index the happenings counted in; those of SQLite for its rows are not;
- one more: the median time from one new happening to all standings that it can touch, on the same commitments;
- chains: links, ladders, cycles and the smallest sets for 200 commitments, and whether they are exact.

Happenings are steps of invented entries, one to three each, over all states. Few states do most of the supplying, as
in reality: the weight of a state falls with its rank. A tenth of the steps are denials or refusals, half have no date
of their own. Times are CPU seconds of one thread, the fastest of three rounds on either side; each of our rounds begins
with a new index.
"""

from __future__ import annotations

import argparse
import gc
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median

from sqlalchemy import create_engine

from materiel.commitments import Act, Commitment, Happening, HappeningIndex, Saying, Watch, board, chains, record
from materiel.commitments.answers import Answer
from materiel.commitments.commitment import condition_of
from materiel.commitments.evaluate import clocks_of, judge
from materiel.commitments.happenings import Telling
from materiel.commitments.materiel_tree import covers
from materiel.commitments.tree import And, Or, TransferAtom
from materiel.register.schema import METADATA
from materiel.terms.actors import states
from materiel.terms.materiel import materiel_classes
from materiel.terms.statements import Assertion, Force, Stage, Transfer

AS_OF = "2024-06-30"
FIRST = date(2015, 1, 1)
DAYS = 3650
ROUNDS = 3
"""Both sides are timed so often, and the fastest round of each counts."""
SINGLES = 2_000
"""New happenings added one by one while the time is taken."""
STAGES = (Stage.CONSIDERED, Stage.PLEDGED, Stage.ORDERED, Stage.DELIVERED)
RANK = {stage.value: rank for rank, stage in enumerate((Stage.REQUESTED, *STAGES))}


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured figure with its target: ``value`` is to be at most, or at least, ``target``."""

    name: str
    value: float
    target: float
    at_most: bool
    detail: str

    @property
    def is_met(self) -> bool:
        return self.value <= self.target if self.at_most else self.value >= self.target


class World:
    """Invented happenings and commitments, and the same as rows."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.actors = sorted(states())
        self.random.shuffle(self.actors)
        self.weights = [1 / (rank + 3) for rank in range(len(self.actors))]
        self.classes = sorted(materiel_classes())

    def day(self) -> str:
        return (FIRST + timedelta(days=self.random.randrange(DAYS))).isoformat()

    def flow(self) -> tuple[str, str]:
        supplier, recipient = self.random.choices(self.actors, self.weights, k=2)
        return supplier, recipient

    def entry(self, number: int) -> list[Happening]:
        """An entry's steps."""
        random = self.random
        supplier, recipient = self.flow()
        materiel = random.choice(self.classes)
        steps = []
        for place in range(random.choice((1, 2, 3))):
            stage, assertion = random.choice(STAGES), Assertion.STATED
            match random.random():
                case chance if chance < 0.05:
                    assertion = Assertion.DENIED
                case chance if chance < 0.1:
                    stage = Stage.WITHHELD
            known = self.day()
            happened = None
            if random.random() < 0.5:
                happened = (date.fromisoformat(known) - timedelta(days=random.randrange(60))).isoformat()
            steps.append(
                record(
                    f"tr-{number}#{place}",
                    f"tr-{number}",
                    Transfer(supplier, recipient, (materiel,), stage),
                    happened_on=happened,
                    known_on=known,
                    assertion=assertion,
                    tellings=(Telling("doc", 1),),
                    grade="C3",
                )
            )
        return steps

    def happenings(self, count: int) -> list[Happening]:
        found: list[Happening] = []
        number = 0
        while len(found) < count:
            found.extend(self.entry(number))
            number += 1
        return found[:count]

    def atom(self) -> TransferAtom:
        supplier, recipient = self.flow()
        chance = self.random.random()
        suppliers = (supplier, self.flow()[0]) if chance < 0.1 else (supplier,)
        recipients = None if chance > 0.98 else (recipient,)
        stage = self.random.choice((Stage.DELIVERED, Stage.DELIVERED, Stage.ORDERED, Stage.PLEDGED))
        return TransferAtom(suppliers, recipients, (self.random.choice(self.classes),), stage)

    def commitment(self, number: int) -> Commitment:
        made = self.day()
        antecedent, consequent = self.atom(), self.atom()
        saying = Saying(Act.MADE, made, made, f"st-{number}")
        return Commitment(f"cm-{number:05}", self.flow()[0], antecedent, consequent, Force.THREAT, (saying,))


def write_dossier(path: Path, happenings: Sequence[Happening]) -> None:
    """The happenings as rows of a dossier's own tables."""
    engine = create_engine(f"sqlite:///{path}")
    METADATA.create_all(engine)
    engine.dispose()
    connection = sqlite3.connect(path)
    seen: set[str] = set()
    entries, steps = [], []
    for each in happenings:
        assert isinstance(each.deed, Transfer)
        if each.entry not in seen:
            seen.add(each.entry)
            entries.append((each.entry, each.deed.supplier, each.deed.recipient, each.deed.materiel[0]))
        known = date.fromordinal(each.known).isoformat()
        place = int(each.id.partition("#")[2])
        steps.append((each.entry, place, each.deed.stage.value, each.assertion.value, each.happened_on, known))
    connection.executemany(
        "insert into entry (id, kind, supplier, recipient, materiel, slots, support, is_disputed, conflicts,"
        " reliability, credibility, reasons) values (?, 'transfer', ?, ?, ?, '{}', 1, 0, '', 'C', '3', '')",
        entries,
    )
    connection.executemany(
        "insert into entry_step (entry, position, stage, assertion, happened_on, known_on, support, statements,"
        " origins) values (?, ?, ?, ?, ?, ?, 1, '', '')",
        steps,
    )
    connection.execute("create table covers (general text, specific text, primary key (general, specific))")
    pairs = [(a, b) for a in materiel_classes() for b in materiel_classes() if covers(a, b)]
    connection.executemany("insert into covers values (?, ?)", pairs)
    connection.execute("create table rank (stage text primary key, rank integer)")
    connection.executemany("insert into rank values (?, ?)", list(RANK.items()))
    connection.execute("analyze")
    connection.commit()
    connection.close()


# For one atom: is there a stated step that nobody denies, is there one at all, and is each of its cases denied or
# refused?
# A step without a day of its own had happened by the day when it became known; a denial reaches it as news of that day.
_STATED = """
select {what} from entry e join entry_step p on p.entry = e.id join rank k on k.stage = p.stage
where {flow} and e.materiel in (select specific from covers where general = :{x}class)
  and p.assertion = 'stated' and k.rank >= :{x}rank and p.known_on <= :day and coalesce(p.happened_on, p.known_on) <=
  :day
  {more}
"""
_DENIED = """
and {no} exists (select 1 from entry d join entry_step q on q.entry = d.id join rank r on r.stage = q.stage
  where d.supplier = e.supplier and d.recipient = e.recipient and q.assertion = 'denied' and q.known_on <= :day
    and r.rank <= k.rank and exists (select 1 from covers c where c.general = d.materiel and c.specific = e.materiel)
    and case when q.happened_on is null then coalesce(p.happened_on, p.known_on) <= q.known_on
             else q.happened_on = coalesce(p.happened_on, p.known_on) end)
"""
_COVERED = """
exists (select 1 from entry d join entry_step q on q.entry = d.id left join rank r on r.stage = q.stage
  where d.supplier = :{x}supplier{n} and d.recipient = :{x}recipient and q.known_on <= :day
    and d.materiel in (select general from covers where specific = :{x}class)
    and ((q.assertion = 'denied' and r.rank <= :{x}rank and coalesce(q.happened_on, '0') <= :day)
      or (q.assertion = 'stated' and q.stage = 'withheld' and coalesce(q.happened_on, q.known_on) <= :day)))
"""


def query_of(commitment: Commitment) -> tuple[str, dict[str, str | int]]:
    """One query that answers both sides of a commitment."""
    columns: list[str] = []
    values: dict[str, str | int] = {"day": AS_OF}
    for x, side in (("a", commitment.antecedent), ("c", commitment.consequent)):
        assert isinstance(side, TransferAtom)
        assert side.suppliers is not None
        assert side.classes is not None
        flow = "e.supplier in (" + ", ".join(f":{x}supplier{n}" for n in range(len(side.suppliers))) + ")"
        values |= {f"{x}supplier{n}": name for n, name in enumerate(side.suppliers)}
        values |= {f"{x}class": side.classes[0], f"{x}rank": RANK[side.stage.value]}
        covered = "0"
        if side.recipients is not None:
            flow += f" and e.recipient = :{x}recipient"
            values[f"{x}recipient"] = side.recipients[0]
            covered = " and ".join(_COVERED.format(x=x, n=n) for n in range(len(side.suppliers)))
        clean = _STATED.format(what="1", flow=flow, x=x, more=_DENIED.format(no="not"))
        stated = _STATED.format(what="1", flow=flow, x=x, more="")
        # What comes first decides, and the rest is not looked for: `case` stops there.
        columns.append(
            f"case when exists ({clean}) then 'holds' when exists ({stated}) then 'disputed' "
            f"when {covered} then 'does not hold' else 'not reported' end"
        )
    return "select " + ", ".join(columns), values


def ask_sql(
    connection: sqlite3.Connection, prepared: Sequence[tuple[str, dict[str, str | int]]]
) -> tuple[list[tuple[str, str]], float]:
    """What SQL answers, and the seconds of one query."""
    for text, values in prepared[:200]:
        connection.execute(text, values).fetchone()
    seconds = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        rows = [connection.execute(text, values).fetchone() for text, values in prepared]
        seconds = min(seconds, time.process_time() - begun)
    return rows, seconds / len(prepared)


def measure_evaluation(
    world: World, happenings: list[Happening], commitments: list[Commitment], queries: int
) -> list[Figure]:
    clocks = clocks_of(AS_OF, AS_OF)
    building, ours = float("inf"), float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        index = HappeningIndex(happenings)
        building = min(building, time.process_time() - begun)
        gc.freeze()
        begun = time.process_time()
        answers = [
            (
                judge(condition_of(each.antecedent), index, clocks).answer,
                judge(condition_of(each.consequent), index, clocks).answer,
            )
            for each in commitments
            if each.antecedent is not None
        ]
        ours = min(ours, time.process_time() - begun)
    begun = time.process_time()
    standings = board(commitments, index, as_of=AS_OF, known_by=AS_OF)
    boarding = time.process_time() - begun
    sample = world.random.sample(range(len(commitments)), min(queries or len(commitments), len(commitments)))
    prepared = [query_of(commitments[place]) for place in sample]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dossier.sqlite"
        write_dossier(path, happenings)
        connection = sqlite3.connect(path)
        connection.execute("pragma cache_size = -2000000")
        rows, each_query = ask_sql(connection, prepared)
        connection.execute("create index entry_flow on entry (supplier, recipient, materiel)")
        connection.execute("analyze")
        better_rows, each_better = ask_sql(connection, prepared)
        connection.close()
    for place, row, better in zip(sample, rows, better_rows, strict=True):
        if not answers[place] == row == better:
            print(commitments[place], answers[place], row, better, file=sys.stderr)
            sys.exit("The answers differ: the comparison is worth nothing.")
    sql, better_sql = each_query * len(commitments), each_better * len(commitments)
    counted = {answer.value: sum(answer in pair for pair in answers) for answer in Answer}
    asked = "all asked" if len(sample) == len(commitments) else f"{len(sample):,} asked, the rest reckoned"
    detail = (
        f"{len(commitments):,} commitments over {len(happenings):,} happenings: {ours:.2f} s; baseline: SQLite "
        f"{sqlite3.sqlite_version} over entry and entry_step with a dossier's indexes, {sql:.1f} s, "
        f"{each_query * 1000:.2f} ms a query ({asked}); the same answers: {counted}"
    )
    better_detail = f"baseline: the same with an index on (supplier, recipient, materiel), {better_sql:.1f} s"
    whole = f"index {building:.2f} s, answers {ours:.2f} s; baseline: SQLite with a dossier's indexes, {sql:.1f} s"
    lives = f"{len(standings):,} standings in {boarding:.2f} s"
    return [
        Figure("evaluation, times faster than SQL over the register", sql / ours, 20, False, detail),
        Figure("evaluation, times faster than SQL with a better index", better_sql / ours, 1, False, better_detail),
        Figure(
            "with our index built, times faster than SQL over the register", sql / (ours + building), 1, False, whole
        ),
        Figure("seconds for the whole board", boarding, 10, True, lives),
    ]


def measure_one_more(world: World, happenings: list[Happening], commitments: list[Commitment]) -> Figure:
    watch = Watch(commitments, HappeningIndex(happenings), as_of=AS_OF, known_by=AS_OF)
    times, touched = [], []
    gc.freeze()
    for number in range(SINGLES):
        step = world.entry(10**9 + number)[:1]
        begun = time.process_time()
        watch = watch.with_added(step)
        times.append(time.process_time() - begun)
        touched.append(len(watch.touched_by(step)))
    again = Watch(commitments, watch.happenings, as_of=AS_OF, known_by=AS_OF)
    if {key: each.state for key, each in again.standings.items()} != {k: e.state for k, e in watch.standings.items()}:
        sys.exit("Judging what is touched does not give what judging all gives.")
    times.sort()
    detail = (
        f"{SINGLES:,} added one by one; 95th percentile {times[int(0.95 * SINGLES)] * 1000:.2f} ms, worst "
        f"{times[-1] * 1000:.1f} ms; commitments touched: median {median(touched):.0f}, most {max(touched)}; "
        "the standings are those of judging all again"
    )
    return Figure("milliseconds from a new happening to all it touches", median(times) * 1000, 10, True, detail)


def measure_chains(random: Random, count: int = 200) -> Figure:
    """Commitments that wait for one or two of a few deeds, or for an outside event."""
    actors = sorted(states())[:14]

    def deed() -> TransferAtom:
        return TransferAtom((random.choice(actors),), (random.choice(actors),), ("arms",), Stage.DELIVERED)

    listed = []
    for number in range(count):
        parts = tuple(deed() for _ in range(random.choice((1, 1, 2))))
        antecedent = parts[0] if len(parts) == 1 else random.choice((And, Or))(parts)
        saying = Saying(Act.MADE, "2024-01-01", "2024-01-01")
        listed.append(Commitment(f"cm-{number:03}", "KOR", antecedent, deed(), Force.THREAT, (saying,)))
    begun = time.process_time()
    found = chains(listed)
    seconds = time.process_time() - begun
    most = found.most
    detail = (
        f"{count} commitments, {len(found.links)} links, {len(found.cycles)} cycles; {len(most.sets[0])} events "
        f"set off {len(most.sets_off)}; exact: {most.is_exact}"
    )
    return Figure(f"seconds for the chains of {count} commitments", seconds, 10, True, detail)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--happenings", type=int, default=1_000_000)
    parser.add_argument("--commitments", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=0, help="commitments that SQL is asked about; 0: all")
    parser.add_argument("--check", action="store_true", help="leave with 3 where a target is missed")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    world = World(11)
    happenings = world.happenings(options.happenings)
    commitments = [world.commitment(number) for number in range(options.commitments)]
    figures = [
        *measure_evaluation(world, happenings, commitments, options.queries),
        measure_one_more(world, happenings, commitments),
        measure_chains(Random(3)),
    ]
    for figure in figures:
        sign = "at most" if figure.at_most else "at least"
        verdict = "met" if figure.is_met else "MISSED"
        if options.json:
            print(
                json.dumps(
                    {"name": figure.name, "value": figure.value, "target": figure.target, "detail": figure.detail}
                )
            )
        else:
            print(f"{figure.name}: {figure.value:,.2f} ({sign} {figure.target:g}: {verdict})\n    {figure.detail}")
    if options.check and not all(figure.is_met for figure in figures):
        sys.exit(3)


if __name__ == "__main__":
    main()
