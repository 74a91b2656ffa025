"""Archives for tests, good and bad, and what is found in them."""

import io
import tarfile
import zipfile

from samspel.lake.documents import Limits, documents

XML = b"<?xml version='1.0'?><Notice/>"
CSV = "År,Upphandlings-ID\n2021,MT1\n".encode()


def found_in(folder, name, data, **limits):
    """Write a file and return what is found in it; packed tables go to the folder's own folder spool."""
    (folder / "spool").mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return list(documents(folder / name, spool=folder / "spool", limits=Limits(**limits)))


def tar_of(*members, mode="w"):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as tar:
        for name, data in members:
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return packed.getvalue()


def tar_gz_of(*members):
    return tar_of(*members, mode="w:gz")


def zip_of(*members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return packed.getvalue()


def tar_header(name, **fields):
    member = tarfile.TarInfo(name)
    for field, value in fields.items():
        setattr(member, field, value)
    return member.tobuf(format=tarfile.GNU_FORMAT)


def cut(data):
    return data[: len(data) // 2]
