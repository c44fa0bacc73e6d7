"""Which document derives from which: copies, edits, rewrites, digests, told apart from independent reports."""

from materiel.sources.lineage.trace import Progress, Traced, extend_lineage, trace_lineage

__all__ = ["Progress", "Traced", "extend_lineage", "trace_lineage"]
