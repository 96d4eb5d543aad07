"""One real question to the real model, on llama.cpp and on vLLM, each started by the command that serves it."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from walkdown.errors import ModelError, ResourceError
from walkdown.models.catalogue import find_model
from walkdown.models.serving import choose_engine, serve_command, wait_ready
from walkdown.models.weights import pull
from walkdown.settings import Settings

pytestmark = pytest.mark.integration

START_SECONDS = 400
PROMPT = (
    "[1] BFP-1A의 최소 유량은 40 m3/h이다. 흡입 압력은 0.8 MPa 이상을 유지한다.\n"
    "[2] 급수펌프 베어링 온도: 경보 85 ℃, 트립 95 ℃.\n\n"
    "질문: BFP-1A의 최소 유량은 얼마인가? 근거의 숫자와 단위를 그대로 한 문장으로 답하라."
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(engine: str, log: Path) -> Iterator[str]:
    """URL of the engine with the default model, which ends with this process."""
    settings = Settings()
    entry = find_model(settings.llm_model)
    port = free_port()
    command = serve_command(entry, engine, settings, port)
    leash = [sys.executable, "-m", "walkdown_server.leash", str(os.getpid()), *command.argv]
    with log.open("wb") as out:
        process = subprocess.Popen(
            leash, env={**os.environ, **command.env}, stdout=out, stderr=out, start_new_session=True
        )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_ready(url, START_SECONDS, api_key=settings.llm_api_key)
        yield url
    finally:
        process.terminate()
        status = process.wait(30)
        with httpx.Client(trust_env=False) as client, pytest.raises(httpx.ConnectError):
            client.get(f"{url}/v1/models")
        assert status in (0, -signal.SIGTERM)


@pytest.fixture(scope="module", params=["llamacpp", pytest.param("vllm", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = Settings()
    entry = find_model(settings.llm_model)
    try:
        pull(entry, settings)
        choose_engine(entry, request.param, settings)
    except (ModelError, ResourceError) as error:
        pytest.skip(str(error))
    with served(request.param, tmp_path_factory.mktemp("log") / "server.log") as address:
        yield address


def ask(url: str, **more: Any) -> Any:
    settings = Settings()
    headers = {"Authorization": f"Bearer {settings.llm_api_key}"} if settings.llm_api_key else {}
    body = {
        "model": settings.llm_model,
        "messages": [{"role": "user", "content": PROMPT}],
        "max_tokens": 60,
        "temperature": 0,
        **more,
    }
    with httpx.Client(trust_env=False, timeout=120) as client:
        answer = client.post(f"{url}/v1/chat/completions", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer


def test_a_korean_question_is_answered_from_its_evidence(url: str) -> None:
    choice = ask(url).json()["choices"][0]
    assert choice["finish_reason"] == "stop"
    assert "40" in choice["message"]["content"]
    assert "95" not in choice["message"]["content"]


def test_the_first_token_comes_with_log_probabilities(url: str) -> None:
    choice = ask(url, max_tokens=1, logprobs=True, top_logprobs=8).json()["choices"][0]
    first = choice["logprobs"]["content"][0]
    assert len(first["top_logprobs"]) == 8
    assert all(item["logprob"] <= 0 for item in first["top_logprobs"])


def test_a_stream_ends_with_its_reason(url: str) -> None:
    lines = [line for line in ask(url, stream=True).text.splitlines() if line.startswith("data: ")]
    assert lines[-1] == "data: [DONE]"
    assert '"finish_reason":"stop"' in "".join(lines).replace(" ", "")


def test_a_page_of_another_site_may_not_use_it(url: str) -> None:
    with httpx.Client(trust_env=False, timeout=60) as client:
        answer = client.get(f"{url}/v1/models", headers={"Origin": "http://elsewhere.example"})
    assert answer.headers.get("access-control-allow-origin") not in ("*", "http://elsewhere.example")
