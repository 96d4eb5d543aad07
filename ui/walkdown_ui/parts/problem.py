"""An error as a person should see it: what is wrong, what to do, and a button where trying again can help."""

from collections.abc import Callable

import streamlit as st

from walkdown.errors import (
    DatabaseAwayError,
    DatabaseBusyError,
    IndexUnavailableError,
    LLMUnavailableError,
    OverloadedError,
    ServerUnavailableError,
    UsageError,
    WalkdownError,
)
from walkdown.retelling import is_retold, retold
from walkdown_ui import connection, session
from walkdown_ui.inert import as_html, as_html_with_code
from walkdown_ui.texts import Texts


def kind_of(error: WalkdownError, texts: Texts) -> str:
    """What kind of error it is and what helps, in the reader's language; "" for a rare one.

    For causes that only operators meet: these are in English alone.
    """
    match error:
        case OverloadedError():
            return texts.overloaded
        case LLMUnavailableError():
            return texts.model_failed
        case ServerUnavailableError() | IndexUnavailableError() | DatabaseBusyError() | DatabaseAwayError():
            return texts.away
        case UsageError() if type(error) is UsageError:
            return texts.not_taken
    return ""


def show_problem(
    error: WalkdownError,
    texts: Texts,
    *,
    title: str,
    hint: str = "",
    key: str = "retry",
    retry: Callable[[], None] = connection.forget,
) -> None:
    """Title, hint (else the kind of error where its cause is in English alone), cause and remedy.

    The button, which calls `retry`, is there when the error is retryable.
    """
    language = session.language()
    if not hint and not is_retold(error.cause):
        hint = kind_of(error, texts)
    hint_line = f"<p>{as_html_with_code(hint)}</p>" if hint else ""
    st.html(
        f'<div class="wd-problem" role="alert"><h3>{as_html(title)}</h3>{hint_line}'
        f"<p>{as_html_with_code(retold(error.cause, language))}</p>"
        f"<p><b>{as_html(texts.remedy)}</b> {as_html_with_code(retold(error.remedy, language))}</p></div>"
    )
    if error.retryable:
        st.button(texts.retry, icon=":material/refresh:", key=key, on_click=retry, type="primary")
