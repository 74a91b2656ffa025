"""Reads archives that nobody vouches for: forward, bounded, and never at their own word.

``Stream`` is what is read; ``BROKEN`` is what reading can raise; ``in_words`` says it to a user.
"""

from __future__ import annotations

import errno
import re
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, cast

CHUNK = 64 * 1024  # bytes read at a time

# What the standard library raises on an archive that is damaged, cut short or hostile (RuntimeError holds
# RecursionError, by a long row of tar headers, and NotImplementedError, by an unknown way of packing).
CUT_OFF = (
    EOFError,
    ValueError,
    RuntimeError,
    OverflowError,
    struct.error,
    zlib.error,
    tarfile.TarError,
    zipfile.BadZipFile,
)
BROKEN = (OSError, *CUT_OFF)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a document or an archive may ask for before it is refused; sizes in bytes."""

    document_bytes: int = 16 * 2**20  # nine times the largest real notice (1.8 MB)
    spooled_bytes: int = 4 * 2**30  # one table, or one zip inside another archive; ten years of statistics are 0.3 GB
    directory_bytes: int = 8 * 2**20  # the list of members in a zip: some 100,000, for which 60 MB of memory are needed
    nesting: int = 4  # archives inside archives; a tar.gz is one
    ratio: int = 200  # unpacked bytes for a packed byte; notices unpack to 10 or 20
    ratio_from: int = 100 * 2**20  # unpacked bytes below which no ratio does harm


class Bomb(Exception):
    """An archive that unpacks to far more than it holds; ``budget`` tells which one of those around each other."""

    def __init__(self, budget: Budget) -> None:
        super().__init__("unpacks to so much more than it holds that it may be a bomb; the rest of it was not read")
        self.budget = budget


@dataclass(slots=True, eq=False)
class Budget:
    """What one archive may unpack to for what was read of it; what archives inside it unpack to counts here too."""

    limits: Limits
    outer: Budget | None
    packed: int = 0
    unpacked: int = 0

    def spend(self, size: int) -> None:
        """Count unpacked bytes, here and in every archive around; raises Bomb."""
        if self.outer:
            self.outer.spend(size)
        self.unpacked += size
        if self.unpacked > max(self.limits.ratio_from, self.limits.ratio * self.packed):
            raise Bomb(self)


class Stream:
    """Reads chunks forward, and hands out every byte there is before it raises what broke them off."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._buffer = b""
        self._broken: Exception | None = None

    @classmethod
    def over(cls, raw: IO[bytes]) -> Stream:
        """Return a stream of an open file."""
        return cls(iter(partial(raw.read, CHUNK), b""))

    def peek(self, size: int) -> bytes:
        """Return the next bytes without taking them; fewer where there are no more."""
        self._buffer = self._take(size) + self._buffer
        return self._buffer[:size]

    def read(self, size: int) -> bytes:
        """Take the next bytes; empty at the end. Raises BROKEN where the end is none."""
        data = self._take(size)
        if self._broken and not data:
            raise self._broken
        return data

    def unread(self, data: bytes) -> None:
        """Put bytes back to be read next."""
        self._buffer = data + self._buffer

    def _take(self, size: int) -> bytes:
        parts, length = [self._buffer], len(self._buffer)
        while length < size and (chunk := self._next_chunk()):
            parts.append(chunk)
            length += len(chunk)
        kept = len(parts[-1]) - max(0, length - size)
        parts[-1], self._buffer = parts[-1][:kept], parts[-1][kept:]
        return b"".join(parts)

    def _next_chunk(self) -> bytes:
        try:
            return next(self._chunks, b"")
        except BROKEN as error:
            self._broken = error
            return b""


def gunzip(stream: Stream, budget: Budget) -> Iterator[bytes]:
    """Unpack gzip, member after member; what follows the last one is padding, as for gzip itself."""
    while stream.peek(2) == b"\x1f\x8b":
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            packed = member.unconsumed_tail
            if not packed:
                packed = stream.read(CHUNK)
                budget.packed += len(packed)
            data = member.decompress(packed, CHUNK)
            if not packed and not data and not member.eof:
                raise EOFError
            budget.spend(len(data))
            if data:
                yield data
        stream.unread(member.unused_data)


def untar(stream: Stream) -> Iterator[tuple[tarfile.TarInfo, IO[bytes] | None]]:
    """Yield each member of a tar with its bytes, to be read before the next; None where it is no file."""
    tar = tarfile.open(fileobj=cast("IO[bytes]", _ToTheEnd(stream)), mode="r|", tarinfo=_Member)  # noqa: SIM115 (it owns no file)
    while member := tar.next():
        tar.members.clear()  # type: ignore[attr-defined]  # it remembers every member: a month of TED has 70,000
        yield member, tar.extractfile(member) if member.isreg() else None


def unzip(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget) -> Iterator[bytes]:
    """Unpack one member of a zip."""
    with archive.open(member) as raw:
        while chunk := raw.read(CHUNK):
            budget.spend(len(chunk))
            yield chunk


class _ToTheEnd:
    """What tarfile reads: it goes on for hours to skip a member that is not there, unless the end stops it."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        if data := self._stream.read(size):
            return data
        raise EOFError


class _Member(tarfile.TarInfo):
    """A member whose headers are not held in memory at their own word, and whose damage is not taken for the end."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Member:
        # after the first member, tarfile takes a damaged header, or none, for the end; the end is a block of zeros
        if len(buf) < tarfile.BLOCKSIZE:
            raise EOFError
        if not any(buf):
            return super().frombuf(buf, encoding, errors)
        try:
            return super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            raise tarfile.ReadError from error

    def _proc_member(self, tar: tarfile.TarFile) -> _Member:
        # long names and pax headers are read whole, lists of holes without end; no notice needs either to be large
        if self.size < 0 or (self.type in _TAR_HEADERS and self.size > 2**20) or self.type == tarfile.GNUTYPE_SPARSE:
            raise tarfile.ReadError
        return cast("_Member", super()._proc_member(tar))  # type: ignore[misc]

    def _proc_gnusparse_10(self, *_: object) -> None:
        raise tarfile.ReadError


_TAR_HEADERS = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)


def is_tar(head: bytes) -> bool:
    """Tell whether a file begins with a tar header (its checksum, as older kinds have no magic word)."""
    try:
        tarfile.TarInfo.frombuf(head[: tarfile.BLOCKSIZE], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def tar_refusal(member: tarfile.TarInfo) -> str | None:
    """Return why a member of a tar is not opened, or None."""
    if member.issym() or member.islnk():
        return "is a link, and links are not followed"
    if not member.isreg():
        return "is a device, not a file"
    return _name_refusal(member.name)


def zip_refusal(member: zipfile.ZipInfo) -> str | None:
    """Return why a member of a zip is not opened, or None."""
    if stat.S_ISLNK(member.external_attr >> 16):
        return "is a link, and links are not followed"
    if member.flag_bits & 0x1:
        return "is locked with a password"
    return _name_refusal(member.filename)


def _name_refusal(name: str) -> str | None:
    if re.match(r"[/\\]|[A-Za-z]:", name) or ".." in re.split(r"[/\\]", name):
        return "has a name that leads out of the archive, and was not opened"
    return None


def is_hidden(name: str) -> bool:
    """Tell whether a member is one that systems leave behind (.DS_Store, __MACOSX/x), which nobody means to load."""
    parts = re.split(r"[/\\]", name)
    return "__MACOSX" in parts or any(part.startswith(".") and part not in {".", ".."} for part in parts)


def directory_bytes(path: Path) -> int:
    """Return how long a zip says its list of members is (APPNOTE.TXT 4.3.16; 4.3.14 where the number is too large)."""
    with path.open("rb") as raw:
        raw.seek(max(0, path.stat().st_size - 2**16 - 22))
        tail = raw.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        raise EOFError
    size = int(struct.unpack_from("<L", tail, end + 12)[0])
    big = tail.rfind(b"PK\x06\x06", 0, end)
    return size if size < 2**32 - 1 or big < 0 else int(struct.unpack_from("<Q", tail, big + 40)[0])


def in_words(error: Exception) -> str:
    """Return what went wrong, for a report."""
    if isinstance(error, OSError):
        return _OS_ERRORS.get(error.errno or 0) or error.strerror or "cannot be read"
    if isinstance(error, EOFError):
        return "is cut short: the rest of it is missing"
    if isinstance(error, NotImplementedError):
        return "is packed in a way that is not read"
    return "is damaged and cannot be read further"


_OS_ERRORS = {
    errno.ENOENT: "there is no such file or folder",
    errno.EACCES: "may not be read by the user that runs this",
    errno.EPERM: "may not be read by the user that runs this",
    errno.ENOSPC: "could not be unpacked: the disk is full",
}
