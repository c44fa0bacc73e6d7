"""Dyads: what is known of a supplier and a recipient together, as features that a trained model weighs.

Each role is weighed by itself first. "The shells that it got from Pyongyang and fired at Kharkiv" has two states on the
receiving end; that the one supplier arms the one of them and not the other is knowledge of dyads.
"""

from __future__ import annotations

from collections.abc import Iterator

from materiel.reading.parties import Party

OPEN_PARTY, NO_STATE = "(open)", "(other)"
"""Stand for a party that the text leaves open, and for a body, a firm or a group."""


def dyad_features(supplier: Party, recipient: Party) -> Iterator[str]:
    """Each state of the supplier with each of the recipient, as in ``USA>POL``."""
    for one in _names(supplier):
        for other in _names(recipient):
            yield f"{one}>{other}"


def _names(party: Party) -> tuple[str, ...]:
    return party.states or (NO_STATE if party.codes else OPEN_PARTY,)
