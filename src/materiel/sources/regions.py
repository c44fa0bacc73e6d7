"""What the parts of a web page are known for, told by their tags and by the names that pages give them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from materiel.terms.documents import Role
from materiel.terms.vocabulary import load_vocabulary

DATA = Path(__file__).parent / "data"

_BOILERPLATE_TAGS = frozenset(
    ("nav", "aside", "footer", "form", "button", "select", "option", "textarea", "dialog", "menu", "figcaption")
)
_WORDS = re.compile(r"[a-z]+|\d+")


def region_of(element: Any, tag: str) -> Role | None:
    """What an element says of the text in it by its tag, class, id or role; None where it says nothing."""
    if tag in _BOILERPLATE_TAGS:
        return Role.BOILERPLATE
    if tag in {"html", "body", "main", "article"}:
        return None  # their classes describe the whole page ("no-sidebar", "has-comments")
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
    words = _WORDS.findall(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", names).lower())
    roles = {role for word in words if (role := _region_words().get(word))}
    if (
        tag in {"time", "address"}
        or element.get("rel") == "author"
        or element.get("itemprop") in {"author", "datePublished"}
    ):
        roles.add(Role.BYLINE)
    return next((role for role in (Role.BOILERPLATE, Role.BYLINE, Role.HEADLINE) if role in roles), None)


def is_hidden(element: Any) -> bool:
    """Whether its own attributes hide an element; style sheets are not read."""
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style


@cache
def _region_words() -> dict[str, Role]:
    return {row["word"]: Role(row["role"]) for row in load_vocabulary(DATA / "page_regions.csv")}
