"""Organisations that became part of another: reforms, mergers, and one body that was registered twice."""
