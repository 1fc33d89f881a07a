"""What stands around a name tells whether it gets or gives, and so do its own words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.reading.around import around_signs, runs_around
from crawler.reading.candidates import Candidate, find_candidates
from crawler.reading.letters import BESIDE_SUM
from crawler.reading.read import Reader
from crawler.reading.scan import Scan
from crawler.reading.signs import Signs

Asked = Callable[[str, str], tuple[Scan, dict[str, Candidate]]]


@pytest.fixture
def asked(scanned: Callable[..., Scan]) -> Asked:
    """A title's scan and its candidates by name."""

    def ask(title: str, language: str) -> tuple[Scan, dict[str, Candidate]]:
        scan = scanned(title, language)
        found = find_candidates(scan, scan.sentences)
        return scan, {one.name.text: one for one in found}

    return ask


def test_the_table_is_the_one_that_the_weights_were_fitted_with(reader: Reader) -> None:
    assert reader.names.around.is_known


@pytest.mark.parametrize(
    ("language", "title", "gets", "gives"),
    [
        ("en", "Velmora lands $40m from Tarquist Capital", "Velmora", "Tarquist Capital"),
        ("en", "Tarquist Capital puts $40m into Velmora", "Velmora", "Tarquist Capital"),
        ("de", "Tarquist investiert 40 Millionen Euro in Velmora", "Velmora", "Tarquist"),
        ("fr", "Tarquist investit 40 millions d’euros dans Velmora", "Velmora", "Tarquist"),
        ("ru", "Velmora привлекла 40 млн долларов от Tarquist", "Velmora", "Tarquist"),
    ],
)
def test_who_gets_stands_otherwise_than_who_gives(
    asked: Asked, language: str, title: str, gets: str, gives: str
) -> None:
    one, other = _signs_of(asked(title, language), gets, gives)

    assert one["around.gets"] > other["around.gets"]
    assert other["around.gives"] > one["around.gives"]


@pytest.mark.parametrize(
    ("language", "title", "gets", "gives"),
    [
        ("en", "Velmora Robotics and Tarquist Ventures", "Velmora Robotics", "Tarquist Ventures"),
        ("fr", "Velmora Robotique et Tarquist Capital", "Velmora Robotique", "Tarquist Capital"),
        ("de", "Velmora Labs und Tarquist Ventures", "Velmora Labs", "Tarquist Ventures"),
    ],
)
def test_a_firm_is_called_otherwise_than_a_fund(
    asked: Asked, language: str, title: str, gets: str, gives: str
) -> None:
    one, other = _signs_of(asked(title, language), gets, gives)

    assert one["spelled.gets"] > other["spelled.gets"]
    assert other["spelled.gives"] > one["spelled.gives"]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Velmora raises $40m at a valuation of $300m"),
        ("de", "Velmora sammelt 40 Millionen Euro ein, Bewertung 300 Millionen Euro"),
        ("fr", "Velmora lève 40 millions d’euros, valorisée 300 millions d’euros"),
        ("ru", "Velmora привлекла 40 млн долларов при оценке 300 млн долларов"),
    ],
)
def test_the_sum_of_a_deal_stands_otherwise_than_a_worth(
    asked: Asked, language: str, title: str
) -> None:
    scan, _ = asked(title, language)
    deal, worth = (
        scan.around.odds(BESIDE_SUM, runs_around(scan, [(scan.sentences[0], one.start, one.end)]))
        for one in scan.sums
    )

    assert deal > worth


def test_another_name_and_another_sum_change_nothing(asked: Asked) -> None:
    scan, found = asked("Velmora lands $40m from Tarquist Capital", "en")
    other_scan, other = asked("Ondrello lands $65m from Bravenholt Capital", "en")

    same = runs_around(scan, found["Velmora"].places)

    assert same == runs_around(other_scan, other["Ondrello"].places)
    assert same != runs_around(scan, found["Tarquist Capital"].places)


def test_two_words_on_either_side_are_looked_at(asked: Asked) -> None:
    scan, found = asked("Yesterday the robot maker Velmora quietly closed its doors", "en")
    other_scan, other = asked("Today the robot maker Velmora quietly closed one", "en")

    assert runs_around(scan, found["Velmora"].places) == runs_around(
        other_scan, other["Velmora"].places
    )


def test_before_a_name_is_another_place_than_behind_it(asked: Asked) -> None:
    scan, found = asked("In level Velmora in level", "en")  # level is spelled so both ways

    before_and_behind = runs_around(scan, found["Velmora"].places)

    assert len(before_and_behind) > len(_around_first(asked("Velmora in level", "en")))


def _around_first(made: tuple[Scan, dict[str, Candidate]]) -> set[int]:
    scan, found = made
    return runs_around(scan, found["Velmora"].places)


def _signs_of(made: tuple[Scan, dict[str, Candidate]], *names: str) -> list[Signs]:
    scan, found = made
    return [around_signs(scan, found[name]) for name in names]
