"""Who gets what, exactly once: the message, the outbox over the ledger, the wire."""
