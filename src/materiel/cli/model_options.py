"""The options of ``materiel read`` that are about a language model, as types of its parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer


def _option(*names: str, **about: Any) -> Any:
    return typer.Option(*names, rich_help_panel="The LLM reader", **about)


Model = Annotated[str | None, _option(metavar="NAME", help="The model's name.")]
BaseUrl = Annotated[str | None, _option(metavar="URL", help="Its server, such as http://localhost:8080/v1.")]
Cache = Annotated[Path | None, _option(metavar="FOLDER", help="Where answers are kept; else the user's cache.")]
NoCache = Annotated[bool, _option("--no-cache", help="Neither keep answers nor use kept ones.")]
Concurrency = Annotated[int, _option(min=1, max=64, help="Questions that are out at the same time.")]
Window = Annotated[int | None, _option(min=500, help="Characters of an article in one question; else 12,000.")]
Attempts = Annotated[int, _option(min=1, max=20, help="How often a question is sent at most.")]
Timeout = Annotated[float, _option(min=0.1, help="Seconds until an attempt is given up.")]
MaxTokens = Annotated[int, _option(min=16, help="Longest answer in tokens.")]
PriceIn = Annotated[float | None, _option(min=0, help="US dollars for a million tokens in.")]
PriceOut = Annotated[float | None, _option(min=0, help="US dollars for a million tokens out.")]
