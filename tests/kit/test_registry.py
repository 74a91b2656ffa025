import pytest

from samspel.kit import registry
from samspel.kit.registry import AlreadyRegistered, Link, Registry, Sample, Stage, Step


def test_items_stand_in_their_order_and_then_as_they_came():
    links = Registry()

    for key, order in [("late", 90), ("first", 10), ("same", 50), ("again", 50)]:
        links.add(Link(key, key, "home", order=order))

    assert [link.key for link in links] == ["first", "same", "again", "late"]
    assert len(links) == 4


def test_a_key_that_stands_already_is_refused():
    links = Registry()
    links.add(Link("notices", "Notices", "home"))

    with pytest.raises(AlreadyRegistered, match="notices"):
        links.add(Link("notices", "Annonser", "home"))

    assert [link.label for link in links] == ["Notices"]


def test_an_item_is_found_by_its_key_and_can_be_taken_out():
    links = Registry()
    link = links.add(Link("notices", "Notices", "home"))

    assert links.get("notices") is link
    links.remove("notices")
    assert links.get("notices") is None


def test_reading_a_registry_is_not_disturbed_by_what_is_added_meanwhile():
    links = Registry()
    links.add(Link("a", "A", "home"))

    for link in links:
        links.add(Link(f"after {link.key}", "B", "home"))

    assert len(links) == 2


@pytest.mark.parametrize(
    "path, current",
    [
        ("/accessibility", "page"),
        ("/accessibility/more", "true"),
        ("/accessibility-not", ""),
        ("/", ""),
        ("/other/a", "true"),
    ],
)
@pytest.mark.usefixtures("kit_alone")
def test_a_link_knows_the_pages_under_it(path, current):
    link = Link("accessibility", "Accessibility", "accessibility", under=("/other/",))

    assert link.current(path) == current


@pytest.mark.usefixtures("kit_alone")
def test_the_first_page_is_not_current_everywhere():
    assert Link("home", "Home", "home").current("/notices") == ""


@pytest.fixture
def stages(monkeypatch):
    monkeypatch.setattr(registry, "stages", Registry())
    return registry.stages


def test_the_thread_has_every_stage_and_the_unknown_ones_are_missing(stages):
    here = Step("here", "")
    stages.add(Stage("procurement", "Procurement", lambda record: here if record == "case" else None, order=40))
    stages.add(Stage("need", "Need", lambda _: None, order=10))

    assert registry.thread("case") == [
        {"key": "need", "label": "Need", "step": Step("missing", "")},
        {"key": "procurement", "label": "Procurement", "step": here},
    ]


@pytest.mark.parametrize(
    "states, banner",
    [([], None), ([None], None), (["kept", None], "kept"), (["kept", "shown"], "shown"), (["shown"], "shown")],
)
def test_a_sample_on_the_pages_outweighs_one_that_is_only_kept(monkeypatch, states, banner):
    samples = Registry()
    for number, state in enumerate(states):
        samples.add(Sample(str(number), lambda state=state: state))
    monkeypatch.setattr(registry, "samples", samples)

    assert registry.sample_state() == banner
