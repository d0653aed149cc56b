"""Answers with citations: settings, chain, readers, checks, HTTP API, command line."""
