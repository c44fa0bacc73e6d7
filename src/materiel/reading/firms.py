"""Which firm a state's supply comes from, where the same article names it for other supplies of such goods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from materiel.reading.findings import FoundTransfer
from materiel.reading.parses import Parse
from materiel.reading.repeats import are_alike
from materiel.terms.statements import Stage, Transfer

_BY_FIRMS = frozenset({Stage.ORDERED, Stage.DELIVERED})
"""Stages in which the maker acts; approvals, refusals and promises are the state's."""


def with_firms(told: Sequence[tuple[Parse, FoundTransfer]]) -> list[tuple[Parse, FoundTransfer]]:
    """The same supplies; one by a state has its firm beside it where the article names just one for like goods.

    "Baykar sold Poland TB2s ... Kuwait ordered TB2s too": Turkey, and the firm, supply both.
    """
    by_firms: dict[str, list[Transfer]] = defaultdict(list)
    for _, found in told:
        if found.claim.supplier is not None and found.claim.supplier_name is not None:
            by_firms[found.claim.supplier].append(found.claim)
    return [(parse, _with_firm(found, by_firms)) for parse, found in told]


def _with_firm(found: FoundTransfer, by_firms: dict[str, list[Transfer]]) -> FoundTransfer:
    claim = found.claim
    if claim.supplier is None or claim.supplier_name is not None or claim.stage not in _BY_FIRMS:
        return found
    firms = {other.supplier_name for other in by_firms.get(claim.supplier, ()) if are_alike(other, claim)}
    return replace(found, claim=replace(claim, supplier_name=min(filter(None, firms)))) if len(firms) == 1 else found
