"""The E5 encoder: the packed weight file turned once into an ONNX model and a tokenizer, then run by onnxruntime.

onnxruntime with per-token 8-bit arithmetic encodes twice as fast as its 4-bit kernels and four times as fast as
32-bit floats on the same cores, and needs no torch.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from filelock import FileLock
from tokenizers import AddedToken, Encoding, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from walkdown.models.catalogue import EncoderOptions, ModelEntry
from walkdown.models.cores import cores
from walkdown.models.e5_file import Vocabulary, read_e5
from walkdown.models.e5_graph import build_graph
from walkdown.models.embedder import FloatMatrix
from walkdown.models.weights import disk_errors

RECIPE = "row8-3"
"""Version of everything between weight file and vector; a change makes a new fingerprint and a new build."""
TOKENS_PER_BATCH = 512
"""Small batches on one core each: 30 % less processor time than batches of 4,096 tokens that all cores share."""
_NOT_FUSED = ["SkipLayerNormFusion"]
"""What onnxruntime would put together to an operator that is slower than its parts, see `e5_graph`."""
_MODEL, _TOKENIZER, _SUMS = "model.onnx", "tokenizer.json", "sha256.json"


def build_tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """The XLM-RoBERTa tokenizer of a vocabulary: NMT + NFKC, one space between words, unigram pieces."""
    scored = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=vocabulary.unknown))
    one_space = [normalizers.Replace(Regex(" {2,}"), " "), normalizers.Strip()]
    tokenizer.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), *one_space])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace()
    special = [vocabulary.pieces[i] for i in (vocabulary.bos, vocabulary.pad, vocabulary.eos, vocabulary.unknown)]
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in special])
    begin, end = special[0], special[2]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}", special_tokens=[(begin, vocabulary.bos), (end, vocabulary.eos)]
    )
    return tokenizer


def _sums(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (_MODEL, _TOKENIZER)}


def _is_built(folder: Path) -> bool:
    try:
        return bool(json.loads((folder / _SUMS).read_text("utf-8")) == _sums(folder))
    except (OSError, ValueError):
        return False


def prepare(weight_file: Path, folder: Path) -> Path:
    """Write model and tokenizer made of `weight_file` into `folder` unless they are there and whole.

    Raises ModelError, and ResourceError where they cannot be written.
    """
    # As with the weights: a cache that may only be read is enough while nothing is missing.
    if _is_built(folder):
        return folder
    with disk_errors(folder.parent), FileLock(folder.with_name(f".{folder.name}.lock")):
        if not _is_built(folder):
            partial = folder.with_name(f".{folder.name}.partial")
            shutil.rmtree(partial, ignore_errors=True)
            partial.mkdir()
            file = read_e5(weight_file)
            onnx.save(build_graph(file), partial / _MODEL)
            build_tokenizer(file.vocabulary).save(str(partial / _TOKENIZER), pretty=False)
            (partial / _SUMS).write_text(json.dumps(_sums(partial)), "utf-8")
            shutil.rmtree(folder, ignore_errors=True)
            partial.rename(folder)
    return folder


class E5Embedder:
    """`Embedder` over a prepared folder; safe to use from several threads."""

    def __init__(self, entry: ModelEntry, options: EncoderOptions, folder: Path, *, threads: int = 0) -> None:
        self.name = entry.name
        self.dim = options.dim
        self.fingerprint = f"{entry.files[0].sha256[:16]}-{RECIPE}"
        self._options = options
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
        self._tokenizer.enable_truncation(options.max_tokens)
        session_options = onnxruntime.SessionOptions()
        session_options.intra_op_num_threads = 1
        session_options.log_severity_level = 3
        # Without it processors that lack VNNI add products in 16 bits and overflow: a cosine of .97 with the exact one.
        session_options.add_session_config_entry("session.x64quantprecision", "1")
        self._session = onnxruntime.InferenceSession(
            folder / _MODEL, session_options, providers=["CPUExecutionProvider"], disabled_optimizers=_NOT_FUSED
        )
        self._workers = ThreadPoolExecutor(threads or cores(), thread_name_prefix="encoder")

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Encode passages; shape (len(texts), dim), in the order given. Texts are cut at the longest input."""
        return self._embed([self._options.passage_prefix + text for text in texts])

    def embed_questions(self, texts: Sequence[str]) -> FloatMatrix:
        """Encode questions; shape (len(texts), dim)."""
        return self._embed([self._options.question_prefix + text for text in texts])

    def _embed(self, texts: Sequence[str]) -> FloatMatrix:
        vectors = np.empty((len(texts), self.dim), np.float32)
        encodings = self._tokenizer.encode_batch(texts)
        groups = list(batches([len(encoding.ids) for encoding in encodings], TOKENS_PER_BATCH))
        # The longest first, so that no core ends the work alone with a large batch.
        groups.reverse()
        for rows, found in zip(groups, self._workers.map(self._run, self._members(encodings, groups)), strict=True):
            vectors[rows] = found
        return vectors

    @staticmethod
    def _members(encodings: Sequence[Encoding], groups: Sequence[Sequence[int]]) -> Iterator[list[Encoding]]:
        return ([encodings[row] for row in rows] for rows in groups)

    def _run(self, encodings: Sequence[Encoding]) -> FloatMatrix:
        ids = np.array([encoding.ids for encoding in encodings], np.int64)
        out: FloatMatrix = self._session.run(["vectors"], {"ids": ids})[0]
        return out


def batches(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Indices grouped so that texts of one length run together, the shortest first, at most `budget` tokens at a time.

    A text longer than the budget is a batch of its own.
    """
    for length, same in groupby(sorted(range(len(lengths)), key=lambda i: lengths[i]), key=lambda i: lengths[i]):
        members, most = list(same), max(1, budget // max(length, 1))
        yield from (members[start : start + most] for start in range(0, len(members), most))
