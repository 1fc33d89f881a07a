"""Who is told that a target takes no messages?"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from config.errors import DeliveryError
from config.model import Config
from crawler.health.model import HealthState, Trouble
from crawler.storage.meta import load_meta, save_meta
from notifier.faltering import TargetHealth, after_failure, after_success, is_bad
from notifier.model import Notice, NoticeKind
from notifier.outbox.notices import save_notice

if TYPE_CHECKING:
    from crawler.storage.database import Connection

log = logging.getLogger("rasid.targets")

_META = "targets"
_CODE = TypeAdapter(dict[str, TargetHealth])
_OPS = "ops"


def load_targets(db: Connection) -> dict[str, TargetHealth]:
    """How the sends to each target went last."""
    kept = load_meta(db, _META)
    return _CODE.validate_json(kept) if kept else {}


def load_bad_targets(db: Connection, config: Config, *, now: datetime) -> dict[str, TargetHealth]:
    """The targets that take no messages.

    Also where all are away together, which is told to nobody: it may be our own network, or the
    one target tagged `ops`. Whoever looks should see it.
    """
    known = {target.id for target in config.targets}
    return {
        key: health
        for key, health in load_targets(db).items()
        if key in known and is_bad(health, (), now=now)
    }


def note_send(
    tx: Connection, config: Config, target_id: str, error: DeliveryError | None, *, now: datetime
) -> None:
    """Remember how a send to a target went, and owe the notice that follows from it.

    Belongs into the transaction that settles the delivery. Nobody is told through the target
    itself; without another one tagged `ops` it stands in the log, and in `rasid status`.
    """
    known = {target.id for target in config.targets}
    healths = {key: health for key, health in load_targets(tx).items() if key in known}
    before = healths.get(target_id, TargetHealth())
    if target_id not in known:
        return
    after = after_success(now) if error is None else after_failure(before, error, now=now)
    if error is None and before.told:
        _tell(tx, config, target_id, before, NoticeKind.TARGET_BACK, now)
    elif not after.told and is_bad(after, _but(healths, target_id), now=now):
        _tell(tx, config, target_id, after, NoticeKind.TARGET_BAD, now)
        after = replace(after, told=True)
    save_meta(tx, _META, _CODE.dump_json(healths | {target_id: after}).decode())


def _tell(
    tx: Connection,
    config: Config,
    target_id: str,
    health: TargetHealth,
    kind: NoticeKind,
    now: datetime,
) -> None:
    assert health.since is not None
    state = HealthState.BLOCKED if health.refused else HealthState.UNREACHABLE
    item = Trouble(
        source_id=target_id, name=target_id, state=state, since=health.since, text=health.why
    )
    others = [each for each in config.targets if _OPS in each.tags and each.id != target_id]
    notice = Notice(id=0, kind=kind, items=(item,), made_at=now)
    save_notice(tx, notice, others, now=now)
    if kind is NoticeKind.TARGET_BAD:
        heard = "" if others else "; no other target tagged ops can be told of it"
        log.error("target %s takes no messages: %s%s", target_id, health.why, heard)
    else:
        log.warning("target %s takes messages again", target_id)


def _but(healths: Mapping[str, TargetHealth], target_id: str) -> list[TargetHealth]:
    return [health for key, health in healths.items() if key != target_id]
