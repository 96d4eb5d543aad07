"""Ctrl-C, SIGTERM and a closed terminal: a command ends in one line and an exit status, whatever it is doing."""

import os
import signal
from types import FrameType
from typing import ClassVar

_NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_STOPPED = "Stopped."


class Terminated(KeyboardInterrupt):
    """The process was asked to end by a signal other than that of Ctrl-C."""

    number: ClassVar[int] = signal.SIGTERM


class HungUp(Terminated):
    """The terminal was closed."""

    number: ClassVar[int] = signal.SIGHUP


def status_of(error: KeyboardInterrupt) -> int:
    """The exit status that shells expect of a program ended by this signal."""
    return 128 + (error.number if isinstance(error, Terminated) else signal.SIGINT)


def words_of(error: KeyboardInterrupt) -> str:
    """That the command was stopped, and what it leaves, where it says so."""
    return " ".join((_STOPPED, *map(str, error.args)))


def end_quietly() -> None:
    """While a program starts: the signals end it at once, with a line and no traceback."""

    def end(number: int, _: FrameType | None) -> None:
        os.write(2, f"{_STOPPED}\n".encode())
        os._exit(128 + number)

    for number in _NUMBERS:
        # What is ignored stays so: `nohup`, and the background of a script.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, end)


def raise_interrupts() -> None:
    """While a command runs: the signals are exceptions, so that what is open is closed and what is begun is undone."""

    def terminated(_: int, __: FrameType | None) -> None:
        raise Terminated

    def hung_up(_: int, __: FrameType | None) -> None:
        raise HungUp

    for number, handler in zip(_NUMBERS, (signal.default_int_handler, terminated, hung_up), strict=True):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def end_at_once() -> None:
    """After a command: who presses Ctrl-C again does not wait for threads that are still at work."""
    for number in _NUMBERS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
