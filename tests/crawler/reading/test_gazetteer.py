import pytest

from config.load import load_places
from crawler.reading.gazetteer import Gazetteer
from crawler.text.fold import fold


def test_a_city_has_one_name_in_every_script():
    places = Gazetteer(load_places())
    names = ["Riyadh", "الرياض", "ריאד", "Эр-Рияд", "रियाद", "リヤド", "리야드", "利雅得"]
    assert {places.city(fold(name)) for name in names} == {"riyadh"}


@pytest.mark.parametrize("name", ["", "\t", "\n", "aab", "zzzz", "ヿ", "saltill", "saltilloo"])
def test_what_is_no_city(name):
    assert Gazetteer(load_places()).city(name) is None


def test_every_line_is_found():
    lines = b"a\t\naa\tb\nab\t\nb\t\n"
    places = Gazetteer(lines)
    assert [places.city(word) for word in ("a", "aa", "ab", "b")] == ["a", "b", "ab", "b"]
    assert [places.city(word) for word in ("", "0", "aaa", "c")] == [None] * 4
    assert Gazetteer().city("a") is None
