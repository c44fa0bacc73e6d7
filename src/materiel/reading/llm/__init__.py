"""Document to statements, by a language model that somebody else asks. No network here either.

:func:`questions` says what to ask about a document; :func:`read_answers` makes statements of the answers. In between
lies the network, which is not this room's. The article is untrusted: it stands between fences that it cannot know,
no tools are offered, and what comes back counts only as far as the document bears it out
(:mod:`materiel.reading.grounding`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from materiel.reading.grounding import Grounded, Proposal, ground
from materiel.reading.llm.answers import read_answer
from materiel.reading.llm.schemas import answer_schema
from materiel.reading.llm.windows import Stretch, windows
from materiel.terms.documents import Document
from materiel.terms.judgements import Refusal
from materiel.terms.materiel import materiel_classes
from materiel.terms.questions import Question
from materiel.terms.statements import Statement

__all__ = ["WINDOW", "prompt_version", "questions", "read_answers", "reader_name"]

WINDOW = 12_000
"""Characters of an article in one question, about 3,000 tokens."""
_GUIDE = Path(__file__).with_name("guide.md")


def questions(document: Document, window: int = WINDOW) -> list[Question]:
    """What to ask a model about a document: one question for each window of it."""
    schema = json.dumps(answer_schema())
    return [
        Question(
            document.id,
            f"{stretches[0][0]}-{stretches[-1][1]}",
            prompt_version(),
            instruction(),
            _fenced(document, stretches),
            schema,
        )
        for stretches in windows(document, window)
    ]


def read_answers(document: Document, answers: Iterable[str], rules: list[Statement], reader: str) -> Grounded:
    """The statements that the document bears out, of those that a model gave in answer to :func:`questions`.

    Args:
        document: what the questions were about.
        answers: as JSON, in the order of the questions.
        rules: what the rules found in the document.
        reader: as :func:`reader_name` gives it.
    """
    items = [item for answer in answers for item in read_answer(answer, reader)]
    grounded = ground(document, [item for item in items if isinstance(item, Proposal)], rules, reader)
    malformed = tuple(item for item in items if isinstance(item, Refusal))
    return Grounded(grounded.statements, (*malformed, *dict.fromkeys(grounded.refusals)))


def reader_name(model: str) -> str:
    """What the statements of a model are marked with: its name and the version of the question."""
    return f"llm/{model}@{prompt_version()}"


@cache
def instruction() -> str:
    """The guide, and the classes of materiel."""
    classes = "\n".join(f"- {each.name}: {each.label}" for each in materiel_classes().values())
    return f"{_GUIDE.read_text('utf-8')}\n{classes}\n"


@cache
def prompt_version() -> str:
    """Eight hex digits of all that goes into a question but the document."""
    content = json.dumps([instruction(), answer_schema(), "fenced-1"], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:8]


def _fenced(document: Document, stretches: list[Stretch]) -> str:
    """The metadata and the stretches between fences made from their own hash: no text can hold its own fence."""
    head = {"title": document.title, "publisher": document.publisher, "published_on": document.published_on}
    about = "\n".join(f"{name}: {value}" for name, value in head.items() if value)
    news = "\n".join(document.text[start:end] for start, end in stretches)
    # Half a surrogate pair, as broken files have it, cannot be sent.
    data = f"{about}\n\n{news}".encode("utf-8", "replace").decode("utf-8")
    fence = hashlib.sha256(data.encode("utf-8")).hexdigest()[:16]
    return f"=== article {fence} ===\n{data}\n=== end of article {fence} ==="
