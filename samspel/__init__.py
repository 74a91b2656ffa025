"""Samspel: the open hub for innovation procurement and supplier dialogue."""
