from samspel.kit import personal_data
from samspel.organisations.models import Person


def test_every_model_says_what_personal_data_it_holds():
    assert [model.__name__ for model, declaration in personal_data.declared().items() if declaration is None] == []


def test_what_is_declared_names_fields_that_are_there_and_says_why_and_how_long():
    for model, declaration in personal_data.declared().items():
        names = {field.name for field in model._meta.get_fields()}
        assert set(declaration.fields) <= names
        assert not declaration.fields or (declaration.purpose and declaration.kept), model


def test_every_field_that_leads_to_a_person_is_declared():
    for model, declaration in personal_data.declared().items():
        leading = {field.name for field in model._meta.fields if field.related_model is Person}
        assert leading <= {*declaration.fields, declaration.about}, model
