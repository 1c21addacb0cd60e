"""One process of our own making that opens strangers' files, seen from outside.

Whatever such a file does to it, crash, hang or eat memory, costs this one file only. What happens
inside is `confined`.
"""

import contextlib
import os
import signal
import subprocess
import sys
from threading import Timer

from flows.steps.confinement import confined
from flows.steps.confinement.confined import Message
from flows.steps.errors import OperatorError

_START_SECONDS = 60.0


class Child:
    """A process and the two pipes to it. is_dead: start another one."""

    def __init__(self, module: str, plan: Message, blob: bytes = b"") -> None:
        """Start a module that serves. Raises OperatorError when it does not come up."""
        hearing, requesting = os.pipe()
        receiving, answering = os.pipe()
        command = [sys.executable, "-I", "-m", module, str(answering)]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=hearing,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(answering,),
                env={},
                cwd="/",
                start_new_session=True,
            )
        finally:
            os.close(hearing)
            os.close(answering)
        self._requests = os.fdopen(requesting, "wb")
        self._answers = os.fdopen(receiving, "rb")
        self._ran_out_of_time = False
        self.is_dead = False
        # A machine that starts many programs at once may need longer than one file does.
        answer = self._exchange(plan, blob, _START_SECONDS)
        if answer is None or "failed" in answer[0]:
            self.stop()
            why = answer[0].get("where") or answer[0]["failed"] if answer else "no answer"
            msg = (
                f"The process {module} does not start ({why}). "
                "Install the project again (make test), or give the machine more memory."
            )
            raise OperatorError(msg)

    def ask(self, message: Message, blob: bytes, wall_seconds: float) -> tuple[Message, bytes]:
        """The answer to a request, or a message that says why there is none; then it is dead.

        That message is {"failed": "time", "crashed" or "memory", "where": …}.
        """
        answer = self._exchange(message, blob, wall_seconds)
        if answer is None:
            self.stop()
            is_time = self._ran_out_of_time or self._process.returncode == -signal.SIGXCPU
            return {"failed": "time" if is_time else "crashed", "where": None}, b""
        if "failed" in answer[0]:
            self.stop()
        return answer

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self.is_dead = True
        self._process.kill()
        self._process.wait()
        for pipe in (self._requests, self._answers):
            # What was still buffered for a dead process has nowhere to go.
            with contextlib.suppress(OSError, ValueError):
                pipe.close()

    def _exchange(
        self, message: Message, blob: bytes, seconds: float
    ) -> tuple[Message, bytes] | None:
        """The answer to one message, or None when the child died or had to be killed."""

        def out_of_time() -> None:
            self._ran_out_of_time = True
            self._process.kill()

        watch = Timer(seconds, out_of_time)
        watch.start()
        try:
            confined.send(self._requests, message, blob)
            return confined.receive(self._answers)
        except (OSError, ValueError):
            return None
        finally:
            watch.cancel()
