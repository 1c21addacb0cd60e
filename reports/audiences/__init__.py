"""Audiences: who reads which pages, in which order."""
