"""The record and its views: the only room that speaks to a database. It stores what was read, adds statements up to
entries, and never changes or deletes evidence.
"""

from materiel.register.caches import append_comparisons, append_sketches, load_comparisons, load_sketches
from materiel.register.decisions import append_decision, append_reliability, load_decisions, load_reliabilities
from materiel.register.dossier import Dossier, open_dossier
from materiel.register.lookup import (
    is_computed,
    load_documents,
    load_entries,
    load_files,
    load_lineage,
    load_statements,
)
from materiel.register.merge import build_entries
from materiel.register.writing import Appended, append_reading, replace_derived

__all__ = [
    "Appended",
    "Dossier",
    "append_comparisons",
    "append_decision",
    "append_reading",
    "append_reliability",
    "append_sketches",
    "build_entries",
    "is_computed",
    "load_comparisons",
    "load_decisions",
    "load_documents",
    "load_entries",
    "load_files",
    "load_lineage",
    "load_reliabilities",
    "load_sketches",
    "load_statements",
    "open_dossier",
    "replace_derived",
]
