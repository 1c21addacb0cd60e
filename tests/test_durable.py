"""One writer at a time, and files that are whole or not there."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.steps import durable
from flows.steps.errors import OperatorError

# Takes the lock, says so, and holds it until its standard input ends.
HOLDER = """
import sys
from pathlib import Path
from flows.steps.durable import only_writer
with only_writer(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""

# Writes until the file may not grow any more, which looks to a program as a full disk does.
WRITER = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from flows.steps import warehouse
from flows.steps.errors import OperatorError
from flows.steps.ledger import Ledger
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
what, folder = sys.argv[1], Path(sys.argv[2])
at = datetime(2021, 1, 1, tzinfo=UTC)
if what == "ledger":
    book = Ledger(f"sqlite:///{folder / 'ledger.sqlite'}")
    book.append("first", {}, at)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    if what == "ledger":
        for n in range(1000):
            book.append("more", {"text": "x" * 10_000}, at)
    with warehouse.replacing(folder / "warehouse.duckdb") as connection:
        connection.execute("create table t as select random() as x from range(1_000_000)")
except OperatorError as error:
    print(error)
"""


def holder(lock: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_run_is_refused_at_once_and_told_who_holds_the_home(tmp_path: Path) -> None:
    lock = tmp_path / "home" / ".lock"
    with (
        holder(lock) as other,
        pytest.raises(OperatorError, match=f"process {other.pid}"),
        durable.only_writer(lock),
    ):
        pytest.fail("two processes held the lock")
    with durable.only_writer(lock):
        assert lock.read_text() == str(os.getpid())


def test_a_run_that_was_killed_leaves_the_home_free(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    with holder(lock) as other:
        other.kill()
    assert other.returncode == -9
    with durable.only_writer(lock):
        assert lock.read_text() == str(os.getpid())


def test_a_run_that_failed_leaves_the_home_free(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), durable.only_writer(tmp_path / ".lock"):
        raise ZeroDivisionError
    with durable.only_writer(tmp_path / ".lock"):
        pass


def test_what_is_written_is_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "below" / "file"
    durable.write(path, b"one")
    durable.write(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_a_reader_keeps_the_whole_old_file_while_a_new_one_takes_its_place(tmp_path: Path) -> None:
    path = tmp_path / "file"
    durable.write(path, b"old")
    with path.open("rb") as reader:
        durable.write(path, b"new")
        assert reader.read() == b"old"
    assert path.read_bytes() == b"new"


def test_a_place_that_cannot_be_written_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"a file where a folder should be")
    with pytest.raises(OperatorError, match="disk space or give this user the right") as refused:
        durable.write(tmp_path / "file" / "below", b"")
    assert str(tmp_path / "file" / "below") in str(refused.value)
    with pytest.raises(OperatorError), durable.only_writer(tmp_path / "file" / ".lock"):
        pytest.fail("held a lock that cannot be there")


def test_a_full_disk_is_the_operators_and_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "file"
    durable.write(path, b"old")
    # Nothing can be written to a device that is always full.
    (tmp_path / ".file.partial").symlink_to("/dev/full")
    with pytest.raises(OperatorError, match=os.strerror(errno.ENOSPC)):
        durable.write(path, b"new")
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("what", ["ledger", "warehouse"])
def test_a_disk_that_fills_up_meanwhile_is_the_operators_too(what: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, what, str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert f"Cannot write {'the ledger' if what == 'ledger' else tmp_path}" in said.stdout
    assert "Free some disk space" in said.stdout
    assert not (tmp_path / "warehouse.duckdb").exists()
