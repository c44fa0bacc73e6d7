"""Which document derives from which: copies, edits, rewrites, digests, told apart from independent reports."""

from materiel.sources.lineage.trace import trace_lineage

__all__ = ["trace_lineage"]
