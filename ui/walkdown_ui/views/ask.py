"""The page where questions are asked: the conversation, the answer being written, and the open source beside it."""

import time

import streamlit as st

from walkdown_ui import connection, session
from walkdown_ui.asking import Turn, start
from walkdown_ui.inert import as_html, as_label
from walkdown_ui.parts.answer import cite_buttons, show_answer
from walkdown_ui.parts.problem import show_problem
from walkdown_ui.parts.source import show_source
from walkdown_ui.session import Frame
from walkdown_ui.texts import Texts

_POLL_SECONDS = 0.25
_MAX_QUESTION_CHARS = 5000
_EXAMPLES = 6


def ask(pack: str, question: str) -> None:
    """Put a question to the server and into the conversation."""
    turn = Turn(pack=pack, question=question)
    session.turns(pack).append(turn)
    session.close_source()
    start(connection.client(), turn)


def _again(turn: Turn) -> None:
    session.turns(turn.pack).remove(turn)
    ask(turn.pack, turn.question)


def _welcome(frame: Frame) -> None:
    """What can be asked here, with examples to press."""
    texts, pack = frame.texts, frame.pack
    title = pack.title.get(frame.language) or pack.name
    description = pack.description.get(frame.language, "")
    st.html(
        f'<div class="wd-welcome"><h1>{as_html(texts.welcome.format(pack=title))}</h1>'
        f"<p>{as_html(description)}</p><p>{as_html(texts.welcome_hint)}</p>"
        f'<p class="wd-notice">{as_html(texts.advice)}</p></div>'
    )
    questions = [q for lang in (frame.language, "en", "ko") for q in pack.example_questions.get(lang, ())]
    if questions:
        st.html(f'<p class="wd-label">{as_html(texts.examples)}</p>')
    with st.container(key="wd-examples"):
        for i, question in enumerate(list(dict.fromkeys(questions))[:_EXAMPLES]):
            st.button(as_label(question), key=f"example-{pack.name}-{i}", on_click=ask, args=(pack.name, question))


@st.fragment(run_every=_POLL_SECONDS)
def _show_progress(turn: Turn, texts: Texts) -> None:
    """The answer as it is being written; redraws itself, and the whole page once the answer is there."""
    if turn.state != "asking" or not session.source_is_drawn():
        st.rerun()
    stages = {
        "searching": texts.stage_searching,
        "reading": texts.stage_reading,
        "writing": texts.stage_writing,
        "checking": texts.stage_checking,
    }
    stage = stages.get(turn.stage, texts.stage_searching)
    waited = texts.waited.format(seconds=int(time.monotonic() - turn.started))
    st.html(f'<p class="wd-stage" role="status"><span class="wd-pulse"></span>{as_html(stage)} · {waited}</p>')
    if turn.draft:
        st.html(f'<div class="wd-draft"><b>{as_html(texts.draft)}</b><p>{as_html(turn.draft)}</p></div>')
    if turn.evidence:
        st.html(f'<p class="wd-label">{as_html(texts.found_so_far)}</p>')
        cite_buttons(turn, turn.evidence, texts, "found")
    if st.button(texts.stop, icon=":material/stop_circle:", key=f"stop-{turn.number}"):
        turn.stop()
        st.rerun()


def _show_turn(turn: Turn, texts: Texts) -> None:
    st.html(f'<p class="wd-question">{as_html(turn.question)}</p>')
    if turn.state == "asking":
        _show_progress(turn, texts)
    elif turn.state == "done" and turn.answer is not None:
        show_answer(turn, turn.answer, texts)
    elif turn.error is not None:
        show_problem(turn.error, texts, title=texts.failed, key=f"retry-{turn.number}", retry=lambda: _again(turn))
    else:
        st.html(f'<p class="wd-note"><b>{as_html(texts.stopped)}.</b> {as_html(texts.stopped_hint)}</p>')
        st.button(texts.retry, icon=":material/refresh:", key=f"again-{turn.number}", on_click=_again, args=(turn,))


def _input(frame: Frame, *, busy: bool) -> None:
    """Where a question is typed: at the top, with the newest answer below it, where reading starts.

    It always stands in the same place, so that opening a source does not lose what is half typed.
    """
    pack = frame.pack.name
    with st.container(key="wd-input"):
        question = st.chat_input(
            frame.texts.input, max_chars=_MAX_QUESTION_CHARS, key=f"input-{pack}", disabled=busy, width="stretch"
        )
    if question and question.strip():
        ask(pack, question.strip())
        st.rerun()


def _talk(turns: list[Turn], texts: Texts, *, busy: bool) -> None:
    """The conversation, newest first."""
    for turn in reversed(turns):
        with st.container(key=f"wd-turn-{turn.number}", gap="xsmall"):
            _show_turn(turn, texts)
    if not busy:
        st.button(
            texts.clear, icon=":material/delete_sweep:", key="clear", type="tertiary",
            on_click=session.clear, args=(turns[0].pack,),
        )  # fmt: skip


def draw(frame: Frame) -> None:
    """Draw the page."""
    texts, pack = frame.texts, frame.pack.name
    turns = session.turns(pack)
    busy = any(turn.state == "asking" for turn in turns)
    source = session.opened(pack)
    session.source_drawn()
    _input(frame, busy=busy)
    if source is None:
        talk = st.container(key="wd-alone")
    else:
        talk, panel = st.columns([1, 1], gap="medium")
        with panel, st.container(key="wd-source", gap="xsmall"):
            show_source(source, texts)
    with talk:
        if turns:
            _talk(turns, texts, busy=busy)
        else:
            _welcome(frame)
