"""Write the demonstration's workbooks: `python -m flows.steps.demonstration FOLDER [PROGRAMME]`."""

import sys
from pathlib import Path

from flows.steps.demonstration import write_manifest, write_samples
from flows.steps.errors import ReperError, UsageError
from flows.steps.settings import DEFAULT_PROGRAMME


def main(arguments: list[str]) -> int:
    """Write the workbooks and, beside them, deliveries.csv and mistakes.csv; exit status."""
    try:
        if len(arguments) not in (1, 2):
            msg = "Name the folder to write to, and the programme if it is not the usual one."
            raise UsageError(msg)
        folder, programme_id = Path(arguments[0]), (*arguments, DEFAULT_PROGRAMME)[1]
        deliveries = write_samples(programme_id, folder)
        write_manifest(deliveries, folder)
    except ReperError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    sys.stdout.write(f"{len(deliveries)} files in {folder}\n")
    return 0


sys.exit(main(sys.argv[1:]))
