import json
import re
import shutil

import pytest

from samspel.kit import vendor
from samspel.kit.vendor import NotInstalled

DIST = vendor.ROOT / "node_modules" / vendor.DESIGN / "dist"
pytestmark = pytest.mark.skipif(not DIST.exists(), reason="npm has not fetched the stylesheet: make install")


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Return a project folder with the packages that npm fetched, to spoil at will."""
    shutil.copyfile(vendor.ROOT / "package-lock.json", tmp_path / "package-lock.json")
    for package in (vendor.DESIGN, vendor.FONT):
        shutil.copytree(vendor.ROOT / "node_modules" / package, tmp_path / "node_modules" / package)
    monkeypatch.setattr(vendor, "ROOT", tmp_path)
    monkeypatch.setattr(vendor, "TARGET", tmp_path / "static" / "vendor")
    return tmp_path


def test_stylesheet_and_font_are_put_where_they_are_served(root):
    vendor.install()

    made = [path.relative_to(vendor.TARGET).as_posix() for path in sorted(vendor.TARGET.rglob("*")) if path.is_file()]
    assert made == [
        "designsystemet.css",
        "inter/inter-latin-ext-wght-normal.woff2",
        "inter/inter-latin-wght-normal.woff2",
    ]


def test_the_stylesheet_is_whole_and_fetches_nothing(root):
    vendor.install()
    css = (vendor.TARGET / "designsystemet.css").read_text()

    without_texts = re.sub(r'"[^"]*"', "", css)
    assert without_texts.count("{") == without_texts.count("}")
    assert without_texts.count("(") == without_texts.count(")")
    assert set(re.findall(r'url\("?([a-z]+:?)', css)) == {"data:"}
    assert "@import" not in css


def test_every_component_that_a_template_asks_for_is_in_the_stylesheet():
    css = (vendor.TARGET / "designsystemet.css").read_text()
    templates = "".join(path.read_text() for path in vendor.ROOT.glob("samspel/*/templates/**/*.html"))

    asked = set(re.findall(r"\bds-[a-z-]+[a-z]", " ".join(re.findall(r'class="([^"]*)"', templates))))

    assert sorted(name for name in asked if f".{name}" not in css) == []


def test_another_version_than_the_locked_one_is_refused(root):
    manifest = root / "node_modules" / vendor.DESIGN / "package.json"
    manifest.write_text(json.dumps({"version": "0.0.1"}))

    with pytest.raises(NotInstalled, match=r"is 0\.0\.1, package-lock\.json names .* Run: npm ci"):
        vendor.install()


def test_a_package_that_is_not_there_is_named(root):
    shutil.rmtree(root / "node_modules" / vendor.FONT)

    with pytest.raises(NotInstalled, match=f"{vendor.FONT} is not in node_modules. Run: npm ci"):
        vendor.install()
