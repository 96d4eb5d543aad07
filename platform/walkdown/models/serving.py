"""Serving of language models behind an OpenAI-compatible URL: which engine, with which command, and when it is ready.

vLLM serves where its environment is built (`make vllm`) and memory allows; llama.cpp everywhere else. Both answer on
127.0.0.1 under the model's catalogue name.
"""

import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import httpx
import psutil

from walkdown.errors import LLMUnavailableError, ModelError, ResourceError, UsageError
from walkdown.models.catalogue import LlamaCppOptions, ModelEntry, ServingOptions, VllmOptions
from walkdown.models.cores import cores
from walkdown.models.families import ModelFamily
from walkdown.models.policy import enforce_entry, enforce_served
from walkdown.models.vllm_layout import VllmLayout
from walkdown.models.weights import is_pulled, pull, weights_folder
from walkdown.settings import Settings
from walkdown.tls import tls_fault, trusted

Engine = Literal["vllm", "llamacpp"]
_GIB = 1 << 30
_POLL_SECONDS = 0.5
_PROBE_SECONDS = 30.0
_PRELOADS = (Path("/usr/lib/x86_64-linux-gnu/libtcmalloc_minimal.so.4"),)
"""An allocator that makes vLLM faster on CPUs, where it is installed (Debian: libtcmalloc-minimal4)."""


class ServeCommand(NamedTuple):
    """What to run: arguments, variables to add to the environment, and the engine that was chosen."""

    argv: Sequence[str]
    env: Mapping[str, str]
    engine: Engine


def choose_engine(entry: ModelEntry, engine: str, settings: Settings, *, free_memory: int | None = None) -> Engine:
    """The engine to serve `entry` with; `engine` is vllm, llamacpp or auto.

    `free_memory` is in bytes, by default what the system has. Raises UsageError for an engine that there is not or
    that cannot serve the model, ModelError when vLLM was asked for and is not installed for
    it, ResourceError when it was asked for and memory is short.
    """
    options = _options(entry)
    built = options.vllm is not None and VllmLayout(settings).is_ready(entry)
    free = psutil.virtual_memory().available if free_memory is None else free_memory
    if engine == "auto":
        if options.vllm and built and free >= options.vllm.memory_gb * _GIB:
            return "vllm"
        engine = "llamacpp" if options.llamacpp else "vllm"
    if engine == "llamacpp" and options.llamacpp:
        return "llamacpp"
    if engine == "vllm" and options.vllm:
        if not built:
            raise ModelError(
                f"vLLM is not installed for {entry.name} under {VllmLayout(settings).root}.",
                "Run `make vllm` once (it takes some minutes), or serve with `--engine llamacpp`.",
            )
        if free < options.vllm.memory_gb * _GIB:
            raise ResourceError(
                f"vLLM needs {options.vllm.memory_gb:g} GB of memory for {entry.name}; {free / _GIB:.1f} GB is free.",
                "Close other programs, or serve with `--engine llamacpp`.",
            )
        return "vllm"
    raise UsageError(
        f"{engine!r} cannot serve {entry.name}.",
        f"Take one of: auto, {', '.join(name for name in ('llamacpp', 'vllm') if getattr(options, name))}.",
    )


def serve_command(entry: ModelEntry, engine: str, settings: Settings, port: int) -> ServeCommand:
    """The command that serves a pulled model on 127.0.0.1:`port`. Raises as `choose_engine` does, and by policy."""
    enforce_entry(entry, settings)
    options = _options(entry)
    chosen = choose_engine(entry, engine, settings)
    if chosen == "vllm" and options.vllm:
        return _vllm(VllmLayout(settings).model(entry), entry.name, options.vllm, settings, port)
    if options.llamacpp is None:
        raise UsageError(f"llama.cpp cannot serve {entry.name}.", "Serve it with `--engine vllm`.")
    return _llamacpp(entry, options.llamacpp, settings, port)


def serve(entry: ModelEntry, engine: str, settings: Settings, port: int) -> None:
    """Pull the model if need be and turn this process into its server; returns only by raising."""
    if not is_pulled(entry, settings):
        pull(entry, settings)
    command = serve_command(entry, engine, settings, port)
    os.execvpe(command.argv[0], list(command.argv), {**os.environ, **command.env})  # noqa: S606  # turning into it is the purpose


def _options(entry: ModelEntry) -> ServingOptions:
    if entry.serving is None:
        raise UsageError(f"{entry.name} is an encoder and needs no server.", "Serve a model of role llm.")
    return entry.serving


def _llamacpp(entry: ModelEntry, options: LlamaCppOptions, settings: Settings, port: int) -> ServeCommand:
    argv = [
        *(sys.executable, "-m", "walkdown.models.llamacpp_server"),
        *("--model", str((weights_folder(entry, settings) / options.file).absolute())),
        *("--alias", entry.name, "--port", str(port)),
        *("--slots", str(options.slots), "--context", str(options.context), "--batch", str(options.batch)),
        "--flash-attention" if options.flash_attention else "--no-flash-attention",
    ]
    return ServeCommand(argv, {}, "llamacpp")


def folder_command(
    folder: Path, name: str, family: ModelFamily, options: VllmOptions, settings: Settings, port: int
) -> ServeCommand:
    """The command that serves a checkpoint in a folder of the site on vLLM, with its family's own arguments.

    `name` is what it is served under, by which the policy knows it. Raises ModelError (policy, vLLM not built, no
    checkpoint there) and UsageError where the pinned vLLM does not register the family.
    """
    enforce_served(name, settings)
    layout = VllmLayout(settings)
    if not family.serving.registered:
        raise UsageError(f"The pinned vLLM cannot serve {family.title}.", family.serving.note)
    if not (folder / "config.json").is_file():
        raise ModelError(f"{folder} holds no checkpoint (config.json).", "Name the folder that holds the weights.")
    if not layout.has_engine:
        raise ModelError(f"vLLM is not installed under {layout.root}.", "Run `make vllm` once.")
    made = _vllm(folder, name, options, settings, port)
    return made._replace(argv=(*made.argv, *family.serving.arguments))


def _vllm(folder: Path, name: str, options: VllmOptions, settings: Settings, port: int) -> ServeCommand:
    layout = VllmLayout(settings)
    argv = [
        *(str(layout.python), "-m", "vllm.entrypoints.openai.api_server"),
        *("--model", str(folder), "--served-model-name", name),
        *("--host", "127.0.0.1", "--port", str(port), "--dtype", options.dtype),
        *("--max-model-len", str(options.context), "--max-num-seqs", str(options.slots)),
        # A web page opened on this machine must not be able to use the model.
        *("--allowed-origins", json.dumps([f"http://127.0.0.1:{port}"])),
        *options.arguments,
    ]
    preloads = [str(path) for path in (layout.openmp, *_PRELOADS) if path.exists()]
    env = {
        "HF_HUB_OFFLINE": "1",
        "VLLM_NO_USAGE_STATS": "1",
        "DO_NOT_TRACK": "1",
        "VLLM_CPU_KVCACHE_SPACE": str(options.kv_cache_gb),
        "VLLM_CPU_OMP_THREADS_BIND": f"0-{cores() - 1}",
        "LD_PRELOAD": ":".join(preloads),
    }
    if settings.llm_api_key:
        env["VLLM_API_KEY"] = settings.llm_api_key
    return ServeCommand(argv, env, "vllm")


def wait_ready(
    url: str, timeout: float, *, api_key: str = "", http: httpx.Client | None = None, poll: float = _POLL_SECONDS
) -> None:
    """Wait until the server at `url` (without /v1) completes one token; `timeout` is in seconds.

    An engine can answer its health check and hang all the same, so only a completion counts. Raises
    LLMUnavailableError, which says what the server did last.
    """
    deadline = time.monotonic() + timeout
    headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
    with http or httpx.Client(timeout=_PROBE_SECONDS, trust_env=False, verify=trusted()) as client:
        while last := _probe(client, url.rstrip("/"), headers):
            if time.monotonic() >= deadline:
                raise LLMUnavailableError(
                    f"The language model server at {url} was not ready within {timeout:.0f} s: {last}.",
                    "Look into its log; a larger model or a slower machine needs more time.",
                )
            time.sleep(poll)


def _probe(client: httpx.Client, url: str, headers: Mapping[str, str]) -> str:
    """What is wrong with the server, or nothing when it completes a token."""
    try:
        models = client.get(f"{url}/v1/models", headers=headers)
        models.raise_for_status()
        body = {"model": models.json()["data"][0]["id"], "prompt": "1", "max_tokens": 1, "temperature": 0}
        answer = client.post(f"{url}/v1/completions", json=body, headers=headers)
        answer.raise_for_status()
        return "" if answer.json()["choices"] else "it completes nothing"
    except httpx.ConnectError as error:
        fault = tls_fault(error, url, "WALKDOWN_LLM")
        return f"it {fault.says}" if fault else "nothing listens there"
    except httpx.HTTPStatusError as error:
        return f"it answers {error.response.status_code}"
    except (httpx.HTTPError, ValueError, LookupError, TypeError) as error:
        return f"it failed with {type(error).__name__}"
