"""One address, a view for each verb: a form is shown and sent to the same place, so that a reload always works."""


def by_method(*, get, post):
    """Return a view that answers with ``post`` what is posted and with ``get`` the rest; both are for the same people.

    Raises ValueError where the two say different things of whom they are for.
    """
    if get.access != post.access:
        message = f"{get.__name__} and {post.__name__} are not for the same people"
        raise ValueError(message)

    def view(request, **named):
        return (post if request.method == "POST" else get)(request, **named)

    view.__name__ = get.__name__
    view.access = get.access
    return view
