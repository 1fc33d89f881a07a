"""Headlines and texts in the languages that we watch, with true and false declarations."""

from __future__ import annotations

import pytest

from crawler.pages.language import plain_tag, resolve_language

LONG = {
    "fr": "La société va investir dans l'intelligence artificielle plusieurs milliards d'euros "
    "cette année, selon le ministère de l'économie, et construire trois centres de données près "
    "de Paris avec un partenaire américain qui apportera les processeurs.",
    "en": "The company will invest several billion dollars in artificial intelligence this year, "
    "according to the ministry of economy, and build three data centers near London with an "
    "American partner that is going to bring the processors.",
    "ar": "أعلنت الشركة أنها ستستثمر مليارات الدولارات في الذكاء الاصطناعي خلال هذا العام، وفق "
    "ما ذكرت وزارة الاقتصاد، وستبني ثلاثة مراكز بيانات قرب العاصمة مع شريك أمريكي يوفر "
    "المعالجات اللازمة للمشروع.",
}
TEXTS = {
    "Arabic headline": ("ميتا تستثمر 65 مليار دولار", (), "ar"),
    "Arabic with Persian letters": ("الشرکة تجمع 100 ملیون دولار لتطویر الذکاء", (), "ar"),
    "Arabic in an English template": ("ميتا تستثمر 65 مليار دولار", ("en",), "ar"),
    "Persian": ("متا ۶۵ میلیارد دلار سرمایه گذاری می‌کند", (), "fa"),
    "Urdu": ("میٹا مصنوعی ذہانت میں سرمایہ کاری کرے گی", (), "ur"),
    "English headline": ("Meta to invest $65bn in AI", (), "en"),
    "Malay, declared": ("Syarikat melabur RM5 bilion dalam AI", ("ms",), "ms"),
    "Chinese": ("软银拟向人工智能投资5000亿美元", (), "zh"),
    "Japanese": ("ソフトバンク、AIに最大5000億ドル投資", (), "ja"),
    "Korean": ("소프트뱅크, 5000억 달러 투자", (), "ko"),
    "Russian": ("Компания инвестирует миллиард долларов в искусственный интеллект", (), "ru"),
    "Hindi": ("कंपनी एआई में अरबों डॉलर का निवेश करेगी", (), "hi"),
    "Greek": ("Η εταιρεία επενδύει δισεκατομμύρια", (), "el"),
    "Hebrew": ("החברה תשקיע מיליארדי דולרים", (), "he"),
    "no letters": ("65 / 2025", ("ar-AE",), "ar"),
    "nothing": ("", (), None),
    "French that says English": (LONG["fr"], ("en-US",), "fr"),
    "English that says English": (LONG["en"], ("en-GB",), "en"),
    "Arabic that says nothing": (LONG["ar"], (None, ""), "ar"),
}


@pytest.mark.parametrize(("text", "declared", "language"), TEXTS.values(), ids=TEXTS)
def test_language(text, declared, language):
    assert resolve_language(text, *declared) == language


TAGS = {"ar-AE": "ar", "AR_ae": "ar", " en ": "en", "iw": "he", "nb-NO": "no", "": None, "x": None}


@pytest.mark.parametrize(("tag", "plain"), TAGS.items(), ids=TAGS)
def test_tag(tag, plain):
    assert plain_tag(tag) == plain
