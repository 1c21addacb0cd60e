"""`make test`: format, lint, types, imports, SQL and tests, in that order; stops at the first no.

`--full` adds the tests that need programs which are not Python packages.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
CHECKS = (
    ("format", [BIN / "ruff", "format", "--check", "--quiet", "."]),
    ("lint", [BIN / "ruff", "check", "--quiet", "."]),
    ("types", [BIN / "ty", "check", "--quiet"]),
    ("imports", [BIN / "lint-imports", "--no-cache"]),
    ("sql", [BIN / "sqlfluff", "lint", "--processes", "2", "sql"]),
)
NEEDED_IN_FULL = {
    "chromium": "a browser (Debian: apt-get install chromium)",
    "nginx": "a reverse proxy (Debian: apt-get install nginx-light)",
    "initdb": "PostgreSQL (Debian: apt-get install postgresql)",
    "soffice": "LibreOffice (Debian: apt-get install libreoffice-calc)",
}


def main() -> int:
    """Run every check; the exit status is 0 only when all of them hold."""
    is_full = "--full" in sys.argv[1:]
    if is_full:
        # Debian keeps these off the path of an ordinary user.
        server_programs = [*Path("/usr/lib/postgresql").glob("*/bin"), Path("/usr/sbin")]
        path = os.pathsep.join([os.environ["PATH"], *map(str, server_programs)])
        needed = NEEDED_IN_FULL.items()
        missing = [what for name, what in needed if shutil.which(name, path=path) is None]
        if missing:
            _say("make test-full needs " + " and ".join(missing) + ". Install it, then run again.")
            return 3
    marked = [] if is_full else ["-m", "not full"]
    tests = ("tests", [BIN / "python", "-m", "pytest", "-q", *marked])
    for name, command in (*CHECKS, tests):
        started = time.monotonic()
        _say(f"{name} …")
        done = subprocess.run(command, cwd=ROOT, check=False)
        if done.returncode:
            _say(f"{name}: does not hold. Mend what is named above, then run `make test` again.")
            return done.returncode
        _say(f"{name}: holds ({time.monotonic() - started:.0f} s)")
    return 0


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
