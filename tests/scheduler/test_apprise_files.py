"""Files in Apprise's own form, as people have them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from config.errors import ConfigError
from config.model import Target
from notifier.deliver import check_target, deliver
from notifier.model import Message
from scheduler.house import load_own_config
from tests.notifier.services.street import SLACK_HOOK, TELEGRAM, open_street

TEXT = f"""
# whoever is on duty
duty=night, desk

desk={SLACK_HOOK}
2:night,ops = {TELEGRAM}
mailto://me:canary7word@a.example/?to=b@b.example,c@b.example
include more.txt
"""
MORE = "ops=json://127.0.0.1/hook?+X-Key=canary7\n"
YAML = f"""
version: 1
tag: house
groups:
  - duty: night
urls:
  - {SLACK_HOOK}:
      - tag: desk, night
  - json://127.0.0.1/hook:
      tag: [ops]
      "+X-Key": canary7
"""


def targets(own_house: Any, name: str, mode: int = 0o600, **more: Any) -> tuple[Target, ...]:
    (own_house.folder / name).chmod(mode)
    own_house.write(targets=[{"id": "team", "apprise": name, **more}])
    return load_own_config(own_house.folder).targets


def private(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("_", ".")
        path.write_text(text, "utf-8")
        path.chmod(0o600)


def test_a_text_file_with_groups_priorities_recipients_and_an_include(own_house: Any) -> None:
    private(own_house.folder, apprise_txt=TEXT, more_txt=MORE)

    found = targets(own_house, "apprise.txt", tags=["all"], language="ar")

    assert [(target.id, target.scheme, target.tags) for target in found] == [
        ("team-1", "slack", ("all", "desk", "duty")),
        ("team-2", "tgram", ("all", "night", "ops")),  # Apprise: a priority is in no group
        ("team-3", "mailto", ("all",)),
        ("team-4", "mailto", ("all",)),
        ("team-5", "json", ("all", "ops")),
    ]
    assert {target.language for target in found} == {"ar"}
    assert [check_target(target) for target in found] == [None] * 5


def test_a_yaml_file_with_its_own_tags(own_house: Any) -> None:
    private(own_house.folder, apprise_yml=YAML)

    found = targets(own_house, "apprise.yml")

    assert [target.tags for target in found] == [
        ("desk", "duty", "house", "night"),
        ("house", "ops"),
    ]


def test_what_is_sent_through_it_is_what_apprise_would_send(
    own_house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    private(own_house.folder, apprise_yml=YAML)
    slack, hook = targets(own_house, "apprise.yml")

    with open_street(monkeypatch) as street:
        deliver(Message(title="t", text="hello", markdown="hello", key="1"), slack)

    assert street.slack.texts == ["hello"]
    assert "X-Key" in hook.url


def test_rules_tell_its_tags(own_house: Any) -> None:
    private(own_house.folder, apprise_yml=YAML)
    own_house.write(
        targets=[{"id": "team", "apprise": "apprise.yml"}],
        rules=[{"id": "big", "tell": ["duty"]}],
    )

    config = load_own_config(own_house.folder)

    assert set(config.rules[0].tell) & set(config.targets[0].tags) == {"duty"}


_TO = "    user: me@a.example\n      password: 'canary7 w@rd#'\n"
_DISCORD = "discord://1122334455/canary7"
# Each form of appriseit.com, "Getting started", "Configuration", with the tags of each target.
DOCUMENTED: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    "text: comments, no tags": (
        "t.conf", f"# one\n\n; two\nmailto://me:canary7@gmail.com\n{_DISCORD}\n",
        [("mailtos", "all"), ("discord", "all")],
    ),
    "text: tags by commas or spaces": (
        "t", f"one={_DISCORD}\ntv, kitchen=json://a.example\nlate night=json://b.example\n",
        [("discord", "all one"), ("json", "all kitchen tv"), ("json", "all late night")],
    ),
    "text: a group before its members": (
        "t.txt", f"friends = one, two\none={_DISCORD}\ntwo=json://a.example\n",
        [("discord", "all friends one"), ("json", "all friends two")],
    ),
    "text: nothing but includes": ("t.txt", "# mine\ninclude more.txt\n", [("json", "all ops")]),
    "text: an include first": (
        "t", f"include more.txt\none={_DISCORD}\n", [("discord", "all one"), ("json", "all ops")],
    ),
    "yaml: a list of URLs": (
        "t.yml", f"urls:\n  - json://localhost\n  - {_DISCORD}\n",
        [("json", "all"), ("discord", "all")],
    ),
    "yaml without its ending": ("t.conf", "urls:\n  - json://localhost\n", [("json", "all")]),
    "yaml: options under the URL": (
        "t.yaml", f"urls:\n  - mailtos://smtp.a.example:\n  {_TO}      to: b@b.example\n",
        [("mailtos", "all")],
    ),
    "yaml: options beside the URL": (
        "t.yaml", "urls:\n  - mailtos://:\n    user: me@a.example\n    pass: canary7\n"
        "    smtp: smtp.a.example\n    to: b@b.example\n", [("mailtos", "all")],
    ),
    "yaml: a list of recipients": (
        "t.yml", f"urls:\n  - mailtos://smtp.a.example:\n  {_TO}      to:\n        - b@b.example\n"
        "        - c@b.example\n", [("mailtos", "all")] * 2,
    ),
    "yaml: one URL used twice, with shared options": (
        "t.yml", "urls:\n  - mailtos://smtp.a.example:\n"
        "      - to: b@b.example\n        tag: boss\n      - to: c@b.example\n        tag: new\n"
        "    user: me@a.example\n    password: canary7\n",
        [("mailtos", "all boss"), ("mailtos", "all new")],
    ),
    "yaml: a tag for all, and a list of tags": (
        "t.yml", "version: 1\ntag: house\n"
        f"urls:\n  - {_DISCORD}:\n      tag:\n        - a\n        - b\n",
        [("discord", "a all b house")],
    ),
    "yaml: groups as a map": (
        "t.yml", f"groups:\n  critical: ops, late\nurls:\n  - {_DISCORD}:\n      tag: ops\n",
        [("discord", "all critical ops")],
    ),
    "yaml: groups of groups": (
        "t.yml", "groups:\n  - money: one, two\n  - house: money, boss\nurls:\n"
        f"  - {_DISCORD}:\n      - tag: one\n", [("discord", "all house money one")],
    ),
    "yaml: branding, which is ours": (
        "t.yml", "asset:\n  app_id: Mine\n  async_mode: true\n  body_format: null\n"
        f"  image_url_logo: https://a.example/x.png\nurls:\n  - {_DISCORD}\n", [("discord", "all")],
    ),
    "yaml: an include": ("t.yml", "include:\n  - more.txt\n", [("json", "all ops")]),
}  # fmt: skip


@pytest.mark.parametrize(("name", "text", "told"), DOCUMENTED.values(), ids=DOCUMENTED)
def test_each_form_of_its_documentation_is_taken_as_it_is(
    own_house: Any, name: str, text: str, told: list[tuple[str, str]]
) -> None:
    private(own_house.folder, more_txt=MORE)
    (own_house.folder / name).write_text(text, "utf-8")

    found = targets(own_house, name, tags=["all"])

    assert [(each.scheme, " ".join(sorted(each.tags))) for each in found] == told
    assert [check_target(each) for each in found] == [None] * len(told)


WRONG = {
    "a line of rubbish": (
        "a=json://127.0.0.1/\nb=nonsense://canary7\n", {}, "line 2 names nothing",
    ),
    "a service that there is not": (
        "urls:\n  - json://a.example\n  - nonsense://canary7:\n      tag: a\n", {},
        "entry #2 names nothing",
    ),
    "a mail without a sender": (
        "urls:\n  - json://a.example\n  - mailto://canary7:\n      tag: a\n", {},
        "entry #2 names nothing",
    ),
    "a number for a URL": ("urls:\n  - json://canary7\n  - 5\n", {}, "entry #2 names nothing"),
    "no Apprise file": ("canary7 !\n", {}, "is not in the form of Apprise's text or YAML files"),
    "nothing in it": ("# canary7\n", {}, "names no URL"),
    "a URL without a tag": ("json://canary7/\n", {}, "team-1 has no tag, in the file or here"),
    "others may read it": ("a=json://canary7/\n", {"mode": 0o644}, "others may read"),
    "an include from the network": (
        "a=json://canary7/\ninclude http://canary7.example/\n", {}, "fetch it and name the file",
    ),
    "an include that is not there": (
        "a=json://canary7/\ninclude gone.txt\n", {}, "there is no file",
    ),
    "files in a circle": ("a=json://canary7/\ninclude apprise.txt\n", {}, "too deep"),
    "a URL beside it": ("a=json://canary7/\n", {"url": "json://b"}, "keep one of the two"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "more", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_has_its_place_and_no_secret(
    own_house: Any, text: str, more: dict[str, Any], said: str
) -> None:
    private(own_house.folder, apprise_txt=text)

    with pytest.raises(ConfigError) as caught:
        targets(own_house, "apprise.txt", **more)

    assert said in str(caught.value)
    assert "targets.yaml:" in str(caught.value)
    assert "canary7" not in str(caught.value)


def test_an_include_that_others_may_read(own_house: Any) -> None:
    private(own_house.folder, apprise_txt=TEXT, more_txt=MORE)
    (own_house.folder / "more.txt").chmod(0o640)

    with pytest.raises(ConfigError, match=r"others may read .*more\.txt"):
        targets(own_house, "apprise.txt", tags=["all"])
