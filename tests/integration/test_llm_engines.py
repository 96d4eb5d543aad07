"""One real question to the real model, on llama.cpp and on vLLM, each started by the command that serves it."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from walkdown.errors import LLMUnavailableError, ModelError, ResourceError
from walkdown.models.catalogue import find_model
from walkdown.models.serving import ServeCommand, choose_engine, serve_command
from walkdown.models.weights import pull
from walkdown.retrieval.llm_judge import LLMJudge
from walkdown.settings import Settings
from walkdown.testing.engines import served

pytestmark = pytest.mark.integration

PROMPT = (
    "[1] BFP-1A의 최소 유량은 40 m3/h이다. 흡입 압력은 0.8 MPa 이상을 유지한다.\n"
    "[2] 급수펌프 베어링 온도: 경보 85 ℃, 트립 95 ℃.\n\n"
    "질문: BFP-1A의 최소 유량은 얼마인가? 근거의 숫자와 단위를 그대로 한 문장으로 답하라."
)


@pytest.fixture(scope="module", params=["llamacpp", pytest.param("vllm", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = Settings()
    entry = find_model(settings.llm_model)
    try:
        pull(entry, settings)
        choose_engine(entry, request.param, settings)
    except (ModelError, ResourceError) as error:
        pytest.skip(str(error))
    log = tmp_path_factory.mktemp("log") / "server.log"

    def command(port: int) -> ServeCommand:
        made = serve_command(entry, request.param, settings, port)
        # Compiling takes minutes and changes how fast it answers, not what.
        eager = ["--enforce-eager"] if request.param == "vllm" else []
        return made._replace(argv=(*made.argv, *eager))

    with served(command, log) as address:
        yield address
    with httpx.Client(trust_env=False) as client, pytest.raises(httpx.ConnectError):
        client.get(f"{address}/v1/models")


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


@pytest.mark.parametrize("question", ["BFP-1A의 최소 유량은 얼마인가?", "What is the minimum flow of BFP-1A?"])
def test_the_passage_that_answers_is_judged_the_likeliest(url: str, question: str) -> None:
    settings = Settings()
    passages = [
        "급수펌프 절차서 > 제한값\n급수펌프 베어링 온도: 경보 85 ℃, 트립 95 ℃.",
        "급수펌프 절차서 > 제한값\nBFP-1A의 최소 유량은 40 m3/h이다.",
        "급수펌프 절차서 > 교체 운전\n토출 밸브를 서서히 닫는다.",
    ]
    judge = LLMJudge(url, settings.llm_model, api_key=settings.llm_api_key)
    odds = judge.judge(question, passages, seconds=120)
    assert max(odds) == odds[1]


def test_a_judge_that_is_late_is_told_and_the_server_answers_on(url: str) -> None:
    settings = Settings()
    judge = LLMJudge(url, settings.llm_model, api_key=settings.llm_api_key)
    with pytest.raises(LLMUnavailableError, match=r"within 0\.1 s"):
        judge.judge("최소 유량은?", [f"{i}. 급수펌프의 제한값과 교체 운전 절차." for i in range(8)], seconds=0.1)
    assert ask(url, max_tokens=1).json()["choices"][0]["message"]["content"]


def test_a_stream_ends_with_its_reason(url: str) -> None:
    lines = [line for line in ask(url, stream=True).text.splitlines() if line.startswith("data: ")]
    assert lines[-1] == "data: [DONE]"
    assert '"finish_reason":"stop"' in "".join(lines).replace(" ", "")


def test_a_page_of_another_site_may_not_use_it(url: str) -> None:
    with httpx.Client(trust_env=False, timeout=60) as client:
        answer = client.get(f"{url}/v1/models", headers={"Origin": "http://elsewhere.example"})
    assert answer.headers.get("access-control-allow-origin") not in ("*", "http://elsewhere.example")
