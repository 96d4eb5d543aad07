"""What a page shows when it fails for a reason that nobody foresaw."""

import streamlit as st

from walkdown_ui import session
from walkdown_ui.inert import as_html


def show_defect() -> None:
    """One sentence in the language of the screen; the cause is in the log of the UI, not on the screen."""
    st.html(f'<div class="wd-problem" role="alert">{as_html(session.texts().unexpected)}</div>')
