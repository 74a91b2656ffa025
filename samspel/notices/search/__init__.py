"""The search over notices, and what can be downloaded from it."""
