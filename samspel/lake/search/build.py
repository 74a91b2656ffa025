"""Building the index, adding to it, and the folder it lies in.

The folder holds one folder per index and the file `current`, which names the one that serves. A new index is built
beside the old one and swapped in by a rename; whoever still reads the old one keeps reading it, its files are gone
when the last reader lets go. One process writes at a time; a writer that dies leaves no lock behind.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from uuid import uuid4

import tantivy

from samspel.lake.notice import Text
from samspel.lake.search.document import Entry, analyzer, document, schema
from samspel.lake.search.language import Words

POINTER = "current"
WORDS = "words.json"

_HEAP = 50_000_000  # bytes the writer keeps before it writes a segment
# tantivy merges eight segments of one size into one, so an index written in eight (or 64) equal parts ends as one
# segment, which is searched fastest. A part that does not fit into the heap would become several.
_MERGED = 8
_PART = 20_000  # notices in a part at most
_LEARNED_FROM = 5_000
_REPORTED = 1_000


class IndexDamaged(Exception):
    """What lies in the index's folder cannot be read. The message is fit to show an operator."""


class Busy(Exception):
    """Another process writes to this index. Nothing was changed; try again when it is done."""


def build(
    folder: Path,
    entries: Iterable[Entry],
    *,
    words: Words | None = None,
    expected: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Build a new index of all entries and let it serve; until then, and if this fails, the old one does.

    ``words`` are those that compounds are split into (``Words.learn``); without them they are learned from the first
    5,000 entries. ``expected`` is about how many entries come, which lets the index become a single segment.
    ``progress`` is told the number of entries written, now and then and at the end. Raises Busy.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _writing(folder):
        _remove_others(folder, keep=current(folder))
        made = folder / f"index-{uuid4().hex}"
        made.mkdir()
        try:
            _fill(made, iter(entries), words, expected, progress)
            _point(folder, made)
        finally:
            _remove_others(folder, keep=current(folder))


def add(folder: Path, entries: Iterable[Entry]) -> None:
    """Add entries to the index that serves, in place of those with the same key; all of them or, on failure, none.

    Where there is no index yet, one is built. Raises Busy, and IndexDamaged where the one that serves cannot be read.
    """
    serving = current(folder)
    if not serving:
        build(folder, entries)
        return
    with _writing(folder):
        with telling_damage():
            words = load_words(serving)
            index = open_index(serving)
        with _writer(index) as writer:
            for entry in entries:
                writer.delete_documents_by_term("key", entry.notice.key)
                writer.add_document(tantivy.Document.from_dict(document(entry, words), index.schema))
            writer.commit()


def current(folder: Path) -> Path | None:
    """Return the folder of the index that serves, None where there is none yet."""
    try:
        serving = folder / (folder / POINTER).read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return None
    return serving if (serving / "meta.json").exists() else None


def open_index(serving: Path) -> tantivy.Index:
    """Open an index; it sees later commits when its ``reload`` is called."""
    index = tantivy.Index.open(str(serving))
    index.register_tokenizer("terms", analyzer())
    index.config_reader("manual")
    return index


def load_words(serving: Path) -> Words:
    """Read the words of an index; raises ValueError where the file holds something else."""
    stored = json.loads((serving / WORDS).read_text(encoding="utf-8"))
    if not isinstance(stored, dict) or not all(isinstance(words, dict) for words in stored.values()):
        raise ValueError(f"{WORDS} holds no words")
    return Words(stored)


@contextmanager
def telling_damage() -> Iterator[None]:
    """Raise IndexDamaged where the files of an index turn out to be broken or gone.

    tantivy says so with a ValueError, which it also keeps for a broken search, and those are never made; or it panics,
    and pyo3 makes of that an exception that has no importable name and is no Exception.
    """
    try:
        yield
    except BaseException as error:
        if not (isinstance(error, (FileNotFoundError, ValueError)) or type(error).__name__ == "PanicException"):
            raise
        message = "The search index is damaged. The search index must be rebuilt: samspel search rebuild"
        raise IndexDamaged(message) from error


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Be the only writer; the lock is the system's and ends with the process."""
    with (folder / "writer.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy("the search index is being written by another process") from None
        yield


def _fill(
    made: Path,
    entries: Iterator[Entry],
    words: Words | None,
    expected: int | None,
    progress: Callable[[int], None] | None,
) -> None:
    if words is None:
        first = list(islice(entries, _LEARNED_FROM))
        words = Words.learn(_said(first))
        entries = chain(first, entries)
    words.save(made / WORDS)
    fields = schema()
    index = tantivy.Index(fields, str(made))
    index.register_tokenizer("terms", analyzer())
    part = _part(expected)
    written = 0
    with _writer(index) as writer:
        for entry in entries:
            writer.add_document(tantivy.Document.from_dict(document(entry, words), fields))
            written += 1
            if written % part == 0:
                writer.commit()
            if progress and written % _REPORTED == 0:
                progress(written)
        writer.commit()
    if progress:
        progress(written)


@contextmanager
def _writer(index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    """Write with one thread, and leave only when nothing more is being written; a failure takes back what was added."""
    writer = index.writer(_HEAP, 1)
    try:
        yield writer
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()


def _said(entries: list[Entry]) -> Iterator[Text]:
    for entry in entries:
        yield from entry.notice.title
        yield from entry.notice.description


def _part(expected: int | None) -> int:
    """Return how many notices make a part, so that the parts are as many as merge into one."""
    part = max(expected or _PART, 1)
    while part > _PART:
        part = -(-part // _MERGED)
    return part


def _point(folder: Path, made: Path) -> None:
    """Let an index serve: the pointer is replaced as a whole, and is on disk when this returns."""
    written = folder / f"{POINTER}.new"
    with written.open("w", encoding="ascii") as file:
        file.write(made.name)
        file.flush()
        os.fsync(file.fileno())
    written.replace(folder / POINTER)


def _remove_others(folder: Path, keep: Path | None) -> None:
    for other in folder.glob("index-*"):
        if other != keep:
            shutil.rmtree(other)
