"""What holds for all templates, texts and settings at once."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "samspel"
TEMPLATES = {
    path.relative_to(folder).as_posix(): path.read_text()
    for folder in sorted(PACKAGE.glob("*/templates"))
    for path in sorted(folder.rglob("*"))
    if path.is_file()
}
# Django asks for these by name.
FOUND_BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}


def names_where(broken):
    """Return the names of the templates whose text breaks a rule."""
    return [name for name, text in TEMPLATES.items() if broken(text)]


def test_every_template_is_used():
    # A page part of the kit may wait for its first page; then its own test draws it.
    files = [*PACKAGE.rglob("*.py"), *(ROOT / "tests" / "kit").glob("*.py")]
    sources = "".join(path.read_text() for path in files) + "".join(TEMPLATES.values())

    # A name may be put together: f"notices/{party}_detail.html".
    composed = [
        re.sub(r"\\{.*?\\}", r"\\w+", re.escape(name)) for name in re.findall(r'"([\w/]*{\w+}[\w/.]*html)"', sources)
    ]

    unused = [
        name
        for name in TEMPLATES
        if name not in FOUND_BY_DJANGO
        and f'"{name}' not in sources
        # A mail is named once for its text and its HTML.
        and not ("/mail/" in name and f'"{name.rpartition(".")[0]}"' in sources)
        and not any(re.fullmatch(pattern, name) for pattern in composed)
    ]

    assert unused == []


def test_every_include_hands_over_only_what_the_fragment_takes():
    includes = re.compile(r"{% include (?:(?!%}).)*%}", re.DOTALL)

    assert names_where(lambda text: any(not tag.endswith(" only %}") for tag in includes.findall(text))) == []


def test_every_fragment_says_what_it_takes():
    fragments = {name: text for name, text in TEMPLATES.items() if Path(name).name.startswith("_")}

    silent = [name for name, text in fragments.items() if not re.match(r"\s*{# .*Takes: .*#}", text)]

    assert silent == []


def test_every_blocktranslate_is_trimmed():
    assert names_where(lambda text: re.search(r"{% blocktranslate (?![^%]*\btrimmed\b)", text)) == []
    assert names_where(lambda text: "{% blocktranslate %}" in text) == []


def test_no_template_holds_script_or_style_of_its_own():
    assert names_where(lambda text: re.search(r"<style|<script(?![^>]*\bsrc=)|<\w[^>%]* on[a-z]+=", text)) == []


def test_a_style_attribute_carries_only_data():
    styles = re.compile(r'\sstyle="([^"]*)"')
    data = re.compile(r"(--[a-z]+: {{[^}]+}}(; )?)+;?$")

    found = names_where(lambda text: any(not data.match(style) for style in styles.findall(text)))

    # A mail is under no security policy, and has no stylesheet.
    assert [name for name in found if "/mail/" not in name] == []


def test_no_template_holds_text_that_cannot_be_translated():
    bare = re.compile(r">\s*[A-Z][a-z]+ [a-z]+ [a-z]+[^<{]*<")

    assert (
        names_where(
            lambda text: bare.search(
                re.sub(r"{#.*?#}|{% blocktranslate.*?endblocktranslate %}", "", text, flags=re.DOTALL)
            )
        )
        == []
    )


def test_every_setting_is_described_and_every_description_is_of_a_setting():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (PACKAGE / "settings.py").read_text()))

    described = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE))

    assert described == read
