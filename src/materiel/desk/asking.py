"""A language model as a reader: asked about each document, believed as far as the document bears it out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from materiel.desk.collect import Reading, Usage
from materiel.models import AnswerCache, Endpoint, LanguageModel
from materiel.terms.questions import Answer, NoAnswer, Question

_AHEAD = 2
"""Documents that may wait for each question that is out: enough to keep the model busy, few enough for memory."""

_Asked = list[tuple[Question, "Future[Answer | NoAnswer]"]]


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom to ask and how.

    Attributes:
        cache: the folder for answers; None for none.
        concurrency: questions that are out at the same time.
        window: characters of an article in one question; None for the reader's own measure.
    """

    endpoint: Endpoint
    cache: Path | None = None
    concurrency: int = 4
    window: int | None = None


def ask_model(readings: Iterable[Reading], asking: Asking, *, with_rules: bool) -> Iterator[Reading]:
    """The readings with what a model finds in their documents, in the same order whatever answers first.

    Args:
        asking: whom to ask.
        readings: as the rules made them; they are the second opinion on what the model says.
        with_rules: keep the rules' statements too: both readers' findings as one, with their disagreements.

    Raises:
        ModelRefused: the model cannot be asked at all.
    """
    endpoint = asking.endpoint
    cache = None if asking.cache is None else AnswerCache(asking.cache, endpoint.model, endpoint.base_url)
    model = LanguageModel(endpoint, cache)
    waiting: deque[tuple[Reading, _Asked]] = deque()
    with ThreadPoolExecutor(asking.concurrency) as pool:
        try:
            for reading in readings:
                asked = [(question, pool.submit(model.ask, question)) for question in _questions(reading, asking)]
                waiting.append((reading, asked))
                if len(waiting) >= asking.concurrency * _AHEAD:
                    yield _judge(*waiting.popleft(), endpoint.model, with_rules)
            while waiting:
                yield _judge(*waiting.popleft(), endpoint.model, with_rules)
        finally:
            for _, asked in waiting:
                for _, future in asked:
                    future.cancel()


def _questions(reading: Reading, asking: Asking) -> list[Question]:
    # spaCy takes a second to import, and who only looks into a dossier should not wait for it.
    from materiel.reading.llm import WINDOW, questions

    return [] if reading.document is None else questions(reading.document, asking.window or WINDOW)


def _judge(reading: Reading, asked: _Asked, model: str, with_rules: bool) -> Reading:
    from materiel.reading.llm import read_answers, reader_name
    from materiel.reading.union import unite

    if reading.document is None:
        return reading
    given = [(question, future.result()) for question, future in asked]
    answers = [answer.text for _, answer in given if isinstance(answer, Answer)]
    rules = list(reading.statements)
    grounded = read_answers(reading.document, answers, rules, reader_name(model))
    united = unite(rules, grounded.statements) if with_rules else None
    return replace(
        reading,
        statements=united.statements if united else grounded.statements,
        refused=grounded.refusals,
        disagreements=united.disagreements if united else (),
        unanswered=tuple(
            f"characters {question.part}: {answer.why}" for question, answer in given if isinstance(answer, NoAnswer)
        ),
        usage=_usage([answer for _, answer in given]),
    )


def _usage(answers: list[Answer | NoAnswer]) -> Usage:
    paid = [answer for answer in answers if isinstance(answer, NoAnswer) or not answer.is_cached]
    return Usage(
        questions=len(answers),
        cached=len(answers) - len(paid),
        uncounted=sum(isinstance(answer, Answer) and answer.input_tokens is None for answer in paid),
        input_tokens=sum(answer.input_tokens or 0 for answer in paid),
        output_tokens=sum(answer.output_tokens or 0 for answer in paid),
    )
