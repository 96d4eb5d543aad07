"""How many processor cores there are to compute with."""

import os


def cores() -> int:
    """Cores this process may use, which in a container may be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
