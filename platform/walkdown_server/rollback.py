"""Lists the published versions of a pack and puts an earlier one in service again."""

from walkdown.documents import DocumentStatus
from walkdown.errors import UsageError
from walkdown.records.releases import INSTALLED, index_name, version_key
from walkdown.wire_releases import ReleaseInfo, RollbackSummary
from walkdown_server.carrying import is_below
from walkdown_server.services import Services


def versions(services: Services, name: str) -> list[ReleaseInfo]:
    """The versions of a pack, the earliest first; "" stands for the installed files. Raises UnknownPackError."""
    releases = services.releases.get()
    found = releases.all(name)
    if not found:
        services.packs.get(name)
    installed = ReleaseInfo(pack=name, version=INSTALLED, in_service=releases.in_service(name) == INSTALLED)
    return [installed] + [
        ReleaseInfo(
            pack=name,
            version=release.version,
            in_service=release.in_service,
            finished=release.state == "ready",
            sha256=release.sha256,
            made_at=release.made_at,
            report=dict(release.report),
        )
        for release in found
    ]


def rollback(services: Services, name: str, version: str | None = None) -> RollbackSummary:
    """Put an earlier version in service, the one before when none is named. Raises UsageError."""
    releases = services.releases.get()
    if not releases.all(name):
        # What was never published is perhaps no pack at all.
        services.packs.get(name)
    before = releases.in_service(name)
    target = _earlier(services, name, before) if version is None else version
    if target == before:
        raise UsageError(f"Version {target or '(installed)'} of {name} is in service already.", "Name another one.")
    missing = _missing(services, name, before, target)
    releases.put_in_service(name, target)
    return RollbackSummary(pack=name, version=target, before=before, missing=missing)


def _earlier(services: Services, name: str, before: str) -> str:
    if before == INSTALLED:
        raise UsageError(
            f"No published version of {name} is in service.", f"`walkdown pack versions {name}` lists them."
        )
    releases = services.releases.get()
    ready = [r.version for r in releases.all(name) if r.state == "ready"]
    earlier = [v for v in ready if version_key(v) < version_key(before)]
    if earlier:
        return earlier[-1]
    if not services.store.get().count(name):
        raise UsageError(
            f"There is no version of {name} before {before}.", "Publish the one you want under a new version."
        )
    return INSTALLED


def _missing(services: Services, name: str, before: str, target: str) -> tuple[str, ...]:
    """Documents that the site took in since, which the version gone back to does not have."""
    registry = services.registry.get()
    held = {record.id for record in registry.documents(index_name(name, target))}
    own = [services.settings.home / "packs"]
    now = registry.documents(index_name(name, before), DocumentStatus.IN_FORCE)
    return tuple(record.id for record in now if record.id not in held and not is_below(record.source, own))
