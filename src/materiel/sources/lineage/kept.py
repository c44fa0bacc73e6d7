"""What tracing has found out, as bytes and text that a dossier can keep, so that nothing is compared twice.

What was kept by another version of the weights or of this code does not hold: it is left aside and found out anew.
"""

from __future__ import annotations

import dataclasses
import json
import zlib
from functools import cache

from materiel.errors import InputRefused
from materiel.sources.lineage.assemble import Profile
from materiel.sources.lineage.compare import Comparison
from materiel.sources.lineage.judge import WEIGHTS
from materiel.sources.lineage.sketches import Sketch
from materiel.sources.lineage.weights import BACKGROUND
from materiel.terms.lineage import Credit, DerivationKind, SharedPassage

VERSION = 1
"""Raise it when the evidence, the passages or the credits are found in another way."""


@cache
def _stamp() -> str:
    """Names the code and the data that what is kept rests on."""
    data = zlib.crc32(WEIGHTS.read_bytes() + BACKGROUND.read_bytes())
    return f"{VERSION}.{data:08x}"


def pack_document(profile: Profile, sketch: Sketch) -> bytes:
    """A document's profile and sketch."""
    head = json.dumps([_stamp(), *dataclasses.astuple(profile)], ensure_ascii=False).encode("utf-8", "surrogatepass")
    return len(head).to_bytes(4, "little") + head + sketch.to_bytes()


def unpack_document(kept: bytes) -> tuple[Profile, Sketch] | None:
    """What :func:`pack_document` packed; None where it is damaged or does not hold any more."""
    size = 4 + int.from_bytes(kept[:4], "little")
    try:
        stamp, *fields = json.loads(kept[4:size].decode("utf-8", "surrogatepass"))
        if stamp != _stamp():
            return None
        identity, seniority, fingerprint, published_on, words, blocks, after, credited, span = fields
        profile = Profile(
            identity,
            (seniority[0], seniority[1], seniority[2]),
            fingerprint,
            published_on,
            words,
            tuple(blocks),
            tuple(after),
            tuple(Credit(*credit) for credit in credited),
            (span[0], span[1]),
        )
        return profile, Sketch.from_bytes(kept[size:])
    except (ValueError, TypeError, IndexError, InputRefused):
        return None


def pack_comparison(comparison: Comparison) -> str:
    """A comparison but for the ids of the two documents."""
    _, _, *rest = dataclasses.astuple(comparison)
    return json.dumps([_stamp(), *rest], ensure_ascii=False)


def unpack_comparison(text: str, source: str, kept: str) -> Comparison | None:
    """What :func:`pack_comparison` packed; None where it is damaged or does not hold any more."""
    try:
        stamp, score, kind, verbatim, nearness, after, is_partial, is_carrier, covers, passages, own = json.loads(kept)
        if stamp != _stamp():
            return None
        return Comparison(
            text,
            source,
            score,
            DerivationKind(kind),
            verbatim,
            nearness,
            after,
            is_partial,
            is_carrier,
            tuple(covers),
            tuple(SharedPassage(*passage) for passage in passages),
            tuple((start, end) for start, end in own),
        )
    except (ValueError, TypeError):
        return None
