"""Document to statements. No network, no database, no clock.

The way of a document: :mod:`passages` cleans a passage and keeps the way back to its offsets; :mod:`parses` has spaCy
parse it and marks actors, materiel and amounts; :mod:`transfers`, :mod:`commitments`, :mod:`pacts`, :mod:`stances`
and :mod:`measures` find the statements; :mod:`rules` puts it together.
"""

from materiel.reading.rules import read_document, read_documents

__all__ = ["read_document", "read_documents"]
