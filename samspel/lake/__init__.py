"""The notice lake: keep the bytes, read the facts, store them as Parquet, answer questions about them.

Nothing here imports Django, so the lake can be tested, run and reused without the hub.
"""
