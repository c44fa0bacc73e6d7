"""The record and its views: the only room that speaks to a database. It stores what was read, adds statements up to
entries, and never changes or deletes evidence.
"""

from materiel.register.dossier import Dossier, open_dossier
from materiel.register.lookup import load_documents, load_entries, load_files, load_lineage, load_statements
from materiel.register.merge import build_entries
from materiel.register.writing import Appended, append_reading, replace_derived

__all__ = [
    "Appended",
    "Dossier",
    "append_reading",
    "build_entries",
    "load_documents",
    "load_entries",
    "load_files",
    "load_lineage",
    "load_statements",
    "open_dossier",
    "replace_derived",
]
