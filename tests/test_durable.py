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
