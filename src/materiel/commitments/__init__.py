"""Commitments: conditions written once, watched on the record, and obeyed in a simulation. No database, no clock.

1. :mod:`parsing` reads a condition (``condition.lark``, :mod:`building`, :mod:`names`) into a :mod:`tree`;
   :mod:`printing` gives its one canonical form, :mod:`wording` says it in English.
2. :mod:`happenings` are what a condition looks at, recorded or imagined by type; :mod:`recording` makes recorded ones
   of the register's entries; :mod:`cells` and :mod:`shelves` let an atom look at few of them.
3. :mod:`evaluate` answers a condition: :mod:`matching` says what fits and who denies it, :mod:`limits` what lies in
   time and is told well enough, :mod:`figures` adds up and compares, :mod:`answers` joins the parts. :mod:`days` are
   known in part. The rules are in docs/conditions.md.
4. A :mod:`commitment` has a life (:mod:`lifecycle`) and so a :mod:`standing` on a date; :mod:`translating` makes
   commitments of what was read, and of the triggers of pacts.
5. :mod:`board` shows all standings and what moved; :mod:`touching` judges again only what a new happening can touch;
   :mod:`supposing` says what would follow if; :mod:`chains` (:mod:`entailing`, :mod:`outside`) who sets off whom.
   :mod:`telling` puts a standing into words.
"""

from materiel.commitments.answers import Answer, Lack, LackKind, Outcome
from materiel.commitments.board import Change, board, changes
from materiel.commitments.cells import HappeningIndex
from materiel.commitments.chains import Chains, Ladder, Link, chains, smallest_sets
from materiel.commitments.commitment import Act, Commitment, Saying, Term, Words
from materiel.commitments.evaluate import evaluate
from materiel.commitments.happenings import Event, Happening, Imagined, Recorded, Turn, imagine, record
from materiel.commitments.outside import Outside, Solution
from materiel.commitments.parsing import parse
from materiel.commitments.printing import print_condition
from materiel.commitments.recording import record_entries
from materiel.commitments.refusals import ConditionRefused, DayRefused
from materiel.commitments.standing import Note, Standing
from materiel.commitments.supposing import Rung, Supposed, whatif
from materiel.commitments.telling import tell, tell_lack, tell_side
from materiel.commitments.touching import Watch
from materiel.commitments.translating import commitments_from, translate_clause
from materiel.commitments.tree import Condition, Named, State, bind, named_in
from materiel.commitments.wording import say

__all__ = [
    "Act",
    "Answer",
    "Chains",
    "Change",
    "Commitment",
    "Condition",
    "ConditionRefused",
    "DayRefused",
    "Event",
    "Happening",
    "HappeningIndex",
    "Imagined",
    "Lack",
    "LackKind",
    "Ladder",
    "Link",
    "Named",
    "Note",
    "Outcome",
    "Outside",
    "Recorded",
    "Rung",
    "Saying",
    "Solution",
    "Standing",
    "State",
    "Supposed",
    "Term",
    "Turn",
    "Watch",
    "Words",
    "bind",
    "board",
    "chains",
    "changes",
    "commitments_from",
    "evaluate",
    "imagine",
    "named_in",
    "parse",
    "print_condition",
    "record",
    "record_entries",
    "say",
    "smallest_sets",
    "tell",
    "tell_lack",
    "tell_side",
    "translate_clause",
    "whatif",
]
