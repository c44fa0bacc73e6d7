"""One function for each thing that a person asks for; the only hallway where rooms meet. It prints nothing.

A door opens when somebody comes to it: a module is imported with the first of its names that is asked for, so that who
wants the version of the command doesn't wait for the parser of language.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from materiel.terms.samples import BASE, MEMBERS

if TYPE_CHECKING:
    from materiel.desk.asking import Asking, ask_model
    from materiel.desk.boards import Board, Chained, Sets, Supposition, board, chains, changes, what_if
    from materiel.desk.briefing import report
    from materiel.desk.collect import Added, Reading, Usage, explain, read_into, read_paths
    from materiel.desk.decided import decision_words, terms_of
    from materiel.desk.deciding import Author, accept, commit, correct, decisions, declare, merge, reject, withdraw
    from materiel.desk.entries import Evidence, Reasoning, register, why
    from materiel.desk.facing import Direction, Facing, Line, face
    from materiel.desk.judging import Publisher, judge, publishers
    from materiel.desk.origins import Source, Tie, sources, trace
    from materiel.desk.outlooks import outlook, outlook_page
    from materiel.desk.refusals import place_of
    from materiel.desk.scenario import Drafted, draft_scenario
    from materiel.models import Endpoint, user_cache
    from materiel.outlook.answers.chances import Chance
    from materiel.outlook.answers.outlook import Outlook
    from materiel.outlook.answers.questions import Questions
    from materiel.outlook.answers.sensitivity import Sensitivity
    from materiel.outlook.answers.story import Story
    from materiel.outlook.scenario.shares import Basis
    from materiel.report.outlook_rows import AS_IT_STANDS
    from materiel.report.outlook_told import Line as OutlookLine
    from materiel.report.outlook_told import OutlookTold, tell_outlook
    from materiel.report.standings import Card, Moved, evidence_words
    from materiel.terms.decisions import Decision

_DOORS = {
    "materiel.desk.asking": ("Asking", "ask_model"),
    "materiel.desk.boards": ("Board", "Chained", "Sets", "Supposition", "board", "chains", "changes", "what_if"),
    "materiel.desk.briefing": ("report",),
    "materiel.desk.collect": ("Added", "Reading", "Usage", "explain", "read_into", "read_paths"),
    "materiel.desk.decided": ("decision_words", "terms_of"),
    "materiel.desk.deciding": (
        "Author",
        "accept",
        "commit",
        "correct",
        "decisions",
        "declare",
        "merge",
        "reject",
        "withdraw",
    ),
    "materiel.desk.entries": ("Evidence", "Reasoning", "register", "why"),
    "materiel.desk.facing": ("Direction", "Facing", "Line", "face"),
    "materiel.desk.origins": ("Source", "Tie", "sources", "trace"),
    "materiel.desk.outlooks": ("outlook", "outlook_page"),
    "materiel.desk.judging": ("Publisher", "judge", "publishers"),
    "materiel.desk.refusals": ("place_of",),
    "materiel.desk.scenario": ("Drafted", "draft_scenario"),
    "materiel.models": ("Endpoint", "user_cache"),
    "materiel.outlook.answers.chances": ("Chance",),
    "materiel.outlook.answers.outlook": ("Outlook",),
    "materiel.outlook.answers.questions": ("Questions",),
    "materiel.outlook.answers.sensitivity": ("Sensitivity",),
    "materiel.outlook.answers.story": ("Story",),
    "materiel.outlook.scenario.shares": ("Basis",),
    "materiel.report.outlook_rows": ("AS_IT_STANDS",),
    "materiel.report.outlook_told": ("OutlookLine", "OutlookTold", "tell_outlook"),
    "materiel.report.standings": ("Card", "Moved", "evidence_words"),
    "materiel.terms.decisions": ("Decision",),
}
"""The names that come from each module."""
_HOMES = {name: module for module, names in _DOORS.items() for name in names}
_NAMED_OTHERWISE = {"OutlookLine": "Line"}
"""Names that their module has under another."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    found = getattr(import_module(_HOMES[name]), _NAMED_OTHERWISE.get(name, name))
    globals()[name] = found
    return found


__all__ = [
    "AS_IT_STANDS",
    "BASE",
    "MEMBERS",
    "Added",
    "Asking",
    "Author",
    "Basis",
    "Board",
    "Card",
    "Chained",
    "Chance",
    "Decision",
    "Direction",
    "Drafted",
    "Endpoint",
    "Evidence",
    "Facing",
    "Line",
    "Moved",
    "Outlook",
    "OutlookLine",
    "OutlookTold",
    "Publisher",
    "Questions",
    "Reading",
    "Reasoning",
    "Sensitivity",
    "Sets",
    "Source",
    "Story",
    "Supposition",
    "Tie",
    "Usage",
    "accept",
    "ask_model",
    "board",
    "chains",
    "changes",
    "commit",
    "correct",
    "decision_words",
    "decisions",
    "declare",
    "draft_scenario",
    "evidence_words",
    "explain",
    "face",
    "judge",
    "merge",
    "outlook",
    "outlook_page",
    "place_of",
    "publishers",
    "read_into",
    "read_paths",
    "register",
    "reject",
    "report",
    "sources",
    "tell_outlook",
    "terms_of",
    "trace",
    "user_cache",
    "what_if",
    "why",
    "withdraw",
]
