"""Each architecture that a family names: a tiny random model of it, served by vLLM with the profile's own flags.

It answers a question through the whole pipeline. What it writes is noise, so the checks end in a quote or a refusal.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from walkdown.models.catalogue import VllmOptions, find_model
from walkdown.models.families import load_families
from walkdown.models.serving import folder_command
from walkdown.models.vllm_layout import VllmLayout
from walkdown.settings import Settings
from walkdown.testing import tiny_checkpoint
from walkdown.testing.engines import served
from walkdown_server.app import create_app
from walkdown_server.llm_link import LLMLink
from walkdown_server.testing import fake_services

pytestmark = [pytest.mark.integration, pytest.mark.slow]

CASES = [
    (family.id, architecture)
    for family in load_families()
    if family.serving.registered
    for architecture in family.architectures
    if architecture in tiny_checkpoint.ARCHITECTURES
]
ELSEWHERE = {
    "ExaoneForCausalLM": "its configuration comes as code with the checkpoint, which is not run",
    "AXK1ForCausalLM": "its configuration comes as code with the checkpoint, which is not run",
    "SolarOpenForCausalLM": "the pinned vLLM does not register it",
    "Exaone4_5_ForConditionalGeneration": "a model of images and text; Walkdown asks it text only",
    "HCXVisionV2ForCausalLM": "a model of images and text; Walkdown asks it text only",
    "Gemma3ForConditionalGeneration": "a model of images and text; Walkdown asks it text only",
    "Gemma4ForConditionalGeneration": "a model of images and text; Walkdown asks it text only",
}
"""Architectures without a tiny model, and why."""


def test_every_architecture_is_tried_or_has_a_reason() -> None:
    named = {architecture for family in load_families() for architecture in family.architectures}
    assert named == set(tiny_checkpoint.ARCHITECTURES) | set(ELSEWHERE)


@pytest.fixture(scope="module")
def layout() -> VllmLayout:
    settings = Settings()
    found = VllmLayout(settings)
    if not found.is_ready(find_model("qwen2.5-1.5b", settings)):
        pytest.skip("vLLM is not built (make vllm)")
    return found


@pytest.fixture(params=CASES, ids=[architecture for _, architecture in CASES])
def url(request: pytest.FixtureRequest, layout: VllmLayout, tmp_path: Path) -> Iterator[str]:
    family_id, architecture = request.param
    if "exaone" not in family_id and not request.config.getoption("--all-families"):
        pytest.skip("each takes a minute or two; give --all-families")
    family = next(f for f in load_families() if f.id == family_id)
    folder, tokenizer = tmp_path / architecture, layout.model(find_model("qwen2.5-1.5b"))
    script = [str(layout.python), tiny_checkpoint.__file__, architecture, str(tokenizer), str(folder)]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    options = VllmOptions(context=4096, slots=2, memory_gb=2, arguments=("--enforce-eager",))
    with served(
        lambda port: folder_command(folder, family.models[0], family, options, Settings(), port), tmp_path / "log"
    ) as address:
        yield address


def test_noise_is_never_an_answer(url: str, tmp_path: Path) -> None:
    services = fake_services(tmp_path)
    services.llm = LLMLink(Settings(home=tmp_path, llm=url))
    with TestClient(create_app(services), base_url="http://127.0.0.1") as client:
        question = {"pack": "power", "question": "What is the minimum flow of P-101A?"}
        answer = client.post("/v1/ask", json=question).json()
    assert answer["status"] in ("quoted", "refused"), answer
    assert answer["model"], answer
    assert answer["evidence"]
