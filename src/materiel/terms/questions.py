"""What is asked of a language model about a document, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a stretch of a document.

    Attributes:
        document: the document's id.
        part: which stretch, such as ``0-12000``: offsets into the document's text.
        version: of the instruction and the schema; another version is another question.
        instruction: what to do, in our own words.
        data: the stretch; untrusted.
        schema: the JSON schema of the answer, as JSON.
    """

    document: str
    part: str
    version: str
    instruction: str
    data: str
    schema: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as the model gave it.

    Attributes:
        text: a JSON document; whether it keeps to the schema is for the asker to see.
        input_tokens, output_tokens: as the model's server counts them; None where it does not say.
        is_cached: it was given before and cost nothing now.
    """

    text: str
    input_tokens: int | None
    output_tokens: int | None
    is_cached: bool = False


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Why a question got no answer that can be used: refused, cut off, not JSON, or too late."""

    why: str
    input_tokens: int | None = None
    output_tokens: int | None = None
