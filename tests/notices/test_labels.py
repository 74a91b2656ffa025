import pytest
from django.utils import translation

from samspel.notices import labels


@pytest.mark.parametrize(("language", "name"), [("sv", "Luxemburg"), ("nb", "Luxemburg"), ("en", "Luxembourg")])
def test_a_country_without_regions_has_its_name_in_the_language_of_the_page(language, name):
    with translation.override(language):
        assert labels.place("LU000") == name


@pytest.mark.parametrize("code", ["ZZ", "XA", None, "Q?"])
def test_what_is_no_country_has_no_name(code):
    assert labels.country(code) is None
