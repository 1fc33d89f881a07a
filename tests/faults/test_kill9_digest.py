"""kill -9 while digests are made: each hour's digest is owed once, and none is passed over."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from crawler.storage.database import DATABASE_NAME, open_database
from notifier.outbox.deliveries import load_deliveries
from notifier.outbox.notices import load_notices

KILLS = 12
# Days pass as fast as the database writes; a start goes on after the last digest that is stored.
MAKER = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from config.model import Config, Settings, Target
from crawler.deals.rates import build_rates
from crawler.storage.database import DATABASE_NAME, open_database
from scheduler.digest import load_digests, tell_digests
from scheduler.house import House

state, now = Path(sys.argv[1]), datetime(2026, 1, 1, 12, tzinfo=UTC)
readers = [
    Target(id=name, url="json://x", tags=("desk",), digest="daily 08:00") for name in "ab"
]
nothing = {name: () for name in ("sources", "rules", "companies", "rates")}
config = Config(settings=Settings(), targets=readers, lexicons={}, **nothing)
database = open_database(state / DATABASE_NAME)
house = House(
    config=config, state=state, rates=build_rates([]), database=database, clock=lambda: now
)
with database.read() as db:
    now = max([now, *(at + timedelta(hours=12) for at in load_digests(db).values())])
print("begun", flush=True)
while True:
    tell_digests(house)
    now += timedelta(hours=5)
"""


@pytest.mark.slow
def test_each_digest_is_owed_once_through_kills(tmp_path: Path) -> None:
    random = Random(7)

    for _ in range(KILLS):
        maker = subprocess.Popen(
            [sys.executable, "-c", MAKER, str(tmp_path)], stdout=subprocess.PIPE
        )
        assert maker.stdout is not None
        assert maker.stdout.readline() == b"begun\n"
        time.sleep(random.uniform(0, 1))
        maker.kill()
        maker.wait()

    database = open_database(tmp_path / DATABASE_NAME)
    with database.read() as db:
        told: dict[str, list[Any]] = {"a": [], "b": []}
        notices = {notice.id: notice for notice in load_notices(db, limit=100_000)}
        deliveries = load_deliveries(db, limit=100_000)
    database.close()
    for delivery in sorted(deliveries, key=lambda one: one.id):
        told[delivery.target_id].append(notices.pop(delivery.notice_id or 0).digest)

    assert notices == {}  # none without a reader, and none told twice
    assert len(told["a"]) > KILLS // 2
    assert len(told["a"]) == len(told["b"])
    for digests in told.values():
        assert all(one.until == two.since for one, two in pairwise(digests))
