"""Whether there is something at a path that a person gave."""

from pathlib import Path


def is_there(path: Path) -> bool:
    """True for a file or folder, also one that may not be looked at: what is wrong with it its reader tells."""
    try:
        path.stat()
    except PermissionError:
        return True
    except (OSError, ValueError):
        # No such name, or none that there could be.
        return False
    return True


def is_folder(path: Path) -> bool:
    """True for a folder that may be looked at."""
    try:
        return path.is_dir()
    except OSError:
        return False
