"""Keys that are made of what names a row, where its system gives it none: how they begin, and what stands in them."""

from __future__ import annotations

from collections.abc import Collection

#: How such a key begins, by the field that it is made of; those first that it is made of first.
MADE = {"email": "email:", "phone": "phone:", "loyalty_card": "card:", "user_id": "user:"}
#: What stands in it between what names a record and what it is called: no name has this sign in a key.
CALLED = "/"
#: Of these one is one person, whatever they are called: an account.
OF_ONE = ("user_id",)


def made_of(key: str, values: Collection[str] = ()) -> tuple[str, str, str] | None:
    """The field a key is made of, its value, and what the key is called ("" for nothing); None: it is not made.

    `values` are what is known to name the record: a card's number may have the sign that a name stands behind.

    >>> made_of("email:ann@example.com/ann-roy")
    ('email', 'ann@example.com', 'ann-roy')
    >>> made_of("card:A/12", ["A/12"]), made_of("user:a/b"), made_of("C-17")
    (('loyalty_card', 'A/12', ''), ('user_id', 'a/b', ''), None)
    """
    for field, beginning in MADE.items():
        if key.startswith(beginning):
            value = key.removeprefix(beginning)
            before, _sign, called = value.rpartition(CALLED)
            whole = not before or "@" in called or field in OF_ONE or value in values
            return (field, value, "") if whole else (field, before, called)
    return None


def without_name(key: str, values: Collection[str] = ()) -> str:
    """A key as it would be made of a row that calls nobody by a name; a key that is not made, as it is.

    >>> without_name("email:ann@example.com/ann-roy")
    'email:ann@example.com'
    """
    made = made_of(key, values)
    return f"{MADE[made[0]]}{made[1]}" if made else key
