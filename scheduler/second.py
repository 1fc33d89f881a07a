"""How is a second reader asked, at most so often and so dearly as its owner allows?

Off by default. Any failure leaves our own reading as it is: the page does not wait for another
try, and nothing is lost but an opinion.
"""

from __future__ import annotations

import asyncio
import json
import logging
from datetime import datetime
from decimal import Decimal
from typing import Any

import aiohttp

from config.model import Settings
from crawler.model import Article
from crawler.reading.second import Second, parse_answer, question_for
from crawler.storage.database import Database
from crawler.storage.meta import add_to_meta, load_meta

log = logging.getLogger("rasid.second")

_ANSWER_TOKENS = 300
_BYTES_A_TOKEN = 2  # fewer than any tokenizer we know needs, so that the estimate is a bound
_LARGEST_ANSWER_BYTES = 100_000
_MILLION = Decimal(10**6)


class SecondReader:
    """A model behind an OpenAI-compatible endpoint, with a cap on its cost per day (UTC)."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._turn = asyncio.Lock()  # one question at a time: the cap is asked before each

    async def ask(self, article: Article, *, now: datetime) -> Second | None:
        """Its judgment of `article`; None where it gave none that counts, or may not be asked."""
        messages = question_for(article)
        size = sum(len(message["content"].encode()) for message in messages)
        most = self._price(size // _BYTES_A_TOKEN + _ANSWER_TOKENS)
        name = f"second_reader {now:%Y-%m-%d}"
        async with self._turn:
            spent = await asyncio.to_thread(self._spent, name)
            if spent + most > self._settings.second_reader_usd_per_day:
                log.warning("second reader not asked: %s USD of the day are spent", spent)
                return None
            try:
                told = await self._post(messages)
                answer = str(told["choices"][0]["message"]["content"])
                used = told.get("usage", {}).get("total_tokens")
            except (aiohttp.ClientError, TimeoutError, ValueError, LookupError, TypeError) as error:
                log.warning("second reader gave no answer: %s", type(error).__name__)
                await asyncio.to_thread(self._spend, name, most)  # it may be billed all the same
                return None
            cost = self._price(used) if isinstance(used, int) and used >= 0 else most
            await asyncio.to_thread(self._spend, name, cost)
        second = parse_answer(answer, article, by=self._settings.second_reader_model)
        if second is None:
            log.warning("second reader quoted no sentence of %s: dropped", article.url)
        return second

    async def _post(self, messages: list[dict[str, str]]) -> Any:
        settings = self._settings
        headers = {}
        if settings.second_reader_key:
            headers["Authorization"] = f"Bearer {settings.second_reader_key}"
        timeout = aiohttp.ClientTimeout(total=settings.second_reader_timeout_s)
        question = {
            "model": settings.second_reader_model,
            "messages": messages,
            "temperature": 0,
            "max_tokens": _ANSWER_TOKENS,
        }
        url = f"{settings.second_reader_url}".rstrip("/") + "/chat/completions"
        async with (
            aiohttp.ClientSession(timeout=timeout, headers=headers) as session,
            session.post(url, json=question, allow_redirects=False) as response,
        ):
            response.raise_for_status()
            body = await response.content.read(_LARGEST_ANSWER_BYTES)
            if not response.content.at_eof():
                raise ValueError("an answer without end")
            return json.loads(body)

    def _price(self, tokens: int) -> Decimal:
        return tokens * self._settings.second_reader_usd_per_million_tokens / _MILLION

    def _spent(self, name: str) -> Decimal:
        with self._database.read() as db:
            return Decimal(load_meta(db, name) or 0)

    def _spend(self, name: str, cost: Decimal) -> None:
        with self._database.write() as tx:
            add_to_meta(tx, name, cost)
