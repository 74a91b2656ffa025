"""The notice lake: keep the bytes, read the facts, store them as Parquet, answer questions about them.

Nothing here imports Django, so the lake can be tested, run and reused without the hub.
"""

import os

# Arrow's own allocator keeps 60 to 100 MB in each process that it no longer needs; it is chosen when Arrow is imported.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
