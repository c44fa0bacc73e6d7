"""One function for each thing that a person asks for; the only hallway where rooms meet. It prints nothing."""

from materiel.desk.asking import Asking, ask_model
from materiel.desk.briefing import report
from materiel.desk.collect import Added, Reading, Usage, explain, read_into, read_paths
from materiel.desk.entries import Evidence, Reasoning, register, why
from materiel.desk.facing import Direction, Facing, Line, face
from materiel.desk.origins import Source, Tie, sources, trace
from materiel.desk.publishers import Publisher, judge, publishers
from materiel.models import Endpoint, user_cache

__all__ = [
    "Added",
    "Asking",
    "Direction",
    "Endpoint",
    "Evidence",
    "Facing",
    "Line",
    "Publisher",
    "Reading",
    "Reasoning",
    "Source",
    "Tie",
    "Usage",
    "ask_model",
    "explain",
    "face",
    "judge",
    "publishers",
    "read_into",
    "read_paths",
    "register",
    "report",
    "sources",
    "trace",
    "user_cache",
    "why",
]
