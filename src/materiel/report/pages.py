"""What every page is made with: the templates, their filters, and the hash by which a page allows its own style."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from materiel.report import network
from materiel.report.attribution import speaker_words
from materiel.report.figures import count_words, counted, date_words
from materiel.report.names import opened, sentence

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """The templates; everything that is put into them is escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "date": date_words,
        "counted": counted,
        "count_words": count_words,
        "speaker": speaker_words,
        "opened": opened,
        "sentence": sentence,
        "actor": network.actor_text,
        "spaced": lambda name: name.replace("_", " "),
    }
    return made


def template_text(name: str) -> str:
    """A style or a script of our own, as it stands in its file."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


def csp_hash(text: str) -> str:
    """What a content security policy calls an inline style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
