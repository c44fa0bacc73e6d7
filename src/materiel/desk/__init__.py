"""One function for each thing that a person asks for; the only hallway where rooms meet. It prints nothing."""

from materiel.desk.briefing import report
from materiel.desk.collect import Added, Reading, read_into, read_paths
from materiel.desk.entries import Evidence, Reasoning, register, why
from materiel.desk.origins import Source, sources, trace

__all__ = [
    "Added",
    "Evidence",
    "Reading",
    "Reasoning",
    "Source",
    "read_into",
    "read_paths",
    "register",
    "report",
    "sources",
    "trace",
    "why",
]
