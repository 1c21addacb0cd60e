"""How a report looks: records in, PDF bytes out."""
