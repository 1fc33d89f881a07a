"""How many of what, in English?"""

from __future__ import annotations


def counted(number: int, one: str, many: str | None = None) -> str:
    """`number` of what is called `one`, and `many` where an s does not make the plural.

    >>> counted(1, "source"), counted(3, "source"), counted(0, "try", "tries")
    ('1 source', '3 sources', '0 tries')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"
