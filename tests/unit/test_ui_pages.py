"""The pages drawn without a browser, over worlds in which something is missing."""

import datetime as dt
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from walkdown.documents import DocumentStatus, Language
from walkdown.errors import DatabaseAwayError, UnknownItemError, UsageError, WalkdownError
from walkdown.outcomes import words_of
from walkdown.testing import plant
from walkdown.testing.fake_server import FakeServer, FakeWorld
from walkdown.wire import ErrorBody, PackInfo, PartStatus
from walkdown.wire_records import GapInfo, GapReport, NearLine, WeekOfQuestions
from walkdown_ui.languages import TEXTS
from walkdown_ui.parts.problem import kind_of
from walkdown_ui.texts import Texts

MAIN = Path(__file__).parents[2] / "ui/walkdown_ui/entry/main.py"
KO, EN = TEXTS["ko"], TEXTS["en"]
BUSY: dict[Language, str] = {
    "ko": "지금 질문 2개에 답하고 있고 8개가 기다립니다.",
    "en": "The server already works on 2 questions and 8 more are waiting.",
    "zh": "服务器正在回答 2 个问题，另有 8 个在等待。",
    "ja": "いま 2 件に回答中で、8 件が待っています。",
    "es": "El servidor atiende 2 preguntas y otras 8 esperan.",
}
PROTECTED: dict[Language, str] = {
    "ko": "<br>암호로 보호되어 있습니다.",
    "en": "<br>a.xlsx is protected by a password.",
    "zh": "<br>受密码保护。",
    "ja": "<br>パスワードで保護されています。",
    "es": "<br>está protegido con contraseña.",
}


def shown(test: AppTest) -> str:
    """All that a page says."""
    html = [element.proto.body for element in test.get("html")]
    words = [element.value for element in (*test.markdown, *test.subheader, *test.warning)]
    buttons = [button.label for button in test.button]
    assert not test.exception
    return "\n".join((*html, *words, *buttons))


def draw(world: FakeWorld, *, language: str = "ko", pack: str = "power", asking: str = "") -> str:
    """All that the page says, after a question where one is asked."""
    st.cache_data.clear()
    with FakeServer(world) as server:
        test = AppTest.from_file(str(MAIN), default_timeout=60)
        test.secrets["server_url"] = server.url
        test.session_state["language"] = language
        test.session_state["pack"] = pack
        test.run()
        if asking:
            test.chat_input[0].set_value(asking).run()
        return shown(test)


def test_without_a_server_the_page_says_what_to_do() -> None:
    st.cache_data.clear()
    test = AppTest.from_file(str(MAIN), default_timeout=60)
    test.secrets["server_url"] = "http://127.0.0.1:9"
    page = shown(test.run())
    assert KO.server_down in page and "walkdown up" in page and KO.retry in page


@pytest.mark.parametrize(
    ("language", "texts", "title"), [("ko", KO, "발전"), ("en", EN, "Power"), ("ja", TEXTS["ja"], "Power")]
)
def test_the_first_page_speaks_the_language_of_the_screen(language: str, texts: Texts, title: str) -> None:
    page = draw(plant.plant_world(), language=language)
    assert texts.welcome.format(pack=title) in page
    assert plant.QUOTED.replace("?", "\\?") in page


@pytest.mark.parametrize(("language", "texts"), TEXTS.items(), ids=TEXTS)
def test_what_kind_of_error_it_is_stands_in_the_language_of_the_page(language: Language, texts: Texts) -> None:
    world = plant.plant_world()
    busy = draw(world, language=language, asking=plant.OVERLOADED)
    assert BUSY[language] in busy and texts.overloaded not in busy
    # A cause that only operators know: its kind is told instead.
    assert texts.model_failed in draw(world, language=language, asking=plant.BROKEN)


@pytest.mark.parametrize(("language", "texts"), TEXTS.items(), ids=TEXTS)
def test_why_a_file_was_refused_and_what_was_left_out_is_told_in_the_language_of_the_page(
    language: Language, texts: Texts
) -> None:
    world = plant.plant_world()
    failed = next(d for d in world.documents if d.status is DocumentStatus.FAILED)
    said = "a.xlsx is protected by a password."
    world.documents = [failed.model_copy(update={"file_name": "a.xlsx", "error": said})]
    st.cache_data.clear()
    page = shown(page_of(world, "documents", language))
    assert PROTECTED[language] in page and (language == "en" or said not in page)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (UsageError("The question is empty.", "Type one."), EN.not_taken),
        (DatabaseAwayError("PostgreSQL is silent.", "Wait."), EN.away),
        (UnknownItemError("There is no record.", "Check the id."), ""),
    ],
)
def test_a_rare_error_is_told_by_its_cause_alone(error: WalkdownError, said: str) -> None:
    assert kind_of(error, EN) == said


@pytest.mark.parametrize(("language", "texts"), [("ko", KO), ("en", EN)])
def test_an_answer_tells_how_likely_its_passages_hold_it(language: str, texts: Texts) -> None:
    assert texts.likely.format(percent=42) in draw(plant.plant_world(), language=language, asking=plant.QUOTED)


@pytest.mark.parametrize(
    ("language", "reason"),
    [("ko", "0.50 MPa이(가) 인용한 구절에 없습니다"), ("en", "0.50 MPa does not stand in the cited passage")],
)
def test_why_a_statement_was_struck_is_told_in_the_language_of_the_page(language: str, reason: str) -> None:
    assert draw(plant.plant_world(), language=language, asking=plant.ANSWERED).count(reason) == 2


@pytest.mark.parametrize(("language", "texts"), [("ko", KO), ("en", EN)])
def test_why_nothing_is_answered_stands_before_the_passages(language: str, texts: Texts) -> None:
    page = draw(plant.plant_world(), language=language, asking=plant.REFUSED)
    assert page.index("no passage states it") < page.index(f'<p class="wd-label">{texts.nearest}')


def test_a_question_brings_those_before_it_along() -> None:
    # A server that was started anew has forgotten the conversation: "its maximum flow" was answered of any pump.
    st.cache_data.clear()
    world = plant.plant_world()
    with FakeServer(world) as server:
        test = AppTest.from_file(str(MAIN), default_timeout=60)
        test.secrets["server_url"] = server.url
        test.session_state["pack"] = "power"
        test.run()
        for question in (plant.ANSWERED, plant.QUOTED, plant.ANSWERED):
            test.chat_input[0].set_value(question).run()
    assert world.earlier == [[], [plant.ANSWERED], [plant.ANSWERED, plant.QUOTED]]


def test_a_long_paste_reaches_the_server_which_says_what_is_too_long() -> None:
    st.cache_data.clear()
    world, pasted = plant.plant_world(), "가" * 60_000
    with FakeServer(world) as server:
        test = AppTest.from_file(str(MAIN), default_timeout=60)
        test.secrets["server_url"] = server.url
        test.session_state["pack"] = "power"
        test.run()
        assert test.chat_input[0].proto.max_chars >= len(pasted)
        for question in (pasted, plant.QUOTED):
            test.chat_input[0].set_value(question).run()
    assert world.asked[0] == ("power", pasted)
    assert world.earlier[1] == [pasted[:5000]]  # eight of them stay within what a request may hold


def test_without_packs_it_says_how_to_see_them() -> None:
    world = plant.plant_world()
    world.packs = []
    page = draw(world)
    assert KO.no_packs in page and "walkdown pack list" in page


def test_a_broken_pack_names_its_fault_and_the_others_still_work() -> None:
    world = plant.plant_world()
    fault = ErrorBody(code="pack", cause="pack.yaml line 3: no title.", remedy="Give it a title.")
    world.packs[0] = PackInfo(name="power", error=fault)
    assert "pack.yaml line 3" in draw(world) and KO.broken_pack in draw(world)
    assert "화학" in draw(world, pack="gone")


def test_a_server_that_still_loads_is_named() -> None:
    world = plant.plant_world()
    world.parts = (PartStatus(name="index", ok=False, loading=True),)
    assert KO.loading in draw(world)


def page_of(world: FakeWorld, name: str, language: Language = "ko") -> AppTest:
    """The documents or evaluation page, drawn alone."""
    st.cache_data.clear()

    def script(view: str) -> None:
        import importlib

        from walkdown_ui import connection, session
        from walkdown_ui.session import Frame

        frame = Frame(session.texts(), session.language(), connection.packs()[0])
        importlib.import_module(f"walkdown_ui.views.{view}").draw(frame)

    with FakeServer(world) as server:
        test = AppTest.from_function(script, kwargs={"view": name}, default_timeout=60)
        test.secrets["server_url"] = server.url
        test.session_state["language"] = language
        return test.run()


def test_a_pack_without_documents_says_how_to_add_them() -> None:
    world = plant.plant_world()
    world.documents = []
    page = shown(page_of(world, "documents"))
    assert KO.no_documents in page and "walkdown ingest power" in page


def test_documents_are_counted_and_failures_named() -> None:
    test = page_of(plant.plant_world(), "documents")
    page = shown(test)
    assert "<b>2</b>" in page and "<b>1</b>" in page and "암호로 보호되어 있습니다." in page
    table = test.dataframe[0].value
    assert list(table["id"]) == ["BFP-SOP-012", "LO-STD-004", "scan-7"]
    assert list(table["status"]) == [KO.in_force, KO.in_force, KO.failed_document]
    assert DocumentStatus.FAILED.value not in page


def test_packs_without_an_evaluation_say_how_to_run_one() -> None:
    world = plant.plant_world()
    world.reports = {}
    page = shown(page_of(world, "evaluation"))
    assert page.count(KO.no_evaluation) == 3 and "walkdown eval run bio" in page


def test_a_report_of_another_form_is_an_error_in_words() -> None:
    world = plant.plant_world()
    world.reports = {"power": {"odd": 1}}
    test = page_of(world, "evaluation")
    assert [e.message for e in test.exception] and "Run the evaluation again" in test.exception[0].message


def _gaps_page(world: FakeWorld, language: Language = "en") -> AppTest:
    st.cache_data.clear()
    with FakeServer(world) as server:
        test = AppTest.from_function(_draw_gaps, default_timeout=60, args=(language,))
        test.secrets["server_url"] = server.url
        return test.run()


def _draw_gaps(language: "Language") -> None:
    from walkdown_ui import connection
    from walkdown_ui.languages import TEXTS
    from walkdown_ui.session import Frame
    from walkdown_ui.views import gaps

    pack = next(pack for pack in connection.packs() if pack.name == "power")
    gaps.draw(Frame(TEXTS[language], language, pack))


@pytest.mark.parametrize(("language", "texts"), TEXTS.items(), ids=TEXTS)
def test_a_question_without_a_sure_answer_is_explained(language: Language, texts: Texts) -> None:
    line = NearLine(document_id="OP-1", title="<b>Pump</b>", revision="B", page=2, text="40 m3/h", probability=0.07,
                    standing=DocumentStatus.SUPERSEDED)  # fmt: skip
    now = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)
    gap = GapInfo(record_id="r1", pack="power", question="<i>flow?</i>", language="en", outcome="uncertain",
                  because="below_gate", asked_at=now, times=3, latest="answered", probability=0.05, threshold=0.11,
                  missing=("P-9",), nearest=(line, line.model_copy(update={"standing": "gone"})), turns=("before?",),
                  reported_at=now, note="see rev 7")  # fmt: skip
    world = plant.plant_world()
    week = WeekOfQuestions(monday=dt.date(2026, 11, 30), answered=20, uncertain=3)
    world.gaps["power"] = GapReport(pack="power", threshold=0.25, weeks=(week,), gaps=(gap,), more=7, closed=2)
    page = shown(_gaps_page(world, language))
    for said in (
        "2026-11-30</td><td>23</td><td>20<", "&lt;i&gt;flow?", "0.05", "0.11", "0.25", "P-9", "before?", "see rev 7",
        words_of("below_gate", language), texts.gone_document, "<b>0.07</b>", "&lt;b&gt;Pump",
        texts.stands_now.format(status=texts.superseded), texts.settled_since.format(outcome=texts.answered),
        texts.closed_gaps.format(count=2), texts.more_gaps.format(count=7),
    ):  # fmt: skip
        assert said in page, said


def test_a_pack_without_open_questions_says_so() -> None:
    assert EN.no_gaps in shown(_gaps_page(plant.plant_world()))
