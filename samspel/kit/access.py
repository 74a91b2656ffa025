"""Who a page is for, said where the page is. A test walks every address and asks each view for its word.

``samspel.organisations.access`` has the rest: pages for whoever is signed in, and for those with a permission.
"""

PUBLIC = "public"


def public(view):
    """Mark a page that anybody may read."""
    view.access = PUBLIC
    return view
