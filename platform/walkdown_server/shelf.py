"""Which packs an installation has: those of its files, and the published versions that took their place."""

from pathlib import Path

from walkdown.packs.loader import find_packs, get_pack, load_pack
from walkdown.packs.schema import Pack
from walkdown.records.releases import Release, Releases, index_name
from walkdown.settings import Settings
from walkdown_ingestion.paths import is_there
from walkdown_server.lazy import Lazy
from walkdown_server.services import PackShelf


def load_release(release: Release) -> Pack:
    """The pack of a published version. Raises PackError when its files were damaged."""
    return load_pack(Path(release.folder)).model_copy(update={"release": release.version})


def published_shelf(settings: Settings, releases: Lazy[Releases]) -> PackShelf:
    """The packs of an installation; of a pack with published versions the one in service.

    An installation that has never kept anything is left as it is: looking makes no database.
    """

    def has_records() -> bool:
        # One that may not be looked at is there, too: the database then says so.
        return bool(settings.database_url) or is_there(settings.home / "walkdown.db")

    def resolve(name: str) -> str:
        if "@" in name or not has_records():
            return name
        return index_name(name, releases.get().in_service(name))

    def find() -> dict[str, Path]:
        found = find_packs(settings)
        for name in releases.get().packs() if has_records() else ():
            found[name] = Path(releases.get().get(name, releases.get().in_service(name)).folder)
        return found

    def load(name: str) -> Pack:
        pack, _, version = name.partition("@")
        return load_release(releases.get().get(pack, version)) if version else get_pack(name, settings)

    return PackShelf(find, load, resolve)
