"""The frame of every page: navigation, choice of pack and language, and what is shown when the server is away."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from walkdown.documents import Language
from walkdown.errors import WalkdownError
from walkdown.retelling import retold
from walkdown.wire import PackInfo, Readiness
from walkdown_ui import address, connection, session
from walkdown_ui.inert import as_html_with_code, as_label
from walkdown_ui.languages import LABELS, in_language
from walkdown_ui.parts.problem import show_problem
from walkdown_ui.session import Frame
from walkdown_ui.texts import Texts
from walkdown_ui.views import ask, documents, evaluation, gaps

_FOLDER = Path(__file__).parent
_STYLE = _FOLDER / "style.css"
_ICON = _FOLDER / "icon.png"
_LANGUAGE_PX = 120


def _choose_pack(packs: list[PackInfo], texts: Texts, language: Language) -> PackInfo:
    """The switch of packs; the choice survives the change of page and language."""
    by_name = {pack.name: pack for pack in packs}
    if st.session_state.get(session.PACK_KEY) not in by_name:
        first = next((pack for pack in packs if pack.error is None), packs[0])
        st.session_state[session.PACK_KEY] = first.name
    name = st.segmented_control(
        texts.pack,
        list(by_name),
        format_func=lambda n: as_label(in_language(by_name[n].title, language, n), 24),
        key=session.PACK_KEY,
        required=True,
        label_visibility="collapsed",
    )
    return by_name[name or packs[0].name]


def _choose_language(texts: Texts) -> None:
    st.selectbox(
        texts.language,
        list(LABELS),
        format_func=LABELS.__getitem__,
        key=session.LANGUAGE_KEY,
        label_visibility="collapsed",
        # Five names need no search, and a keyboard would cover half of a tablet.
        filter_mode=None,
        width=_LANGUAGE_PX,
    )


def state_sentence(ready: Readiness | None, texts: Texts, language: Language) -> str:
    """What a reader should know when the server works less well than it could; empty when all is well."""
    for part in ready.parts if ready else ():
        if part.loading:
            return texts.loading
        if not part.ok:
            return retold(f"{part.cause} {part.remedy}", language)
        if part.name == "llm" and part.detail.startswith("none"):
            return texts.without_model
    return ""


def _state_line(texts: Texts, language: Language) -> None:
    # An empty place when all is well, so that nothing below moves when that changes.
    with st.container():
        sentence = state_sentence(connection.readiness(), texts, language)
        if sentence:
            st.html(f'<p class="wd-state">{as_html_with_code(sentence)}</p>')


def _frame(texts: Texts, language: Language) -> Frame | None:
    """The header row; None when no page can be drawn, with the reason on the screen."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="wd-header"):
        place = st.container(width="content")
        # The style sheet knows the language by this key.
        with st.container(width="content", key=f"wd-language-{language}"):
            _choose_language(texts)
    try:
        packs = connection.packs()
    except WalkdownError as error:
        show_problem(error, texts, title=texts.server_down, hint=texts.server_down_hint)
        return None
    if not packs:
        st.subheader(texts.no_packs)
        st.markdown(texts.no_packs_hint)
        return None
    with place:
        pack = _choose_pack(packs, texts, language)
    _state_line(texts, language)
    if pack.error is not None:
        wrong = WalkdownError(pack.error.cause, pack.error.remedy)
        show_problem(wrong, texts, title=texts.broken_pack, hint=texts.broken_pack_hint)
        return None
    address.write(pack.name, packs[0].name)
    return Frame(texts, language, pack)


def _page(draw: Callable[[Frame], None], frame: Frame | None) -> Callable[[], None]:
    """A page that draws itself inside the frame and shows an error of the server in words."""

    def body() -> None:
        if frame is not None:
            try:
                draw(frame)
            except WalkdownError as error:
                show_problem(error, frame.texts, title=frame.texts.failed)

    return body


def run() -> None:
    """Draw the page that the browser asks for."""
    st.set_page_config(page_title="Walkdown", page_icon=str(_ICON), layout="wide")
    st.html(_STYLE)
    address.follow()
    texts = session.texts()
    # Drawn outside the pages: Streamlit forgets the switches of a page when it is left.
    frame = _frame(texts, session.language())
    st.navigation(
        [
            st.Page(_page(draw, frame), title=title, icon=f":material/{icon}:", url_path=path, default=path == "ask")
            for draw, title, icon, path in (
                (ask.draw, texts.ask_page, "forum", "ask"),
                (documents.draw, texts.documents_page, "description", "documents"),
                (evaluation.draw, texts.evaluation_page, "fact_check", "evaluation"),
                (gaps.draw, texts.gaps_page, "contact_support", "gaps"),
            )
        ],
        position="top",
    ).run()
