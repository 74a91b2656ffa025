"""Puts the look's building blocks from npm where Django serves them: ``python -m samspel.kit.vendor``.

npm has checked every package against the checksum in package-lock.json. Nothing of it is committed, and nothing of it
runs in the browser: it is stylesheets and a font.
"""

import json
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path(__file__).resolve().parent / "static" / "vendor"
DESIGN = "@digdir/designsystemet-css"
FONT = "@fontsource-variable/inter"

# The parts our pages use, in the layers and the order of the package's own index.css. All of them would be twice the
# bytes; a page part that needs another adds its name here.
BASE = ["base", "heading", "label", "paragraph", "validation-message"]
COMPONENTS = [
    "link",
    "data-size-workaround",
    "button",
    "input",
    "field",
    "fieldset",
    "alert",
    "skip-link",
    "list",
    "chip",
    "pagination",
    "tag",
    "error-summary",
    "table",
]


class NotInstalled(Exception):
    """npm has not fetched what package-lock.json names."""


def install():
    """Write ``vendor/designsystemet.css`` and ``vendor/inter/`` from node_modules."""
    for package in (DESIGN, FONT):
        _check(package)
    (TARGET / "inter").mkdir(parents=True, exist_ok=True)
    (TARGET / "designsystemet.css").write_text(_stylesheet(ROOT / "node_modules" / DESIGN / "dist"))
    # Everything Swedish, Norwegian, Danish, Finnish and English is written with, is in latin. A browser fetches
    # latin-ext (Northern Sámi, Polish) only for a page that holds such a letter.
    for subset in ("latin", "latin-ext"):
        name = f"inter-{subset}-wght-normal.woff2"
        shutil.copyfile(ROOT / "node_modules" / FONT / "files" / name, TARGET / "inter" / name)


def _check(package):
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"][f"node_modules/{package}"]["version"]
    manifest = ROOT / "node_modules" / package / "package.json"
    if not manifest.exists():
        raise NotInstalled(f"{package} is not in node_modules. Run: npm ci")
    installed = json.loads(manifest.read_text())["version"]
    if installed != locked:
        raise NotInstalled(f"{package} is {installed}, package-lock.json names {locked}. Run: npm ci")


def _stylesheet(dist):
    # The package's two brand scales are not ours, and are a seventh of the theme.
    theme = re.sub(r"(?<=[{;])--ds-color-brand\d-[^;}]*;?", "", (dist / "theme" / "designsystemet.css").read_text())
    return (
        f"@layer ds.theme, ds.base, ds.components;\n{theme}\n"
        f"@layer ds.base{{{_parts(dist, BASE)}}}\n"
        f"@layer ds.components{{{_parts(dist, COMPONENTS)}}}\n"
    )


def _parts(dist, names):
    return "\n".join((dist / "src" / f"{name}.css").read_text() for name in names)


if __name__ == "__main__":
    try:
        install()
    except NotInstalled as missing:
        sys.exit(str(missing))
