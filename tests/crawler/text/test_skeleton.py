"""One name, one key, in every script."""

import pytest

from crawler.text.skeleton import rough, skeleton

NAMES = [
    ("Altman", "ألتمان", "Альтман"), ("Zuckerberg", "زوكربيرغ", "زاكربرج"),
    ("OpenAI", "أوبن إيه آي"), ("Anthropic", "أنثروبيك"), ("SoftBank", "سوفت بنك"),
    ("Nvidia", "إنفيديا"), ("Microsoft", "مايكروسوفت"), ("Oracle", "أوراكل"),
    ("Humain", "هيوماين"), ("Google", "غوغل", "جوجل"), ("Louisiana", "لويزيانا"),
    ("Samsung", "Самсунг", "سامسونغ"), ("Al Rajhi", "الراجحي"),
]  # fmt: skip


@pytest.mark.parametrize("names", NAMES, ids=lambda names: names[0])
def test_spellings_share_a_key(names: tuple[str, ...]) -> None:
    assert len({skeleton(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Microsoft", "Mistral"), ("Amazon", "Amgen"), ("Meta", "Mubadala")]
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


def test_a_name_without_letters_has_no_key() -> None:
    assert skeleton("42 — !") == ""


@pytest.mark.parametrize(
    ("latin", "other"),
    [
        ("Vaani Labs", "वाणी लैब्स"),
        ("Zepto", "ज़ेप्टो"),
        ("Sandesh", "संदेश"),
        ("Cerebras", "セレブラス"),
        ("Krutrim", "クルトリム"),
        ("Mistral", "미스트랄"),
        ("Cerebras", "세레브라스"),
    ],
)
def test_hindi_japanese_and_korean_write_the_sounds_of_a_name(latin, other):
    assert skeleton(latin) == skeleton(other)


@pytest.mark.parametrize(
    ("latin", "other"),
    [
        ("Brookfield", "브룩필드"),
        ("Brookfield", "ブルックフィールド"),
        ("Anthropic", "アンソロピック"),
    ],
)
def test_what_japanese_and_korean_mix_up_is_one_sound_in_rough(latin, other):
    assert skeleton(latin) != skeleton(other)
    assert rough(skeleton(latin)) == rough(skeleton(other))
