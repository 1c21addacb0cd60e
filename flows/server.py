"""Prefect's server as `prefect server start` runs it, with the files of its pages below /files/.

One server and one address: a link of a page opens wherever the page itself does, also behind a
proxy, and under the same password.
"""

import sys

import flows.prefect_settings  # noqa: F401

# isort: split
import uvicorn
from prefect.server.api.server import create_app

from flows import files
from flows.steps.settings import load


def main(host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM."""
    app = create_app(final=True)
    # Before Prefect's own: its page answers for every address that nothing else answers for.
    app.router.routes.insert(0, files.served(load()))
    uvicorn.run(app, host=host, port=port)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
