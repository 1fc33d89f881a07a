"""A real Chromium for what only a browser knows: where letters stand, and whether all can read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --font-render-hinting=none"
)
# No test of a browser measures time: on a machine of two busy cores 30 s, Playwright's own
# limit, may pass. The limit of each test (pyproject.toml) stands above this one.
PATIENCE_MS = 100_000
# By lines as they are seen, for each part that runs in one direction: words and where they begin.
# A <bdi> is one word, as is a line of Latin in it.
LINES = """() => [...document.querySelectorAll('h1,h2,p,td,blockquote')].map(part => {
  if (part.querySelector('h1,h2,p,td,blockquote,table')) return null;
  const words = [], way = getComputedStyle(part).direction;
  const add = (text, range) => {
    for (const box of [...range.getClientRects()].slice(0, 1))
      if (box.width)
        words.push([text, way === 'rtl' ? box.right : box.left, box.top + box.height / 2]);
  };
  const walk = node => {
    const range = document.createRange();
    if (node.nodeType === 3) {
      for (const found of node.data.matchAll(/\\S+/g)) {
        range.setStart(node, found.index); range.setEnd(node, found.index + found[0].length);
        add(found[0], range);
      }
    } else if (node.nodeName === 'BDI') {
      range.selectNodeContents(node); add(node.textContent, range);
    } else node.childNodes.forEach(walk);
  };
  walk(part);
  return words.length ? {way, words} : null;
}).filter(each => each)"""


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser; skips where there is none, and fails there if RASID_SKIP_NOTHING is set."""
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if path is None:
        stop = pytest.fail if os.environ.get("RASID_SKIP_NOTHING") else pytest.skip
        stop("needs Chromium; on Debian: apt install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=_QUIET.split(), timeout=PATIENCE_MS
        )
        yield browser
        browser.close()


def turned_round(part: dict[str, Any]) -> list[str]:
    """The words of one part that stand before a word that they follow."""
    wrong = []
    sign = -1 if part["way"] == "rtl" else 1
    for (_, x, y), (word, next_x, next_y) in zip(part["words"], part["words"][1:], strict=False):
        if abs(y - next_y) < 8 and (next_x - x) * sign <= 0:
            wrong.append(word)
    return wrong
