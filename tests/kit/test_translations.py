import shutil
from pathlib import Path

import pytest

from samspel.kit import translations
from samspel.kit.translations import Refused

HEADER = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
FULL = 'msgid "Pages"\nmsgstr "Sidor"\n'
needs_gettext = pytest.mark.skipif(
    not translations.has_gettext(), reason="gettext is not installed. On Debian: apt-get install gettext"
)


@pytest.fixture
def locale(tmp_path):
    return tmp_path / "locale"


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "source" / "templates"
    folder.mkdir(parents=True)
    (folder / "page.html").write_text('{% load i18n %}{% translate "Pages" %}')
    return tmp_path / "source"


def write(locale, texts, languages=("sv", "nb")):
    for language in languages:
        folder = locale / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "django.po").write_text(HEADER + texts)


def test_compiling_writes_what_django_reads(locale):
    write(locale, FULL)

    translations.compile_all(locale)

    assert [path.relative_to(locale).as_posix() for path in sorted(locale.rglob("*")) if path.is_file()] == [
        "nb/LC_MESSAGES/django.mo",
        "nb/LC_MESSAGES/django.po",
        "sv/LC_MESSAGES/django.mo",
        "sv/LC_MESSAGES/django.po",
    ]


@pytest.mark.parametrize(
    "texts",
    [
        '#, python-format\nmsgid "Page %(number)s"\nmsgstr "Sida %(nummer)s"\n',
        '#, python-format\nmsgid "Page %(number)s"\nmsgstr "Sida %(number)d"\n',
        '#, python-format\nmsgid "%(n)s a"\nmsgid_plural "%(n)s b"\nmsgstr[0] "%(n)s c"\nmsgstr[1] "%(m)s d"\n',
        "what a mess\n",
    ],
    ids=["another placeholder", "another type", "in the plural", "not a catalogue"],
)
def test_compiling_refuses_a_text_that_would_break_a_page(locale, texts):
    write(locale, texts, ["sv"])

    with pytest.raises(Refused, match=r"sv/LC_MESSAGES/django\.po"):
        translations.compile_all(locale)

    assert list(locale.rglob("*.mo")) == []


@needs_gettext
def test_complete_catalogues_pass_the_check(locale, source):
    write(locale, FULL)

    assert translations.check(locale, source) is None


@pytest.mark.parametrize(
    "texts, fault",
    [
        ('msgid "Pages"\nmsgstr ""\n', "not translated: “Pages”"),
        ('#, fuzzy\nmsgid "Pages"\nmsgstr "Sidor"\n', "fuzzy: “Pages”"),
        (FULL + '\n#~ msgid "Old"\n#~ msgstr "Gammal"\n', "obsolete: “Old”"),
        pytest.param(FULL + '\nmsgid "Gone"\nmsgstr "Borta"\n', "no longer used: “Gone”", marks=needs_gettext),
        pytest.param("", "new in the sources: “Pages”", marks=needs_gettext),
    ],
)
def test_a_catalogue_that_is_not_complete_or_stale_is_refused(locale, source, texts, fault):
    write(locale, FULL)
    write(locale, texts, ["nb"])

    with pytest.raises(Refused) as refused:
        translations.check(locale, source)

    assert str(refused.value) == f"nb: {fault}"


def test_a_plural_with_half_its_forms_is_not_translated(locale, tmp_path):
    write(locale, 'msgid "a page"\nmsgid_plural "pages"\nmsgstr[0] "en sida"\nmsgstr[1] ""\n')

    with pytest.raises(Refused, match="not translated"):
        translations.check(locale, tmp_path)


def test_a_language_without_a_catalogue_is_missed(locale, source):
    write(locale, FULL, ["sv"])

    with pytest.raises(Refused, match="nb: there is no catalogue"):
        translations.check(locale, source)


def test_without_gettext_the_check_says_what_it_cannot_see(locale, monkeypatch, capsys, tmp_path):
    write(locale, FULL)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(translations.check, "__defaults__", (locale, tmp_path))

    translations.main(["check"])

    assert capsys.readouterr().out == "gettext is not installed, so stale translations are not checked\n"


def test_without_gettext_an_update_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SystemExit) as ended:
        translations.main(["update"])

    assert str(ended.value.code) == "gettext is not installed. On Debian: apt-get install gettext"


@needs_gettext
def test_the_check_writes_nothing_into_the_sources(locale, source):
    write(locale, FULL)
    before = sorted(source.rglob("*"))

    translations.check(locale, source)

    assert sorted(source.rglob("*")) == before


def test_the_projects_own_catalogues_can_be_compiled(tmp_path):
    copy = Path(shutil.copytree(translations.LOCALE, tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo")))

    translations.compile_all(copy)

    assert len(list(copy.rglob("*.mo"))) == 2
