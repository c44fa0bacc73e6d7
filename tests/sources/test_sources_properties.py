"""What holds of every document, whatever the bytes."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from materiel.errors import SourceRefused
from materiel.sources import load_documents
from materiel.sources.pages import document_from_page
from materiel.sources.plain import document_from_text
from materiel.terms.documents import Document

LINES = st.sampled_from(
    [
        "", "", "  ", "By Ann Lee", "Coast Courier | 22 June 2024", "Guns for Sudria", "Leave a Reply",
        "Tags: a, b", "---",
        "- one", "Norland will hand over forty howitzers to Sudria, the ministry said on Monday after long talks,",
        "    It went on.", "NEW DELHI, May 3", "A | B | C", "x" * 300, "\u2028", "\u200b", "“", "1.",
        "\t", "Related", "©",
    ]
)  # fmt: skip
TAGS = st.sampled_from(["<p>", "</p>", "<br>", "<div class=comments>", "</div>", "<h1>", "<", "&"])
STARTS = st.sampled_from([b"", b"%PDF-1.4\n", b"<p>", b"{"])
TEXTS = st.one_of(st.text(max_size=300), st.lists(LINES, max_size=25).map("\n".join))


def check(document: Document) -> None:
    covered: set[int] = set()
    end = 0
    for passage in document.passages:
        assert end <= passage.start < passage.end <= len(document.text)
        stretch = document.text[passage.start : passage.end]
        assert stretch == stretch.strip()
        covered.update(range(passage.start, passage.end))
        end = passage.end
    assert all(char.isspace() for place, char in enumerate(document.text) if place not in covered)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_passages_of_a_text_are_in_order_and_leave_out_only_white_space(text: str) -> None:
    document = document_from_text(text)
    assert document.text == text
    check(document)
    assert document == document_from_text(text)


@given(st.lists(st.one_of(LINES, TAGS)))
@settings(max_examples=100, deadline=None)
def test_passages_of_a_page_are_in_order_and_leave_out_only_white_space(pieces: list[str]) -> None:
    markup = " ".join(pieces)
    try:
        document = document_from_page(markup, "a.html")
    except SourceRefused:
        return
    check(document)
    assert document == document_from_page(markup, "a.html")


@given(st.binary(max_size=400), st.sampled_from([".txt", ".html", ".pdf", ".jsonl"]), STARTS)
@settings(max_examples=200, deadline=None)
def test_no_bytes_raise(content: bytes, suffix: str, start: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "a" + suffix)
        path.write_bytes(start + content)
        first = list(load_documents(path))
        assert first
        for label, result in first:
            assert label.startswith(str(path))
            if isinstance(result, Document):
                check(result)
            else:
                assert "\n" not in str(result)
        assert [str(result) for _, result in first] == [str(result) for _, result in load_documents(path)]
