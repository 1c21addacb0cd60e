"""A real PostgreSQL, made for the tests and gone with them."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path

import psycopg

# Debian keeps the server's programs off the path.
PATH = os.pathsep.join([os.environ["PATH"], *map(str, Path("/usr/lib/postgresql").glob("*/bin"))])
PATIENCE = 60.0


class Cluster:
    """A server on loopback with databases of its own; stop() leaves nothing of it."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="reper-postgres-"))
        self._databases = count()
        # PostgreSQL refuses to run as root, which is who runs tests in a container.
        self._owner = "postgres" if os.geteuid() == 0 else None
        if self._owner:
            shutil.chown(self._folder, self._owner, self._owner)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        tables = self._folder / "tables"
        self._start("initdb", "-D", tables, "-U", "reper", "-E", "UTF8", "--auth=trust").wait()
        loopback = ("-c", "listen_addresses=127.0.0.1", "-p", self._port)
        self._server = self._start("postgres", "-D", tables, "-k", self._folder, *loopback)
        self._wait_until_it_answers()

    def database(self) -> str:
        """Address of a new and empty database, without the name of a driver."""
        name = f"reper_{next(self._databases)}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f"create database {name}".encode())
        return self._address(name)

    def stop(self) -> None:
        # At once: nobody needs its tables any more.
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait(PATIENCE)
        shutil.rmtree(self._folder)

    def _address(self, database: str) -> str:
        return f"postgresql://reper@127.0.0.1:{self._port}/{database}"

    def _start(self, program: str, *words: object) -> subprocess.Popen[bytes]:
        found = shutil.which(program, path=PATH)
        assert found, f"{program} is missing: install PostgreSQL (Debian: postgresql)."
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(
                [found, *map(str, words)],
                cwd="/",
                stdout=log,
                stderr=log,
                user=self._owner,
                group=self._owner,
                extra_groups=[] if self._owner else None,
            )

    def _wait_until_it_answers(self) -> None:
        last_moment = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(self._address("postgres")).close()
            except psycopg.OperationalError:
                assert time.monotonic() < last_moment, (self._folder / "log").read_text()
                time.sleep(0.1)
            else:
                return
