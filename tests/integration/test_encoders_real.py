"""The real encoders with the real weights: conformance, and E5 in 8 bits against exact arithmetic."""

import numpy as np
import pytest

from walkdown.errors import ModelError
from walkdown.models.catalogue import find_model
from walkdown.models.e5_file import E5File, read_e5
from walkdown.models.e5_onnx import build_tokenizer
from walkdown.models.embedder import Embedder
from walkdown.models.encoders import load_embedder
from walkdown.models.weights import pull
from walkdown.settings import Settings
from walkdown.testing.e5_reference import reference_vectors
from walkdown.testing.embedder_suite import EmbedderSuite

pytestmark = pytest.mark.integration

TEXTS = [
    "BFP-1A의 최소 유량은 40 m³/h이며 흡입 압력은 0.8 MPa 이상을 유지한다.",
    "급수펌프 베어링 온도: 경보 85 ℃, 트립 95 ℃. 경보가 울리면 운전원은 즉시 현장을 확인한다.",
    "증기터빈 과속도 트립 설정치는 3,300 rpm(110 %)이고 진공 저하 트립은 -68 kPa(g)에서 작동한다.",
    "밀폐공간에 들어가기 전에 산소 농도를 측정하고 18 % 미만이면 출입을 금지한다.",
    "Before firing, purge the HRSG for at least 8 minutes with 25 % of full-load air flow.",
    "The drum level shall be kept between -150 mm and -50 mm while the superheater drains are open.",
    "An employer shall develop a written plan of action regarding employee participation in process safety.",
    "Cells are thawed at 37 °C for two minutes and diluted at once with cold medium; viability is at least 90 %.",
]


@pytest.fixture(scope="module")
def e5() -> Embedder:
    try:
        return load_embedder("e5-small", Settings())
    except ModelError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def e5_file(e5: Embedder) -> E5File:
    entry = find_model(e5.name)
    return read_e5(pull(entry, Settings()) / entry.files[0].path)


class TestE5(EmbedderSuite):
    """multilingual-e5-small as Walkdown runs it."""

    @pytest.fixture
    def embedder(self, e5: Embedder) -> Embedder:
        return e5


def test_eight_bits_are_faithful(e5: Embedder, e5_file: E5File) -> None:
    tokenizer = build_tokenizer(e5_file.vocabulary)
    exact = reference_vectors(e5_file, [tokenizer.encode(f"passage: {text}").ids for text in TEXTS])
    cosines = (e5.embed_passages(TEXTS) * exact).sum(axis=1)
    assert cosines.min() > 0.998


def test_korean_and_plant_notation_are_known_to_the_tokenizer(e5_file: E5File) -> None:
    tokenizer = build_tokenizer(e5_file.vocabulary)
    for text in TEXTS:
        assert e5_file.vocabulary.unknown not in tokenizer.encode(text).ids, text
    assert tokenizer.encode("query: 펌프").ids[:4] == [0, 41, 1294, 12]


def test_a_question_finds_its_passage(e5: Embedder) -> None:
    questions = [
        "급수펌프의 최소유량은 얼마인가?",
        "베어링 온도가 몇 도면 트립되나?",
        "터빈 과속도 트립 값",
        "산소가 몇 퍼센트보다 적으면 들어가면 안 되나?",
        "How long do we purge before firing?",
        "What is the drum level range?",
        "Who writes the plan for employee participation?",
        "At what temperature are the cells thawed?",
    ]
    scores = e5.embed_questions(questions) @ e5.embed_passages(TEXTS).T
    assert (scores.argmax(axis=1) == np.arange(len(TEXTS))).sum() >= 7
