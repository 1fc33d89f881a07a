"""The same story told otherwise: inside a long text of its language, and with invented names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from config.model import Company
from crawler.reading.read import Reader, read_article
from crawler.text.script import script_of
from scheduler.filters import article_of

Story = dict[str, Any]
_LONG = 3000  # letters of other text around the story
_STEP = 1999  # letters further on for each story, so that few have the same round them

# As companies are called, and none that is: for each script, taken in turn.
INVENTED = {
    "Latn": ["Velmora", "Tarquist Systems", "Ondrello", "Bravenholt Capital", "Quillmere"],
    "Arab": ["نورماد", "سديمكو", "طرفانة", "برقوان كابيتال", "هيلوما"],
    "Hebr": ["נורמדה", "סדימקו", "טרפנה", "ברקוון קפיטל", "הילומה"],
    "Cyrl": ["Велмора", "Тарквист", "Ондрелло", "Бравенхольт Капитал", "Квилмер"],
    "Deva": ["वेलमोरा", "तारकिस्ट", "ओंड्रेलो", "ब्रावेनहोल्ट कैपिटल", "क्विलमेर"],
    "Hani": ["维摩拉", "塔奎思科技", "昂德洛", "布拉文资本", "奎尔米"],
    "Jpan": ["ヴェルモラ", "タルクイスト", "オンドレロ", "ブラヴェン資本", "クイルミア"],
    "Kore": ["벨모라", "타르퀴스트", "온드렐로", "브라벤캐피탈", "퀼미어"],
}


def embedded(
    stories: Iterable[Story], around: Mapping[str, str], *, before: int = 0
) -> Iterator[Story]:
    """Each story with text of its language round it, of which `around` has plenty by language.

    `before`: how many of its letters stand before the story; the rest stands behind it.
    """
    for number, story in enumerate(stories):
        whole = around.get(story["lang"], "")
        first = number * _STEP % max(1, len(whole) - _LONG)
        more = whole[whole.rfind("\n", 0, first) + 1 :][:_LONG]
        at = max(0, more.rfind("\n", 0, before + 1))
        parts = (more[:at], story["text"], more[at:])
        yield {**story, "text": "\n\n".join(part.strip() for part in parts if part.strip())}


def neutral_texts(stories: Iterable[Story], reader: Reader) -> dict[str, str]:
    """By language the texts of those `stories` that are negative and say nothing of AI."""
    found: dict[str, str] = {}
    for story in stories:
        reading = read_article(article_of(story), reader)
        if reading.margin is None and not story["labels"]["ai_investment"]:
            found[story["lang"]] = found.get(story["lang"], "") + story["text"] + "\n"
    return found


def renamed(stories: Iterable[Story], companies: Mapping[str, Company]) -> Iterator[Story]:
    """Each story with its parties under invented names of the same script."""
    for story in stories:
        deal = story["labels"]["deal"]
        if deal is None:
            yield story
            continue
        told = (deal.get("recipient"), *(deal.get("investors") or ()))
        parties = [name for name in told if name]
        changed: dict[str, str] = {}
        text = f"{story['title']}\n{story['text']}"
        for number, party in enumerate(parties):
            for printed in _printed(party, text, companies):
                names = INVENTED.get(script_of(printed) or "Latn", INVENTED["Latn"])
                changed[printed] = names[number % len(names)]
        title, body = (_put(changed, part) for part in (story["title"], story["text"]))
        recipient = deal.get("recipient")
        if recipient:
            ways = [changed[p] for p in _printed(recipient, text, companies) if p in changed]
            recipient = ways[0] if ways else recipient
        labels = {**story["labels"], "deal": {**deal, "recipient": recipient}}
        yield {**story, "title": title, "text": body, "labels": labels}


def _printed(party: str, text: str, companies: Mapping[str, Company]) -> list[str]:
    """The ways in which `text` prints a party, longest first."""
    company = companies.get(party)
    names = [party] if company is None else [*company.names.values(), *company.aliases]
    return sorted({name for name in names if name in text}, key=len, reverse=True)


def _put(changed: Mapping[str, str], text: str) -> str:
    if not changed:
        return text
    ways = "|".join(re.escape(name) for name in sorted(changed, key=len, reverse=True))
    return re.sub(ways, lambda match: changed[match[0]], text)
