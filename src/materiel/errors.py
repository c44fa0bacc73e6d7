"""Every refusal that materiel makes on purpose, as one tree.

    MaterielError
    ├── InputRefused          something that was handed in cannot be used        (ValueError)
    │   ├── SourceRefused     a file or page that cannot become a document
    │   └── VocabularyRefused a line of a lexicon or a user's own vocabulary file
    ├── ModelRefused          the language model cannot be asked at all          (OSError)
    ├── DossierRefused        the dossier cannot be opened, or is not a dossier  (OSError)
    └── NotFound              no entry or document has this id                   (KeyError)

Each message says what was refused, what was seen, and what to do. Foreign exceptions are translated where they
enter, with ``raise ... from``.
"""

from __future__ import annotations


class MaterielError(Exception):
    """The root: catching it catches everything that materiel refuses on purpose."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The refusal as it is shown: what is refused, then what it lists below that, if anything."""
        return (str(self),)


class InputRefused(MaterielError, ValueError):
    """Something that was handed in cannot be used as it is."""


class SourceRefused(InputRefused):
    """A file, a page or a line of one cannot become a document.

    Attributes:
        where: the file, as the user named it, with a line number where one helps.
        why: what was seen, in words.
        remedy: what the user can do.
    """

    def __init__(self, where: str, why: str, remedy: str) -> None:
        self.where, self.why, self.remedy = where, why, remedy
        super().__init__(f"{where}: {why}. {remedy}")

    def __reduce__(self) -> tuple[type[SourceRefused], tuple[str, str, str]]:
        return type(self), (self.where, self.why, self.remedy)


class VocabularyRefused(InputRefused):
    """A line of a vocabulary file does not fit its columns."""


class DossierRefused(MaterielError, OSError):
    """The file is not a dossier, is of another version, or cannot be opened."""


class ModelRefused(MaterielError, OSError):
    """The language model cannot be asked at all: no client, no key, no connection, no such model, no cache."""


class NotFound(MaterielError, KeyError):
    """No entry or document of the dossier has this id."""

    def __str__(self) -> str:
        return str(self.args[0])
