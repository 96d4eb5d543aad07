"""Holds the script that Streamlit runs, alone in its folder, since Streamlit puts that folder on `sys.path`."""
