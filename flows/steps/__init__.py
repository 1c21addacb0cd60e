"""The steps of a night: plain functions that know no scheduler."""
