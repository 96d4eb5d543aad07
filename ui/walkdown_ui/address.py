"""What the address of the page says: language, field and conversation, so that a page loaded anew shows the same."""

import re
import time
from urllib.parse import urlsplit

import streamlit as st

from walkdown_ui import session
from walkdown_ui.languages import TEXTS

_LANGUAGE, _PACK, _CONVERSATION = "lang", "pack", "c"
_SEEN_KEY, _FORMER_KEY, _WRITTEN_KEY, _PATH_KEY = "address", "address_before", "address_at", "address_path"
_ID = re.compile(r"[0-9a-f]{32}")
_LATE_SECONDS = 1.5
"""A click that was made before the browser knew the new address still brings the former one."""


def _here() -> dict[str, str]:
    return {name: st.query_params[name] for name in (_LANGUAGE, _PACK, _CONVERSATION) if name in st.query_params}


def follow() -> None:
    """Take from the address what the browser brings that this session did not write: a page loaded anew, or Back."""
    here, seen = _here(), st.session_state.get(_SEEN_KEY, {})
    first = _SEEN_KEY not in st.session_state
    late = here == st.session_state.get(_FORMER_KEY) and (
        time.monotonic() - st.session_state.get(_WRITTEN_KEY, 0.0) < _LATE_SECONDS
    )
    st.session_state.setdefault(_SEEN_KEY, {})
    # An address without a conversation never takes one away: it would be gone with a step back, or another page.
    if here == seen or late or not (first or _CONVERSATION in here):
        return
    if here.get(_LANGUAGE) in TEXTS:
        st.session_state[session.LANGUAGE_KEY] = here[_LANGUAGE]
    pack, conversation = here.get(_PACK, ""), here.get(_CONVERSATION, "")
    if pack:
        st.session_state[session.PACK_KEY] = pack
    if pack and _ID.fullmatch(conversation) and conversation != session.conversation(pack):
        session.adopt(pack, conversation)
    st.session_state[_SEEN_KEY] = here


def write(pack: str, first_pack: str) -> None:
    """Let the address say what is shown; the first page keeps its own, so that Back leads out of it."""
    wanted = {_LANGUAGE: session.language(), _PACK: pack}
    if session.turns(pack) or session.lacks_turns(pack):
        wanted[_CONVERSATION] = session.conversation(pack)
    elif wanted == {_LANGUAGE: session.first_language(), _PACK: first_pack} and not st.session_state.get(_SEEN_KEY):
        wanted = {}
    path = urlsplit(st.context.url or "").path
    turned = path != st.session_state.get(_PATH_KEY, path)
    st.session_state[_PATH_KEY] = path
    # Another page of the UI comes without what the last one said. Otherwise only what changed here is written: after
    # a step back the address would never let go.
    if wanted != st.session_state.get(_SEEN_KEY) or (turned and wanted != _here()):
        st.session_state.update({_FORMER_KEY: _here(), _WRITTEN_KEY: time.monotonic(), _SEEN_KEY: wanted})
        st.query_params.from_dict(wanted)
