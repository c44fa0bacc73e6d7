"""What the index of candidates keeps of a document: some hashes, about 1.2 kB for 300 words.

A sketch depends on the text of its document alone: on no other document, no clock, no machine. Tests hold one fixed;
whoever changes how words are read or weighed has to raise VERSION, so that sketches kept from before are made anew.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from struct import Struct
from typing import Any

import numpy as np

from materiel.errors import InputRefused
from materiel.sources.lineage.wording import MAX_WORDS, RUN_WORDS
from materiel.sources.lineage.words import NO_STEM, WEIGHT_BITS, WEIGHT_STEP, Hashes, Words, plain, read_words
from materiel.terms.documents import Document, Role

_SAMPLED = np.uint64(1 << 62)
"""Of the runs, those are kept whose hash is below: one in four, the same ones in every document."""
FEW_RUNS = 60
"""A text with fewer runs keeps them all."""
KEY_STEMS = 60
"""So many of the heaviest stems are kept."""
BATCH = 32
"""Documents that are sketched together: few enough to stay in the processor's cache."""
MAX_CHARACTERS = 12 * MAX_WORDS

VERSION = 1

Flags = np.ndarray[Any, np.dtype[np.bool_]]

_QUOTED = re.compile('(“[^”]{1,2000}”|"[^"\n]{1,2000}"|«[^»]{1,2000}»)')
_HEAD = Struct("<2sBxII16s")
_MAGIC = b"sk"
_FACTORS = tuple(map(np.uint64, (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93)))
"""Odd numbers by which the first four words of a run are told from each other, the last of them first; the fifth word
stands as it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """What the index knows of a document. Two are the same if their bytes are.

    Attributes:
        fingerprint: equal where headline and body have the same words, and the same of them in quotation marks;
            "" where there are none.
        runs: the hashes of a sample of the runs of five words outside quotation marks, sorted, each once.
        stems: the hashes of the heaviest content stems, sorted, each once, with their weights in the lowest byte.
    """

    fingerprint: str
    runs: Hashes
    stems: Hashes

    @property
    def weights(self) -> np.ndarray[Any, np.dtype[np.float32]]:
        """The weights of the stems, in their order, by the bundled background; multiples of WEIGHT_STEP above 0."""
        return (WEIGHT_BITS - (self.stems & WEIGHT_BITS)).astype(np.float32) * np.float32(WEIGHT_STEP)

    def to_bytes(self) -> bytes:
        """A compact form for a dossier: head, runs, stems, checksum."""
        content = b"".join(
            (
                _HEAD.pack(_MAGIC, VERSION, len(self.runs), len(self.stems), bytes.fromhex(self.fingerprint)),
                self.runs.astype("<u8", copy=False).tobytes(),
                self.stems.astype("<u8", copy=False).tobytes(),
            )
        )
        return content + zlib.crc32(content).to_bytes(4, "little")

    @staticmethod
    def from_bytes(given: bytes) -> Sketch:
        """The sketch that to_bytes wrote.

        Raises:
            InputRefused: the bytes are damaged, of another version, or no sketch.
        """
        if len(given) < _HEAD.size + 4 or given[:2] != _MAGIC:
            raise InputRefused(f"{len(given)} bytes are no sketch of a document. {_REMEDY}")
        _, version, runs, stems, fingerprint = _HEAD.unpack_from(given)
        if version != VERSION:
            raise InputRefused(f"A sketch of version {version}, where this materiel knows version {VERSION}. {_REMEDY}")
        wanted = _HEAD.size + 8 * runs + 8 * stems + 4
        if len(given) != wanted or zlib.crc32(given[:-4]) != int.from_bytes(given[-4:], "little"):
            raise InputRefused(
                f"A damaged sketch: {len(given)} bytes, where its head says {wanted}, or a wrong checksum. {_REMEDY}"
            )
        hashes = np.frombuffer(given, "<u8", runs + stems, _HEAD.size)
        return Sketch(fingerprint.hex() if any(fingerprint) else "", hashes[:runs], hashes[runs:])


_REMEDY = "Sketch the document anew."


def sketch(document: Document) -> Sketch:
    """The sketch of the document's headline and body; of more than MAX_WORDS only the fingerprint sees all."""
    return next(sketch_all((document,)))


def sketch_all(documents: Iterable[Document]) -> Iterator[Sketch]:
    """The sketches of many documents, in order: the same as one by one, in half the time."""
    waiting = iter(documents)
    while batch := tuple(islice(waiting, BATCH)):
        texts = [
            plain("\n".join(text for _, text in document.stretches(Role.HEADLINE, Role.BODY))) for document in batch
        ]
        stretches = [_by_quotations(text[:MAX_CHARACTERS]) for text in texts]
        words = read_words([stretch for found in stretches for stretch in found])
        runs, is_run = _runs(words, [place % 2 == 0 for found in stretches for place in range(len(found))])
        told = words.letters * _FACTORS[0] + words.stems
        last = 0
        for text, found in zip(texts, stretches, strict=True):
            first, last = last, last + len(found)
            start, end = words.bounds[first], words.bounds[last]
            kept = slice(start, min(end, start + MAX_WORDS))
            lengths = [bound - start for bound in words.bounds[first : last + 1]]
            yield Sketch(
                _fingerprint(told[start:end], lengths, text[MAX_CHARACTERS:]),
                _sampled(runs[kept][is_run[kept]]),
                _key_stems(words.stems[kept]),
            )


def _by_quotations(text: str) -> list[str]:
    """Stretches of the text, outside and inside of quotation marks by turns."""
    return _QUOTED.split(text) if any(mark in text for mark in '"“«') else [text]


def _runs(words: Words, is_outside: list[bool]) -> tuple[Hashes, Flags]:
    """For each word the run that ends with it, and whether there is one in one stretch, outside quotation marks."""
    lengths = np.diff(words.bounds)
    runs = words.letters.copy()
    for back, factor in enumerate(_FACTORS, start=1):
        runs[back:] += words.letters[:-back] * factor
    since = np.arange(len(runs)) - np.asarray(words.bounds[:-1]).repeat(lengths)
    since[~np.asarray(is_outside).repeat(lengths)] = 0
    return runs, since >= RUN_WORDS - 1


def _sampled(runs: Hashes) -> Hashes:
    sampled = _unique(runs if len(runs) < FEW_RUNS else runs[runs < _SAMPLED])
    sampled.flags.writeable = False
    return sampled


def _key_stems(stems: Hashes) -> Hashes:
    stems = np.sort(stems)
    stems = stems[: stems.searchsorted(NO_STEM)]
    is_first = np.empty(len(stems), bool)
    is_first[:1] = True
    np.greater(stems[1:], stems[:-1] | WEIGHT_BITS, out=is_first[1:])
    stems = stems[is_first]
    if len(stems) > KEY_STEMS:
        # Of equally heavy stems those with the smallest hashes: the same ones in every document.
        stems = stems[(stems & WEIGHT_BITS).astype(np.uint8).argsort(kind="stable")[:KEY_STEMS]]
        stems.sort()
    stems.flags.writeable = False
    return stems


def _unique(hashes: Hashes) -> Hashes:
    hashes = np.sort(hashes)
    is_first = np.empty(len(hashes), bool)
    is_first[:1] = True
    np.not_equal(hashes[1:], hashes[:-1], out=is_first[1:])
    return hashes[is_first]


def _fingerprint(told: Hashes, lengths: list[int], rest: str) -> str:
    """Of words, of where quotation marks part them, and of the rest of the text that is not read as words."""
    if not len(told):
        return ""
    digest = blake2b(told.astype("<u8", copy=False).tobytes(), digest_size=16)
    digest.update(repr(lengths).encode())
    digest.update(" ".join(rest.split()).casefold().encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
