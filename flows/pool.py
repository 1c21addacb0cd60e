"""The pool that deployments and worker share, made where it is not there yet.

Prefect's own command for it lets the server ask a public address what kinds of pool there are.
"""

import flows.prefect_settings  # noqa: F401

# isort: split
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import ObjectAlreadyExists
from prefect.workers.process import ProcessWorker

from flows.up import POOL


def main() -> None:
    """Make the pool; nothing happens when it is there."""
    template = ProcessWorker.get_default_base_job_template()
    pool = WorkPoolCreate(name=POOL, type=ProcessWorker.type, base_job_template=template)
    with get_client(sync_client=True) as client:
        try:
            client.create_work_pool(pool)
        except ObjectAlreadyExists:
            return


if __name__ == "__main__":
    main()
