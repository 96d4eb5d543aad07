"""What Streamlit runs for each session and each interaction."""

from walkdown_ui.shell import run

run()
