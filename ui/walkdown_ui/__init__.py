"""The Streamlit pages; they talk to the server over HTTP only."""
