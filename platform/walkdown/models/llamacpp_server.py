"""`python -m walkdown.models.llamacpp_server`: llama.cpp behind an OpenAI-compatible URL on 127.0.0.1.

The engine comes prebuilt inside `xllamacpp`. SIGTERM and SIGINT keep their default action, so the process ends at
once even while it loads; there is nothing to save.
"""

import argparse
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil
import xllamacpp

from walkdown.errors import ResourceError, WalkdownError
from walkdown.models.cores import cores
from walkdown.settings import Settings

PROMPT_CACHE_MB = 256
"""Memory for prompts set aside by idle slots; the engine's own default is 8 GB."""
MEMORY_RESERVE = 512 << 20


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line that `serve_command` writes."""
    parser = argparse.ArgumentParser(prog="walkdown.models.llamacpp_server", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="GGUF file")
    parser.add_argument("--alias", required=True, help="name the server gives the model")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--slots", type=int, required=True, help="answers at once")
    parser.add_argument("--context", type=int, required=True, help="tokens for each of them")
    parser.add_argument("--batch", type=int, required=True, help="prompt tokens computed at once")
    parser.add_argument("--flash-attention", action=argparse.BooleanOptionalAction, default=True)
    return parser.parse_args(arguments)


def parameters(options: argparse.Namespace, api_key: str = "") -> Any:
    """The engine's parameters: loopback only, no pages, no tools, no cross-site requests, one pool of context."""
    p = xllamacpp.CommonParams()
    p.model.path = str(options.model)
    p.model_alias = {options.alias}
    p.hostnames, p.port = ["127.0.0.1"], options.port
    p.n_parallel, p.n_ctx, p.kv_unified = options.slots, options.slots * options.context, True
    p.n_batch = p.n_ubatch = options.batch
    p.cpuparams.n_threads = p.cpuparams_batch.n_threads = cores()
    flash = xllamacpp.llama_flash_attn_type
    p.flash_attn_type = (
        flash.LLAMA_FLASH_ATTN_TYPE_ENABLED if options.flash_attention else flash.LLAMA_FLASH_ATTN_TYPE_DISABLED
    )
    p.cache_prompt, p.cache_ram_mib = True, PROMPT_CACHE_MB
    p.ui, p.endpoint_slots, p.endpoint_props = False, False, False
    # A web page opened on this machine must not be able to use the model.
    p.cors_origins = f"http://127.0.0.1:{options.port}"
    p.api_keys = [api_key] if api_key else []
    return p


def require_memory(model: Path) -> None:
    """Raise ResourceError when the model cannot fit, before the system starts to kill processes for it."""
    need = model.stat().st_size + MEMORY_RESERVE
    free = psutil.virtual_memory().available
    if free < need:
        raise ResourceError(
            f"{model.name} needs {need / 1e9:.1f} GB of memory and {free / 1e9:.1f} GB is free.",
            "Close other programs, or give the URL of a server elsewhere as WALKDOWN_LLM.",
        )


def main() -> None:
    """Load the model, say so, and serve until a signal."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    options = parse()
    try:
        require_memory(options.model)
        begin = time.monotonic()
        server = xllamacpp.Server(parameters(options, Settings().llm_api_key))
    except (WalkdownError, RuntimeError, OSError) as error:
        raise SystemExit(f"{error}") from error
    print(f"{options.alias} at {server.listening_address}, loaded in {time.monotonic() - begin:.1f} s", flush=True)  # noqa: T201  # its log
    signal.pause()


if __name__ == "__main__":
    main()
