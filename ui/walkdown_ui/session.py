"""What one browser session holds: language, pack, conversations by pack, and the source that is open."""

import uuid
from collections.abc import Sequence
from typing import NamedTuple, cast

import streamlit as st

from walkdown.documents import Evidence, Language
from walkdown.wire import PackInfo
from walkdown.wire_conversations import ConversationTurn
from walkdown_ui import kept
from walkdown_ui.asking import Turn
from walkdown_ui.languages import TEXTS, of_browser
from walkdown_ui.texts import Texts

LANGUAGE_KEY = "language"
PACK_KEY = "pack"
_TURNS_KEY = "turns"
_CONVERSATIONS_KEY = "conversations"
_OPEN_KEY = "open_source"
_LACKING_KEY = "lacking"
_SHOWN_KEY = "shown"
_SHOWN_AT_FIRST, _SHOWN_MORE = 10, 20
"""Turns that are drawn: each costs every click some 40 ms."""


class Frame(NamedTuple):
    """What every page is drawn with."""

    texts: Texts
    language: Language
    pack: PackInfo


def language() -> Language:
    """The language of the screen: the browser's until the reader chooses another one."""
    if st.session_state.get(LANGUAGE_KEY) not in TEXTS:
        st.session_state[LANGUAGE_KEY] = first_language()
    return cast(Language, st.session_state[LANGUAGE_KEY])


def first_language() -> Language:
    """The language that a new page starts in."""
    return of_browser(st.context.locale)


def texts() -> Texts:
    """The sentences of the UI in the language of the screen."""
    return TEXTS[language()]


def turns(pack: str) -> list[Turn]:
    """The conversation about a pack, oldest first."""
    conversations = cast(dict[str, list[Turn]], st.session_state.setdefault(_TURNS_KEY, {}))
    return conversations.setdefault(pack, [])


def conversation(pack: str) -> str:
    """The id under which the server remembers the conversation about a pack; a cleared one gets another."""
    ids = cast(dict[str, str], st.session_state.setdefault(_CONVERSATIONS_KEY, {}))
    return ids.setdefault(pack, uuid.uuid4().hex)


def keep(pack: str) -> None:
    """Let the conversation about a pack outlive this page: a page that is loaded anew finds it, answered or not."""
    kept.put(kept.reader(), conversation(pack), turns(pack))


def adopt(pack: str, conversation_id: str) -> None:
    """Go on with a conversation of an earlier page; the server is asked what of it this process lacks."""
    cast(dict[str, str], st.session_state.setdefault(_CONVERSATIONS_KEY, {}))[pack] = conversation_id
    known = kept.get(kept.reader(), conversation_id)
    _set_turns(pack, [] if known is None else known, lacking=True)
    close_source()


def shown_turns() -> int:
    """How many turns of a conversation are drawn, the last ones."""
    return int(st.session_state.get(_SHOWN_KEY, _SHOWN_AT_FIRST))


def show_more() -> None:
    """Draw earlier turns as well."""
    st.session_state[_SHOWN_KEY] = shown_turns() + _SHOWN_MORE


def lacks_turns(pack: str) -> bool:
    """True while the server has not been asked for the turns of an adopted conversation, and how they stand."""
    return pack in st.session_state.get(_LACKING_KEY, ())


def fill(pack: str, found: Sequence[ConversationTurn]) -> None:
    """Bring an adopted conversation up to date; what has no record, such as a question being answered, comes last."""
    held = turns(pack)
    by_record = {turn.answer.record_id: turn for turn in held if turn.answer is not None}
    name = conversation(pack)
    recorded = [
        by_record[one.record_id].bring_up_to_date(one)
        if one.record_id in by_record
        else Turn.given_back(pack, name, one)
        for one in found
    ]
    known = {id(turn) for turn in recorded}
    # The list itself stays: another tab may show it.
    held[:] = [*recorded, *(turn for turn in held if id(turn) not in known)]
    _set_turns(pack, held, lacking=False)
    keep(pack)


def _set_turns(pack: str, found: list[Turn], *, lacking: bool) -> None:
    turns(pack)
    st.session_state[_TURNS_KEY][pack] = found
    st.session_state.pop(_SHOWN_KEY, None)
    others = set(st.session_state.get(_LACKING_KEY, ())) - {pack}
    st.session_state[_LACKING_KEY] = others | ({pack} if lacking else set())


def clear(pack: str) -> None:
    """Leave the conversation about a pack; what is being answered is given up."""
    cast(dict[str, str], st.session_state.setdefault(_CONVERSATIONS_KEY, {})).pop(pack, None)
    for turn in turns(pack):
        turn.stop()
    # Another list: the former one may be shown by another tab, and is given back where its address is opened.
    _set_turns(pack, [], lacking=False)
    close_source()


def open_source(turn: Turn, number: int) -> None:
    """Show the passage that a citation of a turn stands for."""
    st.session_state[_OPEN_KEY] = (turn.pack, turn.number, number)


def close_source() -> None:
    """Show no passage."""
    st.session_state[_OPEN_KEY] = None


def is_open(turn: Turn, number: int) -> bool:
    """True when this citation of this turn is the one shown."""
    return bool(st.session_state.get(_OPEN_KEY) == (turn.pack, turn.number, number))


def opened(pack: str) -> tuple[Evidence, tuple[str, ...]] | None:
    """The passage shown beside the conversation about a pack, and its words that carry statements of the answer."""
    place = cast(tuple[str, int, int] | None, st.session_state.get(_OPEN_KEY))
    if place is None or place[0] != pack:
        return None
    turn = next((t for t in turns(pack) if t.number == place[1]), None)
    passage = turn.passage(place[2]) if turn else None
    return (passage, turn.carried(place[2])) if turn and passage else None
