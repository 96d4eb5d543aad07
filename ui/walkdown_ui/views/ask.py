"""The page where questions are asked: the conversation, the answer being written, and the open source beside it.

While an answer is written the script stays in a loop at its end. (A fragment that redraws itself would be simpler, but
its timer makes Streamlit forget a click on another page that comes just before it.) Until that loop ends, Streamlit
keeps what an earlier run drew in places that this run does not use; so every place is filled, if need be with nothing.
"""

import time
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from walkdown.documents import AnswerStatus
from walkdown_ui import connection, kept, session
from walkdown_ui.asking import Turn, start
from walkdown_ui.inert import as_html, as_label
from walkdown_ui.languages import in_language
from walkdown_ui.parts.answer import cite_buttons, show_answer
from walkdown_ui.parts.earlier import fetch_lacking, show_age, show_recent
from walkdown_ui.parts.problem import show_problem
from walkdown_ui.parts.source import show_source
from walkdown_ui.session import Frame
from walkdown_ui.texts import Texts

_QUESTION_KEY, _TAKEN_KEY = "question", "question_taken"
_TICK_SECONDS = 0.15
_MAX_TYPED_CHARS = 100_000
"""More than a server takes: the box drops a longer paste without a word, the server says what is too long."""
_EXAMPLES = 6
_MAX_EARLIER, _EARLIER_CHARS = 8, 5000
"""Earlier questions that go with a new one, as many as the server remembers."""


def ask(pack: str, question: str) -> None:
    """Put a question to the server and into the conversation."""
    turns = session.turns(pack)
    earlier = tuple(turn.question[:_EARLIER_CHARS] for turn in turns)[-_MAX_EARLIER:]
    turn = Turn(
        pack=pack,
        question=question,
        conversation=session.conversation(pack),
        reader=kept.reader(),
        earlier=earlier,
    )
    turns.append(turn)
    session.keep(pack)
    session.close_source()
    start(connection.client(), turn)


def _again(turn: Turn) -> None:
    turns = session.turns(turn.pack)
    # Another tab of the same conversation may have done so already.
    if turn in turns:
        turns.remove(turn)
    ask(turn.pack, turn.question)


def _again_button(turn: Turn, texts: Texts) -> None:
    st.button(texts.retry, icon=":material/refresh:", key=f"again-{turn.number}", on_click=_again, args=(turn,))


def _submit(pack: str) -> None:
    st.session_state[_TAKEN_KEY] = True
    _put(pack, st.session_state[_QUESTION_KEY])


def _put(pack: str, typed: str | None) -> bool:
    question = (typed or "").strip()
    if question:
        ask(pack, question)
    return bool(question)


def _input(frame: Frame, *, busy: bool) -> None:
    """Where a question is typed: at the top, with the newest answer below it, where reading starts.

    It always stands in the same place, so that opening a source or changing the pack does not lose what is half typed.
    """
    with st.container(key="wd-input"):
        typed = st.chat_input(
            frame.texts.input,
            max_chars=_MAX_TYPED_CHARS,
            key=_QUESTION_KEY,
            disabled=busy,
            on_submit=_submit,
            args=(frame.pack.name,),
            width="stretch",
        )
    # A session that begins with a question, since the browser lost its former one (a tablet that slept, a UI that was
    # started anew), knows no callback yet: the question would be gone without a word.
    if not st.session_state.pop(_TAKEN_KEY, False) and _put(frame.pack.name, typed):
        st.rerun()


def _welcome(frame: Frame) -> None:
    """What can be asked here, with examples to press."""
    texts, pack = frame.texts, frame.pack
    title = in_language(pack.title, frame.language, pack.name)
    description = in_language(pack.description, frame.language)
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
    show_recent(pack.name, texts)


class _Live(NamedTuple):
    """The places of an answer that is being written."""

    stage: DeltaGenerator
    draft: DeltaGenerator
    found: DeltaGenerator


def _live(turn: Turn, texts: Texts) -> _Live:
    """Draw the places of an answer that is being written; `_follow` fills them."""
    st.html(f'<p class="wd-question">{as_html(turn.question)}</p>')
    live = _Live(st.empty(), st.empty(), st.empty())
    st.button(texts.stop, icon=":material/stop_circle:", key=f"stop-{turn.number}", on_click=turn.stop)
    return live


def _follow(turn: Turn, live: _Live, texts: Texts) -> None:
    """Show the draft as it grows; ends with a new run once the answer is there, or with a click anywhere."""
    stages = {
        "searching": texts.stage_searching,
        "reading": texts.stage_reading,
        "writing": texts.stage_writing,
        "checking": texts.stage_checking,
    }
    found = False
    while turn.state == "asking":
        stage = stages.get(turn.stage, texts.stage_searching)
        waited = texts.waited.format(seconds=int(time.monotonic() - turn.started))
        live.stage.html(
            f'<p class="wd-stage" role="status"><span class="wd-pulse"></span>{as_html(stage)} · {waited}</p>'
        )
        if turn.draft:
            live.draft.html(f'<div class="wd-draft"><b>{as_html(texts.draft)}</b><p>{as_html(turn.draft)}</p></div>')
        if turn.evidence and not found:
            found = True
            with live.found.container():
                st.html(f'<p class="wd-label">{as_html(texts.found_so_far)}</p>')
                cite_buttons(turn, turn.evidence, texts, "found")
        time.sleep(_TICK_SECONDS)
    # Writing gives way to a click that came meanwhile; starting a new run would override it.
    live.stage.empty()
    st.rerun()


def _show_turn(turn: Turn, texts: Texts) -> None:
    """A question that is no longer being answered: with its answer, its error, or the note that it was stopped."""
    st.html(f'<p class="wd-question">{as_html(turn.question)}</p>')
    if turn.state == "done" and turn.answer is not None:
        show_age(turn, texts)
        show_answer(turn, turn.answer, texts)
        if turn.answer.status is AnswerStatus.INCOMPLETE or turn.outdated:
            _again_button(turn, texts)
    elif turn.state == "asking":
        # Put from another tab of the same conversation; it is followed here once the one before it is answered.
        st.html(f'<p class="wd-stage" role="status">{as_html(texts.stage_searching)}</p>')
    elif turn.asked_at is not None:
        show_age(turn, texts)
        st.html(f'<p class="wd-note">{as_html(texts.closed_answer)}</p>')
    elif turn.error is not None:
        show_problem(turn.error, texts, title=texts.failed, key=f"retry-{turn.number}", retry=lambda: _again(turn))
    else:
        st.html(f'<p class="wd-note"><b>{as_html(texts.stopped)}.</b> {as_html(texts.stopped_hint)}</p>')
        _again_button(turn, texts)


def _talk(frame: Frame, asking: Turn | None) -> _Live | None:
    """The conversation, newest first; returns the places of the answer that is being written."""
    texts, turns = frame.texts, session.turns(frame.pack.name)
    live = None
    if asking is None:
        st.empty()
    else:
        with st.container(key=f"wd-turn-{asking.number}", gap="xsmall"):
            live = _live(asking, texts)
    if turns:
        st.empty()
    else:
        with st.container(key="wd-start"):
            _welcome(frame)
    for turn in reversed(turns[-session.shown_turns() :]):
        if turn is not asking:
            with st.container(key=f"wd-turn-{turn.number}", gap="xsmall"):
                _show_turn(turn, texts)
    hidden = len(turns) - session.shown_turns()
    if hidden > 0:
        label = texts.earlier_turns.format(count=hidden)
        st.button(label, icon=":material/history:", key="earlier-turns", on_click=session.show_more)
    else:
        st.empty()
    if turns and asking is None:
        st.button(
            texts.clear, icon=":material/add_comment:", key="clear", type="tertiary",
            on_click=session.clear, args=(frame.pack.name,),
        )  # fmt: skip
    else:
        st.empty()
    return live


def draw(frame: Frame) -> None:
    """Draw the page."""
    pack = frame.pack.name
    fetch_lacking(pack, frame.texts)
    asking = next((turn for turn in session.turns(pack) if turn.state == "asking"), None)
    source = session.opened(pack)
    _input(frame, busy=asking is not None)
    if source is None:
        talk = st.container(key="wd-alone")
        st.empty()
    else:
        st.empty()
        with st.container(key="wd-beside"):
            talk, panel = st.columns([1, 1], gap="medium")
        with panel, st.container(key="wd-source", gap="xsmall"):
            show_source(*source, frame.texts)
    with talk:
        live = _talk(frame, asking)
    if asking is not None and live is not None:
        _follow(asking, live, frame.texts)
