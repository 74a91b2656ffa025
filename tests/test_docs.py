"""What the documentation says of the code, looked up in the code."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import get_resolver

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text()
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
}
COMMANDS = {name: app for name, app in get_commands().items() if app.startswith("samspel.") and "_" in name}
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
COMMAND = re.compile(r"\bsamspel ([a-z]+ [a-z]+)\b([^\n`|]*)")


def code_in(page):
    """Return the code spans and blocks of a page, as one text."""
    return "\n".join(CODE.findall(PAGES[page]))


def lines_with_commands(page):
    """Return (name, the words after it) of each ``samspel NOUN VERB`` in a page's code."""
    found = COMMAND.findall(code_in(page).replace("\\\n", " "))
    return [(words.replace(" ", "_"), rest) for words, rest in found]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_only_commands_that_exist(page):
    unknown = [name for name, _ in lines_with_commands(page) if name not in COMMANDS]

    assert unknown == []


@pytest.mark.parametrize("page", PAGES)
def test_a_command_is_shown_only_with_options_that_it_has(page):
    unknown = [
        (name, option)
        for name, rest in lines_with_commands(page)
        for option in re.findall(r"--[a-z-]+", rest)
        if option not in options_of(name)
    ]

    assert unknown == []


def test_every_command_is_documented():
    shown = {name for page in PAGES if page.startswith("docs/") for name, _ in lines_with_commands(page)}

    assert COMMANDS.keys() - shown == set()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_only_targets_of_make_that_exist(page):
    targets = set(re.findall(r"^([a-z0-9]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set(re.findall(r"`(?:sudo )?make ([a-z0-9]+)", PAGES[page])) <= targets


@pytest.mark.parametrize("page", PAGES)
def test_every_link_within_the_project_leads_somewhere(page):
    folder = (ROOT / page).parent
    prose = re.sub(r"```.*?```", "", PAGES[page], flags=re.DOTALL)
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", prose) if not re.match(r"[a-z]+:", link)]

    broken = [link for link in links if not leads_somewhere(folder, ROOT / page, link)]

    assert broken == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_only_files_and_folders_that_exist(page):
    named = re.findall(r"(?<![\w/.~-])(?:samspel|tests|bench|docs|locale)/[\w./-]*\w", PAGES[page])

    # What `make install` makes need not be there yet.
    missing = [name for name in named if not (ROOT / name).exists() and "/vendor" not in name and "/codes" not in name]

    assert missing == []


def test_every_name_in_the_glossary_is_in_the_code():
    unknown = [name for row in glossary() for name in re.findall(r"`([^`]+)`", row[3]) if not is_in_the_code(name)]

    assert unknown == []


def test_every_term_of_the_glossary_stands_in_three_languages_with_a_meaning():
    assert [row for row in glossary() if not (row[0] and row[1] and row[2] and row[5])] == []
    assert [row for row in glossary() if not re.fullmatch(r"–|`[^`]+`( `[^`]+`)*", row[3])] == []


def test_every_business_term_of_what_the_code_has_is_read_by_the_code():
    sources = "".join(path.read_text() for path in (ROOT / "samspel").rglob("*.py"))

    unread = [term for row in glossary() if row[3] != "–" for term in terms(row[4]) if not stands_in(term, sources)]

    assert unread == []


def test_the_order_of_the_apps_is_as_the_code_keeps_it():
    from tests.test_architecture import ORDER

    (order,) = re.findall(r"^kit → .*$", PAGES["docs/architecture.md"], re.MULTILINE)

    assert order.split(" → ") == ORDER


def test_the_drawing_of_the_imports_shows_those_there_are():
    from tests.test_architecture import PACKAGE, imported, packages

    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    imports = {(room, other) for room in rooms for other in packages(imported(room)) & rooms - {room}}

    assert set(re.findall(r"(\w+) --> (\w+)", PAGES["docs/architecture.md"])) == imports


def options_of(name):
    parser = load_command_class(COMMANDS[name], name).create_parser("samspel", name)
    return {option for action in parser._actions for option in action.option_strings}


def leads_somewhere(folder, page, link):
    name, _, anchor = link.partition("#")
    target = folder / name if name else page
    if not target.exists():
        return False
    return not anchor or anchor in anchors(target.read_text())


def anchors(text):
    """Return the anchors that a page's headings get where it is shown."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def glossary():
    """Return the cells of each row: sv, nb, en, in the code, eForms, what it is."""
    rows = [line for line in PAGES["docs/glossary.md"].splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return [row for row in cells if row[0] != "sv"]


def terms(cell):
    return re.findall(r"\b(?:BT|OPT|OPP)-\d+", cell)


def stands_in(term, text):
    """Whether a term is in a text, also where a comment lists "BT-06, 774, 775"."""
    number = term.partition("-")[2]
    return bool(re.search(rf"{term}\b", text) or re.search(rf"BT-[\d, and]*\b{number}\b", text))


def is_in_the_code(name):
    if name.startswith("/"):
        return any(route.startswith(name.lstrip("/")) for route in routes())
    return name in names()


def routes():
    return [str(pattern.pattern) for urls in get_resolver().url_patterns for pattern in urls.url_patterns]


@cache
def names():
    """Return what the code calls things: what it defines, by itself and after its class or module, and its texts.

    A column that only SQL names stands in a text, after AS.
    """
    found = set()
    for path in (ROOT / "samspel").rglob("*.py"):
        tree = ast.parse(path.read_text())
        found |= {path.stem, *defined(tree, path.stem)}
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                found |= {node.name, *defined(node, node.name)}
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value, *re.findall(r"\bAS (\w+)", node.value)}
    return found


def defined(node, owner):
    """Return what a module or class defines, by itself and after its owner's name."""
    own = set()
    for child in node.body:
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            own.add(child.name)
        elif isinstance(child, ast.Assign):
            own |= {target.id for target in child.targets if isinstance(target, ast.Name)}
        elif isinstance(child, ast.AnnAssign) and isinstance(child.target, ast.Name):
            own.add(child.target.id)
    return own | {f"{owner}.{name}" for name in own}
