"""Published editions of code lists: an eForms SDK as folder or zip, or CSV files, read into labels by code.

The SDK keeps one Genericode file per list in ``codelists/``, with a column ``code`` and one column per language named
``swe_label``; Norway's edition adds ``nob_label``. A list tailored to some notices ("country_eu-country") holds codes
of its parent and is read into it. CSV files are named after their list and have the columns ``code,en,sv,nb,…``.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from lxml import etree

LANGUAGES = {"eng": "en", "swe": "sv", "nob": "nb", "nno": "nn", "dan": "da", "fin": "fi"}
LARGEST_FILE = 64 * 1024 * 1024  # bytes; the largest list of SDK 1.15, nuts.gc, has 8 million
LARGEST_EDITION = 512 * 1024 * 1024

Labels = dict[str, dict[str, str]]  # code → language → label


class Unusable(Exception):
    """The file or folder holds no code lists. The message says what is wrong, in words for a report."""


@dataclass(slots=True)
class Edition:
    """What was found: lists by name, and the files that could not be read, with the reason."""

    lists: dict[str, Labels] = field(default_factory=dict)
    skipped: list[tuple[str, str]] = field(default_factory=list)


def read(path: Path) -> Edition:
    """Read every code list of an SDK folder or zip, or of a folder, zip or single file of CSV; may raise Unusable."""
    if not path.exists():
        raise Unusable(f"{path.name} does not exist.")
    edition = Edition()
    # Parents after the lists tailored from them: their labels win.
    for file, body in sorted(_files(path, edition), key=lambda pair: ("_" not in pair[0].stem, str(pair[0]))):
        try:
            labels = _genericode(body) if file.suffix == ".gc" else _csv(body)
        except Unusable as problem:
            edition.skipped.append((str(file), str(problem)))
            continue
        into = edition.lists.setdefault(file.stem.partition("_")[0], {})
        for code, texts in labels.items():
            into.setdefault(code, {}).update(texts)
    if not edition.lists:
        why = f" {edition.skipped[0][0]}: {edition.skipped[0][1]}" if edition.skipped else ""
        raise Unusable(
            f"{path.name} holds no code lists. Expected an eForms SDK with codelists/*.gc, or CSV files with the "
            f"columns code,en,sv,nb.{why}"
        )
    return edition


def _files(path: Path, edition: Edition) -> Iterator[tuple[PurePosixPath, bytes]]:
    if path.is_dir():
        yield from _in_folder(path, edition)
    elif zipfile.is_zipfile(path):
        yield from _in_zip(path, edition)
    elif _is_list(PurePosixPath(path.name)):
        yield PurePosixPath(path.name), path.read_bytes()
    else:
        raise Unusable(f"{path.name} is neither a folder, a zip file, a CSV file nor a Genericode file.")


def _is_list(file: PurePosixPath) -> bool:
    return file.suffix in {".gc", ".csv"} and not file.name.startswith(".") and "__MACOSX" not in file.parts


def _in_folder(path: Path, edition: Edition) -> Iterator[tuple[PurePosixPath, bytes]]:
    for found in sorted(path.rglob("*")):
        name = PurePosixPath(found.relative_to(path).as_posix())
        if not _is_list(name) or not found.is_file():
            continue
        if found.is_symlink():
            edition.skipped.append((str(name), "is a link; links are not followed."))
        elif found.stat().st_size > LARGEST_FILE:
            edition.skipped.append((str(name), f"is larger than {LARGEST_FILE // 1024**2} MB."))
        else:
            yield name, found.read_bytes()


def _in_zip(path: Path, edition: Edition) -> Iterator[tuple[PurePosixPath, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _refuse_tricks(path, members)
            for member in members:
                name = PurePosixPath(member.filename)
                if not _is_list(name):
                    continue
                if member.file_size > LARGEST_FILE:
                    edition.skipped.append((str(name), f"is larger than {LARGEST_FILE // 1024**2} MB."))
                else:
                    yield name, archive.read(member)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise Unusable(f"{path.name} is a damaged zip file. Download it again.") from error
    except (RuntimeError, NotImplementedError) as error:
        raise Unusable(f"{path.name} is locked with a password or packed in an unusual way.") from error


def _refuse_tricks(path: Path, members: list[zipfile.ZipInfo]) -> None:
    for member in members:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts:
            raise Unusable(f"{path.name} holds a path that leads out of it ({member.filename}). Nothing was loaded.")
    size = sum(member.file_size for member in members if _is_list(PurePosixPath(member.filename)))
    if size > LARGEST_EDITION:
        raise Unusable(f"{path.name} would unpack to more than {LARGEST_EDITION // 1024**2} MB. Nothing was loaded.")


def _genericode(body: bytes) -> Labels:
    labels: Labels = {}
    try:
        rows = etree.iterparse(
            io.BytesIO(body), tag="{*}Row", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        for _, row in rows:
            values = {str(value.get("ColumnRef")): "".join(map(str, value.itertext())).strip() for value in row}
            if code := values.get("code"):
                labels[code] = _texts({name.removesuffix("_label"): text for name, text in values.items()})
            row.clear()
    except etree.XMLSyntaxError as error:
        raise Unusable("is not well-formed XML.") from error
    if not labels:
        raise Unusable("is XML, but no Genericode list with a column code.")
    return labels


def _texts(by_alpha_3: dict[str, str]) -> dict[str, str]:
    return {short: by_alpha_3[long] for long, short in LANGUAGES.items() if by_alpha_3.get(long)}


def _csv(body: bytes) -> Labels:
    try:
        lines = body.decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError as error:
        raise Unusable("is not UTF-8 text. Save it as CSV UTF-8.") from error
    if not lines:
        raise Unusable("is empty.")
    try:
        rows = csv.DictReader(lines, delimiter=";" if ";" in lines[0] else ",", strict=True)
        columns = set(rows.fieldnames or ())
        languages = columns & set(LANGUAGES.values())
        if "code" not in columns or not languages:
            raise Unusable("has not the columns code and at least one language (en, sv, nb, nn, da, fi).")
        labels = {
            row["code"].strip(): {language: text for language in languages if (text := (row[language] or "").strip())}
            for row in rows
            if (row["code"] or "").strip()
        }
    except csv.Error as error:
        raise Unusable(f"is not CSV: {error}.") from error
    if not labels:
        raise Unusable("has no codes.")
    return labels
