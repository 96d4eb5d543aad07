"""Conversations of an earlier time: given back to their reader, with what has changed since, and the list of them."""

import streamlit as st

from walkdown.errors import UsageError, WalkdownError
from walkdown_ui import connection, kept, session
from walkdown_ui.asking import Turn
from walkdown_ui.inert import as_html, as_label
from walkdown_ui.texts import Texts

_RECENT = 5
_QUESTION_CHARS = 60


def fetch_lacking(pack: str, texts: Texts) -> None:
    """Fetch the conversation that the address names and this process does not hold. Raises WalkdownError."""
    if not session.lacks_turns(pack):
        return
    name = session.conversation(pack)
    try:
        found = connection.client().conversation(name, reader=kept.reader())
        turns = found.turns if found.pack == pack else ()
    except UsageError:
        # Another's, none at all, or about a pack that is not installed any more.
        turns = ()
    if turns or session.turns(pack):
        session.fill(pack, turns)
    else:
        # Its id is not taken over: what is asked now would go into a conversation that is perhaps another's.
        session.clear(pack)
        st.toast(as_label(texts.no_conversation))


def show_age(turn: Turn, texts: Texts) -> None:
    """When an answer given back was given, and which of its passages no longer stand."""
    if turn.asked_at is None:
        return
    when = texts.asked_at.format(at=f"{turn.asked_at.astimezone():%Y-%m-%d %H:%M}")
    st.html(f'<p class="wd-note">{as_html(when)}</p>')
    if turn.outdated:
        numbers = ", ".join(f"[{number}]" for number in turn.outdated)
        st.html(f'<p class="wd-warning">{as_html(texts.outdated.format(numbers=numbers))}</p>')


def show_recent(pack: str, texts: Texts) -> None:
    """The reader's last conversations about a pack, to go on with; nothing where the browser is not known."""
    if not (reader := kept.reader()):
        return
    try:
        recent = connection.client().conversations(pack, reader=reader, limit=_RECENT)
    except WalkdownError:
        # What cannot be had is no reason to keep anyone from asking.
        return
    if not recent:
        return
    st.html(f'<p class="wd-label">{as_html(texts.recent)}</p>')
    with st.container(key="wd-recent"):
        for item in recent:
            label = f"{as_label(item.question, _QUESTION_CHARS)} · {item.last_asked.astimezone():%m-%d %H:%M}"
            st.button(label, key=f"recent-{item.id}", type="tertiary", on_click=session.adopt, args=(pack, item.id))
