"""Searches that people keep, what loads bring of them, and the mails that tell it."""
