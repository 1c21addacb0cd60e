"""How Prefect is to behave here. Import this before prefect, which reads its settings at import.

Only defaults are set: what the environment says already stands.
"""

import os

SETTINGS = {
    # Nobody is told that this runs, or how often.
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    # The page asks the server that it came from, also when that is a proxy with another name.
    "PREFECT_UI_API_URL": "/api",
    # By default any page that somebody of this machine has open may ask the server, and read what
    # it says. Prefect's own page needs no such leave.
    "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": "https://nobody.invalid",
    # Whoever starts a run in the UI waits for the worker's next look; its own 10 s are long.
    "PREFECT_WORKER_QUERY_SECONDS": "2",
    # A new database on a busy machine needs longer than Prefect's own 20 s.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    # Kept in memory, the slot of a run that a power cut ended would never be free again.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": (
        "prefect.server.concurrency.lease_storage.filesystem"
    ),
    # Runs older than Prefect's retention (90 days) go, or its database grows for ever. What has
    # to be kept is in the ledger.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
}

for _name, _value in SETTINGS.items():
    os.environ.setdefault(_name, _value)
