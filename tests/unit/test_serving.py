"""Serving: which engine is chosen, the command of each, and waiting for a server that really completes."""

import sys
from pathlib import Path

import httpx
import pytest
import xllamacpp

from walkdown.errors import LLMUnavailableError, ModelError, ResourceError, UsageError
from walkdown.models import llamacpp_server, serving
from walkdown.models.catalogue import ModelEntry, ServingOptions, VllmOptions, find_model
from walkdown.models.families import find_family
from walkdown.models.serving import ServeCommand, choose_engine, folder_command, serve_command, wait_ready
from walkdown.models.vllm_layout import DONE, VllmLayout
from walkdown.settings import Settings

QWEN = find_model("qwen2.5-1.5b")
GIB = 1 << 30


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(cache=tmp_path / "cache", home=tmp_path / "home", llm_api_key="")


@pytest.fixture
def with_vllm(settings: Settings) -> Settings:
    layout = VllmLayout(settings)
    for folder in (layout.venv, layout.model(QWEN)):
        folder.mkdir(parents=True)
        (folder / DONE).touch()
    layout.python.parent.mkdir()
    layout.openmp.parent.mkdir()
    layout.openmp.touch()
    return settings


def only(**engines: object) -> ModelEntry:
    return QWEN.model_copy(update={"serving": ServingOptions.model_validate(engines)})


def test_auto_is_llamacpp_where_vllm_is_not_built(settings: Settings) -> None:
    assert choose_engine(QWEN, "auto", settings, free_memory=64 * GIB) == "llamacpp"


def test_auto_is_vllm_where_it_is_built_and_memory_allows(with_vllm: Settings) -> None:
    assert choose_engine(QWEN, "auto", with_vllm, free_memory=8 * GIB) == "vllm"
    assert choose_engine(QWEN, "auto", with_vllm, free_memory=8 * GIB - 1) == "llamacpp"


@pytest.mark.parametrize("missing", ["venv", "model"])
def test_a_half_built_vllm_does_not_count(with_vllm: Settings, missing: str) -> None:
    layout = VllmLayout(with_vllm)
    ({"venv": layout.venv, "model": layout.model(QWEN)}[missing] / DONE).unlink()
    assert choose_engine(QWEN, "auto", with_vllm, free_memory=64 * GIB) == "llamacpp"
    with pytest.raises(ModelError, match="not installed") as caught:
        choose_engine(QWEN, "vllm", with_vllm, free_memory=64 * GIB)
    assert "make vllm" in caught.value.remedy


def test_vllm_asked_for_with_too_little_memory_is_a_resource_error(with_vllm: Settings) -> None:
    with pytest.raises(ResourceError, match=r"8 GB.*1\.0 GB is free"):
        choose_engine(QWEN, "vllm", with_vllm, free_memory=GIB)


def test_an_engine_that_cannot_serve_the_model_is_a_usage_error(settings: Settings) -> None:
    with pytest.raises(UsageError, match="auto, llamacpp, vllm"):
        choose_engine(QWEN, "ollama", settings)
    with pytest.raises(UsageError, match="auto, vllm"):
        choose_engine(only(vllm={"memory_gb": 8}), "llamacpp", settings)
    with pytest.raises(UsageError, match="encoder"):
        serve_command(find_model("e5-small"), "auto", settings, 1)


def test_the_llamacpp_command_says_what_its_server_reads(settings: Settings) -> None:
    command = serve_command(QWEN, "llamacpp", settings, 8802)
    assert command.engine == "llamacpp"
    assert command.argv[:3] == [sys.executable, "-m", "walkdown.models.llamacpp_server"]
    options = llamacpp_server.parse(command.argv[3:])
    served = QWEN.serving and QWEN.serving.llamacpp
    assert served
    assert options.model == settings.weights_dir / QWEN.folder_name / served.file
    assert (options.alias, options.port) == (QWEN.name, 8802)
    assert (options.slots, options.context, options.batch) == (served.slots, served.context, served.batch)
    assert options.flash_attention is served.flash_attention


def test_llamacpp_is_bound_to_this_machine_and_shows_no_pages(settings: Settings) -> None:
    options = llamacpp_server.parse(serve_command(QWEN, "llamacpp", settings, 8802).argv[3:])
    parameters = llamacpp_server.parameters(options, "secret")
    assert parameters.hostnames == ["127.0.0.1"]
    assert parameters.api_keys == ["secret"]
    assert parameters.n_ctx == options.slots * options.context
    assert (parameters.ui, parameters.endpoint_slots, parameters.endpoint_props) == (False, False, False)
    assert parameters.cors_origins != xllamacpp.CommonParams().cors_origins
    assert parameters.cache_ram_mib <= 512


def test_llamacpp_refuses_to_load_what_does_not_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "m.gguf").touch()
    llamacpp_server.require_memory(tmp_path / "m.gguf")
    monkeypatch.setattr(llamacpp_server, "MEMORY_RESERVE", 1 << 60)
    with pytest.raises(ResourceError, match=r"m\.gguf needs"):
        llamacpp_server.require_memory(tmp_path / "m.gguf")


def vllm_command(settings: Settings) -> ServeCommand:
    assert QWEN.serving is not None and QWEN.serving.vllm is not None
    return serving._vllm(VllmLayout(settings).model(QWEN), QWEN.name, QWEN.serving.vllm, settings, 8803)


def test_a_checkpoint_of_the_site_is_served_with_its_familys_arguments(with_vllm: Settings, tmp_path: Path) -> None:
    family, options = find_family("exaone"), VllmOptions(memory_gb=1)
    with pytest.raises(ModelError, match=r"config\.json"):
        folder_command(tmp_path / "none", "EXAONE-4.0-32B", family, options, with_vllm, 8803)
    (tmp_path / "config.json").touch()
    argv = list(folder_command(tmp_path, "EXAONE-4.0-32B", family, options, with_vllm, 8803).argv)
    assert argv[argv.index("--model") + 1] == str(tmp_path)
    assert argv[argv.index("--reasoning-parser") + 1] == "deepseek_v3"
    with pytest.raises(UsageError, match="plugin"):
        folder_command(tmp_path, "Solar-Open-100B", find_family("solar-open"), options, with_vllm, 8803)


def test_the_vllm_command_serves_the_converted_model_on_this_machine(with_vllm: Settings) -> None:
    layout = VllmLayout(with_vllm)
    keyed = with_vllm.model_copy(update={"llm_api_key": "secret"})
    command = vllm_command(keyed)
    argv = list(command.argv)
    assert argv[:3] == [str(layout.python), "-m", "vllm.entrypoints.openai.api_server"]
    value = {argv[i]: argv[i + 1] for i in range(3, len(argv) - 1)}
    assert value["--model"] == str(layout.model(QWEN))
    assert (value["--host"], value["--port"], value["--served-model-name"]) == ("127.0.0.1", "8803", QWEN.name)
    assert command.env["HF_HUB_OFFLINE"] == "1"
    assert command.env["VLLM_NO_USAGE_STATS"] == "1"
    assert command.env["VLLM_API_KEY"] == "secret"
    assert command.env["LD_PRELOAD"].split(":")[0] == str(layout.openmp)


def test_only_preloads_that_exist_are_named(with_vllm: Settings) -> None:
    VllmLayout(with_vllm).openmp.unlink()
    command = vllm_command(with_vllm)
    assert all(Path(path).exists() for path in command.env["LD_PRELOAD"].split(":") if path)
    assert "VLLM_API_KEY" not in command.env


class Server:
    """A model server that fails in the given ways, one a probe, and then completes."""

    def __init__(self, *faults: httpx.Response | Exception) -> None:
        self.faults, self.completions = list(faults), 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/models":
            return httpx.Response(200, json={"data": [{"id": "qwen"}]})
        assert request.url.path == "/v1/completions"
        self.completions += 1
        fault = self.faults.pop(0) if self.faults else httpx.Response(200, json={"choices": [{"text": "."}]})
        if isinstance(fault, Exception):
            raise fault
        return fault

    @property
    def client(self) -> httpx.Client:
        return httpx.Client(transport=httpx.MockTransport(self))


def test_ready_means_a_completion() -> None:
    server = Server(httpx.ConnectError("no"), httpx.Response(503), httpx.Response(200, json={"choices": []}))
    wait_ready("http://127.0.0.1:1/", 60, http=server.client, poll=0)
    assert server.completions == 4


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (httpx.ConnectError("no"), "nothing listens there"),
        (httpx.ReadTimeout("hangs"), "failed with ReadTimeout"),
        (httpx.Response(503), "answers 503"),
        (httpx.Response(200, text="<html>"), "failed with JSONDecodeError"),
        (httpx.Response(200, json={"error": "x"}), "failed with KeyError"),
        (httpx.Response(200, json={"choices": []}), "completes nothing"),
    ],
)
def test_a_server_that_is_not_ready_is_described(fault: httpx.Response | Exception, words: str) -> None:
    with pytest.raises(LLMUnavailableError, match=words):
        wait_ready("http://127.0.0.1:1", 0, http=Server(fault).client)
