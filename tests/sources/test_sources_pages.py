"""Web pages: all that can be seen stays in the text; only the article is body."""

import pytest

from materiel.errors import SourceRefused
from materiel.sources.pages import document_from_page
from materiel.terms.documents import Document, Role

ONE = (
    "Norland will hand over forty howitzers to Sudria by the end of the month, the defence ministry said on Monday, "
    "adding that the crews had already been trained."
)
TWO = "A second batch is under discussion. Nobody in the capital would say who is to pay for it, or when it might come."
PAGE = f"""<!doctype html><html><head><title>Guns for Sudria | Coast Courier</title>
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Guns for Sudria",
"datePublished":"2024-06-22T06:00:00+09:00",
"dateModified":"2024-06-25","author":{{"@type":"Person","name":"Ann Lee"}}}}</script><style>p{{}}</style></head><body>
<nav><a href=/>Home</a> <a href=/w>World</a></nav><main><article><h1>Guns for Sudria</h1>
<div class="byline">By Ann Lee</div><time>22 June 2024</time>
<p>{ONE.replace("forty howitzers", "<b>forty</b>&nbsp;howi&shy;tzers")}</p>
<div class="ad-slot">Advertisement</div><p>{TWO}</p><p style="display: none">Hidden words.</p></article>
<aside class="related"><a href=/x>Norland sold a thousand tanks</a></aside>
<section id="comments"><h2>Comments (1)</h2>
<p>They sent nine million shells, my uncle counted every one of them at the station.</p></section>
</main><footer>&copy; 2024 Coast Courier</footer><script>"Russia delivered"</script></body></html>"""


def page(markup: str) -> Document:
    return document_from_page(markup, "a.html")


def texts(document: Document, role: Role) -> list[str]:
    return [text for _, text in document.stretches(role)]


def test_the_parts_of_a_page() -> None:
    document = page(PAGE)
    assert texts(document, Role.HEADLINE) == ["Guns for Sudria"]
    assert texts(document, Role.BYLINE) == ["By Ann Lee", "22 June 2024"]
    assert texts(document, Role.BODY) == [ONE, TWO]
    assert any("nine million shells" in text for text in texts(document, Role.BOILERPLATE))
    assert (document.title, document.author) == ("Guns for Sudria", "Ann Lee")
    assert (document.published_on, document.publisher) == ("2024-06-22", "Coast Courier")


def test_what_nobody_sees_is_no_text() -> None:
    text = page(PAGE).text
    assert "Russia delivered" not in text
    assert "Hidden words" not in text
    assert "forty howitzers" in text


def test_a_page_without_a_date_has_none_however_its_footer_reads() -> None:
    markup = f"<html><body><h1>Guns</h1><p>{ONE}</p><p>{TWO}</p><footer>&copy; 2024 Courier</footer></body></html>"
    assert page(markup).published_on is None


def test_a_day_to_come_is_a_day_so_the_clock_has_no_say() -> None:
    markup = PAGE.replace("2024-06-22", "2097-06-22").replace("22 June 2024", "22 June 2097")
    assert page(markup).published_on == "2097-06-22"


def test_broken_markup_is_mended_where_there_is_text() -> None:
    document = page(f"<html><body><div><p>{ONE}<p>{TWO}</b></table><span")
    assert texts(document, Role.BODY) == [ONE, TWO]
    bare = page(f"{ONE}\n<br><br>{TWO} <<<")
    assert " ".join(texts(bare, Role.BODY)).startswith(ONE)


@pytest.mark.parametrize(
    "markup", ["<html><head><script>x()</script></head><body></body></html>", "<", "<!-- a comment -->", "<img src=a>"]
)
def test_a_page_without_text_is_refused(markup: str) -> None:
    with pytest.raises(SourceRefused, match="no text can be seen on the page"):
        page(markup)


def test_the_order_of_pages_does_not_matter() -> None:
    other = PAGE.replace("Guns", "Tanks")
    first = [page(PAGE), page(other), page(PAGE)]
    assert first == [page(PAGE), page(other), page(PAGE)]
    assert first[0] == first[2]


def test_deeply_nested_markup_is_read() -> None:
    document = page("<div>" * 1500 + f"<p>{ONE}</p>" + "</div>" * 1500)
    assert texts(document, Role.BODY) == [ONE]


def test_a_frame_that_is_named_after_a_sidebar_is_none() -> None:
    markup = f'<div class="layout has-sidebar comments-open"><h1>Guns</h1><p>{ONE}</p><p>{TWO}</p></div>'
    assert texts(page(markup), Role.BODY) == [ONE, TWO]


def test_lists_and_subheadings_of_the_article_are_body_and_the_writers_biography_is_not() -> None:
    document = page(
        f"<html><body><h1>Guns</h1><p class=byline>By Ann Lee, Defence Editor</p><div><p>{ONE}</p><p>{TWO}</p>"
        "<h2>The list</h2>"
        "<ul><li>40 howitzers</li><li>10,000 shells</li></ul><p>Ann Lee is a writer in Port.</p></div></body></html>"
    )
    assert texts(document, Role.BODY) == [ONE, TWO, "The list", "40 howitzers", "10,000 shells"]
    assert document.author == "Ann Lee"


def test_preformatted_paragraphs_stay_apart() -> None:
    assert texts(page(f"<html><body><pre>{ONE}\n\n{TWO}</pre></body></html>"), Role.BODY) == [ONE, TWO]
