"""The encoders: the 8-bit graph against exact arithmetic, the tokenizer, batching, preparation, loading."""

import errno
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkdown.errors import ModelError, ResourceError, UnknownItemError, UsageError
from walkdown.models import e5_onnx
from walkdown.models.catalogue import EncoderOptions, find_model
from walkdown.models.e5_file import read_e5
from walkdown.models.e5_onnx import E5Embedder, batches, build_tokenizer, prepare
from walkdown.models.embedder import Embedder
from walkdown.models.encoders import load_embedder
from walkdown.settings import Settings
from walkdown.testing.e5_reference import TOY_PIECES, TOY_SIZES, reference_vectors, write_toy_e5
from walkdown.testing.embedder_suite import EmbedderSuite

OPTIONS = EncoderOptions(
    loader="e5-onnx", dim=TOY_SIZES.hidden, max_tokens=512, question_prefix="query: ", passage_prefix="passage: "
)


@pytest.fixture(scope="module")
def toy_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("toy") / "toy.bin"
    write_toy_e5(path)
    return path


@pytest.fixture(scope="module")
def toy(toy_file: Path) -> E5Embedder:
    return E5Embedder(find_model("e5-small"), OPTIONS, prepare(toy_file, toy_file.with_name("prepared")))


@pytest.fixture(scope="module")
def sentence_encoder(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    settings = Settings(cache=tmp_path_factory.mktemp("cache"), model_dir=None, offline=True)
    return load_embedder("use-multilingual", settings)


class TestSentenceEncoder(EmbedderSuite):
    """The numpy encoder whose weights are installed with Walkdown."""

    @pytest.fixture
    def embedder(self, sentence_encoder: Embedder) -> Embedder:
        return sentence_encoder

    def test_it_brings_translations_together(self, embedder: Embedder) -> None:
        ko, en, other = embedder.embed_passages(["펌프를 정지한다.", "Stop the pump.", "The weather is lovely."])
        assert ko @ en > max(ko @ other, en @ other) + 0.2


def token_ids(toy_file: Path, text: str) -> list[int]:
    ids: list[int] = build_tokenizer(read_e5(toy_file).vocabulary).encode(text).ids
    return ids


def test_the_graph_agrees_with_exact_arithmetic(toy_file: Path, toy: E5Embedder) -> None:
    texts = ["펌프를", "pumps 40", "pump " * 30, "40 펌프 40 pump", ""]
    exact = reference_vectors(read_e5(toy_file), [token_ids(toy_file, f"passage: {text}") for text in texts])
    cosines = (toy.embed_passages(texts) * exact).sum(axis=1)
    assert cosines.min() > 0.999
    others = exact @ exact.T
    assert others[~np.eye(len(texts), dtype=bool)].max() < 0.99


def test_neighbours_leave_a_vector_alone(toy_file: Path, toy: E5Embedder) -> None:
    alone = toy.embed_passages(["펌프를"])
    for neighbours in (["pump " * 40, "40"], ["pumps", "40s"]):
        together = toy.embed_passages([neighbours[0], "펌프를", neighbours[1]])[1:2]
        np.testing.assert_allclose(alone, together, atol=1e-6)
    # The second pair is read in one run with it.
    assert len({len(token_ids(toy_file, text)) for text in ("펌프를", "pumps", "40s")}) == 1


def test_a_long_text_is_cut_at_the_longest_input(toy: E5Embedder) -> None:
    long = toy.embed_passages(["pump " * 600, "pump " * 900])
    np.testing.assert_allclose(long[0], long[1], atol=1e-5)


def test_questions_and_passages_have_their_own_prefix(toy_file: Path, toy: E5Embedder) -> None:
    exact = reference_vectors(read_e5(toy_file), [token_ids(toy_file, f"{p}: pump") for p in ("query", "passage")])
    got = np.concatenate([toy.embed_questions(["pump"]), toy.embed_passages(["pump"])])
    assert (got @ exact.T).argmax(axis=1).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("펌프를", ["▁펌프", "를"]),
        ("ｐｕｍｐｓ  ④⓪", ["▁pump", "s", "▁40"]),
        ("  pump\t펌프\u200b ", ["▁pump", "▁펌프"]),
        ("\u1111\u1165\u11b7\u1111\u1173", ["▁펌프"]),
    ],
)
def test_the_tokenizer_normalises_and_takes_the_likeliest_pieces(toy_file: Path, text: str, pieces: list[str]) -> None:
    tokens = build_tokenizer(read_e5(toy_file).vocabulary).encode(text).tokens
    assert (tokens[0], tokens[-1]) == ("<s>", "</s>")
    assert tokens[1:-1] == pieces


def test_the_vocabulary_is_read_whole(toy_file: Path) -> None:
    vocabulary = read_e5(toy_file).vocabulary
    assert tuple(vocabulary.pieces) == TOY_PIECES
    assert vocabulary.scores == [-float(number) for number in range(len(TOY_PIECES))]


@pytest.mark.parametrize("content", [b"", b"GGUF" + bytes(200), b"E5S1" + bytes(10), b"E5S1" + bytes(400)])
def test_another_file_is_a_model_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.bin").write_bytes(content)
    with pytest.raises(ModelError, match="E5S1"):
        read_e5(tmp_path / "x.bin")


def test_preparation_is_done_once_and_again_when_damaged(toy_file: Path, tmp_path: Path) -> None:
    folder = prepare(toy_file, tmp_path / "prepared")
    first = (folder / "model.onnx").stat().st_mtime_ns
    prepare(toy_file, folder)
    assert (folder / "model.onnx").stat().st_mtime_ns == first
    whole = (folder / "model.onnx").read_bytes()
    (folder / "model.onnx").write_bytes(whole[:-1])
    prepare(toy_file, folder)
    assert (folder / "model.onnx").read_bytes() == whole


def test_what_is_prepared_may_lie_where_nothing_may_be_written(
    toy_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = prepare(toy_file, tmp_path / "prepared")

    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(e5_onnx, "FileLock", refuse)
    assert prepare(toy_file, folder) == folder
    with pytest.raises(ResourceError, match="Read-only"):
        prepare(toy_file, tmp_path / "elsewhere")


@given(lengths=st.lists(st.integers(1, 600), max_size=40), budget=st.integers(1, 2000))
def test_batches_hold_every_index_once_within_the_budget(lengths: list[int], budget: int) -> None:
    found = list(batches(lengths, budget))
    assert sorted(index for batch in found for index in batch) == list(range(len(lengths)))
    for batch in found:
        assert len({lengths[i] for i in batch}) == 1
        assert len(batch) == 1 or len(batch) * lengths[batch[0]] <= budget
    ascending = [lengths[batch[0]] for batch in found]
    assert ascending == sorted(ascending)


def test_a_language_model_is_no_encoder() -> None:
    with pytest.raises(UsageError, match=r"qwen2\.5-1\.5b"):
        load_embedder("qwen2.5-1.5b", Settings())


def test_an_unknown_encoder_is_said_so() -> None:
    with pytest.raises(UnknownItemError, match="bge-m3"):
        load_embedder("bge-m3", Settings())
