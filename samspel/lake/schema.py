"""The record of a notice as a Parquet row, and back. The columns are the fields of ``Notice``, in their order."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

from samspel.lake.notice import Notice

_SCALARS = {str: pa.string(), int: pa.int32(), float: pa.float64(), bool: pa.bool_(), date: pa.date32()}


def arrow_type(hint: Any) -> pa.DataType:
    """Return how a field's type is stored: tuples as lists, records as structs, enumerations as strings."""
    if get_origin(hint) in (Union, types.UnionType):
        return arrow_type(next(part for part in get_args(hint) if part is not type(None)))
    if get_origin(hint) is tuple:
        return pa.list_(arrow_type(get_args(hint)[0]))
    if is_dataclass(hint):
        return pa.struct([pa.field(name, arrow_type(part)) for name, part in get_type_hints(hint).items()])
    if issubclass(hint, Enum):
        return pa.string()
    return _SCALARS[hint]


NOTICE_FIELDS = [pa.field(name, arrow_type(hint)) for name, hint in get_type_hints(Notice).items()]


def writer(record: type) -> Callable[[Any], dict[str, Any]]:
    """Return a function that turns a record of this class into a dictionary for Arrow."""
    converters = [(field.name, _to(get_type_hints(record)[field.name])) for field in fields(record)]
    plain = [name for name, convert in converters if convert is None]
    others = [(name, convert) for name, convert in converters if convert is not None]

    def write(value: Any) -> dict[str, Any]:
        row = {name: getattr(value, name) for name in plain}
        for name, convert in others:
            row[name] = convert(getattr(value, name))
        return row

    return write


def reader(record: type) -> Callable[[Mapping[str, Any]], Any]:
    """Return a function that makes a record of this class from a dictionary that Arrow gave back."""
    converters = {name: _from(hint) for name, hint in get_type_hints(record).items()}

    def read(row: Mapping[str, Any]) -> Any:
        return record(**{name: convert(row[name]) for name, convert in converters.items()})

    return read


def _to(hint: Any) -> Callable[[Any], Any] | None:
    if get_origin(hint) in (Union, types.UnionType):
        inner = _to(next(part for part in get_args(hint) if part is not type(None)))
        return inner and (lambda value: None if value is None else inner(value))
    if get_origin(hint) is tuple:
        each = _to(get_args(hint)[0])
        return each and (lambda value: [each(item) for item in value])
    return writer(hint) if isinstance(hint, type) and is_dataclass(hint) else None


def _from(hint: Any) -> Callable[[Any], Any]:
    if get_origin(hint) in (Union, types.UnionType):
        convert = _from(next(part for part in get_args(hint) if part is not type(None)))
        return lambda value: None if value is None else convert(value)
    if get_origin(hint) is tuple:
        convert = _from(get_args(hint)[0])
        return lambda value: tuple(convert(item) for item in value)
    if is_dataclass(hint):
        return reader(hint)  # type: ignore[arg-type]
    return hint if issubclass(hint, Enum) else _same


def _same(value: Any) -> Any:
    return value


to_row = writer(Notice)
from_row: Callable[[Mapping[str, Any]], Notice] = reader(Notice)
