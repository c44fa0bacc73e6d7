"""Asks a language model. It knows nothing of arms supply: questions go in, answers come out.

:mod:`client` speaks to any endpoint that has the chat-completions protocol; :mod:`cache` keeps the answers.
"""

from materiel.models.cache import AnswerCache, user_cache
from materiel.models.client import Endpoint, LanguageModel

__all__ = ["AnswerCache", "Endpoint", "LanguageModel", "user_cache"]
