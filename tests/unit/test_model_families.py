"""Profiles of model families, the policy that is enforced when a model is loaded, and the bill of materials."""

import asyncio
import json
from pathlib import Path

import httpx
import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from walkdown.answering.llm import Message, OpenAIChat
from walkdown.errors import ModelError, UnknownItemError, UsageError
from walkdown.models.bom import build_bom
from walkdown.models.catalogue import find_model, load_catalogue
from walkdown.models.encoders import load_embedder
from walkdown.models.families import family_of, find_family, load_families, request_extras
from walkdown.models.policy import Rules, load_policy, objections, subject_of_entry, subject_of_name
from walkdown.models.serving import serve_command
from walkdown.settings import Settings
from walkdown_server.llm_link import LLMLink


def with_policy(folder: Path, text: str, **more: object) -> Settings:
    path = folder / "policy.yaml"
    path.write_text(text)
    return Settings(home=folder / "home", cache=folder / "cache", model_policy=path, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("LGAI-EXAONE/K-EXAONE-236B-A23B", "k-exaone"),
        ("LGAI-EXAONE/EXAONE-4.0.1-32B", "exaone"),
        ("LGAI-EXAONE/EXAONE-3.5-7.8B-Instruct", "exaone"),
        ("skt/A.X-K1", "ax-k"),
        ("upstage/Solar-Open-100B", "solar-open"),
        ("naver-hyperclovax/HyperCLOVAX-SEED-Think-14B", "hyperclova-x"),
        ("Qwen/Qwen3-8B", "qwen"),
        ("qwen2.5-1.5b", "qwen"),
        ("deepseek-ai/DeepSeek-V3.1", "deepseek"),
        ("openai/gpt-oss-20b", "gpt-oss"),
        ("google/gemma-3-27b-it", "gemma"),
    ],
)
def test_a_served_model_is_recognised_by_its_name(name: str, family: str) -> None:
    found = family_of(name)
    assert found is not None and found.id == family


@pytest.mark.parametrize("name", ["upstage/SOLAR-10.7B", "meta-llama/Llama-3.1-8B", "my-model", ""])
def test_an_unknown_model_has_no_family(name: str) -> None:
    assert family_of(name) is None and request_extras(name) == {}


def test_every_model_a_family_names_is_recognised_as_its_own() -> None:
    for family in load_families():
        for model in family.models:
            assert family_of(model) == family, model
    with pytest.raises(UnknownItemError, match="k-exaone"):
        find_family("exaone-9")


def test_thinking_is_switched_off_in_every_request() -> None:
    bodies: list[dict[str, object]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        bodies.append(json.loads(request.content))
        piece = {"choices": [{"index": 0, "delta": {"content": "no"}, "finish_reason": "stop"}]}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", **piece}
        text = f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n"
        return httpx.Response(200, text=text, headers={"content-type": "text/event-stream"})

    async def ask(model: str) -> None:
        http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
        client = OpenAIChat("http://test", model, http=http, extra=request_extras(model))
        async for _ in client.stream([Message("user", "?")], max_tokens=4, deadline=10):
            pass
        await client.close()

    asyncio.run(ask("LGAI-EXAONE/EXAONE-4.0-32B"))
    asyncio.run(ask("my-model"))
    assert bodies[0]["chat_template_kwargs"] == {"enable_thinking": False}
    assert "chat_template_kwargs" not in bodies[1]


@pytest.mark.parametrize(
    ("model", "rules", "why"),
    [
        ("EXAONE-4.0-32B", Rules(commercial_use="required"), "forbids commercial use"),
        ("K-EXAONE-236B-A23B", Rules(commercial_use="required"), "conditions that are not settled"),
        ("A.X-K1", Rules(countries=("US",)), "comes from KR"),
        ("Solar-Open-100B", Rules(from_scratch="undisputed"), "reported or disputed"),
        ("gemma-3-27b-it", Rules(licences=("Apache-2.0",)), "its licence is Gemma"),
        ("my-model", Rules(unknown="deny"), "nothing is known"),
        ("my-model", Rules(commercial_use="required"), "not known"),
        ("my-model", Rules(from_scratch="undisputed"), "not ruled out"),
    ],
)
def test_what_speaks_against_a_model(model: str, rules: Rules, why: str) -> None:
    (objection,) = objections(subject_of_name(model, Settings()), rules)
    assert why in objection


def test_what_is_permitted() -> None:
    domestic = Rules(commercial_use="required", countries=("KR",), from_scratch="undisputed", unknown="deny")
    permitted = {
        family.id
        for family in load_families()
        if not objections(subject_of_name(family.models[0], Settings()), domestic)
    }
    assert permitted == {"ax-k"}
    settled = domestic.model_copy(update={"agreements": ("K-EXAONE",)})
    assert not objections(subject_of_name("K-EXAONE-236B-A23B", Settings()), settled)


def test_the_default_models_pass_a_policy_of_open_licences() -> None:
    rules = Rules(licences=("Apache-2.0", "MIT"), commercial_use="required")
    assert [objections(subject_of_entry(entry), rules) for entry in load_catalogue().values()] == [[], [], []]


def test_the_policy_is_enforced_where_models_are_loaded(tmp_path: Path) -> None:
    settings = with_policy(tmp_path, "llm: {countries: [KR]}\nembedder: {licences: [Apache-2.0]}\n")
    with pytest.raises(ModelError, match=r"e5-small: its licence is MIT"):
        load_embedder("e5-small", settings)
    with pytest.raises(ModelError, match=r"qwen2.5-1.5b: it comes from CN"):
        serve_command(find_model("qwen2.5-1.5b"), "llamacpp", settings, 1)


def test_the_policy_is_enforced_on_a_server_by_url(tmp_path: Path) -> None:
    settings = with_policy(tmp_path, "llm: {unknown: deny}\n", llm="http://model.example")
    offered = httpx.MockTransport(lambda _: httpx.Response(200, json={"data": [{"id": "surprise-7b"}]}))
    with pytest.raises(ModelError, match="nothing is known of surprise-7b"):
        LLMLink(settings, transport=offered).client()


@pytest.mark.parametrize(
    "text", ["llm: {licence: [MIT]}", "llm: [", "- a", "{{x}}: 1", "", "# llm: {licences: [MIT]}\n", "null\n"]
)
def test_a_broken_policy_permits_nothing(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match="not valid"):
        load_policy(with_policy(tmp_path, text))
    with pytest.raises(UsageError, match="cannot be read"):
        load_policy(Settings(model_policy=tmp_path / "missing.yaml"))


def test_what_is_wrong_with_a_policy_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        load_policy(with_policy(tmp_path, "# ours\nllm:\n  licences: MIT\n"))
    assert "line 3: llm.licences: a list is wanted here" in raised.value.cause
    assert "http" not in str(raised.value)


def test_a_policy_in_no_encoding_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    settings = with_policy(tmp_path, "")
    (tmp_path / "policy.yaml").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(UsageError, match="not valid") as raised:
        load_policy(settings)
    assert "UTF-8" in raised.value.remedy


def test_the_bill_of_materials_is_valid_and_names_every_file() -> None:
    entries = list(load_catalogue().values())
    data = build_bom(entries, Settings())
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(data)) is None
    by_name = {component["name"]: component for component in data["components"]}
    for entry in entries:
        component = by_name[entry.name]
        assert component["type"] == "machine-learning-model" and component["modelCard"]
        hashes = {c["name"]: c["hashes"][0]["content"] for c in component["components"]}
        assert hashes == {file.path: file.sha256 for file in entry.files}
    said = {p["name"] for p in by_name["qwen2.5-1.5b"]["properties"]}
    assert {"walkdown:from-scratch", "walkdown:licence-forbids", "walkdown:origin"} <= said
