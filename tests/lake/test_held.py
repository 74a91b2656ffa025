from hashlib import blake2b

from hypothesis import given
from hypothesis import strategies as st

from samspel.lake.held import Documents, Notices

KEYS = st.text("abc", max_size=2)
DIGESTS = st.sampled_from([blake2b(bytes([number]), digest_size=16).digest() for number in range(5)])
LOADED = st.lists(st.lists(st.tuples(KEYS, DIGESTS), max_size=6), max_size=40)


@given(held=st.dictionaries(KEYS, DIGESTS), loaded=LOADED, asked=st.lists(st.tuples(KEYS, DIGESTS), max_size=9))
def test_the_notice_under_a_key_is_the_one_that_was_loaded_last(held, loaded, asked):
    notices = Notices([([key], [digest]) for key, digest in held.items()])
    for some in loaded:
        notices.set([key for key, _ in some], [digest for _, digest in some])
        held = {**held, **dict(some)}

    answers = notices.same([key for key, _ in asked], [digest for _, digest in asked])

    assert answers == [held[key] == digest if key in held else None for key, digest in asked]


@given(gave=st.lists(DIGESTS), added=st.lists(st.lists(DIGESTS, max_size=3), max_size=40), asked=DIGESTS)
def test_a_document_gave_as_many_notices_as_name_it(gave, added, asked):
    documents = Documents([gave[:2], gave[2:]])
    for some in added:
        documents.add(some, some)

    number = sum(some.count(asked) for some in (gave, *added))
    assert documents.held([asked]) == ({asked: number} if number else {})


def test_a_document_that_was_kept_and_gave_nothing_that_is_left_gave_one_notice():
    replaced, other = bytes(range(16)), bytes(16)

    assert Documents([[other, other]], [[replaced, other]]).held([replaced, other]) == {replaced: 1, other: 2}


def test_an_empty_lake_holds_nothing():
    assert (Documents().held([bytes(16)]), Notices().same(["a"], [bytes(16)])) == ({}, [None])
