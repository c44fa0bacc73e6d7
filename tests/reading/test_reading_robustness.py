"""Whatever the text, reading it gives statements or none; never an exception, never a quote that is not in it."""

from __future__ import annotations

import os
import random
import subprocess
import sys

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading_samples import ROOT, document

from materiel.reading import read_document
from materiel.reading.lexicons import predicates, words
from materiel.terms.actors import office_holders, states
from materiel.terms.documents import Document, Passage, Role
from materiel.terms.materiel import designations, materiel_classes

SLOW = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
SENSES = (
    "speech",
    "denial",
    "container",
    "government-noun",
    "pact-noun",
    "conditional-mark",
    "unknown-cue",
    "urging",
    "normative",
)
GLUE = [
    ", ",
    ". ",
    "; ",
    " if ",
    " to ",
    " from ",
    " of ",
    " and ",
    " by ",
    " will ",
    " has ",
    " not ",
    " that ",
    ": ",
    "\n",
    " ",
    " ",
    " ",
    "?",
    " “",
    "” ",
    " 12 ",
    " $3 billion ",
]


def lexicon() -> list[str]:
    """A thousand words of the vocabularies, the same on each run."""
    found = [lemma for lemma, _ in predicates()]
    found += [word for sense in SENSES for word in sorted(words(sense))]
    found += [name for state in states().values() for name in (*state.names, *state.demonyms, state.capital)]
    found += [holder.person for holder in office_holders()] + [each.name for each in designations()]
    found += [term for each in materiel_classes().values() for term in each.terms]
    return random.Random(7).sample(sorted(set(found) - {""}), 1000)


SALAD = st.lists(st.tuples(st.sampled_from(lexicon()), st.sampled_from(GLUE)), max_size=25).map(
    lambda parts: "".join(word + glue for word, glue in parts)
)
DATELINES = st.sampled_from([None, "2024-06-22", "2024-06", "1987", "2024-02-29"])


def check(text: str, published_on: str | None, title: str | None = None) -> None:
    read = document(text, published_on, title)
    found = read_document(read)
    for statement in found:
        assert statement.quote
        assert statement.quote == text[statement.start : statement.end]
    assert read_document(read) == found


@given(st.text(max_size=80), DATELINES)
@SLOW
def test_any_characters(text: str, published_on: str | None) -> None:
    check(text, published_on)


@given(SALAD, DATELINES, SALAD | st.none())
@SLOW
def test_any_order_of_our_own_words(text: str, published_on: str | None, title: str | None) -> None:
    check(text, published_on, title)


def test_a_document_without_news_says_nothing() -> None:
    text = "Poland has delivered 14 tanks to Ukraine."
    for role in (Role.HEADLINE, Role.BYLINE, Role.BOILERPLATE):
        assert read_document(Document(text, (Passage(0, len(text), role),))) == []
    assert read_document(Document("", ())) == []
    assert read_document(Document(text, (Passage(0, len(text), Role.BODY),))) != []


def test_goods_spoken_of_in_another_passage_lend_no_words_to_the_quote() -> None:
    """What was sold stands far down in the passage before; the statement's quote stays within its own sentence."""
    before = (
        "After a meeting of the government that had lasted until the evening, the ministry of defence in Bratislava "
        "said on Friday, Slovakia has sold Ukraine eight Zuzana howitzers."
    )
    after = "Slovakia sold to Germany too."
    text = f"{before}\n\n{after}"
    told = [each for each in read_document(document(text)) if getattr(each.claim, "recipient", None) == "DEU"]
    assert told
    assert all(each.quote in after and each.start >= len(before) for each in told)


def test_who_speaks_above_a_list_speaks_in_its_lines() -> None:
    """The speaker stands in a passage before and further down than a line is long."""
    text = (
        "The new package for Ukraine, which the allies had been expecting since the meeting at the air base in spring, "
        "is ready. The secretary of defence said that the United States will send Ukraine weapons, including:"
        "\n\n14 howitzers\n\ntwo radars"
    )
    told = [each for each in read_document(document(text)) if getattr(each.claim, "quantity", None)]
    assert [(each.quote, each.speaker) for each in told] == [
        ("14 howitzers", "The secretary of defence"),
        ("two radars", "The secretary of defence"),
    ]


def test_the_same_text_reads_the_same_under_any_hash_seed() -> None:
    """What stands in sets must not decide between equals: joint parties are as likely as each other."""
    code = (
        "import sys; from pathlib import Path; from materiel.sources import load_documents\n"
        "from materiel.reading import read_documents\n"
        "found = [document for _, document in load_documents(Path(sys.argv[1]))]\n"
        "print([list(each) for each in read_documents(found)])"
    )
    command = [sys.executable, "-c", code, str(ROOT / "gold" / "bulletins" / "meridian.jsonl")]
    one, other = (
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True, text=True
        ).stdout
        for seed in ("1", "2")
    )
    assert len(one) > 1000
    assert one == other
