"""A language model behind an endpoint that speaks the chat-completions protocol: hosted, vLLM, llama.cpp, Ollama.

The question's data goes into the user's message, the instruction into the system's; no tools are offered. Requests
that time out, are rate-limited or meet a fault of the server are sent again, each time later (the client library
does that); an answer that is not JSON is asked for again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from materiel.errors import ModelRefused
from materiel.models.cache import AnswerCache
from materiel.models.completions import Completion, read_completion, shorten
from materiel.terms.questions import Answer, NoAnswer, Question

if TYPE_CHECKING:
    from openai import OpenAI

_UNFIT_REQUEST = frozenset({400, 413, 422})
_FORM = "response_format"
"""Some servers call a request that they do not understand a fault of their own (500), but name what it is about."""
_UNUSABLE = frozenset({401, 403, 404})
_NO_KEY = "none"
"""Local servers want no key, but the client library wants one."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is and how to treat it.

    Attributes:
        model: its name there.
        base_url: such as ``http://localhost:8080/v1``; None for the client library's own default.
        attempts: how often a request is sent at most.
        timeout_s: seconds until an attempt is given up.
        max_tokens: longest answer.
    """

    model: str
    base_url: str | None = None
    attempts: int = 4
    timeout_s: float = 300.0
    max_tokens: int = 8192


class LanguageModel:
    """Asks a model, and remembers what it answered if given a cache. Threads may share it.

    Raises:
        ModelRefused: the extra ``llm`` is not installed, or there is no key for a hosted endpoint.
    """

    def __init__(self, endpoint: Endpoint, cache: AnswerCache | None = None) -> None:
        self.endpoint, self._cache = endpoint, cache
        self._client = _connect(endpoint)
        self._forms = _request_forms(endpoint.max_tokens)

    def ask(self, question: Question) -> Answer | NoAnswer:
        """The answer from the cache or from the model.

        Raises:
            ModelRefused: nobody answers at the endpoint, it knows no such model, or it refuses the key.
        """
        if self._cache is not None and (known := self._cache.find(question)) is not None:
            return known
        answer = self._ask_until_json(question)
        if self._cache is not None and isinstance(answer, Answer):
            self._cache.keep(question, answer)
        return answer

    def _ask_until_json(self, question: Question) -> Answer | NoAnswer:
        spent: list[Completion] = []
        for _ in range(self.endpoint.attempts):
            sent = self._send(question)
            if isinstance(sent, NoAnswer):
                return NoAnswer(sent.why, *_total(spent))
            spent.append(sent)
            if sent.is_final:
                break
        last = spent[-1]
        if last.content is None:
            return NoAnswer(last.why, *_total(spent))
        return Answer(last.content, *_total(spent))

    def _send(self, question: Question) -> Completion | NoAnswer:
        """One request, in the first form that the server takes."""
        import openai

        why = ""
        for form in self._forms:
            try:
                response = self._client.chat.completions.with_raw_response.create(
                    model=self.endpoint.model,
                    messages=[
                        {"role": "system", "content": question.instruction},
                        {"role": "user", "content": question.data},
                    ],
                    **_filled(form, json.loads(question.schema)),
                )
            except openai.APIStatusError as fault:
                why = f"the server says: {shorten(fault.message)}"
                if fault.status_code in _UNUSABLE:
                    raise self._refused(why) from fault
                if fault.status_code not in _UNFIT_REQUEST and _FORM not in fault.message:
                    return NoAnswer(why)
            except openai.APITimeoutError:
                return NoAnswer(f"no answer within {self.endpoint.timeout_s:g} s, asked {self.endpoint.attempts} times")
            except openai.APIConnectionError as fault:
                raise self._refused(f"no connection ({shorten(str(fault.__cause__ or fault))})") from fault
            else:
                # Later requests begin with the form that went through.
                self._forms = (form, *(other for other in self._forms if other is not form))
                return read_completion(response.text)
        return NoAnswer(why)

    def _refused(self, why: str) -> ModelRefused:
        where = self.endpoint.base_url or "the client library's default endpoint"
        return ModelRefused(
            f"The model {self.endpoint.model!r} at {where} cannot be asked: {why}. "
            "Check --base-url, --model and the key in OPENAI_API_KEY."
        )


def _connect(endpoint: Endpoint) -> OpenAI:
    try:
        import openai
    except ImportError as fault:
        raise ModelRefused(
            "The LLM reader needs the package openai, which is not installed. Install materiel with its extra: "
            "pip install 'materiel[llm]'."
        ) from fault
    options: dict[str, Any] = {"timeout": endpoint.timeout_s, "max_retries": endpoint.attempts - 1}
    try:
        return openai.OpenAI(base_url=endpoint.base_url, **options)
    except openai.OpenAIError as fault:
        if endpoint.base_url is None:
            raise ModelRefused(
                f"No model can be asked: {shorten(str(fault))} Or name a server with --base-url."
            ) from fault
        return openai.OpenAI(base_url=endpoint.base_url, api_key=_NO_KEY, **options)


def _request_forms(max_tokens: int) -> tuple[dict[str, Any], ...]:
    """Ways to ask for an answer that keeps to a schema, the strictest first: not every model and server takes each."""
    by_schema = {"max_completion_tokens": max_tokens, "response_format": "json_schema"}
    return (
        {**by_schema, "temperature": 0},
        by_schema,  # models that think first take no temperature
        {"max_tokens": max_tokens, "response_format": "json_object", "temperature": 0},
    )


def _filled(form: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if form["response_format"] == "json_schema":
        described = {"name": "statements", "strict": True, "schema": schema}
        return {**form, "response_format": {"type": "json_schema", "json_schema": described}}
    return {**form, "response_format": {"type": "json_object", "schema": schema}}


def _total(spent: list[Completion]) -> tuple[int | None, int | None]:
    """Tokens in and out of all attempts; None where the server never said."""
    taken = [each.input_tokens for each in spent if each.input_tokens is not None]
    given = [each.output_tokens for each in spent if each.output_tokens is not None]
    return sum(taken) if taken else None, sum(given) if given else None
