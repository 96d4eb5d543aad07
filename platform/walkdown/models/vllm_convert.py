"""Converts a GGUF file into a folder that vLLM serves on a CPU. Run by the python of vLLM's own environment.

vLLM cannot read GGUF on CPUs. The weights become bfloat16, and those of the linear layers 8-bit integers with one
scale per output channel (activations are rounded per token at run time): the `compressed-tensors` form, W8A8. It
needs about 6 GB of memory and a minute. This file imports nothing of Walkdown, which is not installed there.
"""

import json
import sys
from pathlib import Path
from typing import Any

QUANTISATION = {
    "quant_method": "compressed-tensors",
    "format": "int-quantized",
    "quantization_status": "compressed",
    "ignore": ["lm_head"],
    "kv_cache_scheme": None,
    "config_groups": {
        "group_0": {
            "targets": ["Linear"],
            "weights": {
                "num_bits": 8,
                "type": "int",
                "symmetric": True,
                "strategy": "channel",
                "dynamic": False,
                "observer": "minmax",
            },
            "input_activations": {
                "num_bits": 8,
                "type": "int",
                "symmetric": True,
                "strategy": "token",
                "dynamic": True,
            },
        }
    },
}


def load(gguf: Path) -> tuple[Any, Any]:
    """Model in bfloat16 and tokenizer of a GGUF file."""
    import torch  # type: ignore[import-not-found]  # only in vLLM's environment
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig  # type: ignore[import-not-found]  # same

    tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    model = AutoModelForCausalLM.from_pretrained(
        gguf.parent, gguf_file=gguf.name, dtype=torch.bfloat16, quantization_config=GgufConfig(dequantize=True)
    )
    return model.to(torch.bfloat16), tokenizer


def is_quantised(name: str) -> bool:
    """Whether a tensor is the weight of a linear layer inside the transformer."""
    return name.startswith("model.layers.") and name.endswith("_proj.weight")


def quantise(state: dict[str, Any]) -> dict[str, Any]:
    """The tensors of a model, linear weights as int8 with a float32 `weight_scale` (channels, 1) beside them."""
    import torch

    out = {}
    for name, tensor in state.items():
        if not is_quantised(name):
            out[name] = tensor.contiguous()
            continue
        weight = tensor.float()
        scale = (weight.abs().amax(1, keepdim=True) / 127).clamp(min=1e-8)
        out[name] = (weight / scale).round().clamp(-127, 127).to(torch.int8)
        out[name.removesuffix("weight") + "weight_scale"] = scale
    return out


def convert(gguf: Path, out: Path) -> None:
    """Write config, tokenizer and tensors of `gguf` into the folder `out`."""
    from safetensors.torch import save_file  # type: ignore[import-not-found]  # only in vLLM's environment

    model, tokenizer = load(gguf)
    state = dict(model.state_dict())
    if model.config.tie_word_embeddings:
        state.pop("lm_head.weight", None)
    tokenizer.save_pretrained(out)
    model.generation_config.save_pretrained(out)
    config = model.config.to_dict()
    config["quantization_config"] = QUANTISATION
    config["architectures"] = [type(model).__name__]
    config["dtype"] = "bfloat16"
    (out / "config.json").write_text(json.dumps(config, indent=1, default=str), "utf-8")
    del model
    save_file(quantise(state), out / "model.safetensors", metadata={"format": "pt"})


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]))
