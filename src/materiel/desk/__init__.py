"""One function for each thing that a person asks for; the only hallway where rooms meet. It prints nothing."""

from materiel.desk.asking import Asking, ask_model
from materiel.desk.board import Board, Chained, Sets, Supposition, board, chains, changes, place_of, what_if
from materiel.desk.briefing import report
from materiel.desk.collect import Added, Reading, Usage, explain, read_into, read_paths
from materiel.desk.decided import decision_words, terms_of
from materiel.desk.deciding import Author, accept, commit, correct, decisions, declare, merge, reject, withdraw
from materiel.desk.entries import Evidence, Reasoning, register, why
from materiel.desk.facing import Direction, Facing, Line, face
from materiel.desk.origins import Source, Tie, sources, trace
from materiel.desk.outlook import MEMBERS, outlook, outlook_page
from materiel.desk.publishers import Publisher, judge, publishers
from materiel.desk.scenario import Drafted, draft_scenario
from materiel.models import Endpoint, user_cache
from materiel.outlook.answers.chances import Chance
from materiel.outlook.answers.outlook import Outlook
from materiel.outlook.answers.questions import Questions
from materiel.outlook.answers.sensitivity import BASE, Sensitivity
from materiel.outlook.answers.story import Story
from materiel.outlook.scenario.shares import Basis
from materiel.report.outlook_rows import AS_IT_STANDS
from materiel.report.outlook_told import Line as OutlookLine
from materiel.report.outlook_told import OutlookTold, tell_outlook
from materiel.report.standings import Card, Moved, evidence_words
from materiel.terms.decisions import Decision

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
