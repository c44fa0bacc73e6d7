"""The briefing: wording, tables, the figure of flows, and the page (:mod:`rendering`). It computes nothing new.

Pages are rendered by a module that is imported for itself: words about entries are wanted without them.
"""

from materiel.report.attribution import support_words
from materiel.report.briefing import Briefing, SourceDocument

__all__ = ["Briefing", "SourceDocument", "support_words"]
