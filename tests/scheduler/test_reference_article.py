"""The story it began with, told in our own words on a page of its site's layout."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from scheduler.demo.receiver import Receiver

PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8">
<title>ميتا ترصد 60 مليار دولار للذكاء الاصطناعي في 2025 | دفتر الخليج</title>
<meta property="og:title" content="ميتا ترصد 60 مليار دولار للذكاء الاصطناعي في 2025"></head>
<body><article><h1>ميتا ترصد 60 مليار دولار للذكاء الاصطناعي في 2025</h1>
<ul><li>تاريخ النشر: منذ يوم</li></ul>
<p>كشف الرئيس التنفيذي لشركة ميتا مارك زوكربيرغ أن شركته تنوي إنفاق ما بين 60 و65 مليار دولار خلال
العام 2025 على البنية التحتية للذكاء الاصطناعي، ومنها مركز بيانات ضخم وتوظيف فرق جديدة.</p>
<p><a href="/x-1001.html">اقرأ أيضًا: أوبن إيه آي تجمع 40 مليار دولار</a></p>
<p>وكانت النفقات الرأسمالية للشركة قد بلغت 38.4 مليار دولار في العام الماضي، بحسب بياناتها.</p>
<p>وتتوقع ميتا أن تملك أكثر من 1.3 مليون معالج رسوميات بنهاية العام.</p>
<p><a href="/x-1002.html">اقرأ أيضًا: هل يهدد الذكاء الاصطناعي 300 مليون وظيفة؟</a></p>
<p>يأتي ذلك بعد أيام من إعلان أوبن إيه آي وسوفت بنك وأوراكل مشروع ستارغيت الذي تبلغ استثماراته 500
مليار دولار في الولايات المتحدة.</p>
<p>تابعوا آخر الأخبار عبر قناتنا على واتساب</p></article></body></html>"""

ASKED = {  # rule: does it fire?
    "certain-60bn": True,
    "certain-62bn": False,
    "certain-70bn": False,
    "certain-400bn": False,
    "possible-65bn": True,
    "possible-66bn": False,
    "possible-70bn": False,
    "possible-400bn": False,
}


def rule(name: str) -> dict[str, Any]:
    confidence, limit = name.split("-")
    return {"id": name, "at_least": f"{limit} USD", "confidence": confidence, "tell": ["desk"]}


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    await receiver.start()
    yield receiver
    await receiver.stop()


async def told(site: Any, own_house: Any, receiver: Receiver) -> None:
    """Look once at the empty section, then again when the article stands there."""
    site.serve("/business", "<html><body><ul></ul></body></html>")
    own_house.write(
        sources=[
            {
                "id": "daftar",
                "name": "دفتر الخليج",
                "kind": "section",
                "url": site.url("/business"),
                "link_pattern": r"-\d+\.html$",
                "language": "ar",
                "private": "true",
            }
        ],
        rules=[rule(name) for name in ASKED],
        targets=[
            {"id": "english", "url": receiver.url("/en"), "tags": ["desk"], "language": "en"},
            {"id": "arabic", "url": receiver.url("/ar"), "tags": ["desk"], "language": "ar"},
            {"id": "dead", "url": "json://127.0.0.1:9/nobody", "tags": ["desk"]},
        ],
    )
    site.serve("/business", '<html><body><a href="/x-100.html">قديم</a></body></html>')
    site.serve("/x-100.html", PAGE.replace("60", "6").replace("65", "7").replace("منذ يوم", "2019"))
    await own_house.rasid("once")
    site.serve("/business", '<html><body><a href="/meta-340031.html">ميتا ترصد</a></body></html>')
    site.serve("/meta-340031.html", PAGE)
    await own_house.rasid("once")


async def test_the_right_rules_fire_and_the_right_figure_is_told(
    site: Any, own_house: Any, receiver: Receiver
) -> None:
    await told(site, own_house, receiver)

    alerts = json.loads(await own_house.rasid("alerts", "--json"))
    deals = json.loads(await own_house.rasid("deals", "--json"))
    first, later = receiver.received[:2], receiver.received[2:]
    in_english = [each.message for each in later if each.path == "/en"]
    in_arabic = [each.message for each in later if each.path == "/ar"]

    assert {a["rule"] for a in alerts} == {name for name, fires in ASKED.items() if fires}
    (meta,) = [deal for deal in deals if deal["high"] == "65000000000"]
    assert (meta["low"], meta["kind"], meta["period"]) == ("60000000000", "capex_plan", "2025")
    assert all("[notice" in each.message for each in first)  # of the first run
    assert len(in_english) == len(in_arabic) == 2
    assert all(m.startswith("$60–65bn · Meta · capital spending 2025") for m in in_english)
    assert all("60 إلى 65 مليار دولار" in message for message in in_arabic)
    assert all("ما بين 60 و65 مليار دولار" in m for m in in_english + in_arabic)  # the proof
    assert not any("38.4" in m or "500" in m for m in in_english + in_arabic)


async def test_a_dead_target_waits_and_the_others_get_theirs(
    site: Any, own_house: Any, receiver: Receiver
) -> None:
    await told(site, own_house, receiver)

    alerts = json.loads(await own_house.rasid("alerts", "--json"))

    states = {d["target"]: d["state"] for alert in alerts for d in alert["deliveries"]}
    assert states == {"english": "sent", "arabic": "sent", "dead": "due"}


async def test_explain_says_why_each_rule_did_or_did_not(
    site: Any, own_house: Any, receiver: Receiver
) -> None:
    await told(site, own_house, receiver)

    said = await own_house.rasid("explain", site.url("/meta-340031.html"))

    assert "rule certain-60bn: yes, alert" in said
    assert "rule possible-66bn: no" in said
    assert "past" in said  # the role of last year's 38.4 bn
