"""The client against a server that answers well, badly, late, not at all, and with malice; and the cache."""

from __future__ import annotations

import json
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from chat_server import Reply, chat_server, completion, error
from materiel.errors import ModelRefused
from materiel.models import AnswerCache, Endpoint, LanguageModel
from materiel.terms.questions import Answer, NoAnswer, Question

QUESTION = Question("doc-1", "0-10", "v1", "Code it.", "=== an article ===", '{"type": "object"}')
GOOD = completion('{"statements": []}')
AT_ONCE = {"retry_after_ms": "1"}


@pytest.fixture(autouse=True)
def _no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)


def ask(*replies: Reply, attempts: int = 3, timeout_s: float = 5.0) -> tuple[Answer | NoAnswer, int]:
    """The answer, and how many requests it took."""
    with chat_server(list(replies)) as server:
        model = LanguageModel(Endpoint("test-model", server.base_url, attempts, timeout_s))
        return model.ask(QUESTION), len(server.requests)


def test_a_good_answer_with_its_tokens() -> None:
    assert ask(GOOD) == (Answer('{"statements": []}', 100, 20), 1)


def test_the_request_has_the_schema_and_no_tools() -> None:
    with chat_server([GOOD]) as server:
        LanguageModel(Endpoint("test-model", server.base_url, max_tokens=77)).ask(QUESTION)
        (request,) = server.requests
    assert server.paths == ["/v1/chat/completions"]
    assert set(request) == {"model", "messages", "temperature", "response_format", "max_completion_tokens"}
    assert (request["temperature"], request["max_completion_tokens"]) == (0, 77)
    assert request["response_format"]["json_schema"] == {
        "name": "statements",
        "strict": True,
        "schema": {"type": "object"},
    }
    assert request["messages"] == [
        {"role": "system", "content": "Code it."},
        {"role": "user", "content": "=== an article ==="},
    ]


def test_an_answer_without_a_count_of_tokens() -> None:
    answer, _ = ask(completion("{}", counts=False))
    assert answer == Answer("{}", None, None)


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_server_in_trouble_is_asked_again(status: int) -> None:
    answer, requests = ask(error(status, **AT_ONCE), error(status, **AT_ONCE), GOOD)
    assert (type(answer), requests) == (Answer, 3)


def test_a_limit_that_does_not_lift_leaves_the_question_unanswered() -> None:
    answer, requests = ask(error(429, "slow down", **AT_ONCE))
    assert isinstance(answer, NoAnswer)
    assert "429" in answer.why
    assert requests == 3


def test_the_waits_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)
    ask(error(503), attempts=4)
    waited = [wait for wait in waits if wait]
    assert len(waited) == 3
    assert waited[2] > waited[0] > 0.1


def test_a_slow_answer_is_given_up() -> None:
    answer, _ = ask(replace(GOOD, delay_s=1.0), attempts=1, timeout_s=0.2)
    assert answer == NoAnswer("no answer within 0.2 s, asked 1 times")


@pytest.mark.parametrize("content", ["", "Sure! Here you go:", '{"statements": [', "[" * 100_000])
def test_an_answer_that_is_no_json_is_asked_for_again_and_then_given_up(content: str) -> None:
    answer, requests = ask(completion(content))
    assert isinstance(answer, NoAnswer)
    assert "not JSON" in answer.why
    assert (requests, answer.input_tokens, answer.output_tokens) == (3, 300, 60)
    assert len(answer.why) < 300


def test_json_at_the_second_try_counts_both() -> None:
    answer, _ = ask(completion("no"), GOOD)
    assert answer == Answer('{"statements": []}', 200, 40)


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (completion(None, refusal="I cannot help with weapons."), "the model declined: I cannot help with weapons."),
        (completion("", finish="content_filter"), "the model declined: content filter"),
        (completion('{"statements": [', finish="length"), "the answer was cut off"),
        (
            completion(
                None,
                tool_calls=[{"id": "1", "type": "function", "function": {"name": "delete", "arguments": "{}"}}],
            ),
            "the model called a tool, and none was offered",
        ),
    ],
)
def test_what_a_second_try_would_not_mend_is_left_at_once(reply: Reply, why: str) -> None:
    answer, requests = ask(reply)
    assert isinstance(answer, NoAnswer)
    assert answer.why.startswith(why)
    assert requests == 1


@pytest.mark.parametrize(
    "body", ["", "<html>proxy</html>", "{}", '{"choices": []}', '{"choices": [{}]}', "[1, 2]", '"x"']
)
def test_what_is_none_of_the_protocol(body: str) -> None:
    answer, requests = ask(Reply(body), attempts=2)
    assert requests == 2
    assert isinstance(answer, NoAnswer)
    assert "none of the protocol" in answer.why


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_wrong_key_or_model_ends_the_run(status: int) -> None:
    with pytest.raises(ModelRefused, match=rf"'test-model' at http://.*{status} - no"):
        ask(error(status))


def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    with pytest.raises(ModelRefused, match="no connection"):
        LanguageModel(Endpoint("test-model", url, attempts=1)).ask(QUESTION)


def test_a_hosted_model_needs_a_key() -> None:
    with pytest.raises(ModelRefused, match="OPENAI_API_KEY"):
        LanguageModel(Endpoint("test-model"))


def test_a_server_that_knows_an_older_form_of_schema_is_asked_in_it() -> None:
    def take_only_objects(request: dict[str, object]) -> Reply:
        form = request["response_format"]
        assert isinstance(form, dict)
        return GOOD if form["type"] == "json_object" else error(422, "unknown response format")

    with chat_server(take_only_objects) as server:
        model = LanguageModel(Endpoint("test-model", server.base_url))
        assert isinstance(model.ask(QUESTION), Answer)
        assert isinstance(model.ask(QUESTION), Answer)
    assert [request["response_format"]["type"] for request in server.requests] == [
        *("json_schema", "json_schema", "json_object"),
        "json_object",
    ]
    assert server.requests[-1]["response_format"]["schema"] == {"type": "object"}


def test_a_request_that_no_form_helps() -> None:
    answer, requests = ask(error(400, "context too long"))
    assert (answer, requests) == (NoAnswer("the server says: Error code: 400 - context too long"), 3)


# -- cache ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def cache(tmp_path: Path) -> AnswerCache:
    return AnswerCache(tmp_path / "answers", "m", None)


def test_a_kept_answer_costs_nothing(cache: AnswerCache) -> None:
    assert cache.find(QUESTION) is None
    cache.keep(QUESTION, Answer('{"é": "\ud800"}', 5, 7))
    assert cache.find(QUESTION) == Answer('{"é": "\ud800"}', 5, 7, is_cached=True)
    with chat_server([error(500)]) as server:
        model = LanguageModel(Endpoint("m", server.base_url), cache)
        assert model.ask(QUESTION) == Answer('{"é": "\ud800"}', 5, 7, is_cached=True)
    assert not server.requests


@pytest.mark.parametrize("slot", ["document", "part", "version"])
def test_another_document_stretch_or_version_is_another_question(cache: AnswerCache, slot: str) -> None:
    cache.keep(QUESTION, Answer("{}", 5, 7))
    assert cache.find(replace(QUESTION, **{slot: "other"})) is None


def test_another_model_or_endpoint_gives_another_answer(cache: AnswerCache, tmp_path: Path) -> None:
    cache.keep(QUESTION, Answer("{}", 5, 7))
    assert AnswerCache(tmp_path / "answers", "n", None).find(QUESTION) is None
    assert AnswerCache(tmp_path / "answers", "m", "http://localhost/v1").find(QUESTION) is None
    assert AnswerCache(tmp_path / "answers", "m", None).find(QUESTION) is not None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace('"text": "{}"', '"text": "{1}"'),
        lambda text: text.replace("doc-1", "doc-2"),
        lambda text: "[]",
        lambda text: "\x00\xff" * 10,
        lambda text: json.dumps({"key": json.loads(text)["key"]}),
        lambda text: "[" * 100_000,
    ],
)
def test_a_spoilt_entry_counts_as_none_and_is_written_again(cache: AnswerCache, tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    cache.keep(QUESTION, Answer("{}", 5, 7))
    (entry,) = (tmp_path / "answers").iterdir()
    entry.write_text(spoil(entry.read_text("utf-8")), "latin-1")
    assert cache.find(QUESTION) is None
    cache.keep(QUESTION, Answer("{}", 5, 7))
    assert cache.find(QUESTION) is not None
    assert len(list((tmp_path / "answers").iterdir())) == 1


def test_answers_that_are_none_are_not_kept(tmp_path: Path) -> None:
    with chat_server([completion("", finish="content_filter")]) as server:
        LanguageModel(Endpoint("m", server.base_url), AnswerCache(tmp_path, "m", None)).ask(QUESTION)
    assert not list(tmp_path.iterdir())


def test_a_cache_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(ModelRefused, match="--cache"):
        AnswerCache(tmp_path / "file", "m", None)
