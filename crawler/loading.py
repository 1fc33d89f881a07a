"""What is loaded from files before anything can be read?"""

from __future__ import annotations

import logging
from pathlib import Path

from config.lexicons import Lexicons
from config.load import load_around, load_companies, load_letters, load_likeness, load_places
from crawler.reading.read import Reader, build_reader

_log = logging.getLogger(__name__)


def load_reader(folder: Path | None) -> Reader:
    """Load what reading needs: names, and each lexicon when its first article comes.

    Without a fit config/likeness.tsv, letters.bin or around.bin it reads on, a little worse, and
    says so in the log.
    """
    lexicons = Lexicons(folder)
    reader = build_reader(
        lexicons,
        load_companies(folder),
        digest=lexicons.digest,
        places=load_places(),
        likeness=load_likeness(),
        letters=load_letters(),
        around=load_around(),
    )
    learned = {
        "likeness.tsv": reader.likeness.is_known,
        "letters.bin": reader.letters.is_known,
        "around.bin": reader.names.around.is_known,
    }
    for name in (name for name, is_known in learned.items() if not is_known):
        _log.warning(
            "config/%s is missing or not the one that came with this version: "
            "articles are read without it, install Rasid again",
            name,
        )
    return reader
