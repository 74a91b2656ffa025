"""The shape of the code, kept true by the test run."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "samspel"
FILES = [path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]

# The life of a purchase. An app may import the apps before it, never the ones after.
ORDER = [
    "kit",
    "organisations",
    "strategy",
    "documents",
    "notices",
    "knowledge",
    "maturity",
    "needs",
    "networks",
    "dialogue",
    "procurements",
    "effects",
    "front",
]
# The apps before notices have nothing to ask of the lake.
BEFORE_THE_LAKE = ORDER[: ORDER.index("notices")]
# A file of one of these names says nothing of what is in it.
NAMELESS = {
    "utils.py",
    "helpers.py",
    "services.py",
    "signals.py",
    "managers.py",
    "constants.py",
    "misc.py",
    "common.py",
}


def imported(package):
    """Return the dotted names that the files of one package import."""
    names = set()
    for path in FILES:
        if path.is_relative_to(PACKAGE / package):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.ImportFrom):
                    names |= {f"{node.module}.{alias.name}" for alias in node.names}
                elif isinstance(node, ast.Import):
                    names |= {alias.name for alias in node.names}
    return names


def packages(names):
    return {name.split(".")[1] for name in names if name.startswith("samspel.")}


@pytest.mark.parametrize("app", ORDER)
def test_an_app_does_not_import_what_comes_after_it(app):
    later = ORDER[ORDER.index(app) + 1 :]

    found = packages(imported(app)) & set(later)

    assert found == set()


@pytest.mark.parametrize("app", BEFORE_THE_LAKE)
def test_an_app_before_notices_does_not_know_the_lake(app):
    assert "lake" not in packages(imported(app))


def test_the_lake_knows_neither_django_nor_the_rest_of_the_package():
    names = imported("lake")

    # The rules of registration numbers stand beside the packages: people type numbers too.
    assert packages(names) <= {"lake", "registration_numbers"}
    assert [name for name in names if name.split(".")[0] == "django"] == []


def test_every_app_is_in_the_map():
    apps = {path.parent.name for path in PACKAGE.glob("*/apps.py")}

    assert apps <= set(ORDER)


def test_every_file_is_named_for_what_is_in_it():
    assert [path for path in FILES if path.name in NAMELESS] == []


def test_imports_are_absolute():
    relative = [
        path
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert relative == []
