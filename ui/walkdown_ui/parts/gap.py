"""A refused answer reported to those who look after the documents."""

import streamlit as st

from walkdown.documents import Answer
from walkdown.errors import WalkdownError
from walkdown.retelling import retold
from walkdown_ui import connection, session
from walkdown_ui.asking import Turn
from walkdown_ui.inert import as_html
from walkdown_ui.texts import Texts


def _note_key(turn: Turn) -> str:
    return f"gap-note-{turn.number}"


def _report(turn: Turn, record: str) -> None:
    try:
        connection.client().report_gap(record, str(st.session_state.get(_note_key(turn)) or ""))
    except WalkdownError as error:
        turn.gap = error
        return
    turn.gap = True


def show_gap(turn: Turn, answer: Answer, texts: Texts) -> None:
    """The button and its note; once told, that it was. An answer without a record cannot be reported."""
    if not answer.record_id:
        return
    if turn.gap is True:
        st.html(f'<p class="wd-note" role="status">{as_html(texts.gap_reported)}</p>')
        return
    st.text_input(texts.gap_note, key=_note_key(turn), max_chars=500)
    st.button(texts.report_gap, icon=":material/outgoing_mail:", key=f"gap-{turn.number}", on_click=_report,
              args=(turn, answer.record_id))  # fmt: skip
    if isinstance(turn.gap, WalkdownError):
        st.html(f'<p class="wd-warning">{as_html(retold(str(turn.gap), session.language()))}</p>')
