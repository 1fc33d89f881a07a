"""Dates in words, as news sites print them; counted from noon of 26 January 2025, a Sunday."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawler.model import Evidence
from crawler.pages.dates import is_date_line, parse_date, published_from

NOW = datetime(2025, 1, 26, 12, tzinfo=UTC)

ARABIC = {
    # relative: singular, dual, plural, digits of both scripts, number words
    "منذ يوم": "2025-01-25",
    "تاريخ النشر: منذ يوم": "2025-01-25",
    "منذ يوم واحد": "2025-01-25",
    "قبل يوم": "2025-01-25",
    "منذ يومين": "2025-01-24",
    "قبل يومين": "2025-01-24",
    "منذ 3 أيام": "2025-01-23",
    "منذ ٣ أيام": "2025-01-23",
    "منذ ثلاثة أيام": "2025-01-23",
    "قبل 4 ايام": "2025-01-22",
    "منذ 11 يوماً": "2025-01-15",
    "منذ 11 يومًا": "2025-01-15",
    "منذ عشرة أيام": "2025-01-16",
    "3 أيام مضت": "2025-01-23",
    "منذ ساعة": "2025-01-26",
    "منذ ساعة واحدة": "2025-01-26",
    "منذ ساعتين": "2025-01-26",
    "منذ 5 ساعات": "2025-01-26",
    "منذ 13 ساعة": "2025-01-25",
    "قبل ١٣ ساعة": "2025-01-25",
    "منذ ثلاث ساعات": "2025-01-26",
    "منذ دقيقة": "2025-01-26",
    "منذ دقيقتين": "2025-01-26",
    "منذ 20 دقيقة": "2025-01-26",
    "منذ 10 دقائق": "2025-01-26",
    "منذ أسبوع": "2025-01-19",
    "قبل أسبوع": "2025-01-19",
    "منذ أسبوعين": "2025-01-12",
    "منذ 3 أسابيع": "2025-01-05",
    "منذ شهر": "2024-12-26",
    "قبل شهرين": "2024-11-26",
    "منذ 5 أشهر": "2024-08-26",
    "منذ سنة": "2024-01-26",
    "منذ عامين": "2023-01-26",
    "أمس": "2025-01-25",
    "أمس 10:30": "2025-01-25T10:30",
    "أول أمس": "2025-01-24",
    "اليوم": "2025-01-26",
    "اليوم، 09:15 ص": "2025-01-26T09:15",
    "قبل قليل": "2025-01-26",
    # vague, or no date at all
    "منذ أيام": None,
    "منذ ساعات": None,
    "منذ فترة": None,
    "اليوم السابع": None,
    "يناير 2025": None,
    "26 يناير": None,
    "الأحد": None,
    "32 يناير 2025": None,
    "30 فبراير 2025": None,
    # Gulf and Egypt, Levant, Maghreb, both at once
    "26 يناير 2025": "2025-01-26",
    "الأحد، 26 يناير 2025": "2025-01-26",
    "٢٦ يناير ٢٠٢٥": "2025-01-26",
    "الأحد 26 يناير 2025 - 10:15 ص": "2025-01-26T10:15",
    "الأربعاء، 07 أكتوبر 2020 - 12:09 م": "2020-10-07T12:09",
    "26 يناير 2025 الساعة 10:15 مساءً": "2025-01-26T22:15",
    "10:15 - 26 يناير 2025": "2025-01-26T10:15",
    "يناير 26, 2025": "2025-01-26",
    "26 إبريل، 2024": "2024-04-26",
    "5 يونيه 2024": "2024-06-05",
    "26 كانون الثاني 2025": "2025-01-26",
    "الأحد 26 كانون الثاني 2025 , 16:40": "2025-01-26T16:40",
    "14 شباط 2024": "2024-02-14",
    "1 آذار 2024": "2024-03-01",
    "9 تشرين الثاني 2024": "2024-11-09",
    "9 تشرين أول 2024": "2024-10-09",
    "24 نيسان / أبريل 2020 09:22 مساءً": "2020-04-24T21:22",
    "26 يناير/كانون الثاني 2025": "2025-01-26",
    "26 جانفي 2025": "2025-01-26",
    "3 جويلية 2024": "2024-07-03",
    "14 أوت 2024": "2024-08-14",
    "10 غشت 2024": "2024-08-10",
    "12 دجنبر 2024": "2024-12-12",
    "7 شتنبر 2024": "2024-09-07",
    # Hijri, alone and beside the Gregorian date
    "15 رجب 1446هـ": "2025-01-15",
    "26 رجب 1446": "2025-01-26",
    "1 محرم 1446 هـ": "2024-07-07",
    "10 ربيع الأول 1446": "2024-09-13",
    "9 ذو الحجة 1445": "2024-06-15",
    "الأحد 26 رجب 1446 هـ - 26 يناير 2025 م": "2025-01-26",
    "1446/07/26": "2025-01-26",
    # numbers, labels, zones
    "26/01/2025": "2025-01-26",
    "26-1-2025 05:00 PM": "2025-01-26T17:00",
    "2025/1/26 م": "2025-01-26",
    "03/04/2024": "2024-04-03",
    "نشر في: 26/01/2025 - آخر تحديث: 27/01/2025": "2025-01-26",
    "آخر تحديث: 27 يناير 2025 | تاريخ النشر: 26 يناير 2025": "2025-01-26",
    "آخر تحديث: 27 يناير 2025": None,
    "26 يناير 2025 10:15 بتوقيت غرينتش": "2025-01-26T10:15+00:00",
    "26 يناير 2025 10:15 ص بتوقيت السعودية": "2025-01-26T10:15+03:00",
    "26 يناير 2025 10:15 (GMT+04:00)": "2025-01-26T10:15+04:00",
}
OTHERS = {
    ("January 26, 2025", "en"): "2025-01-26",
    ("Jan. 26, 2025, 5:30 p.m. ET", "en"): "2025-01-26T17:30-05:00",
    ("26th January 2025 at 09:00 GMT", "en"): "2025-01-26T09:00+00:00",
    ("Sunday 26 Jan 2025 14:00 BST", "en"): "2025-01-26T14:00+01:00",
    ("Published Jan 26, 2025 Updated Jan 27, 2025", "en"): "2025-01-26",
    ("Updated January 27, 2025", "en"): None,
    ("3 hours ago", "en"): "2025-01-26",
    ("2d ago", "en"): "2025-01-24",
    ("an hour ago", "en"): "2025-01-26",
    ("yesterday", "en"): "2025-01-25",
    ("a few weeks ago", "en"): None,
    ("USA Today", "en"): None,
    ("3/4/2025", "en"): None,
    ("2025-13-01", "en"): None,  # the day of whom? in a feed it is none either
    ("2025/13/1 10:30", "ar"): None,
    ("3/14/2024", "en"): "2024-03-14",
    ("10:30", "en"): None,
    ("26 janvier 2025 à 19h20", "fr"): "2025-01-26T19:20",
    ("Publié le 26 janv. 2025 - Mis à jour le 27 janv. 2025", "fr"): "2025-01-26",
    ("il y a 2 jours", "fr"): "2025-01-24",
    ("26. Januar 2025, 19:20 Uhr", "de"): "2025-01-26T19:20",
    ("vor 3 Tagen", "de"): "2025-01-23",
    ("26.01.2025", "de"): "2025-01-26",
    ("26 de enero de 2025", "es"): "2025-01-26",
    ("hace 5 días", "es"): "2025-01-21",
    ("26 de janeiro de 2025 às 10h15", "pt"): "2025-01-26T10:15",
    ("há 2 horas", "pt"): "2025-01-26",
    ("26 gennaio 2025", "it"): "2025-01-26",
    ("2 giorni fa", "it"): "2025-01-24",
    ("26 Ocak 2025 15:40", "tr"): "2025-01-26T15:40",
    ("3 gün önce", "tr"): "2025-01-23",
    ("26 января 2025, 15:40", "ru"): "2025-01-26T15:40",
    ("2 дня назад", "ru"): "2025-01-24",
    ("2025年1月26日 19:20", "zh"): "2025-01-26T19:20",
    ("3天前", "zh"): "2025-01-23",
    ("2025年1月26日 午後7時20分", "ja"): "2025-01-26T19:20",
    ("2日前", "ja"): "2025-01-24",
    ("2025년 1월 26일 오후 7:20", "ko"): "2025-01-26T19:20",
    ("3일 전", "ko"): "2025-01-23",
    ("7 بهمن 1403", "fa"): "2025-01-26",
    ("۱۴۰۳/۱۱/۰۷ - ۱۰:۲۰", "fa"): "2025-01-26T10:20",
    ("1 فروردین 1404", "fa"): "2025-03-21",
    ("30 اسفند 1403", "fa"): "2025-03-20",
    ("۳ ساعت پیش", "fa"): "2025-01-26",
    ("26 जनवरी 2025", "hi"): "2025-01-26",
    ("26 Januari 2025", "id"): "2025-01-26",
    ("12 martie 2024", "ro"): "2024-03-12",
}


def told(text: str, language: str | None) -> str | None:
    stamp = parse_date(text, now=NOW, language=language)
    if stamp is None:
        return None
    if stamp.day_only:
        return stamp.at.date().isoformat()
    zone = stamp.at.strftime("%z") if stamp.has_zone else ""
    return f"{stamp.at:%Y-%m-%dT%H:%M}{zone[:3]}{':' if zone else ''}{zone[3:]}"


@pytest.mark.parametrize(("text", "day"), ARABIC.items(), ids=ARABIC)
def test_arabic(text, day):
    assert told(text, "ar") == day


@pytest.mark.parametrize(("row", "day"), OTHERS.items(), ids=[row[0] for row in OTHERS])
def test_other_languages(row, day):
    assert told(*row) == day


def test_country_tells_day_and_month_apart():
    american = parse_date("3/4/2025", now=NOW, language="en", country="US")
    british = parse_date("3/4/2025", now=NOW, language="en", country="GB")

    assert american
    assert american.at.month == 3
    assert british
    assert british.at.month == 4


def test_yesterday_is_counted_in_the_zone_of_the_source():
    late = datetime(2025, 1, 26, 22, 30, tzinfo=UTC)  # already the 27th in Riyadh

    stamp = parse_date("منذ يوم", now=late, zone=ZoneInfo("Asia/Riyadh"), language="ar")

    assert stamp
    assert stamp.relative
    assert stamp.day_only
    assert stamp.at.isoformat() == "2025-01-26T00:00:00+03:00"


def test_relative_evidence_wins_over_where_it_stood():
    stamp = parse_date("منذ يوم", now=NOW, language="ar")

    published, reason = published_from(stamp, Evidence.TEXT, "منذ يوم", now=NOW)

    assert published
    assert published.evidence is Evidence.RELATIVE
    assert published.raw == "منذ يوم"
    assert reason is None


def test_a_day_that_has_not_come_is_dropped_with_a_reason():
    stamp = parse_date("29 January 2025", now=NOW, language="en")

    published, reason = published_from(stamp, Evidence.META, "29 January 2025", now=NOW)

    assert published is None
    assert reason
    assert reason.code == "future_date"


LINES = {
    "24 نيسان / أبريل 2020 09:22 مساءً": True,
    "تم نشره الجمعة 24 نيسان / أبريل 2020 09:22 مساءً": True,
    "Sunday, January 26, 2025": True,
    "Meta said on January 26, 2025 that it would spend 65 billion dollars on data centers.": False,
    "In 2025 Meta will spend more": False,
}


@pytest.mark.parametrize(("line", "is_one"), LINES.items(), ids=LINES)
def test_date_line(line, is_one):
    assert is_date_line(line) is is_one
