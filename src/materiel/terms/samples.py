"""How much is sampled where nobody says how much."""

MEMBERS = 10_000
"""Of an ensemble: imagined courses of events."""
BASE = 512
"""Of a sensitivity analysis: base samples, a power of two."""
