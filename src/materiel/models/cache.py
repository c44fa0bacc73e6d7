"""Answers kept on disk, one file each, so that a question is paid for once.

An entry is found by document, stretch, model, endpoint and version of the question. It carries a hash of its content:
one that is cut off, altered or of another question counts as none and is written again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from materiel.errors import ModelRefused
from materiel.terms.questions import Answer, Question


def user_cache() -> Path:
    """The folder for answers of this user: ``XDG_CACHE_HOME``, ``LOCALAPPDATA`` or ``~/.cache``, and our name."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "materiel" / "answers"


class AnswerCache:
    """The answers of one model at one endpoint.

    Raises:
        ModelRefused: the folder cannot be made or written to.
    """

    def __init__(self, folder: Path, model: str, endpoint: str | None) -> None:
        self._folder, self._model, self._endpoint = folder, model, endpoint
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise _unusable(folder, fault) from fault

    def find(self, question: Question) -> Answer | None:
        """The answer given before; None where there is none that can be trusted."""
        key = self._key(question)
        try:
            entry = json.loads(self._path(key).read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        if not isinstance(entry, dict) or entry.get("key") != key or entry.pop("sha256", None) != _hash(entry):
            return None
        return Answer(entry["text"], entry["input_tokens"], entry["output_tokens"], is_cached=True)

    def keep(self, question: Question, answer: Answer) -> None:
        """Writes the entry whole or not at all."""
        key = self._key(question)
        entry: dict[str, Any] = {
            "key": key,
            "text": answer.text,
            "input_tokens": answer.input_tokens,
            "output_tokens": answer.output_tokens,
        }
        content = json.dumps({**entry, "sha256": _hash(entry)}, indent=1)
        path = self._path(key)
        try:
            with tempfile.NamedTemporaryFile("w", dir=self._folder, suffix=".part", delete=False) as file:
                file.write(content)
            Path(file.name).replace(path)
        except OSError as fault:
            raise _unusable(self._folder, fault) from fault

    def _key(self, question: Question) -> dict[str, str | None]:
        return {
            "document": question.document,
            "part": question.part,
            "version": question.version,
            "model": self._model,
            "endpoint": self._endpoint,
        }

    def _path(self, key: dict[str, str | None]) -> Path:
        return self._folder / f"{key['document']}-{_hash(key)[:24]}.json"


def _hash(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _unusable(folder: Path, fault: OSError) -> ModelRefused:
    return ModelRefused(f"Answers cannot be kept in {folder}: {fault}. Name another folder with --cache, or none.")
