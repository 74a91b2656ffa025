"""Makes a drawing by vl-convert the hub's own: classes for colours, links into the hub, nothing that a policy refuses.

vl-convert cannot write classes, turns relative links into links to a foreign host, and takes longer over links than
over all the rest. So a chart is drawn without links, with colours that stand for classes and for links, and both are
put right here.
"""

import re

from lxml import etree

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"

CLASSES = (
    "c-grid",
    "c-hit",
    "c-break",
    "c-quiet",
    "c-number",
    "c-strong",
    "c-line",
    "c-line c-partial",
    "c-dot",
    "c-dot c-open",
    "c-bar",
    "c-bar c-open",
    "c-strip",
)
COLOUR = re.compile(r"#0c00([0-9a-f]{2})")
LINK = re.compile(r"#0d([0-9a-f]{4})")

# What the classes in samspel.css decide, and what only repeats the picture's own label to a screen reader.
DROPPED = {
    "fill",
    "stroke",
    "stroke-width",
    "stroke-miterlimit",
    "opacity",
    "font-family",
    "font-size",
    "style",
    "class",
    "role",
    "aria-label",
    "aria-roledescription",
    "aria-hidden",
    "version",
}


class ForeignLink(Exception):
    """A drawing holds an address that no chart put there."""


class Links:
    """The addresses of one chart and their words, each stood for by a colour while the chart is drawn."""

    def __init__(self):
        self._links = []

    def add(self, url, words):
        """Keep an address inside the hub and return the colour that stands for it."""
        if not url.startswith(("/", "?")) or url.startswith("//"):
            raise ForeignLink(f"“{url}” does not lead into the hub")
        self._links.append((url, words))
        return f"#0d{len(self._links) - 1:04x}"

    def find(self, colour):
        """Return the address and the words that a colour stands for, or None where it stands for none."""
        match = LINK.fullmatch(colour)
        return self._links[int(match.group(1), 16)] if match else None


def colour(name):
    """Return the colour that stands for a class while a chart is drawn."""
    return f"#0c00{CLASSES.index(name):02x}"


def finish(drawing, label, links):
    """Return the SVG as it stands in a page, told to a screen reader as ``label``."""
    root = etree.fromstring(drawing.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    for element in list(root.iter()):
        if element.tag == f"{SVG}a" or HREF in element.attrib or "href" in element.attrib:
            raise ForeignLink("a drawing has a link that no chart put there")
        if element.get("class") in {"background", "foreground"} or element.tag == f"{SVG}style":
            element.getparent().remove(element)
            continue
        link = links.find(element.get("fill", ""))
        _dress(element)
        if link:
            _lead(element, *link)
    for name in ("width", "height"):
        del root.attrib[name]
    root.set("class", "chart")
    root.set("role", "img")
    root.set("aria-label", label)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _dress(element):
    found = [COLOUR.fullmatch(element.get(name, "")) for name in ("fill", "stroke")]
    for name in DROPPED & set(element.attrib):
        del element.attrib[name]
    for match in filter(None, found):
        element.set("class", CLASSES[int(match.group(1), 16)])


def _lead(element, url, words):
    # The picture is one thing to a screen reader and the keyboard; the table under it holds the same links.
    link = etree.Element(f"{SVG}a", href=url, tabindex="-1")
    element.getparent().replace(element, link)
    etree.SubElement(link, f"{SVG}title").text = words
    link.append(element)
