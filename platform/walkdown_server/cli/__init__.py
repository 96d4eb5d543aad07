"""The `walkdown` command: one module per group of commands."""

from walkdown_server.cli.main import main

__all__ = ["main"]
