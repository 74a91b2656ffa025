import pytest

from samspel.lake.notice import Buyer, Winner
from samspel.lake.parties import NAMELESS, party_key


@pytest.mark.parametrize(
    ("party", "key"),
    [
        (Buyer("Lillånäs kommun", "212000-1234", "SE"), "SE-2120001234"),
        (Buyer("Lillånäs kommun", None, "SE"), "SE-lillanas-kommun"),
        (Buyer("Åsvik & Øyer", None, None), "XX-asvik-oyer"),
        (Winner("Anna Påhitt", "811332-0000", "SE", is_person=True), "SE-anna-pahitt"),
        (Winner("Anna Påhitt", "811332-0000", "SE"), "SE-anna-pahitt"),
        (Winner(NAMELESS, None, "SE", is_person=True), ""),
    ],
    ids=["number", "name", "letters", "a person by the flag", "a person by the number", "nobody in particular"],
)
def test_a_body_has_one_key_and_a_persons_key_holds_no_number(party, key):
    assert party_key(party) == key


def test_names_that_are_cut_or_hold_no_letters_are_told_apart():
    keys = {party_key(Buyer(name, None, "GR")) for name in ("Δήμος Άρτας", "Δήμος Βόλου", "x" * 200, "x" * 201)}

    assert len(keys) == 4
