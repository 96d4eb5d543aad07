"""The records on a real PostgreSQL: the conformance suite on a private cluster, where its programs are installed."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from walkdown.records.database import Database
from walkdown.testing.records_suite import RecordsSuite

pytestmark = pytest.mark.integration
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _as_server_user(command: list[str]) -> subprocess.CompletedProcess[str]:
    """PostgreSQL refuses to run as root, so root runs it as `postgres`."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    return subprocess.run([*prefix, *command], capture_output=True, text=True, timeout=120, cwd="/")


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """URL of the maintenance database of a cluster that lives as long as the tests; unix socket only."""
    if not BINARIES:
        pytest.skip("no PostgreSQL server programs under /usr/lib/postgresql")
    binaries, folder = BINARIES[0], Path(tempfile.mkdtemp(prefix="walkdown-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        made = _as_server_user([str(binaries / "initdb"), "-A", "trust", "-U", "tester", "-N", str(folder / "data")])
        assert made.returncode == 0, made.stderr
        options = f"-k {folder} -c listen_addresses="
        control = [str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-w"]
        started = _as_server_user([*control, "-o", options, "-l", str(folder / "log"), "start"])
        assert started.returncode == 0, started.stderr
        try:
            yield f"postgresql://tester@/postgres?host={folder}"
        finally:
            _as_server_user([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class TestPostgres(RecordsSuite):
    @pytest.fixture
    def url(self, cluster: str, request: pytest.FixtureRequest) -> str:
        name = f"t{abs(hash(request.node.name))}"
        engine = create_engine(cluster.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return cluster.replace("/postgres?", f"/{name}?")

    def test_a_server_that_freezes_holds_nobody_for_ever(self, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("walkdown.records.postgres.SILENCE", 1.0)
        database = Database(url)
        with database.transaction() as session:
            backend = session.scalar(text("SELECT pg_backend_pid()"))
        os.kill(int(backend or 0), signal.SIGSTOP)
        try:
            begin = time.monotonic()
            database.ping()  # over a connection of its own, once the frozen one is given up
            assert time.monotonic() - begin < 8
        finally:
            os.kill(int(backend or 0), signal.SIGCONT)
            database.close()
