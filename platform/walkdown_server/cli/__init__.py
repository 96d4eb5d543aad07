"""The `walkdown` command: one module per group of commands."""

from walkdown_server.cli.interrupts import end_quietly


def main() -> None:
    """Entry point of the console script."""
    # Its parts take seconds to import on a busy machine, and a Ctrl-C meanwhile would be a traceback.
    end_quietly()
    from walkdown_server.cli.main import main as with_all_parts

    with_all_parts()
