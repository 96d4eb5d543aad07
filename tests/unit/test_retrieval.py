"""Question planning, glossary forms, branches and translations."""

import numpy as np
import pytest

from walkdown.documents import Language, Principal
from walkdown.errors import UsageError
from walkdown.packs.schema import GlossaryEntry, Pack, RetrievalParameters
from walkdown.retrieval.branches import build_branches
from walkdown.retrieval.glossary import expansions, find_terms, substitute
from walkdown.retrieval.questions import check_question
from walkdown.retrieval.search import Searcher
from walkdown.retrieval.translation import known_words, usable
from walkdown.retrieval.understanding import QueryPlan, understand
from walkdown.testing import asking
from walkdown.testing.memory import MemoryStore, sample_chunk

GLOSSARY = (
    GlossaryEntry(ko="급수펌프", en="feed pump", abbreviation="BFP", synonyms=("급수 펌프",)),
    GlossaryEntry(ko="최소 유량", en="minimum flow", synonyms=("최소유량", "min flow")),
    GlossaryEntry(ko="펌프", en="pump"),
)
PACK = asking.PACK.model_copy(update={"glossary": GLOSSARY})


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("설정압력은 얼마?", "설정압력"),
        ("T-301 안전밸브 설정 압력", "설정 압력"),
        ("최소유량 경보", "최소유량"),
        ("최소 유량 경보", "최소 유량"),
    ],
)
def test_a_korean_compound_is_found_with_and_without_its_space(text: str, covered: str) -> None:
    glossary = (GlossaryEntry(ko="설정압력", en="set pressure"), GlossaryEntry(ko="최소 유량", en="minimum flow"))
    found = find_terms(text, glossary)
    assert [text[t.start : t.end] for t in found] == [covered]
    assert find_terms("설정 후 압력", glossary) == []


def test_the_longest_term_wins_and_particles_may_follow() -> None:
    found = find_terms("급수펌프의 최소유량은?", GLOSSARY)
    assert [t.entry.en for t in found] == ["feed pump", "minimum flow"]


def test_latin_terms_stand_alone_and_may_be_plural() -> None:
    assert [t.entry.en for t in find_terms("feed pumps", GLOSSARY)] == ["feed pump"]
    assert find_terms("pumpkin", GLOSSARY) == []


def test_short_abbreviations_keep_their_case_and_tags_stay_whole() -> None:
    glossary = (
        GlossaryEntry(ko="용존산소", en="dissolved oxygen", abbreviation="DO"),
        GlossaryEntry(ko="공조기", en="air handling unit", abbreviation="AHU"),
    )
    assert find_terms("What do I do first?", glossary) == []
    assert [t.entry.en for t in find_terms("DO 하한 알람", glossary)] == ["dissolved oxygen"]
    assert find_terms("AHU-12", glossary) == []
    assert [t.entry.en for t in find_terms("the ahu filter", glossary)] == ["air handling unit"]


def test_expansions_read_in_the_language() -> None:
    found = find_terms("급수펌프", GLOSSARY)
    assert set(expansions(found, "ko")) == {"급수펌프", "급수 펌프", "BFP"}
    assert set(expansions(found, "en")) == {"feed pump", "BFP"}


def test_terms_are_replaced_for_the_other_language() -> None:
    text = "급수펌프 최소유량?"
    assert substitute(text, find_terms(text, GLOSSARY), "en") == "feed pump minimum flow ?"


def test_a_plan_has_one_form_per_language_of_the_corpus() -> None:
    plan = understand("P-101A 급수펌프 최소유량은?", PACK, ["ko", "en"])
    assert plan.tags == ("P101A",)
    assert [(f.language, f.origin) for f in plan.forms] == [("ko", "question"), ("en", "glossary")]
    assert "feed pump" in plan.forms[1].text


def test_every_branch_sees_one_language_but_tags_see_all() -> None:
    plan = understand("P-101A 급수펌프 최소유량은?", PACK, ["ko", "en"])
    vectors = {("e5-small", f.encoded): np.ones(3, dtype=np.float32) for f in plan.forms}
    branches = build_branches(plan, vectors, RetrievalParameters())
    assert {b.name: b.languages for b in branches} == {
        "e5-small:ko:question": ("ko",),
        "lexical:ko:question": ("ko",),
        "e5-small:en:glossary": ("en",),
        "lexical:en:glossary": ("en",),
        "tags": (),
    }


def test_branches_of_weight_zero_are_left_out() -> None:
    plan = understand("최소유량은?", PACK, ["ko"])
    vectors = {("e5-small", plan.question): np.ones(3, dtype=np.float32)}
    parameters = RetrievalParameters(dense_weights={"e5-small": 0.0}, sparse_weight=0.0)
    assert build_branches(plan, vectors, parameters) == []


@pytest.mark.parametrize(
    ("translation", "good"),
    [
        ("What is the minimum flow of P-101A at 30 %?", True),
        ("What is the minimum flow of P-101B at 30 %?", False),
        ("What is the minimum flow of P-101A?", False),
        ("P-101A의 30 % 최소 유량은?", False),
        ("P-101A 30 % " + "pump " * 12, False),
        ("", False),
    ],
)
def test_a_translation_must_keep_language_tags_and_numbers(translation: str, good: bool) -> None:
    assert usable("P-101A 30 %에서 최소유량은?", translation, "en", PACK) is good


def test_questions_are_cleaned_or_refused() -> None:
    assert check_question("  펌프? ", max_chars=10) == "펌프?"
    with pytest.raises(UsageError, match="empty"):
        check_question(" ?! ", max_chars=10)
    with pytest.raises(UsageError, match="at most 10"):
        check_question("x" * 11, max_chars=10)


def test_words_left_in_another_language_are_not_searched_by() -> None:
    plan = understand("¿Quiénes ganaron el campeonato según los periódicos?", PACK, ["en"])
    vectors = {("e5-small", plan.forms[-1].encoded): np.ones(3, dtype=np.float32)}
    assert plan.language == "es"
    names = {b.name for b in build_branches(plan, vectors, RetrievalParameters())}
    assert names == {"e5-small:es:question", "lexical:es:question", "e5-small:en:glossary"}
    korean = understand("급수펌프 최소유량은?", PACK, ["en"])
    vectors = {("e5-small", f.encoded): np.ones(3, dtype=np.float32) for f in korean.forms}
    weights = {b.name: b.weight for b in build_branches(korean, vectors, RetrievalParameters())}
    assert weights["lexical:en:glossary"] == pytest.approx(weights["e5-small:en:glossary"])


class _Recorder:
    """A translator that notes what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def translate(self, plan: QueryPlan, pack: Pack, target: Language) -> str | None:
        self.asked.append(target)
        return None


@pytest.mark.parametrize(
    ("translate", "question", "asked"),
    [
        ("foreign", "급수펌프 최소유량은?", []),
        ("foreign", "给水泵的最小流量是多少？", []),
        ("foreign", "紫砂壶和龙井茶怎样搭配？", ["en", "ko"]),
        ("all", "给水泵的最小流量是多少？", ["en", "ko"]),
        ("all", "급수펌프 최소유량은?", ["en"]),
        ("never", "紫砂壶和龙井茶怎样搭配？", []),
    ],
)
def test_only_questions_that_the_lexicon_cannot_carry_wait_for_a_translation(
    translate: str, question: str, asked: list[str]
) -> None:
    store = MemoryStore([sample_chunk(0, "minimum flow 40 t/h"), sample_chunk(1, "최소 유량 40 t/h", language="ko")])
    parameters = PACK.manifest.retrieval.model_copy(update={"translate": translate})
    pack = PACK.model_copy(update={"manifest": PACK.manifest.model_copy(update={"retrieval": parameters})})
    recorder = _Recorder()
    Searcher(store, [], translator=recorder).search(question, pack, Principal(name="x"))
    assert sorted(recorder.asked) == asked


def test_a_translation_is_given_the_words_of_glossary_and_lexicon() -> None:
    words = known_words("급수펌프 배관을 자르려면 몇 시간 걸려?", PACK, "en").split("; ")
    assert "급수펌프=feed pump" in words and "배관=pipe" in words
    assert not [word for word in words if word.startswith("몇")]
