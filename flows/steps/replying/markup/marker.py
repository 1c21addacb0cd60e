"""Has workbooks marked up, each in a process that nothing in them can harm."""

from types import TracebackType

from flows.steps.confinement.child import Child
from flows.steps.reading import form as forms
from flows.steps.reading.form import Form
from flows.steps.replying.markup import process, tasks
from flows.steps.replying.markup.tasks import TaskList

WALL_SECONDS = 30.0


class Marker:
    """A marking process, started when first needed, used again, replaced when it died."""

    def __init__(self, form: Form, wall_seconds: float = WALL_SECONDS) -> None:
        self._plan = forms.to_tables(form)
        self._wall_seconds = wall_seconds
        self._child: Child | None = None

    def __enter__(self) -> "Marker":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._child is not None:
            self._child.stop()

    def mark_up(self, content: bytes, file_name: str, wanted: TaskList) -> bytes | None:
        """The partner's workbook with the marks; None when it does not bear being marked up.

        Raises OperatorError when the marking process cannot start.
        """
        if self._child is None or self._child.is_dead:
            self._child = Child(process.__name__, self._plan)
        request = {"file_name": file_name, "tasks": tasks.to_message(wanted)}
        answer, made = self._child.ask(request, content, self._wall_seconds)
        return None if "failed" in answer else made
