"""A small server on this machine that speaks the chat-completions protocol, and answers as a test wants it to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Payload = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """What the server sends back, after ``delay_s`` seconds; ``body`` is sent as it is."""

    body: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0.0


def completion(content: str | None, *, finish: str = "stop", counts: bool = True, **message: Any) -> Reply:
    """A well-formed completion of 100 tokens in and 20 out."""
    body: Payload = {
        "id": "c-1",
        "object": "chat.completion",
        "created": 0,
        "model": "test-model",
        "choices": [
            {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content, **message}}
        ],
    }
    if counts:
        body["usage"] = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    return Reply(json.dumps(body))


def statements(*items: Payload) -> Reply:
    """A completion whose content is a list of statements."""
    return completion(json.dumps({"statements": items}))


def error(status: int, message: str = "no", **headers: str) -> Reply:
    return Reply(json.dumps({"error": {"message": message, "type": "error"}}), status, headers)


class ChatServer:
    """Answers each request with the next reply, and the last one ever after; or by a function of the request.

    Attributes:
        requests: the bodies received, in order.
        most_at_once: how many requests were being answered at the same time at most.
    """

    def __init__(self, replies: list[Reply] | Callable[[Payload], Reply]) -> None:
        self._replies = replies
        self._lock = threading.Lock()
        self._now = 0
        self.requests: list[Payload] = []
        self.paths: list[str] = []
        self.most_at_once = 0
        self.base_url = ""

    def answer(self, path: str, request: Payload) -> Reply:
        with self._lock:
            self.requests.append(request)
            self.paths.append(path)
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
            number = len(self.requests) - 1
        try:
            if callable(self._replies):
                reply = self._replies(request)
            else:
                reply = self._replies[min(number, len(self._replies) - 1)]
            time.sleep(reply.delay_s)
            return reply
        finally:
            with self._lock:
                self._now -= 1


@contextmanager
def chat_server(replies: list[Reply] | Callable[[Payload], Reply]) -> Iterator[ChatServer]:
    """A server on a free port of 127.0.0.1 while the block runs."""
    chat = ChatServer(replies)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            reply = chat.answer(self.path, json.loads(self.rfile.read(length)))
            body = reply.body.encode()
            try:
                self.send_response(reply.status)
                self.send_header("Content-Type", "application/json")
                for name, value in reply.headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the client has given up waiting: that is what the test wants

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing: the tests look at stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    chat.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield chat
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
