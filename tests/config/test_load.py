"""The owner's files: what is right is typed, what is wrong has its line and what to write."""

from __future__ import annotations

import gc
import time
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from config.errors import ConfigError
from config.load import (
    json_schema,
    load_companies,
    load_config,
    load_lexicons,
    load_rates,
    shipped_folder,
)
from config.model import Config

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))
DESK = 'targets:\n  - {id: desk, url: "json://127.0.0.1", tags: [desk]}\n'
SOURCE = "sources:\n  - id: wam\n    name: WAM\n    url: https://example.org/feed\n    kind: feed\n"
RULE = "rules:\n  - id: big\n    tell: [desk]\n"
WRITTEN = {"1bn USD": 10**9, "مليار دولار": 10**9, "10bn USD": 10**10, "500m AED": 5 * 10**8}


def parse_amount(text: str) -> tuple[Decimal, str] | None:
    return (Decimal(WRITTEN[text]), "AED" if "AED" in text else "USD") if text in WRITTEN else None


def load(folder: Path | None, **environment: str) -> Config:
    return load_config(folder, parse_amount=parse_amount, environment=environment)


def write(folder: Path, **files: str) -> Path:
    """`folder` with `files`; `sources__my` is sources/my.yaml."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def mistakes_of(folder: Path, **environment: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(folder, **environment)
    return str(caught.value).replace(f"{folder}/", "").splitlines()


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_mistake_is_told_with_its_place_and_what_to_write(path: Path, tmp_path: Path) -> None:
    text = path.read_text("utf-8")
    expected = text.splitlines()[0].removeprefix("# ")
    place = expected.partition(":")[0].removesuffix(".yaml").replace("/", "__")
    write(tmp_path, **{"targets": DESK, place: text})

    said = mistakes_of(tmp_path, SLACK_TOKEN="x")

    assert " | ".join(said) == expected


def test_the_shipped_files_are_right_and_tell_nobody() -> None:
    config = load(None)

    assert [rule.id for rule in config.rules] == ["mega-ai", "big-ai"]
    assert config.rules[0].at_least is not None
    assert config.rules[0].at_least.value == 10**10
    assert config.targets == ()


def test_every_mistake_of_all_files_is_told_at_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        rasid="workers: none\ndelay: 2\n",
        rules=RULE + "    at_least: 10bn\n    kinds: [dept]\n",
        sources__ar="sources:\n  - {id: A, name: a, url: x, kind: feed}\n",
        lexicon__xx="language: xx\n",
    )

    said = mistakes_of(tmp_path)

    assert [line.split(": ")[0] for line in said] == [
        "lexicon/xx.yaml:1:1",
        "rasid.yaml:1:10",
        "rasid.yaml:2:1",
        "rules.yaml:4:15",
        "rules.yaml:5:13",
        "sources/ar.yaml:2:10",
        "sources/ar.yaml:2:27",
    ]


PLAIN = {
    "a time": ("22:30", "22:30"),
    "Norway": ("NO", "NO"),
    "no": ("no", "no"),
    "a day": ("2025-01-24", "2025-01-24"),
    "an exponent": ("1e3", "1e3"),
    "an octal": ("0o17", "0o17"),
    "leading zeros": ("007", "007"),
    "true": ("true", "true"),
    "a whole number": ("60", 60),
    "with groups": ("1_000_000", 1_000_000),
    "a decimal": ("0.05", Decimal("0.05")),
    "quoted": ("'60'", "60"),
    "nothing": ("~", None),
    "digits of Arabic": ("٦٠", "٦٠"),
    "4,301 digits": ("9" * 4301, "9" * 4301),
}


@pytest.mark.parametrize(("written", "read"), PLAIN.values(), ids=PLAIN)
def test_yaml_is_text_numbers_lists_and_maps(written: str, read: object, tmp_path: Path) -> None:
    write(tmp_path, lexicon__ar=f"language: ar\nword: {written}\n")

    value = load_lexicons(tmp_path)["ar"]["word"]

    assert value == read
    assert type(value) is type(read)


WORDS = {"yes": True, "no": False, "true": True, "false": False, "'no'": False}


@pytest.mark.parametrize(("word", "meant"), WORDS.items(), ids=WORDS)
def test_a_switch_says_yes_or_no(word: str, meant: bool, tmp_path: Path) -> None:
    write(tmp_path, sources__my=SOURCE + f"    enabled: {word}\n    country: NO\n")

    source = load(tmp_path).sources[-1]

    assert source.enabled is meant
    assert source.country == "NO"


def test_own_rules_replace_the_shipped_ones(tmp_path: Path) -> None:
    write(tmp_path, rules=RULE + "    at_least: مليار دولار\n", targets=DESK)

    (rule,) = load(tmp_path).rules

    assert rule.at_least is not None
    assert (rule.at_least.value, rule.at_least.currency) == (10**9, "USD")
    assert rule.at_least.text == "مليار دولار"


def test_own_sources_lie_over_the_shipped_ones_key_by_key(tmp_path: Path) -> None:
    own = SOURCE + "  - {id: techcrunch, rhythm_min: 7.5}\nremove: [pandaily]\n"
    write(tmp_path, sources__mine=own)

    sources = {source.id: source for source in load(tmp_path).sources}

    assert sources["techcrunch"].rhythm_min == Decimal("7.5")
    assert sources["techcrunch"].name == "TechCrunch"
    assert sources["wam"].url == "https://example.org/feed"
    assert "pandaily" not in sources


def test_a_wrong_key_over_a_shipped_source_is_told_in_the_own_file(tmp_path: Path) -> None:
    write(tmp_path, sources__mine="sources:\n  - {id: techcrunch, kind: rss}\n")

    (said,) = mistakes_of(tmp_path)

    assert said.startswith("sources/mine.yaml:2:28: sources[0].kind: ")


def test_own_companies_rates_and_lexicons_merge(tmp_path: Path) -> None:
    shipped = {company.id: company for company in load_companies(None)}
    write(
        tmp_path,
        companies=(
            "companies:\n  - {id: acme, kind: ai, names: {en: Acme}}\n"
            "  - {id: openai, aliases: [OAI Inc]}\n"
        ),
        rates=(
            "rates:\n  - {currency: KWD, per_usd: 0.31, on: 2026-01-01, kind: approximate, "
            "source: our bank}\n"
        ),
        lexicon__ar="language: ar\nmine: {new: [كلمة]}\n",
    )

    companies = {company.id: company for company in load_companies(tmp_path)}
    rates = [rate.per_usd for rate in load_rates(tmp_path) if rate.currency == "KWD"]
    lexicons = load_lexicons(tmp_path)

    assert companies["openai"].aliases == (*shipped["openai"].aliases, "OAI Inc")
    assert companies["acme"].names == {"en": "Acme"}
    assert rates == [Decimal("0.31")]
    assert len(load_rates(tmp_path)) > 1
    assert lexicons["ar"].items() >= {"mine": {"new": ["كلمة"]}}.items()
    assert lexicons["en"] == load_lexicons(None)["en"]


def test_a_company_in_a_rule_is_named_in_any_way(tmp_path: Path) -> None:
    names = "[openai, أوبن إيه آي, OPEN AI]"
    write(tmp_path, rules=RULE + f"    unless: {{companies: {names}}}\n")

    (rule,) = load(tmp_path).rules

    assert rule.unless is not None
    assert rule.unless.companies == ("openai",)


def test_a_tag_without_target_is_right_until_there_are_own_targets(tmp_path: Path) -> None:
    write(tmp_path, rules="rules:\n  - {id: big, tell: [news]}\n")
    assert load(tmp_path).rules[0].tell == ("news",)

    write(tmp_path, targets=DESK)
    (said,) = mistakes_of(tmp_path)

    assert said.startswith("rules.yaml:2:22: rules[0].tell[0]: no target has this tag (got 'news')")


def test_own_targets_under_the_shipped_rules_are_told_which_tag_to_bear(tmp_path: Path) -> None:
    """The complaint stands in the owner's own file: the shipped one is never edited."""
    write(tmp_path, targets=DESK.replace("[desk]", "[mine]"))

    (said,) = mistakes_of(tmp_path)

    assert said == (
        "targets.yaml:1:1: targets: no target has the tag 'desk', which the rules that come with "
        "Rasid tell: add it to the tags of one, or copy rules.yaml into this folder and change "
        "tell: there"
    )


def test_secrets_come_from_the_environment_and_from_closed_files(tmp_path: Path) -> None:
    secret = tmp_path / "desk.secret"
    secret.write_text("slack://canary\n")
    secret.chmod(0o600)
    write(
        tmp_path,
        targets=(
            "targets:\n  - {id: a, url_file: desk.secret, tags: [desk]}\n"
            "  - {id: b, url: 'mailto://me:${PASSWORD}@example.org', tags: [desk]}\n"
        ),
    )

    config = load(tmp_path, PASSWORD="hunter2")

    assert [target.url for target in config.targets] == [
        "slack://canary",
        "mailto://me:hunter2@example.org",
    ]
    assert "canary" not in repr(config)
    assert "hunter2" not in repr(config)


LOGINS = {
    "a password with the signs of a URL": ("p@ss/w#rd", "p%40ss%2Fw%23rd"),
    "one that is written for a URL": ("p%40ss", "p%40ss"),
    "a plain one": ("hunter2%!", "hunter2%!"),
}


@pytest.mark.parametrize(("word", "put"), LOGINS.values(), ids=LOGINS)
def test_a_login_from_the_environment_is_put_in_as_a_url_wants_it(
    tmp_path: Path, word: str, put: str
) -> None:
    urls = ["mailto://me:${WORD}@a.example?to=${MAIL}", "${WHOLE}", "json://${PLACE}/x?k=a@b"]
    blocks = [f"  - {{id: t{n}, url: '{url}', tags: [desk]}}" for n, url in enumerate(urls)]
    write(tmp_path, targets="\n".join(["targets:", *blocks]) + "\n")

    config = load(tmp_path, WORD=word, MAIL="b@b.example", WHOLE="slack://a/b@c", PLACE="a:1/y")

    assert [target.url for target in config.targets] == [
        f"mailto://me:{put}@a.example?to=b@b.example",
        "slack://a/b@c",
        "json://a:1/y/x?k=a@b",
    ]


def test_a_secret_that_others_may_read_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "desk.secret"
    secret.write_text("slack://canary")
    secret.chmod(0o644)
    write(tmp_path, targets="targets:\n  - {id: desk, url_file: desk.secret, tags: [desk]}\n")

    (said,) = mistakes_of(tmp_path)

    assert said == (
        "targets.yaml:2:26: targets[0].url_file: others may read desk.secret: "
        "run `chmod 600 desk.secret`"
    )


def test_a_credential_of_systemd_is_found_by_its_name(tmp_path: Path) -> None:
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    (credentials / "desk").write_text("json://canary")
    own = write(tmp_path, targets="targets:\n  - {id: desk, url_file: desk, tags: [desk]}\n")

    config = load(own, CREDENTIALS_DIRECTORY=str(credentials))

    assert config.targets[0].url == "json://canary"


SPILLS = {
    "an unknown key": "    pasword: canary\n    url: json://x\n",
    "a wrong address": "    url: [canary]\n",
    "a url as a map": "    url: {canary: canary}\n",
    "a url in another key": "    url: json://x\n    language: slack://canary\n",
    "a variable of another name": "    url: json://${NOT_THERE}/canary\n",
    "a filled variable, and a wrong zone": "    url: json://${SECRET}\n    zone: Nowhere\n",
    "a filled variable in a wrong place": "    url: json://x\n    zone: ${SECRET}\n",
    "broken YAML": "    url: 'json://canary\n",
}


@pytest.mark.parametrize("written", SPILLS.values(), ids=SPILLS)
def test_no_mistake_spills_a_secret(written: str, tmp_path: Path) -> None:
    write(tmp_path, targets=f"targets:\n  - id: desk\n    tags: [desk]\n{written}")

    said = mistakes_of(tmp_path, SECRET="canary")

    assert "canary" not in "\n".join(said)


NAMES = {
    "rule.yaml": "rule.yaml:1:1: nobody reads this name; did you mean 'rules.yaml'? Rename it",
    "rules.yml": "rules.yml:1:1: nobody reads this name; did you mean 'rules.yaml'? Rename it",
    "source/": "source:1:1: nobody reads this name; did you mean 'sources'? Rename it",
    "sources/ar.yml": "sources/ar.yml:1:1: files here end in .yaml: rename it",
}


@pytest.mark.parametrize(("name", "expected"), NAMES.items(), ids=NAMES)
def test_a_file_that_nobody_reads_is_told(name: str, expected: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    if name.endswith("/"):
        path.mkdir()
    else:
        path.write_text("")

    assert mistakes_of(tmp_path) == [expected]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such folder: create it"):
        load(tmp_path / "nowhere")


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    write(tmp_path, rasid="# " + "x" * 1_000_000)

    assert "larger than 1,000,000 bytes" in mistakes_of(tmp_path)[0]


def test_a_file_that_is_not_utf8_has_its_place(tmp_path: Path) -> None:
    (tmp_path / "rasid.yaml").write_bytes("workers: 2\n# قديم".encode("cp1256"))

    assert mistakes_of(tmp_path) == [
        "rasid.yaml:2:3: this is not UTF-8: save the file as UTF-8 text"
    ]


HOSTILE = {
    "a million brackets": "[" * 900_000,
    "a list in a list in a list": "- " * 450_000,
    "billion laughs": "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n",
    "a map in itself": "&a {a: *a}",
    "forty-one levels": "[" * 41 + "]" * 41,
    "python": "!!python/object/apply:os.system ['true']",
    "binary": "!!binary aGk=",
    "merge": "<<: {workers: 2}",
    "a list as a key": "? [a]\n: b",
    "an alias as a key": "? *a\n: b",
    "zero bytes": "workers: \0",
    "bell": "workers: \a",
    "only a directive": "%YAML 3.0\n",
    "an unclosed text": '"' + "x" * 1000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_yaml_is_one_mistake(text: str, tmp_path: Path) -> None:
    write(tmp_path, rasid=text)

    started = time.process_time()
    said = mistakes_of(tmp_path)

    assert said[0].startswith("rasid.yaml:")
    assert time.process_time() - started < 2


ROUNDS = [pytest.param(seed, marks=[pytest.mark.slow] if seed > 1 else []) for seed in range(20)]


@pytest.mark.parametrize("seed", ROUNDS)
def test_broken_files_raise_nothing_but_config_errors(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    whole = {path.name: path.read_bytes() for path in shipped_folder().glob("*.yaml")}
    del whole["companies.yaml"]  # large, and a list like the others
    whole["sources/ar.yaml"] = (shipped_folder() / "sources/ar.yaml").read_bytes()
    (tmp_path / "sources").mkdir()

    for _ in range(5):  # of five files each
        for name, data in whole.items():
            (tmp_path / name).write_bytes(broken(data, random))
        with suppress(ConfigError):
            load(tmp_path)


def broken(data: bytes, random: Random) -> bytes:
    """`data` with some bytes changed, dropped, doubled or moved."""
    for _ in range(random.randint(1, 8)):
        start = random.randrange(len(data))
        end = min(len(data), start + random.randint(1, 40))
        piece = random.choice(
            [
                b"",
                data[start:end] * 2,
                random.randbytes(3),
                random.choice(
                    [b"[", b"{", b": ", b"- ", b"\n", b"&a ", b"*a", b"!x ", b"9", b"\t"]
                ),
            ]
        )
        data = data[:start] + piece + data[end:] or b"x"
    return data


def test_loading_takes_no_time_that_anybody_sees() -> None:
    def cpu() -> float:
        started = time.process_time()
        load(None)
        return time.process_time() - started

    # Seventeen lexicons and 1,500 companies are most of it, and only `rasid check` reads them all;
    # a busy machine makes any one run slow, and so do the objects of the tests before.
    gc.collect()
    gc.disable()
    try:
        assert min(cpu() for _ in range(4)) < 0.5
    finally:
        gc.enable()


KINDS = ("settings", "sources", "rules", "targets", "companies", "rates", "wording")


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_schema_says_what_it_is(kind: str) -> None:
    schema = json_schema(kind)

    properties = (
        schema["properties"]
        if kind in ("settings", "wording")
        else (schema["properties"][kind]["items"]["properties"])
    )

    assert [name for name, field in properties.items() if not field.get("description")] == []
