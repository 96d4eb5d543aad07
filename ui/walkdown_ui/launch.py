"""How the UI is started: the command for a supervisor or a container, and the options Streamlit runs with."""

import ipaddress
import sys

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8701
DEFAULT_SERVER_URL = "http://127.0.0.1:8700"

_FONTS = '"Source Sans", "Malgun Gothic", "Apple SD Gothic Neo", "Noto Sans CJK KR", "NanumGothic", sans-serif'


def command(host: str, port: int, server_url: str) -> list[str]:
    """The argument list of a process that serves the UI at `host:port` for the Walkdown server at `server_url`.

    It runs in the foreground, answers `GET /_stcore/health` with 200 once it is up and ends on SIGTERM or SIGINT.
    """
    return [sys.executable, "-m", "walkdown_ui", "--host", host, "--port", str(port), "--server", server_url]


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def streamlit_options(host: str) -> dict[str, object]:
    """Streamlit's options, where its defaults leak (usage statistics, error details) or do not suit."""
    return {
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "client.toolbarMode": "viewer",
        "runner.magicEnabled": False,
        "server.address": host,
        "server.enableCORS": True,
        "server.enableXsrfProtection": True,
        "server.fileWatcherType": "none",
        "server.headless": True,
        "server.maxUploadSize": 1,
        # A page elsewhere must not reach a local UI by a host name that it points at 127.0.0.1.
        "server.allowedHosts": ["127.0.0.1", "localhost", "[::1]"] if _is_loopback(host) else [],
        "theme.font": _FONTS,
        "theme.baseFontSize": 17,
        "theme.baseRadius": "0.4rem",
        "theme.paddingTop": "0.75rem",
        "theme.light.primaryColor": "#0b5cad",
        "theme.dark.primaryColor": "#3b8be0",
    }
