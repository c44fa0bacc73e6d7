"""From comparisons to lineage: laws that hold whatever the comparisons say."""

from hypothesis import given, settings
from hypothesis import strategies as st

from materiel.sources.lineage.assemble import Profile, assemble
from materiel.sources.lineage.compare import Comparison
from materiel.terms.lineage import DerivationKind, SharedPassage

NAMES = tuple("abcdefg")


def profile(name: str, day: int | None = None) -> Profile:
    on = f"2024-05-{day:02}" if day else None
    return Profile(name, (on or "9999", -100, name), name, on, 100, (50, 50), (), (), (0, 600))


@st.composite
def comparisons(draw: st.DrawFn) -> list[Comparison]:
    found = []
    for number, one in enumerate(NAMES):
        for other in NAMES[number + 1 :]:
            text, source = draw(st.permutations([one, other]))
            passage = SharedPassage(0, 100, 0, 100, draw(st.booleans()))
            found.append(
                Comparison(
                    text,
                    source,
                    draw(st.sampled_from([0.1, 0.3, 0.6, 0.9])),
                    draw(st.sampled_from([DerivationKind.REWRITE, DerivationKind.LIGHT_EDIT, DerivationKind.PARTIAL])),
                    draw(st.sampled_from([0.0, 0.3, 0.8])),
                    draw(st.sampled_from([0.05, 0.2, 0.5])),
                    draw(st.sampled_from([None, "BBC", "AFP"])),
                    draw(st.booleans()),
                    draw(st.booleans()),
                    (draw(st.sampled_from([0.0, 0.45, 0.8])), draw(st.sampled_from([0.0, 0.45, 0.8]))),
                    draw(st.sampled_from([(), (passage,)])),
                    (),
                )
            )
    return found


@given(comparisons(), st.lists(st.one_of(st.none(), st.integers(1, 28)), min_size=7, max_size=7))
@settings(max_examples=300, deadline=None)
def test_everything_goes_back_to_an_origin(found: list[Comparison], days: list[int | None]) -> None:
    profiles = [profile(name, day) for name, day in zip(NAMES, days, strict=True)]
    lineage = assemble(profiles, found)
    assert set(lineage.origins) == set(NAMES)
    for name, origins in lineage.origins.items():
        assert origins
        assert len(set(origins)) == len(origins)
        for origin in origins:
            assert origin in lineage.origins[origin]
        if not any(d.document == name for d in lineage.derivations) and name not in origins:
            assert lineage.outside[origins[0]] in ("BBC", "AFP")
    assert set(lineage.outside) <= {origin for origins in lineage.origins.values() for origin in origins}
    linked = {(d.document, d.source) for d in lineage.derivations}
    assert not linked & {(d.document, d.source) for d in lineage.related}
    assert assemble(profiles[::-1], found[::-1]) == lineage


def test_a_circle_of_parts_has_an_end() -> None:
    def part(text: str, source: str) -> Comparison:
        return Comparison(text, source, 0.1, DerivationKind.REWRITE, 0.3, 0.3, "BBC", True, False, (0.8, 0.0), (), ())

    lineage = assemble([profile(name) for name in "abc"], [part("a", "b"), part("b", "c"), part("c", "a")])
    assert all(origins for origins in lineage.origins.values())
