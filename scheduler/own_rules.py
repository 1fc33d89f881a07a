"""Did the owner write other rules while the house runs?"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from pathlib import Path

from config.errors import ConfigError
from config.model import Config
from config.plural import counted
from scheduler.digest import rules_without_digest
from scheduler.house import House, load_own_config

log = logging.getLogger("rasid.rules")

Seen = frozenset[tuple[str, int]]


@dataclass(slots=True)
class OwnRules:
    """The owner's rules.yaml, looked at again and again."""

    folder: Path | None
    _seen: Seen = field(init=False)

    def __post_init__(self) -> None:
        self._seen = self._look()

    def load_changed(self, house: House) -> Config | None:
        """The configuration of `house` with the rules that stand there now; None if these tell.

        Only rules: sources, targets and settings are read when `rasid run` starts.
        """
        seen = self._look()
        if seen == self._seen:
            return None
        self._seen = seen
        try:
            config = load_own_config(self.folder)
        except ConfigError as error:
            log.error(
                "the files were changed and are wrong; the rules before still tell: %s", error
            )
            return None
        if config.rules == house.config.rules:
            return None
        unheard = _unheard(config, house)
        if unheard:
            log.error(
                "rule %s tells targets that are new: start `rasid run` again for them; "
                "the rules before still tell",
                ", ".join(unheard),
            )
            return None
        for rule_id in rules_without_digest(config):
            log.warning("rule %s waits for a digest, and no target that it tells has one", rule_id)
        log.info("the rules were changed: %s from now on", counted(len(config.rules), "rule"))
        return house.config.model_copy(update={"rules": config.rules})

    def _look(self) -> Seen:
        """When each file was changed: what is wrong with rules may be mended in targets.yaml."""
        if self.folder is None:
            return frozenset()
        try:
            files = sorted(self.folder.glob("*.yaml"))
            return frozenset((file.name, file.stat().st_mtime_ns) for file in files)
        except OSError:  # taken away at this moment
            return frozenset()


def _unheard(config: Config, house: House) -> list[str]:
    """Rules whose targets do not run yet: their alerts would be lost."""
    then = replace(house, config=config)
    return [
        rule.id for rule in config.rules if then.targets_of(rule) and not house.targets_of(rule)
    ]
