"""`python -m walkdown_ui`: serves the UI in the foreground."""

import argparse

import uvicorn

from walkdown_ui.asgi import create_app
from walkdown_ui.launch import DEFAULT_HOST, DEFAULT_PORT, DEFAULT_SERVER_URL


def main() -> None:
    """Serve until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m walkdown_ui", description="Serve Walkdown's web UI.")
    parser.add_argument("--host", default=DEFAULT_HOST, help="address to listen on")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="port to listen on")
    parser.add_argument("--server", default=DEFAULT_SERVER_URL, help="URL of the Walkdown server")
    options = parser.parse_args()
    uvicorn.run(
        create_app(options.server, options.host),
        host=options.host,
        port=options.port,
        log_level="warning",
        access_log=False,
        # A browser keeps its WebSocket open; do not wait for it when told to stop.
        timeout_graceful_shutdown=2,
    )


main()
