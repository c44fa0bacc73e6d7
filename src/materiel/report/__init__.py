"""The briefing: wording, tables, the figure of flows, and the page. It computes nothing new."""

from materiel.report.attribution import support_words
from materiel.report.briefing import Briefing, SourceDocument
from materiel.report.rendering import render_briefing

__all__ = ["Briefing", "SourceDocument", "render_briefing", "support_words"]
