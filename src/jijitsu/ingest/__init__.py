"""Ingest: from articles, in any number, to a store; again and again, and past every failure."""
