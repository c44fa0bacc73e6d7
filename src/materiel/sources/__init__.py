"""Bytes to documents: files, pages, PDF and JSON Lines become clean text with roles, metadata and an id."""

from __future__ import annotations

from materiel.sources.find import find_sources
from materiel.sources.load import load_documents

__all__ = ["find_sources", "load_documents"]
