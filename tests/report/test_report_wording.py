"""Claims in words: right English, and never more than the slots hold."""

from __future__ import annotations

import dataclasses

import pytest
from sample_briefing import DOCUMENTS, LINEAGE, entry, sample_briefing, say, simple, step, supply

from materiel.report.attribution import speaker_words, support_words, voices
from materiel.report.clauses import antecedent_clause, consequent_clause
from materiel.report.figures import date_words, money_words, number_words, short_date
from materiel.report.findings import headline_findings
from materiel.report.names import joined, sentence
from materiel.report.statuses import Status, status_of
from materiel.report.timeline import timeline
from materiel.report.wording import claim_clause
from materiel.terms.entries import Backing
from materiel.terms.statements import Assertion, Claim, Clause, Measure, MeasureName, Pact, PactKind, PactStatus, Stage

_QUOTES = {"courier": "arming Ukraine", "wire": "grave error", "capitol": "half a million shells", "troops": "landed"}


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (Stage.REQUESTED, "Ukraine has asked the United States for tanks"),
        (Stage.CONSIDERED, "the United States is considering supplying Ukraine with tanks"),
        (Stage.PLEDGED, "the United States has pledged tanks to Ukraine"),
        (Stage.ORDERED, "Ukraine has ordered tanks from the United States"),
        (Stage.DELIVERED, "the United States has supplied Ukraine with tanks"),
        (Stage.WITHHELD, "the United States is withholding tanks from Ukraine"),
        (Stage.HALTED, "the United States has halted supplies of tanks to Ukraine"),
    ],
)
def test_stages(stage: Stage, words: str) -> None:
    assert claim_clause(supply("USA", "UKR", stage, "armour.tank")) == words


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (supply(None, "UKR", Stage.DELIVERED, "arms"), "Ukraine has received arms from an unnamed supplier"),
        (
            supply("KOR", "POL", Stage.ORDERED, "armour.tank", quantity=180, unit="tanks", value_usd=6.5e9),
            "Poland has ordered tanks (180, worth 6.5 billion US dollars) from South Korea",
        ),
        (Pact(("RUS", "PRK"), PactKind.OTHER, PactStatus.ENDED), "Russia and North Korea have ended an agreement"),
        (Measure("KOR", MeasureName.STOCK, 1.4e6, "shells", "2024"), "South Korea: stock 1.4 million shells, 2024"),
    ],
)
def test_other_claims(claim: Claim, words: str) -> None:
    assert claim_clause(claim) == words


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        (Clause("transfer", "RUS", "PRK", ("precision",)), "Russia supplies North Korea with precision weapons"),
        (Clause("event", who="TUR", what="ratifies the entry"), "Türkiye ratifies the entry"),
        (Clause("event", who="RUS", what="send troops"), "Russia were to send troops"),
        (Clause("event", what="the North is invaded"), "the North is invaded"),
        (Clause("event", what="war on the peninsula"), "there is war on the peninsula"),
        (Clause("event", who="RUS", what="new sanctions"), "Russia: new sanctions"),
        (Clause("event", who="RUS", what="that ties would suffer again"), "ties would suffer again"),
        (Clause("event", who="PRK", what="the North gets none"), "the North gets none"),
        (Clause("policy", who="POL", what="we'll sign"), "“we'll sign”"),
        (Clause("event", who="PRK", what="what its men do in Russia"), "what its men do in Russia calls for it"),
        (Clause("event"), "the condition in the quote is met"),
        (Clause("transfer", None, "POL", ("technology",)), "Poland is supplied with technology and know-how"),
        (Clause("transfer", "RUS", None, ("precision",)), "Russia supplies precision weapons"),
    ],
)
def test_antecedents(clause: Clause, words: str) -> None:
    assert antecedent_clause(clause).replace("Turkey", "Türkiye") == words


def test_consequents_fall_back_on_the_debtor() -> None:
    assert consequent_clause(Clause("policy", what="lift restrictions"), "KOR") == "South Korea would lift restrictions"
    assert (
        consequent_clause(Clause("transfer", None, "UKR", ("arms",)), "KOR")
        == "South Korea would supply Ukraine with arms"
    )


def test_numbers_and_dates() -> None:
    assert [number_words(n) for n in (3, 10000, 2.5, 14e9, 1_234_567)] == [
        "3",
        "10,000",
        "2.5",
        "14 billion",
        "1.234567 million",
    ]
    assert money_words(2e9, "EUR") == "2 billion euros"
    assert [date_words(d) for d in ("2024-06-02", "2024-06", "2024", "early 2024", None)] == [
        "2 June 2024",
        "June 2024",
        "2024",
        "early 2024",
        "no date",
    ]
    assert [short_date(d) for d in ("2024-09-03", "2024-09", "2024")] == ["3 Sep", "Sep", "2024"]
    assert [joined(p) for p in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert sentence("it did") == "It did."


def test_speakers() -> None:
    assert speaker_words("The Kremlin") == "the Kremlin"
    assert speaker_words("he") == "an unnamed speaker"
    assert speaker_words("Its ministry") == "“its ministry”"
    assert speaker_words(None) == ""


def test_findings_name_their_voices_and_link_to_their_entries() -> None:
    briefing = sample_briefing()
    findings = headline_findings(briefing)
    assert 4 <= len(findings) <= 8
    assert {f.entry.id for f in findings} <= {e.id for e in briefing.entries}
    assert all("origin" in f.text for f in findings)
    stated = [f.count for f in findings if f.status not in (Status.OPEN, Status.DENIED)]
    assert stated == sorted(stated, reverse=True)
    text = " ".join(f.text for f in findings)
    assert "It is not known whether Russia has pledged arms to North Korea" in text
    assert "this is denied by the Kremlin’s spokesman (in Meridian Wire, one origin)" in text


def test_nothing_supposed_opens_the_briefing() -> None:
    assert not any("precision weapons, according" in f.text for f in headline_findings(sample_briefing()))
    only = dataclasses.replace(
        sample_briefing(),
        entries=(
            simple(
                1,
                supply("RUS", "PRK", Stage.DELIVERED, "precision", assertion=Assertion.HYPOTHETICAL),
                "courier",
                "Should Moscow hand the North precision arms",
            ),
        ),
    )
    assert headline_findings(only) == ()


def test_an_outlet_that_reports_a_denial_does_not_deny() -> None:
    claim = supply("PRK", "RUS", Stage.DELIVERED, "arms", assertion=Assertion.DENIED)
    only = dataclasses.replace(
        sample_briefing(), entries=(simple(1, claim, "wire", "called talk of North Korean ammunition baseless"),)
    )
    (finding,) = headline_findings(only)
    assert (
        finding.text
        == "That North Korea has supplied Russia with arms is denied, according to Meridian Wire (one origin)."
    )


def test_one_speaker_in_two_outlets_reads_as_one_voice() -> None:
    claim = supply("PRK", "RUS", Stage.DELIVERED, "artillery.ammunition")
    both = [say("wire", claim, "grave error", "The envoy"), say("harbour", claim, "152-mm shells", "The envoy")]
    made = entry(1, claim, [step("delivered", Assertion.STATED, None, *both)], both)
    found = voices(sample_briefing(), made, "stated")
    assert found is not None
    assert found.phrase == (
        "according to two independent origins: the envoy (in Meridian Wire and Harbour & Rail Monitor)"
    )
    assert voices(sample_briefing(), made, "denied") is None


def test_a_copy_adds_no_origin() -> None:
    found = voices(sample_briefing(), next(e for e in sample_briefing().entries if e.id == "tr-000006"), "stated")
    assert found is not None
    assert (found.count, found.phrase) == (1, "according to Vistula Business (one origin)")
    assert len(LINEAGE.derivations) == 2


def test_an_outside_source_is_named_as_credited() -> None:
    briefing = sample_briefing()
    missile = next(e for e in briefing.entries if e.id == "tr-000013")
    found = voices(briefing, missile, "stated")
    assert found is not None
    assert found.phrase == (
        "according to investigators (in Radio Sloboda, as credited by Harbour & Rail Monitor, one origin)"
    )


def test_support_in_words_names_each_origin_once() -> None:
    claim = supply("PRK", "RUS", Stage.DELIVERED, "artillery.ammunition")
    said = [say(key, claim, quote) for key, quote in _QUOTES.items()]
    outlets = {
        source.document.id: name for source, name in zip(sample_briefing().documents, "abcdefghijkl", strict=True)
    }
    courier, wire, capitol, troops = (DOCUMENTS[key].id for key in _QUOTES)
    made = entry(1, claim, [step("delivered", Assertion.STATED, None, *said)], said)

    def words(*origins: str) -> str:
        backings = tuple(Backing(s.id, origin) for s, origin in zip(said, origins, strict=True))
        changed = dataclasses.replace(made, backings=backings, origins=tuple(sorted(set(origins))))
        return support_words(changed, outlets)

    assert words(courier, courier, courier, courier) == "1 independent origin: a"
    assert words(courier, wire, capitol, troops) == "4 independent origins: a; c; g; h"
    radio = "outside:Radio Sloboda"
    assert words(courier, radio, radio, radio) == (
        "2 independent origins: Radio Sloboda, as credited by three outlets; a"
    )
    assert words(courier, courier, radio, radio) == "2 independent origins: Radio Sloboda, as credited by g and h; a"
    assert support_words(dataclasses.replace(made, origins=()), outlets) == "no origin states it"
    outlets[wire] = "a"
    assert words(courier, wire, wire, wire) == "2 independent origins: a (two articles)"


@pytest.mark.parametrize("assertion", [Assertion.UNKNOWN, Assertion.HYPOTHETICAL, Assertion.DENIED])
@pytest.mark.parametrize("stage", list(Stage))
def test_what_is_not_stated_never_looks_delivered(stage: Stage, assertion: Assertion) -> None:
    assert status_of(supply("PRK", "RUS", stage, "arms", assertion=assertion)) in (Status.OPEN, Status.DENIED)


def test_timeline_places_dates_no_closer_than_they_are() -> None:
    periods = timeline(sample_briefing().entries)
    headings = [period.heading for period in periods]
    assert headings[:3] == ["2022, month not given", "2023, month not given", "February 2024"]
    assert headings[-1] == "No date given"
    whens = {moment.when for period in periods for moment in period.moments}
    assert {"in 2022", "in May", "19 Jun", "by 22 Jun", "—"} <= whens
    steps = sum(len(e.history) for e in sample_briefing().entries if e.kind != "measure")
    assert sum(len(period.moments) for period in periods) == steps


def test_voices_of_an_earlier_stage_do_not_count_for_a_later_one() -> None:
    claim = supply("KOR", "UKR", Stage.DELIVERED, "arms")
    talk = say("courier", supply("KOR", "UKR", Stage.CONSIDERED, "arms"), "arming Ukraine was under study")
    done = say("november", claim, "Seoul did not rule out weapons")
    steps = [step("considered", Assertion.STATED, None, talk), step("delivered", Assertion.STATED, None, done)]
    found = voices(sample_briefing(), entry(1, claim, steps, [talk, done]), "stated")
    assert found is not None
    assert found.count == 1
