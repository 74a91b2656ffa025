"""What the lake holds already, remembered in 16 bytes each while a load runs.

A load asks of every document and every notice whether it is new. To look them up in the lake would open each of its
files once for every hundred documents: 75 MB, and most of the time of a first load of a whole country's notices.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import starmap

import numpy as np
import numpy.typing as npt

# Blocks that were added one by one are made into one, so that whatever is asked is looked for in a few.
_BLOCKS = 32
_Block = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]


class Documents:
    """The documents that were ever read, by digest, and how many notices each of them gave."""

    def __init__(self, gave: Iterable[list[bytes]] = (), kept: Iterable[list[bytes]] = ()) -> None:
        """``gave`` names a document once for every notice it gave, ``kept`` names all that were kept."""
        self._blocks = [_counted(_joined(gave), _joined(kept))]

    def add(self, gave: list[bytes], kept: list[bytes]) -> None:
        """Remember these too; they are named as when they were read from the lake."""
        self._blocks.append(_counted(_array(gave), _array(kept)))
        if len(self._blocks) > _BLOCKS:
            self._blocks = [np.sort(np.concatenate(self._blocks))]

    def held(self, digests: list[bytes]) -> dict[bytes, int]:
        """Return how many notices each of these documents gave, where it has been read before."""
        asked = _array(digests)
        counts = np.zeros(len(asked), np.int64)
        for block in self._blocks:
            counts += np.searchsorted(block, asked, "right") - np.searchsorted(block, asked)
        return {digest: int(count) for digest, count in zip(digests, counts, strict=True) if count}


class Notices:
    """The notices that are held: their keys, and a digest of each: of what it says, or of the document it came from.

    Both are known by hashes of eight bytes. Where two keys share one, a new notice is reported as a changed one, and
    that is all.
    """

    def __init__(self, held: Iterable[tuple[list[str], list[bytes]]] = ()) -> None:
        """``held`` gives keys and their digests, each key once."""
        self._blocks = [_merged([_block([], []), *starmap(_block, held)])]

    def set(self, keys: list[str], digests: list[bytes]) -> None:
        """Remember these in place of those with the same key."""
        self._blocks.append(_merged([_block(keys, digests)]))
        if len(self._blocks) > _BLOCKS:
            self._blocks = [_merged(self._blocks)]

    def same(self, keys: list[str], digests: list[bytes]) -> list[bool | None]:
        """Return for each whether the notice that is held has the same digest; None where none is held."""
        asked, said = _block(keys, digests)
        answers: list[bool | None] = [None] * len(keys)
        for known, held in self._blocks:  # what was remembered later has the last word
            places = np.searchsorted(known, asked)
            for index in np.flatnonzero(places < len(known)):
                if known[places[index]] == asked[index]:
                    answers[index] = bool(held[places[index]] == said[index])
        return answers


def _counted(gave: npt.NDArray[np.bytes_], kept: npt.NDArray[np.bytes_]) -> npt.NDArray[np.bytes_]:
    """Return documents, sorted, each as often as it gave a notice.

    One whose notices another has replaced since then gave one: to read it again would put the old one back.
    """
    return np.sort(np.concatenate([gave, np.setdiff1d(kept, gave)]))


def _joined(batches: Iterable[list[bytes]]) -> npt.NDArray[np.bytes_]:
    return np.concatenate([_array([]), *map(_array, batches)])


def _array(digests: list[bytes]) -> npt.NDArray[np.bytes_]:
    return np.array(digests, "S16")


def _block(keys: list[str], digests: list[bytes]) -> _Block:
    # Python's own hash is another in every process, so nobody can make two notices that share one.
    return np.fromiter(map(hash, keys), np.int64, len(keys)), np.fromiter(map(hash, digests), np.int64, len(keys))


def _merged(blocks: list[_Block]) -> _Block:
    """Return blocks as one, sorted by key; of the same key the last."""
    keys, digests = (np.concatenate(columns) for columns in zip(*blocks, strict=True))
    _, last = np.unique(keys[::-1], return_index=True)
    chosen = len(keys) - 1 - last
    return keys[chosen], digests[chosen]
