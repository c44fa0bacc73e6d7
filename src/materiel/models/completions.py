"""The body of a chat completion, held against the protocol: servers that speak it only nearly are common."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

_LONGEST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Completion:
    """A completion.

    Attributes:
        content: the JSON text of the answer; None where there is none that can be used.
        why: why there is none; "" where there is.
        is_final: asking once more would not help.
        input_tokens, output_tokens: None where the server does not say.
    """

    content: str | None
    why: str
    is_final: bool
    input_tokens: int | None = None
    output_tokens: int | None = None


def read_completion(body: str) -> Completion:
    """What a response's body says."""
    try:
        response = json.loads(body)
    except (ValueError, RecursionError):
        return _foreign("it is not JSON")
    choices = _part(response, "choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = _part(choice, "message")
    if not isinstance(message, dict):
        return _foreign("it has no message")
    content, why, is_final = _content(message, _part(choice, "finish_reason"))
    usage = _part(response, "usage")
    return Completion(
        content, why, is_final, _count(_part(usage, "prompt_tokens")), _count(_part(usage, "completion_tokens"))
    )


def _content(message: dict[str, Any], finish: object) -> tuple[str | None, str, bool]:
    """The content of a message; or why there is none, and whether to leave it at that."""
    if message.get("tool_calls") or message.get("function_call"):
        return None, "the model called a tool, and none was offered", True
    if message.get("refusal") or finish == "content_filter":
        return None, f"the model declined: {shorten(str(message.get('refusal') or 'content filter'))}", True
    if finish == "length":
        return None, "the answer was cut off; allow more with --max-tokens, or make --window smaller", True
    content = message.get("content")
    try:
        json.loads(content if isinstance(content, str) else "")
    except (ValueError, RecursionError):
        return None, f"the answer is not JSON: {shorten(str(content or ''))!r}", False
    return content, "", True


def shorten(text: str) -> str:
    """At most 200 characters of a foreign text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…"


def _foreign(why: str) -> Completion:
    return Completion(None, f"the server's answer is none of the protocol: {why}", is_final=False)


def _part(holder: object, name: str) -> Any:
    return holder.get(name) if isinstance(holder, dict) else None


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
