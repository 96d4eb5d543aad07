"""Builds a tiny checkpoint with random weights of a model architecture; run with the Python of vLLM's environment.

python tiny_checkpoint.py ARCHITECTURE TOKENIZER_DIR OUT_DIR

It imports torch and transformers, which only that environment holds, so nothing of Walkdown imports this module.
"""

import json
import shutil
import sys
from pathlib import Path

_SIZE = {
    "hidden_size": 128,
    "intermediate_size": 128,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 32,
    "max_position_embeddings": 16384,
    "tie_word_embeddings": True,
}
_EXPERTS = {
    "num_experts": 4,
    "num_local_experts": 4,
    "n_routed_experts": 4,
    "num_experts_per_tok": 2,
    "moe_intermediate_size": 64,
    "num_shared_experts": 1,
    "n_shared_experts": 1,
    "n_group": 1,
    "topk_group": 1,
    "first_k_dense_replace": 1,
    "first_last_k_dense_replace": 1,
}
_LATENT = {
    "num_key_value_heads": 4,
    "q_lora_rank": 32,
    "kv_lora_rank": 32,
    "qk_nope_head_dim": 32,
    "qk_rope_head_dim": 32,
    "v_head_dim": 32,
}
ARCHITECTURES = {
    "Exaone4ForCausalLM": ("exaone4", {**_SIZE, "sliding_window": 128, "sliding_window_pattern": 2}),
    "ExaoneMoeForCausalLM": ("exaone_moe", {**_SIZE, **_EXPERTS, "sliding_window": 128, "sliding_window_pattern": 2}),
    "HyperCLOVAXForCausalLM": ("hyperclovax", _SIZE),
    "Qwen2ForCausalLM": ("qwen2", _SIZE),
    "Qwen3ForCausalLM": ("qwen3", _SIZE),
    "Qwen3MoeForCausalLM": ("qwen3_moe", {**_SIZE, **_EXPERTS}),
    "DeepseekV3ForCausalLM": ("deepseek_v3", {**_SIZE, **_EXPERTS, **_LATENT, "tie_word_embeddings": False}),
    "GptOssForCausalLM": ("gpt_oss", {**_SIZE, **_EXPERTS, "tie_word_embeddings": False}),
    "Gemma3ForCausalLM": ("gemma3_text", _SIZE),
}
"""Architecture to its model type and the sizes of the tiny model."""


def build(architecture: str, tokenizer: Path, out: Path) -> None:
    """Write config, random weights and the tokenizer, whose vocabulary the model takes."""
    import torch  # type: ignore[import-not-found]  # only in vLLM's environment
    from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer  # type: ignore[import-not-found]  # same

    torch.manual_seed(0)
    kind, sizes = ARCHITECTURES[architecture]
    words = AutoTokenizer.from_pretrained(tokenizer)
    vocabulary = json.loads((tokenizer / "config.json").read_text("utf-8"))["vocab_size"]
    ends = {"eos_token_id": words.eos_token_id, "bos_token_id": words.eos_token_id, "pad_token_id": words.eos_token_id}
    default = AutoConfig.for_model(kind)
    known = {key: value for key, value in sizes.items() if hasattr(default, key)}
    config = AutoConfig.for_model(kind, **known, vocab_size=vocabulary, **ends)
    model = AutoModelForCausalLM.from_config(config, dtype=torch.bfloat16)
    out.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(out)
    for path in tokenizer.iterdir():
        if path.name.startswith(("tokenizer", "vocab", "merges", "special_tokens", "chat_template", "added_tokens")):
            shutil.copy(path, out / path.name)


if __name__ == "__main__":
    build(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
