"""The marking process: changes strangers' workbooks where a crash or a hang costs one file only."""

from flows.steps.confinement import confined
from flows.steps.confinement.confined import Message, Service

MEMORY_LIMIT = 2**30
CPU_SECONDS = 20


def main() -> None:
    """Answer requests on the pipe named by the only argument."""
    confined.limit(MEMORY_LIMIT)
    confined.serve(_prepared, CPU_SECONDS)


def _prepared(plan: Message, _nothing: bytes) -> Service:
    """Load what a request needs; the plan is the form."""
    from flows.steps.reading import form
    from flows.steps.replying.markup import tasks, workbook

    known = form.from_tables(**plan)

    def answer(message: Message, content: bytes) -> tuple[Message, bytes]:
        wanted = tasks.from_message(message["tasks"])
        return {}, workbook.mark_up(content, message["file_name"], wanted, known)

    return Service(answer, lambda: workbook.rehearse(known))


if __name__ == "__main__":
    main()
