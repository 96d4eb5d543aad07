"""The web UI as an ASGI app, for `uvicorn app:app` or `streamlit run ui/app.py`; `walkdown up` starts it by itself."""

from walkdown_ui.asgi import create_app

app = create_app()
