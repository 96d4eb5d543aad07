"""Measures the engines that serve the language model here: prefill, time to first token, tokens/s, memory, start.

python scripts/bench_llm.py llamacpp vllm
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import httpx
import psutil

from walkdown.models.catalogue import find_model
from walkdown.models.serving import serve_command, wait_ready
from walkdown.settings import Settings

MAX_TOKENS = 32
USERS = 4
LIMITS = (
    "경보 85 ℃, 트립 95 ℃, 최소 유량 40 m3/h, 흡입 압력 0.8 MPa, drum level -150 mm to -50 mm, purge 8 min at 25 %. "
)


class Reply(NamedTuple):
    """One streamed reply: seconds to the first token and in all, tokens of prompt and reply."""

    first: float
    total: float
    prompt: int
    completion: int


def prompt(seed: str) -> str:
    """About 600 tokens that begin with `seed`, so that nothing of another seed's prompt can be reused."""
    return f"{seed}\n" + "".join(f"[{n}] {LIMITS}" for n in range(1, 9)) + "\nSum up each of the items."


def ask(url: str, model: str, text: str) -> Reply:
    """Stream one reply of exactly MAX_TOKENS."""
    body = {
        "model": model,
        "messages": [{"role": "user", "content": text}],
        "max_tokens": MAX_TOKENS,
        "temperature": 0,
        "stream": True,
        "stream_options": {"include_usage": True},
        "ignore_eos": True,
    }
    begin, first, usage = time.perf_counter(), 0.0, {"prompt_tokens": 0, "completion_tokens": 0}
    with (
        httpx.Client(trust_env=False, timeout=600) as client,
        client.stream("POST", f"{url}/v1/chat/completions", json=body) as response,
    ):
        response.raise_for_status()
        for line in response.iter_lines():
            if not line.startswith("data: {"):
                continue
            chunk = httpx.Response(200, text=line[6:]).json()
            if not first and chunk["choices"] and chunk["choices"][0]["delta"].get("content"):
                first = time.perf_counter() - begin
            usage = chunk.get("usage") or usage
    return Reply(first, time.perf_counter() - begin, usage["prompt_tokens"], usage["completion_tokens"])


def together(url: str, model: str, texts: Sequence[str]) -> str:
    """Several users at once: tokens/s of all, and the mean time to the first token."""
    begin = time.perf_counter()
    with ThreadPoolExecutor(len(texts)) as pool:
        replies = list(pool.map(lambda text: ask(url, model, text), texts))
    rate = sum(reply.completion for reply in replies) / (time.perf_counter() - begin)
    return f"{rate:.0f} tok/s, first {sum(reply.first for reply in replies) / len(replies):.1f} s"


def memory(process: psutil.Process) -> float:
    """Gigabytes held by a process and its children."""
    return sum(p.memory_info().rss for p in (process, *process.children(recursive=True))) / 1e9


def measure(engine: str) -> None:
    """Start an engine, measure it, print one line a figure, and stop it."""
    settings = Settings()
    entry = find_model(settings.llm_model, settings)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = serve_command(entry, engine, settings, port)
    url, begin = f"http://127.0.0.1:{port}", time.perf_counter()
    silent = subprocess.DEVNULL
    process = subprocess.Popen(command.argv, env={**os.environ, **command.env}, stdout=silent, stderr=silent)
    try:
        wait_ready(url, 600)
        print(f"{engine}: start {time.perf_counter() - begin:.0f} s", flush=True)
        cold, cached = ask(url, entry.name, prompt("a")), ask(url, entry.name, prompt("a"))
        print(f"{engine}: prompt {cold.prompt} tokens, prefill {cold.prompt / cold.first:.0f} tok/s")
        print(f"{engine}: first token cold {cold.first:.1f} s, cached {cached.first:.2f} s")
        print(f"{engine}: one stream {(cold.completion - 1) / (cold.total - cold.first):.1f} tok/s", flush=True)
        print(f"{engine}: {USERS} users, same context: {together(url, entry.name, [prompt('a')] * USERS)}", flush=True)
        others = [prompt(f"user {number}") for number in range(USERS)]
        print(f"{engine}: {USERS} users, own contexts: {together(url, entry.name, others)}")
        print(f"{engine}: memory {memory(psutil.Process(process.pid)):.1f} GB", flush=True)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


if __name__ == "__main__":
    for name in sys.argv[1:] or ["llamacpp", "vllm"]:
        measure(name)
