"""Bytes to text: the byte order mark, UTF-8, what the page declares, and the code pages of old files."""

from __future__ import annotations

import codecs
import logging
import re

from materiel.errors import SourceRefused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_SPOKEN = {"cp1252": "Latin-1 (Windows-1252)"}
_CONTROL = bytes(sorted(set(range(32)) - set(b"\t\n\v\f\r\x1b")))
MAX_CONTROL_SHARE = 0.005
"""Of the bytes: a file with more control characters is not text."""
MAX_HIGH_SHARE = 0.1
"""Of the bytes: with more beyond ASCII, a text that is not UTF-8 is not in a western European language."""
SAMPLE_BYTES = 64 * 1024
MAX_REPLACED_SHARE = 0.05

_LOG = logging.getLogger(__name__)
"""Says which encoding was guessed, one line a file; without any logging set up Python prints it on stderr."""


def decoded(content: bytes, where: str, *, is_page: bool = False) -> str:
    r"""The text of a file, line ends as ``\n``.

    Args:
        content: the bytes.
        where: how the file is called in a refusal and in the warning that its encoding had to be guessed.
        is_page: whether an HTML declaration of the character set counts.

    Raises:
        SourceRefused: the content is not text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _checked(content[len(mark) :].decode(encoding, "replace"), where)
    if 0 in content or len(content.translate(None, _CONTROL)) < len(content) * (1 - MAX_CONTROL_SHARE):
        raise _not_text(where)
    return _checked(_without_mark(content, where, is_page=is_page), where)


def _without_mark(content: bytes, where: str, *, is_page: bool) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass  # not UTF-8 throughout; the next ways are for that
    if is_page and (declared := _DECLARED.search(content[:4096])):
        encoding = _known(declared[1].decode("ascii"))
        if encoding and encoding != "utf-8":
            return content.decode(encoding, "replace")
    lenient = content.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    high = sum(byte > 127 for byte in content[:SAMPLE_BYTES])
    if sum(char > "\x7f" for char in lenient[:SAMPLE_BYTES]) > 5 * broken:
        text = _checked(lenient, where)
        _warn(where, f"read as UTF-8 with {broken} broken {'character' if broken == 1 else 'characters'}")
        return text
    is_western = high <= MAX_HIGH_SHARE * min(len(content), SAMPLE_BYTES)
    encoding = "cp1252" if is_western else _guessed(content)
    text = _checked(content.decode(encoding, "replace"), where)
    _warn(where, f"read as {_SPOKEN.get(encoding, encoding)}")
    return text


def _warn(where: str, how: str) -> None:
    _LOG.warning("%s: its bytes are not UTF-8; %s. Save it as UTF-8 if letters look wrong.", where, how)


def _guessed(content: bytes) -> str:
    from charset_normalizer import from_bytes  # only for the rare file that is neither; its import takes long

    best = from_bytes(content[:SAMPLE_BYTES]).best()
    return best.encoding if best else "cp1252"


def _known(encoding: str) -> str | None:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return None
    return "cp1252" if name in {"iso8859-1", "ascii"} else name  # what browsers do


def _checked(text: str, where: str) -> str:
    if text.count("\ufffd") > MAX_REPLACED_SHARE * len(text):
        raise _not_text(where)
    return clean(text)


def clean(text: str) -> str:
    r"""Line ends as ``\n``, no NUL, no half of a surrogate pair."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").removeprefix("\ufeff")
    return text.encode("utf-8", "replace").decode("utf-8") if any("\ud800" <= c <= "\udfff" for c in text) else text


def _not_text(where: str) -> SourceRefused:
    return SourceRefused(
        where, "not text: its bytes are those of a binary file", "Give a .txt, .html, .pdf or .jsonl file of articles."
    )
