"""A thousand hostile texts: each gets an answer or a clear refusal within a second, and none breaks anything."""

from __future__ import annotations

import time
from collections import defaultdict
from random import Random

import pytest
from condition_samples import any_condition, any_history

from materiel.commitments import ConditionRefused, HappeningIndex, evaluate, parse, print_condition, say
from materiel.commitments.tree import Level, Not

LOOKALIKES = str.maketrans(
    {"a": "а", "e": "е", "o": "о", "R": "Ｒ", "(": "（", ",": "，", ">": "›", '"': "“", "-": "‐"}
)
ANY_LEVEL: defaultdict[Level, float] = defaultdict(float)
"""A simulation that knows every level."""
ODD = [
    "\0",
    "\u202e",
    "\u200b",
    "\ufeff",
    "\ud800",
    "😀",
    "\x1b[31m",
    "'; drop table entry; --",
    "{{7*7}}",
    "%s%n",
    "\\",
]


def hostile_texts() -> list[str]:
    random = Random(5)
    plain = [print_condition(any_condition(random, depth=3)) for _ in range(200)]
    texts = ["(" * depth + 'event("a")' + ")" * depth for depth in (10, 39, 40, 41, 100, 5_000, 9_000, 100_000)]
    texts += ["not " * depth + 'event("a")' for depth in (10, 40, 41, 1_000, 4_900, 100_000)]
    texts += ["not (" * depth + 'event("a")' + ")" * depth for depth in (19, 20, 21, 500, 3_000)]
    texts += ['event("a") after (' * depth + 'event("b")' + ")" * depth for depth in (10, 39, 41, 400)]
    texts += [" and ".join(['event("a")'] * count) for count in (100, 499, 501, 1_000, 50_000)]
    texts += [" or ".join(f'(event("a{n}") and event("b{n}"))' for n in range(count)) for count in (50, 160)]
    texts += [" and ".join(f'(event("a{n}") or event("b{n}"))' for n in range(count)) for count in (50, 160)]
    texts += [
        f"count(RUS -> PRK) >= {number}" for number in ("9" * 5_000, "1e999", "1e-999", "-5", "0x10", "1__0", "1e15")
    ]
    texts += [f"count(RUS -> PRK, last {days} days) >= 1" for days in ("0", "-1", "1e9", "9" * 400, "1.5", "36500")]
    texts += [
        f'event("a") before {day}' for day in ("0000", "0000-00-00", "9999-12-31", "2024-13", "99999-01-01", "0001")
    ]
    texts += [f"transfer({{{', '.join(['RUS', 'PRK'] * count)}}} -> *)" for count in (1, 1_000, 50_000)]
    texts += [f'event("{"x" * length}")' for length in (1, 19_000, 1_000_000)]
    texts += [f"{'x' * length}(RUS)" for length in (61, 10_000)] + [
        "",
        " ",
        "\n\n",
        "()",
        "))((",
        "-> ->",
        '"',
        "“event”",
    ]
    texts += [print_condition(any_condition(random, depth=7)) for _ in range(120)]
    texts += [f'event("{odd}") and transfer(named "a{odd}" -> *)' for odd in ODD]
    texts += [text.translate(LOOKALIKES) for text in plain[:100]]
    texts = list(dict.fromkeys(texts))
    while len(texts) < 1_000:
        text = random.choice(plain)
        for _ in range(random.randint(1, 4)):
            place = random.randrange(len(text) + 1)
            match random.randrange(4):
                case 0:
                    text = text[:place] + random.choice(ODD) + text[place:]
                case 1:
                    text = text[:place] + text[place + random.randint(1, 6) :]
                case 2:
                    text = text[:place] + random.choice(plain)[: random.randint(1, 30)] + text[place:]
                case _:
                    text = text[:place] + random.choice(text or " ").swapcase() + text[place:]
        if text not in texts:
            texts.append(text)
    return texts


def check(text: str, index: HappeningIndex) -> bool:
    """Reads a text and does with it all that can be done; whether it was taken."""
    try:
        condition = parse(text)
    except ConditionRefused as refused:
        refusal = refused
    else:
        assert parse(print_condition(condition)) == condition
        say(condition)
        evaluate(condition, index, as_of="2024-06-30")
        evaluate(Not(condition), index, as_of="2024-06-30", known_by="2024-06-15", is_complete=True, levels=ANY_LEVEL)
        return True
    assert 1 <= refusal.column <= len(text) + 1
    assert len(str(refusal)) < 1_500
    assert str(refusal).isprintable()
    assert all(line.isprintable() for line in refusal.pointed().splitlines())
    return False


def test_a_thousand_hostile_texts() -> None:
    """CPU time, not the clock: neighbours on the machine are no fault of the text."""
    texts = hostile_texts()
    assert len(texts) == len(set(texts)) == 1_000
    index = HappeningIndex(any_history(Random(7), most=40))
    taken, times = 0, []
    for text in texts:
        begun = time.process_time()
        taken += check(text, index)
        times.append(time.process_time() - begun)
    slowest = max(range(1_000), key=times.__getitem__)
    assert times[slowest] < 1.0, texts[slowest][:200]
    assert 100 < taken < 900


@pytest.mark.parametrize("text", ["\0", 'event("a\u202e")', "transfer(Ｒus -> PRK)", "transfer(RUS ‐> PRK)"])
def test_odd_characters_are_shown_by_number_or_taken_as_text(text: str) -> None:
    check(text, HappeningIndex())
