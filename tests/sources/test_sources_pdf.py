"""PDF: paragraphs put together again, running heads set apart, and one clear line for what cannot be read."""

import io
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from materiel.errors import SourceRefused
from materiel.sources import load_documents
from materiel.sources.pdf import document_from_pdf
from materiel.terms.documents import Document, Role

PAGES = [
    [
        "Coast Courier 22 June 2024",
        "Guns for Sudria",
        "By Ann Lee",
        "Norland will hand over forty howitzers to Sudria by the end of the mon-",
        "th, the defence ministry said on Monday, adding that the crews had been",
        "trained already.",
        "A second batch is under discussion. Nobody in the capital would say who",
        "is to pay for it, or when the guns will leave the depot in the mountains",
        "1",
    ],
    [
        "Coast Courier 22 June 2024",
        "where they are kept now, according to two officials who know the matter.",
        "Sudria is grateful. Its minister of defence said so twice on Tuesday and",
        "asked for more of the same.",
        "2",
    ],
]


def pdf(pages: list[list[str]], password: str | None = None) -> bytes:
    """A PDF with one line of text under the other."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for lines in pages:
        page = writer.add_blank_page(width=595, height=842)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        stream = DecodedStreamObject()
        shown = "".join(f"1 0 0 1 50 {800 - 14 * row} Tm ({line}) Tj\n" for row, line in enumerate(lines))
        stream.set_data(f"BT /F1 10 Tf\n{shown}ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def texts(document: Document, role: Role) -> list[str]:
    return [text for _, text in document.stretches(role)]


def test_paragraphs_are_put_together_across_lines_and_pages() -> None:
    document = document_from_pdf(pdf(PAGES), "a.pdf")
    bodies = texts(document, Role.BODY)
    assert bodies[0].startswith("Norland will hand over forty howitzers to Sudria by the end of the month, the defence")
    assert "in the mountains where they are kept now" in bodies[1]
    assert bodies[2].startswith("Sudria is grateful.")
    assert len(bodies) == 3
    assert document.title == "Guns for Sudria"
    assert document.author == "Ann Lee"


def test_running_heads_and_page_numbers_are_boilerplate() -> None:
    document = document_from_pdf(pdf(PAGES), "a.pdf")
    assert sorted(texts(document, Role.BOILERPLATE)) == ["1", "2", *["Coast Courier 22 June 2024"] * 2]


def refused(content: bytes) -> str:
    with pytest.raises(SourceRefused) as caught:
        document_from_pdf(content, "a.pdf")
    return caught.value.why


def test_what_cannot_be_read_is_refused() -> None:
    assert "encrypted" in refused(pdf(PAGES, password="secret"))
    assert "no text layer" in refused(pdf([[]]))
    assert "damaged" in refused(pdf(PAGES)[:400])
    assert "damaged" in refused(b"%PDF-1.4\nnothing")
    assert "damaged" in refused(b"plain words")


def test_an_empty_password_is_none() -> None:
    assert "howitzers" in document_from_pdf(pdf(PAGES, password=""), "a.pdf").text


def test_a_pdf_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(PAGES))
    [(label, document)] = load_documents(path)
    assert label == str(path)
    assert document == document_from_pdf(pdf(PAGES), "a.pdf")
