"""How often is the recipient right, by language? Run by a person:

    rasid read < STORIES.jsonl > READ.jsonl
    python -m tests.crawler.reading.score_parties READ.jsonl STORIES.jsonl [--errors N]

Right: the folded names are equal, name one company of companies.yaml, sound alike across scripts,
or one is the other with more words around it. Only stories whose label has a recipient, and that
were read as a deal, count for `of read`; all of them for `of all`.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from config.load import load_companies
from crawler.deals.names import Likeness, like_parties
from crawler.model import Party, Side
from crawler.text.fold import fold
from crawler.text.skeleton import skeleton

ALIASES = {
    fold(name): company.id
    for company in load_companies(None)
    for name in (company.id, *company.names.values(), *company.aliases)
}


def party(name: str) -> Party:
    """The party that `name` is to the deals."""
    return Party(name=name, side=Side.RECIPIENT, id=ALIASES.get(fold(name)), key=skeleton(name))


def is_right(said: str | None, meant: str) -> bool:
    """Whether `said` names the recipient `meant`."""
    if not said:
        return False
    a, b = fold(said), fold(meant)
    return a in b or b in a or like_parties(party(said), party(meant)) >= Likeness.NEAR


def main() -> None:
    read = {row["id"]: row for row in map(json.loads, Path(sys.argv[1]).read_text().splitlines())}
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    wrong: list[dict[str, Any]] = []
    for story in map(json.loads, Path(sys.argv[2]).read_text().splitlines()):
        meant = (story["labels"]["deal"] or {}).get("recipient")
        if not meant:
            continue
        deal = read[story["id"]]["deal"] or {}
        right = is_right(deal.get("recipient"), meant)
        for language in ("ALL", story["lang"]):
            counts[language][0] += 1
            counts[language][1] += bool(deal)
            counts[language][2] += right
        if deal and not right:
            wrong.append({"lang": story["lang"], "title": story["title"], "meant": meant,
                          "said": deal.get("recipient"), "kind": deal.get("kind")})  # fmt: skip
    for language, (count, dealt, right) in sorted(counts.items(), key=lambda row: -row[1][0]):
        shares = f"of all {right / count:.3f}  of read {right / max(1, dealt):.3f}"
        print(f"{language:4} {count:4}  {shares}")
    if "--errors" in sys.argv:
        for row in wrong[: int(sys.argv[sys.argv.index("--errors") + 1])]:
            print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
