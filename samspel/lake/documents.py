"""Opens what a user points at, down to the single document: files, folders, and archives inside archives.

Everything streams: at most one document is in memory. Nothing is written except tables and zip files found inside an
archive, and those under a name of our own in the spool folder: an archive never decides where a byte goes.
"""

from __future__ import annotations

import errno
import re
import stat
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from samspel.lake.archives import (
    BROKEN,
    CHUNK,
    CUT_OFF,
    Bomb,
    Budget,
    Limits,
    Stream,
    directory_bytes,
    gunzip,
    in_words,
    is_hidden,
    is_tar,
    tar_refusal,
    untar,
    unzip,
    zip_refusal,
)

_HEAD = 4096  # bytes looked at to tell what a file is

_OTHER_PACKING = {
    b"BZh": "bzip2",
    b"\xfd7zXZ\0": "xz",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "rar",
    b"\x28\xb5\x2f\xfd": "zstd",
}

# fmt: off
_NO_NOTICE = frozenset({
    ".txt", ".md", ".rst", ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".rtf", ".htm",
    ".html", ".css", ".js", ".xsd", ".sch", ".xsl", ".xslt", ".dtd", ".gc", ".png", ".jpg", ".jpeg", ".gif", ".svg",
    ".ico", ".webp", ".log", ".py", ".sh", ".bat", ".ini", ".cfg", ".toml", ".yaml", ".yml", ".properties", ".sql",
    ".parquet", ".db", ".sqlite", ".md5", ".sha1", ".sha256", ".sha512", ".sig", ".asc",
})
_NO_NOTICE_NAMES = frozenset({"license", "licence", "readme", "copying", "changelog", "makefile"})
# fmt: on


@dataclass(frozen=True, slots=True)
class Document:
    """One XML or JSON document, with its address relative to what the user gave ("a.tar.gz/ted/1-2020.xml")."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file, which may be large: the user's own file, or a copy in the spool folder where it was packed."""

    path: str
    file: Path


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something the user meant to load and that could not be read, with the reason in words for a report."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file of a kind that never holds notices, found in a folder or an archive."""

    path: str
    why: str


Found = Document | Table | Trouble | Ignored


def documents(path: Path, *, spool: Path, limits: Limits | None = None) -> Iterator[Found]:
    """Yield everything under ``path`` (a file or a folder), sorted in folders and as stored in archives.

    ``spool`` is an existing folder for packed tables; the caller removes it when the tables are read. Hidden files
    are skipped. Whatever is wrong with a file becomes a ``Trouble``, and the iteration goes on.
    """
    opener = _Opener(spool, limits or Limits())
    yield from opener.folder(path) if path.is_dir() else opener.file(path, path.name, given=True)


def beginning(head: bytes) -> str:
    """Return how a text begins, without white space: UTF-16 with or without a byte order mark, else UTF-8."""
    if head.startswith((b"\xff\xfe", b"<\0", b"{\0", b"[\0")):
        encoding = "utf-16-le"
    elif head.startswith((b"\xfe\xff", b"\0<", b"\0{", b"\0[")):
        encoding = "utf-16-be"
    else:
        encoding = "utf-8"
    return head.decode(encoding, "ignore").lstrip("\ufeff \t\r\n")


@dataclass(frozen=True, slots=True)
class _File:
    """A file on its way in: its address, its bytes, and what is known about it before they are read."""

    path: str
    stream: Stream
    size: int | None  # as stated around it, which may be a lie
    given: bool = False  # by name, by the user
    depth: int = 0  # archives around it
    on_disk: Path | None = None
    budget: Budget | None = None  # of the archive around it

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2].lower().removesuffix(".gz")


@dataclass(frozen=True, slots=True)
class _Opener:
    spool: Path
    limits: Limits

    def folder(self, top: Path) -> Iterator[Found]:
        empty = True
        for path, why in _walk(top):
            empty = False
            address = _printable(path.relative_to(top).as_posix())
            if why:
                yield Trouble(address, why)
            else:
                yield from self.file(path, address)
        if empty:
            yield Trouble(_printable(top.name), "the folder is empty")

    def file(self, path: Path, address: str, *, given: bool = False) -> Iterator[Found]:
        address = _printable(address)
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                yield Trouble(address, "is neither a file nor a folder")
                return
            with path.open("rb") as raw:
                yield from self.open(_File(address, Stream.over(raw), status.st_size, given=given, on_disk=path))
        except OSError as error:
            yield Trouble(address, in_words(error))

    def open(self, file: _File) -> Iterator[Found]:
        """Tell what a file is by its first bytes, rather than by its name, and read it as that."""
        if not file.given and _holds_no_notice(file.name):
            yield Ignored(file.path, "files of this kind hold no notices")
            return
        head = file.stream.peek(_HEAD)
        try:
            if not head:
                file.stream.read(1)  # raises where there is nothing because something is broken
                yield Trouble(file.path, "is empty")
            elif archive := self._archive(head):
                yield from self._inside(file, archive)
            elif _is_table(head, file.name):
                yield from self._table(file)
            elif beginning(head).startswith(("<", "{", "[")):
                yield from self._document(file)
            else:
                yield Trouble(file.path, _not_understood(head))
        except BROKEN as error:
            yield Trouble(file.path, in_words(error))

    def _archive(self, head: bytes) -> Callable[[_File, Budget], Iterator[Found]] | None:
        if head.startswith(b"\x1f\x8b"):
            return self._gz
        if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return self._zip
        return self._tar if is_tar(head) else None

    def _inside(self, file: _File, read: Callable[[_File, Budget], Iterator[Found]]) -> Iterator[Found]:
        if file.depth >= self.limits.nesting:
            yield Trouble(file.path, f"lies inside {file.depth} archives, one in another, and was not opened")
            return
        budget = Budget(self.limits, file.budget)
        try:
            yield from read(file, budget)
        except Bomb as bomb:
            if bomb.budget is not budget:
                raise
            yield Trouble(file.path, str(bomb))

    def _gz(self, file: _File, budget: Budget) -> Iterator[Found]:
        stream = Stream(gunzip(file.stream, budget))
        depth = file.depth if is_tar(stream.peek(_HEAD)) else file.depth + 1
        yield from self.open(replace(file, stream=stream, size=None, depth=depth, on_disk=None, budget=budget))

    def _tar(self, file: _File, _: Budget) -> Iterator[Found]:
        for member, content in untar(file.stream):
            address = f"{file.path}/{_printable(member.name.removeprefix('./'))}"
            if member.isdir() or is_hidden(member.name):
                continue
            if why := tar_refusal(member):
                yield Trouble(address, why)
            elif content:
                inner = _File(address, Stream.over(content), member.size, depth=file.depth + 1, budget=file.budget)
                yield from self.open(inner)

    def _zip(self, file: _File, budget: Budget) -> Iterator[Found]:
        with tempfile.TemporaryDirectory(dir=self.spool) as folder:
            path = file.on_disk
            if path is None:
                path = Path(folder) / "inner.zip"  # a zip is read from its end
                self._copy(file.stream, path)
            budget.packed = path.stat().st_size
            if directory_bytes(path) > self.limits.directory_bytes:
                yield Trouble(file.path, "lists too many members to be read; unpack it and load the folder")
                return
            with zipfile.ZipFile(path) as archive:
                for member in archive.infolist():
                    yield from self._zip_member(file, budget, archive, member)

    def _zip_member(
        self, file: _File, budget: Budget, archive: zipfile.ZipFile, member: zipfile.ZipInfo
    ) -> Iterator[Found]:
        if member.is_dir() or is_hidden(member.filename):
            return
        address = f"{file.path}/{_printable(member.filename)}"
        if why := zip_refusal(member):
            yield Trouble(address, why)
            return
        stream = Stream(unzip(archive, member, budget))
        yield from self.open(_File(address, stream, member.file_size, depth=file.depth + 1, budget=budget))

    def _table(self, file: _File) -> Iterator[Found]:
        if file.on_disk:
            yield Table(file.path, file.on_disk)
            return
        name = re.sub(r"[^\w.-]", "_", file.path.rpartition("/")[2].removesuffix(".gz"))[-100:]
        path = Path(tempfile.mkdtemp(dir=self.spool)) / (name.lstrip(".") or "table")
        try:
            self._copy(file.stream, path)
        except CUT_OFF as error:
            yield Trouble(file.path, in_words(error))
        yield Table(file.path, path)

    def _copy(self, stream: Stream, path: Path) -> None:
        """Copy into the spool folder. What could be read stays where the stream is cut off, else nothing."""
        try:
            with path.open("xb") as copy:
                for chunk in _at_most(self.limits.spooled_bytes, stream):
                    copy.write(chunk)
        except (OSError, Bomb):
            path.unlink(missing_ok=True)
            raise

    def _document(self, file: _File) -> Iterator[Found]:
        limit, size = self.limits.document_bytes, file.size
        data = b"" if size and size > limit else file.stream.read(limit + 1)
        if not data or len(data) > limit:
            yield Trouble(file.path, _too_large(limit))
            return
        if file.stream.read(1) or (size is not None and len(data) != size):  # reading raises where it is broken here
            raise EOFError
        yield Document(file.path, data)


def _walk(top: Path) -> Iterator[tuple[Path, str | None]]:
    """Yield the files under a folder in order, with why one is not to be opened."""
    waiting = [top]
    while waiting:
        path = waiting.pop()
        try:
            if path != top and path.is_symlink():
                yield path, "is a link, and links are not followed"
            elif path.is_dir():
                waiting.extend(sorted((p for p in path.iterdir() if not p.name.startswith(".")), reverse=True))
            else:
                yield path, None
        except OSError as error:
            yield path, in_words(error)


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


def _holds_no_notice(name: str) -> bool:
    return PurePosixPath(name).suffix in _NO_NOTICE or re.split(r"[.\-_]", name)[0] in _NO_NOTICE_NAMES


def _is_table(head: bytes, name: str) -> bool:
    # the Swedish statistics are known by their key column, whatever the file is called
    return name.endswith(".csv") or b"Upphandlings-ID" in head.partition(b"\n")[0]


def _not_understood(head: bytes) -> str:
    for magic, name in _OTHER_PACKING.items():
        if head.startswith(magic):
            return f"is packed with {name}, which is not read; unpack it first"
    return "is neither XML, JSON, CSV, zip, gz nor tar"


def _at_most(limit: int, stream: Stream) -> Iterator[bytes]:
    left = limit
    while chunk := stream.read(CHUNK):
        left -= len(chunk)
        if left < 0:
            raise OSError(errno.EFBIG, _too_large(limit))
        yield chunk


def _too_large(limit: int) -> str:
    return f"is larger than {limit / 2**20:,.3g} MB and was not read"
