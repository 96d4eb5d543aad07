"""Publishes a pack: a version is built beside the one in service, measured, and takes its place in one step or never.

0. What an earlier publication left that died is cleared away.
1. The pack is checked; its files are copied to `WALKDOWN_HOME/packs/NAME/VERSION`, which nobody edits.
2. Its corpus and the documents that the site added are taken in under a name of their own (`power@0.2.0`).
3. It and the version in service are measured on the new version's questions, and judged by its gate.
4. One row names it as the version in service; or everything of it is removed.
Killed anywhere before 4, the version in service answers as before.
"""

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from walkdown.documents import DocumentStatus
from walkdown.errors import PackError, UsageError, WalkdownError
from walkdown.packs.bundle import SUFFIX, content_sha256, copy_pack, unpack_bundle
from walkdown.packs.faults import error_of
from walkdown.packs.gate import judge, load_gate
from walkdown.packs.loader import load_pack
from walkdown.packs.schema import Pack
from walkdown.packs.validation import validate_pack
from walkdown.records.releases import INSTALLED, index_name, version_key
from walkdown.wire import IngestQuery, IngestSummary
from walkdown.wire_releases import GateFigure, PublishQuery, PublishSummary
from walkdown_ingestion.paths import is_folder, is_there
from walkdown_server.carrying import Batch, plan
from walkdown_server.evidence import require_documents, unfound
from walkdown_server.jobs import JobProgress
from walkdown_server.measuring import Measured, measure, questions_of
from walkdown_server.services import Services

KEPT = 3
"""Versions whose index is kept: the one in service and those that a rollback can go to."""
_SHOWN = 5


class _Built(NamedTuple):
    """A version that was built: the pack, its passages, documents taken along, and what to tell."""

    pack: Pack
    documents: int
    chunks: int
    carried: int
    warnings: tuple[str, ...]


class PackPublisher:
    """Publishes packs of one installation."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._home = services.settings.home / "packs"

    def publish(self, query: PublishQuery, progress: JobProgress) -> PublishSummary:
        """Publish the pack in a folder or bundle; one publication at a time.

        Raises UsageError, PackError (faults, a version that is not later), DocumentError and the errors of index,
        models and disk; the version in service then answers as before. A gate that does not hold is no error: the
        summary says so.
        """
        began = time.perf_counter()
        with self._alone(), self._folder_of(query) as folder:
            name, version = self._checked(folder)
            self._clear_unfinished(name, folder)
            before = self._services.releases.get().in_service(name)
            self._require_later(name, version, before)
            try:
                summary = self._try(folder, query, progress)
            except BaseException:
                # Ctrl-C as well: what was begun is cleared away as far as that is possible now, else the next time.
                with contextlib.suppress(WalkdownError):
                    self._discard(name, version)
                raise
        return summary.model_copy(update={"seconds": time.perf_counter() - began})

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        self._home.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self._home / ".lock", timeout=0):
                yield
        except Timeout:
            raise UsageError("Another publication is under way.", "Wait until it has ended.") from None

    @contextlib.contextmanager
    def _folder_of(self, query: PublishQuery) -> Iterator[Path]:
        path = Path(query.path)
        if is_folder(path):
            if query.sha256 and content_sha256(path) != query.sha256.lower():
                raise PackError(f"The content of {path} is not the one of that sha256.", "Compare it with its sender.")
            yield path
            return
        if path.suffix != SUFFIX or not is_there(path):
            cause = f"{path} is no {SUFFIX} file." if is_there(path) else f"There is no folder {path}."
            raise UsageError(cause, f"Give the folder of a pack or a {SUFFIX} file.")
        folder = unpack_bundle(path, self._home, sha256=query.sha256)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _checked(self, folder: Path) -> tuple[str, str]:
        faults = validate_pack(folder)
        if faults:
            raise error_of(faults, folder)
        manifest = load_pack(folder).manifest
        return manifest.name, manifest.version

    def _require_later(self, name: str, version: str, before: str) -> None:
        known = [release.version for release in self._services.releases.get().all(name)]
        if version in known:
            raise UsageError(
                f"Version {version} of {name} is published already.", "Raise `version` in pack.yaml and publish again."
            )
        if before != INSTALLED and version_key(version) <= version_key(before):
            raise UsageError(
                f"Version {version} of {name} is not later than {before}, which is in service.",
                "Raise `version` in pack.yaml, or go back with `walkdown pack rollback`.",
            )

    def _try(self, folder: Path, query: PublishQuery, progress: JobProgress) -> PublishSummary:
        built = self._build(folder, progress)
        name, version = built.pack.manifest.name, built.pack.release
        releases = self._services.releases.get()
        before = releases.in_service(name)
        rules = load_gate(built.pack.folder)
        questions = questions_of(built.pack, rules)
        total = 2 * len(questions)
        done = iter(range(1, 100 * total + 2))

        def tell(what: str) -> None:
            progress(f"question {what}", min(next(done), total), total)

        new = measure(self._services, built.pack, questions, rules, answers=query.answers, on_done=tell)
        old = self._measure_before(name, built.pack, new, answers=query.answers)
        judgements = judge(rules, new.retrieval, old, answers=new.answers)
        held = all(judgement.holds for judgement in judgements)
        sha256 = content_sha256(built.pack.folder)
        if held:
            releases.put_in_service(name, version, _report(built, new))
            self._prune(name)
        else:
            self._discard(name, version)
        return PublishSummary(
            pack=name,
            version=version,
            published=held,
            before=before,
            sha256=sha256,
            set_name=rules.set,
            questions=len(questions),
            asked=new.asked,
            figures=tuple(GateFigure(**judgement._asdict()) for judgement in judgements),
            documents=built.documents,
            chunks=built.chunks,
            carried=built.carried,
            warnings=(*built.warnings, *unfound(built.pack, questions, self._services.store.get()))
            if held
            else built.warnings,
        )

    def _measure_before(
        self, name: str, new: Pack, found: Measured, *, answers: bool
    ) -> dict[str, float | None] | None:
        """Figures of the version in service on the new version's questions; None when it holds no documents."""
        old = self._serving(name)
        if old is None or not self._services.store.get().count(old.name):
            return None
        rules = load_gate(new.folder)
        measured = measure(
            self._services, old, questions_of(new, rules), rules, answers=answers and bool(found.answers)
        )
        return {**measured.retrieval, **measured.answers}

    def _serving(self, name: str) -> Pack | None:
        """The pack that answers now; None when there is none, or its files are broken (publishing mends that)."""
        try:
            return self._services.packs.get(name)
        except WalkdownError:
            return None

    # -- building ------------------------------------------------------------------------------------------------

    def _build(self, folder: Path, progress: JobProgress) -> _Built:
        manifest = load_pack(folder).manifest
        name, version = manifest.name, manifest.version
        old = self._serving(name)
        target = self._home / name / version
        releases = self._services.releases.get()
        releases.begin(name, version, folder=str(target.absolute()), sha256=content_sha256(folder))
        copy_pack(folder, target)
        pack = load_pack(target.absolute()).model_copy(update={"release": version})
        own = [pack.corpus_dir, folder / manifest.corpus, *([old.corpus_dir] if old else [])]
        with tempfile.TemporaryDirectory(dir=self._home, prefix=".carried-") as place:
            records = self._services.registry.get().documents(old.name) if old else []
            taken = plan(records, own, self._services.blobs, Path(place))
            if taken.lost:
                shown = ", ".join(taken.lost[:_SHOWN])
                raise PackError(
                    f"{len(taken.lost)} documents that the site added cannot be taken along, since neither their files "
                    f"nor originals are there: {shown}.",
                    f"Ingest them into {name} again, or withdraw them, then publish.",
                )
            batches = [Batch((pack.corpus_dir,), (), ""), *taken.batches]
            results = [self._take_in(pack, batch, progress) for batch in batches]
        failed = results[0].failed
        if failed:
            first = failed[0]
            more = f" ({len(failed) - 1} more)" if len(failed) > 1 else ""
            raise PackError(f"{first.path} of the pack cannot be read: {first.cause}{more}", first.remedy)
        require_documents(pack, self._services.registry.get())
        self._keep_withdrawn(old, pack)
        warnings = [w for result in results for w in result.warnings]
        warnings += [f"not taken along: {f.path}: {f.cause}" for result in results[1:] for f in result.failed]
        counts = self._services.registry.get().counts().get(pack.name)
        documents, chunks = (counts.documents, counts.chunks) if counts else (0, 0)
        return _Built(pack, documents, chunks, taken.documents, tuple(warnings))

    def _take_in(self, pack: Pack, batch: Batch, progress: JobProgress) -> IngestSummary:
        query = IngestQuery(pack=pack.name, paths=tuple(map(str, batch.paths)), access=batch.access, site=batch.site)
        return self._services.ingest(query, progress)

    def _keep_withdrawn(self, old: Pack | None, new: Pack) -> None:
        """What a person withdrew stays withdrawn where the new version holds the very same content."""
        if old is None:
            return
        registry, library = self._services.registry.get(), self._services.library.get()
        withdrawn: dict[str, dict[str, str]] = {}
        standing = set()
        for record in registry.documents(old.name):
            if record.status is DocumentStatus.WITHDRAWN:
                withdrawn.setdefault(record.id, {})[record.sha256] = record.reason
            else:
                standing.add(record.id)
        for record in registry.documents(new.name, DocumentStatus.IN_FORCE):
            reason = withdrawn.get(record.id, {}).get(record.sha256)
            if reason is not None and record.id not in standing:
                library.withdraw(new.name, record.id, reason)

    # -- clearing away -------------------------------------------------------------------------------------------

    def _clear_unfinished(self, name: str, at_hand: Path) -> None:
        for release in self._services.releases.get().all(name):
            if release.state == "building":
                self._discard(name, release.version)
        for path in self._home.glob(".*"):
            if path.is_dir() and path != at_hand:
                shutil.rmtree(path, ignore_errors=True)

    def _prune(self, name: str) -> None:
        """Forget the oldest versions, but never the one in service."""
        ready = [release for release in self._services.releases.get().all(name) if not release.in_service]
        for release in ready[: max(0, len(ready) - (KEPT - 1))]:
            self._discard(name, release.version)

    def _discard(self, name: str, version: str) -> None:
        """Remove a version that is not in service: passages, entries, files. Again is harmless."""
        releases, store = self._services.releases.get(), self._services.store.get()
        if releases.in_service(name) == version:
            return
        own = index_name(name, version)
        for edition in store.editions(own):
            store.delete_edition(own, edition)
        shutil.rmtree(self._home / name / version, ignore_errors=True)
        releases.forget(name, version)
        self._services.packs.forget(own)


def _report(built: _Built, measured: Measured) -> dict[str, str]:
    figures = {**measured.retrieval, **measured.answers}
    shown = {name: f"{value:.3f}" for name, value in figures.items() if value is not None}
    return {"documents": str(built.documents), "passages": str(built.chunks), **shown}
