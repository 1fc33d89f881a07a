"""Arabic words of messages and reasons.

No sign and no dash between numbers: readers' programs turn "60–65" and "12 → 6" round.
A noun after 3 to 10 (and 103 to 110 …) is plural, after 11 to 99 singular in the accusative,
else singular; two has its own form, which depends on the case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from crawler.health.model import HealthState
from crawler.model import Bound, ChangeKind, Figure, Role, Side, Stage
from notifier.money import Scaled, rounded_for_conversion, scaled
from notifier.words import Facts, Words


@dataclass(frozen=True, slots=True)
class _Noun:
    """The forms of a counted noun. Before another noun (مليار دولار) there is no tanwin."""

    one: str
    two: str  # nominative, before another noun
    two_of: str  # genitive, likewise
    few: str


_SCALES = {
    Decimal(10) ** 12: _Noun("تريليون", "تريليونا", "تريليوني", "تريليونات"),
    Decimal(10) ** 9: _Noun("مليار", "مليارا", "ملياري", "مليارات"),
    Decimal(10) ** 6: _Noun("مليون", "مليونا", "مليوني", "ملايين"),
}
_CURRENCIES = {
    "USD": "دولار", "EUR": "يورو", "GBP": "جنيه إسترليني", "SAR": "ريال سعودي",
    "AED": "درهم إماراتي", "QAR": "ريال قطري", "KWD": "دينار كويتي", "BHD": "دينار بحريني",
    "OMR": "ريال عماني", "JOD": "دينار أردني", "EGP": "جنيه مصري", "MAD": "درهم مغربي",
    "TND": "دينار تونسي", "DZD": "دينار جزائري", "IQD": "دينار عراقي", "LBP": "ليرة لبنانية",
    "TRY": "ليرة تركية", "JPY": "ين ياباني", "CNY": "يوان صيني", "KRW": "وون كوري",
    "INR": "روبية هندية", "PKR": "روبية باكستانية", "IDR": "روبية إندونيسية",
    "CHF": "فرنك سويسري", "CAD": "دولار كندي", "AUD": "دولار أسترالي", "SGD": "دولار سنغافوري",
    "HKD": "دولار هونغ كونغ", "TWD": "دولار تايواني", "NZD": "دولار نيوزيلندي",
    "SEK": "كرونة سويدية", "NOK": "كرونة نرويجية", "DKK": "كرونة دنماركية",
    "PLN": "زلوتي بولندي", "CZK": "كرونة تشيكية", "HUF": "فورنت مجري", "RUB": "روبل روسي",
    "BRL": "ريال برازيلي", "MXN": "بيزو مكسيكي", "ZAR": "راند جنوب أفريقي",
    "NGN": "نايرا نيجيرية", "KES": "شلن كيني", "ILS": "شيكل إسرائيلي", "MYR": "رينغيت ماليزي",
    "THB": "بات تايلاندي", "VND": "دونغ فيتنامي", "PHP": "بيزو فلبيني",
    "KZT": "تنغة كازاخستانية", "IRR": "ريال إيراني",
}  # fmt: skip
_MONTHS = [
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
    "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
]  # fmt: skip
_PLACES = {
    "Dubai": "دبي", "Riyadh": "الرياض", "Cairo": "القاهرة", "Kuwait": "الكويت",
    "Qatar": "الدوحة", "Bahrain": "المنامة", "Muscat": "مسقط", "Amman": "عمّان",
    "Beirut": "بيروت", "Baghdad": "بغداد", "Damascus": "دمشق", "Casablanca": "الدار البيضاء",
    "Tunis": "تونس", "Algiers": "الجزائر", "London": "لندن", "Paris": "باريس",
    "New_York": "نيويورك", "Istanbul": "إسطنبول",
}  # fmt: skip
_RATES = {
    "peg": "سعر ثابت",
    "ecb": "سعر البنك المركزي الأوروبي في {day}",
    "approximate": "سعر تقريبي في {day}",
}
_BY_RATE = {
    "": "",
    "peg": " (بالسعر الثابت)",
    "ecb": " (بسعر البنك المركزي الأوروبي)",
    "approximate": " (بسعر تقريبي وحده)",
}
_KINDS = {
    Role.FUNDING_ROUND: "جولة تمويل",
    Role.CAPEX_PLAN: "إنفاق رأسمالي",
    Role.INVESTMENT_COMMITMENT: "استثمار",
    Role.JOINT_VENTURE: "مشروع مشترك",
    Role.FUND_LAUNCH: "إطلاق صندوق",
    Role.GOVERNMENT_PROGRAMME: "برنامج حكومي",
    Role.GRANT: "منحة",
    Role.ACQUISITION: "استحواذ",
    Role.DEBT: "دين",
    Role.IPO: "طرح عام",
    Role.OTHER: "صفقة أخرى",
    Role.PART_OF: "جزء محدد من صفقة أكبر",
}
_STAGES = {
    Stage.RUMOURED: "شائعة",
    Stage.IN_TALKS: "محادثات",
    Stage.PLANNED: "مخطط",
    Stage.ANNOUNCED: "معلن",
    Stage.CLOSED: "مكتمل",
    Stage.DENIED: "منفي",
}
_CHANGES: dict[str, str] = {
    "amount": "ذُكر مبلغها الآن",
    ChangeKind.OPENED: "صفقة جديدة",
    ChangeKind.RAISED: "رُفع الرقم",
    ChangeKind.LOWERED: "خُفض الرقم",
    ChangeKind.NARROWED: "صار الرقم أدق",
    ChangeKind.WIDENED: "اتسع النطاق",
    ChangeKind.CONFIRMED: "بلغت مرحلة لاحقة",
    ChangeKind.DENIED: "نُفيت الصفقة",
    ChangeKind.CORRECTED: "صُوّب الرقم",
}
_LANGUAGES = {
    "ar": "العربية", "de": "الألمانية", "en": "الإنجليزية", "es": "الإسبانية", "fa": "الفارسية",
    "fr": "الفرنسية", "he": "العبرية", "hi": "الهندية", "id": "الإندونيسية", "it": "الإيطالية",
    "ja": "اليابانية", "ko": "الكورية", "nl": "الهولندية", "pl": "البولندية",
    "pt": "البرتغالية", "ru": "الروسية", "sv": "السويدية", "tr": "التركية", "ur": "الأردية",
    "vi": "الفيتنامية", "zh": "الصينية",
}  # fmt: skip


def is_few(number: Decimal) -> bool:
    """Whether a noun counted by `number` stands in the plural: 3 to 10, 103 to 110 …"""
    return number == number.to_integral_value() and 3 <= number % 100 <= 10


def money(amount: Decimal, currency: str | None, *, of: bool = True) -> str:
    """One amount. `of`: after a preposition or "more than", where two has its own form."""
    told = scaled(amount)
    noun = _SCALES.get(told.scale)
    if noun is None:
        return f"{told.digits} {_currency(currency)}".rstrip()
    return f"{_counted(told, noun, of=of)} {_currency(currency)}".rstrip()


def _counted(told: Scaled, noun: _Noun, *, of: bool) -> str:
    if told.number == 1:
        return noun.one
    if told.number == 2:
        return noun.two_of if of else noun.two
    return f"{told.digits} {_form(told, noun)}"


def _form(told: Scaled, noun: _Noun) -> str:
    return noun.few if is_few(told.number) else noun.one


def span(low: Decimal, high: Decimal, currency: str | None) -> str:
    """Two amounts: "من 60 إلى 65 مليار دولار", never with a dash."""
    first, last = scaled(low), scaled(high)
    noun = _SCALES.get(last.scale)
    unit = _currency(currency)
    if noun is None:
        return f"من {first.digits} إلى {last.digits} {unit}".rstrip()
    if first.scale == last.scale:
        return f"من {first.digits} إلى {last.digits} {_form(last, noun)} {unit}".rstrip()
    return f"من {money(low, None)} إلى {_counted(last, noun, of=True)} {unit}".rstrip()


def _currency(code: str | None) -> str:
    if code is None:
        return ""
    return _CURRENCIES.get(code) or WORDS.isolated(code)


def bounded(
    low: Decimal | None, high: Decimal | None, currency: str | None, *, of: bool = False
) -> str:
    """An amount with its open side in words: "أكثر من", "ما يصل إلى"."""
    if low is None:
        return f"ما يصل إلى {money(high or Decimal(0), currency)}"
    if high is None:
        return f"أكثر من {money(low, currency)}"
    return money(low, currency, of=of) if low == high else span(low, high, currency)


def figure(told: Figure) -> str:
    """A figure as it was told."""
    about = told.approximate and told.bound is Bound.POINT
    words = bounded(told.low, told.high, told.currency, of=about)
    unnamed = " (العملة غير مذكورة)" if told.currency is None else ""
    return f"{'نحو ' if about else ''}{words}{unnamed}"


def converted(low: Decimal | None, high: Decimal | None, currency: str) -> str:
    """The same sum in another currency, three digits."""
    ends = [None if side is None else rounded_for_conversion(side) for side in (low, high)]
    words = bounded(ends[0], ends[1], currency, of=True)
    if None in ends:
        return f"ما يعادل {words}"
    return f"نحو {words.removeprefix('من ')}"


def rate(one: str, other: str, how_many: Decimal, on: date | None, kind: str) -> str:
    """The rate of a conversion: so many of `other` for one of `one`."""
    told = _RATES[kind].format(day=day(on) if on else "يوم غير معروف")
    return f"كل {_currency(one)} يساوي {how_many} {_currency(other)}، {told}"


def percent(share: Decimal) -> str:
    """A signed share in words: a sign before or after the number would change sides."""
    return f"{'بانخفاض' if share < 0 else 'بزيادة'} {_points(share)} في المئة"


def _points(share: Decimal) -> str:
    points = abs(share) * 100
    places = Decimal(1) if points >= Decimal("9.5") else Decimal("0.1")
    digits = f"{points.quantize(places):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def day(on: date) -> str:
    """24 يناير 2025"""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def moment(at: datetime, day_only: bool, zone: str) -> str:
    """24 يناير 2025، الساعة 15:58 بتوقيت دبي"""
    if day_only:
        return day(at.date())
    if zone == "UTC":
        place = "بالتوقيت العالمي"
    else:
        name = zone.rsplit("/", 1)[-1]
        place = f"بتوقيت {_PLACES.get(name) or WORDS.isolated(name.replace('_', ' '))}"
    return f"{day(at.date())}، الساعة {at:%H:%M} {place}"


def _count(number: int, one: str, two: str, few: str, many: str) -> str:
    if number == 1:
        return one
    if number == 2:
        return two
    last = number % 100
    noun = few if 3 <= last <= 10 else many if last >= 11 else one.split()[0]
    return f"{number} {noun}"


def sources(count: int) -> str:
    """مصدر واحد، مصدران، 3 مصادر، 11 مصدرًا، 100 مصدر"""
    return _count(count, "مصدر واحد", "مصدران", "مصادر", "مصدرًا")


def _hours(count: str) -> str:
    hours = int(count)
    if hours >= 72:
        return _count(hours // 24, "يوم واحد", "يومين", "أيام", "يومًا")
    if hours == 0:
        return "أقل من ساعة"
    return _count(hours, "ساعة واحدة", "ساعتين", "ساعات", "ساعة")


def join(names: Sequence[str]) -> str:
    """أ وب وج: the particle joins the word after it; before a Latin name it stands alone."""
    return "، ".join(names)


def _amount(code: str, *, of: bool = False) -> Callable[[Facts], str]:
    def say(facts: Facts) -> str:
        told, limit, currency, kind = facts
        asked = f"والقاعدة تطلب {money(Decimal(limit), currency)} على الأقل"
        return f"{code.format(money(Decimal(told), currency, of=of))}{_BY_RATE[kind]}، {asked}"

    return say


def _moved(facts: Facts) -> str:
    was, now = (_bounded_of(facts[:3]), _bounded_of(facts[3:6]))
    moved = f"، بفارق {_points(Decimal(facts[6]))} في المئة" if facts[6] else ""
    limit = f" (الحد {_points(Decimal(facts[7]))} في المئة)" if facts[7] else ""
    return f"أُبلغ عنه: {was}، والآن: {now}{moved}{limit}"


def _bounded_of(facts: Facts) -> str:
    low, high, currency = facts
    return bounded(Decimal(low) if low else None, Decimal(high) if high else None, currency or None)


def _kind(value: str) -> str:
    return _KINDS.get(Role(value), value)


def _stage(value: str) -> str:
    return _STAGES[Stage(value)]


def _language(code: str) -> str:
    return _LANGUAGES.get(code) or WORDS.isolated(code) or "لغة غير معروفة"


def _number(number: str) -> str:
    return number or "السابق"


def _name(text: str) -> str:
    return WORDS.isolated(text)


WORDS = Words(
    language="ar",
    right_to_left=True,
    kinds=_KINDS,
    stages=_STAGES,
    sides={
        Side.INVESTOR: ("المستثمر", "المستثمران", "المستثمرون"),
        Side.RECIPIENT: ("المتلقي", "المتلقيان", "المتلقون"),
        Side.OTHER: ("ورد ذكره أيضًا", "ورد ذكرهما أيضًا", "ورد ذكرهم أيضًا"),
    },
    sides_of_kind={
        (Role.CAPEX_PLAN, Side.INVESTOR): ("المُنفِق", "المُنفِقان", "المُنفِقون"),
        (Role.GOVERNMENT_PROGRAMME, Side.INVESTOR): ("المُنفِق", "المُنفِقان", "المُنفِقون"),
        (Role.PART_OF, Side.INVESTOR): ("المُنفِق", "المُنفِقان", "المُنفِقون"),
        (Role.ACQUISITION, Side.INVESTOR): ("المشتري", "المشتريان", "المشترون"),
        (Role.ACQUISITION, Side.RECIPIENT): ("المُستحوَذ عليه", "المُستحوَذ عليهما", "المُستحوَذ عليهم"),
        (Role.DEBT, Side.INVESTOR): ("المُقرِض", "المُقرِضان", "المُقرِضون"),
        (Role.DEBT, Side.RECIPIENT): ("المقترض", "المقترضان", "المقترضون"),
        (Role.GRANT, Side.INVESTOR): ("المانح", "المانحان", "المانحون"),
        (Role.IPO, Side.RECIPIENT): ("المُصدِر", "المُصدِران", "المُصدِرون"),
    },
    states={
        HealthState.FINE: "سليم",
        HealthState.QUIET: "هادئ على غير العادة",
        HealthState.RESTING: "في استراحة طلبها الموقع",
        HealthState.SILENT: "صامت",
        HealthState.BLOCKED: "محجوب عنا",
        HealthState.EMPTY: "فارغ",
        HealthState.BROKEN_LAYOUT: "تغيّر شكله",
        HealthState.GONE: "غير موجود",
        HealthState.UNREACHABLE: "لا يجيب",
    },
    languages=_LANGUAGES,
    labels={
        "amount": "المبلغ",
        "who": "الجهة",
        "kind": "النوع",
        "stage": "المرحلة",
        "period": "الفترة",
        "place": "المكان",
        "part_of": "جزء من",
        "why": "السبب",
        "evidence": "الجملة الدالة",
        "why_you": "لماذا وصلك هذا التنبيه",
        "new_deal": "صفقة جديدة",
        "open_deal": "فتح الصفقة",
        "read_article": "قراءة الخبر",
        "about_rasid": "عن راصد نفسه",
        "no_amount": "مبلغ غير معلن",
        "nobody": "لم تُذكر جهة",
        "changed": "ما الذي تغيّر",
        "deal": "الصفقة \u2068{deal}\u2069",
        "as_reported": "الأرقام كما نُشرت وقد تتغيّر.",
        "say_wrong": "هل في التنبيه خطأ؟ الأمر التالي يصوّبه لكل من وصله: "
        "\u2068rasid feedback {alert} wrong-amount\u2069",
        "update": "تحديث",
        "correction": "تصويب",
        "denied": "تصويب: نُفيت",
        "now_was": "{now} (سابقًا {was})",
        "not_was": "{now} لا {was}",
        "moved": "سابقًا {was}، والآن {now}{how}",
        "low_end": "الحد الأدنى {share}",
        "high_end": "الحد الأعلى {share}",
        "how": "؛ {ends}",
        "replaces": "يحل محل التنبيه {number} بتاريخ {day}. هذه الصفقة نفسها وليست صفقة ثانية: "
        "لا تجمع الرقمين.",
        "replaces_before": "يحل محل ما سبق إبلاغه. هذه الصفقة نفسها وليست صفقة ثانية: "
        "لا تجمع الرقمين.",
        "deny": "نُفي ما جاء في التنبيه {number}؛ انظر الجملة أدناه.",
        "wrong_unknown": "كان التنبيه {number} خاطئًا: {was} ليس المبلغ الصحيح، والصحيح غير معروف.",
        "deny_before": "نُفي ما سبق إبلاغه؛ انظر الجملة أدناه.",
        "wrong_unknown_before": "كان ما سبق إبلاغه خاطئًا: {was} ليس المبلغ الصحيح، "
        "والصحيح غير معروف.",
        "withdrawn_before": "كان ما سبق إبلاغه خطأ منا: ليس استثمارًا في الذكاء الاصطناعي.",
        "wrong_before": "كان ما سبق إبلاغه خاطئًا: الصحيح {now} لا {was}",
        "again": "أُعيد إرساله بناءً على طلب.",
        "withdrawn": "كان التنبيه {number} خطأ منا: ليس استثمارًا في الذكاء الاصطناعي.",
        "wrong": "كان التنبيه {number} خاطئًا: الصحيح {now} لا {was}",
        "not_added": "يُذكر منفصلًا ولا يُجمع معها",
        "actual": "المنفق فعليًا",
        "primary": "من الشركة نفسها",
        "more": " وغيرها ({count})",
        "quote": "«{text}»",
        "said": "المصدر: {who}",
        "rule": "القاعدة {rule}",
        "key": "رقم التنبيه: \u2068{key}\u2069",
        "part_title": "جزء من {whole}",
        "years": "من {first} إلى {last}",
        "separator": " · ",
        "comma": "، ",
        "semicolon": "؛ ",
        "colon": ": ",
        "held": "مؤجل منذ",
        "folded": "ومعها جزؤها",
        "notice_bad": "مصادر تحتاج إلى نظر: {count}",
        "notice_bad_one": "حالة المصدر {source}: {state}",
        "notice_bad_line": "المصدر {source}: {state} منذ {when}",
        "notice_bad_todo": "قد تفوتنا أخبار منه. الأمر التالي يعرض المصادر كلها: "
        "\u2068rasid sources\u2069",
        "notice_back": "مصادر عادت إلى حالتها: {count}",
        "notice_back_one": "عاد المصدر {source} إلى حالته",
        "notice_back_line": "المصدر {source}: كان ({state})، وهو سليم منذ {when}",
        "notice_back_todo": "لا حاجة إلى شيء.",
        "notice_cut_off": "انقطع راصد عن الشبكة: لا موقع يجيب",
        "notice_cut_off_line": "لم تصل أي محاولة إلى أي موقع منذ {when}",
        "notice_cut_off_todo": "افحص شبكة الجهاز الذي يعمل عليه راصد.",
        "notice_reconnected": "عاد راصد إلى الشبكة",
        "notice_reconnected_line": "كان منقطعًا منذ {when}، ويقرأ الآن ما فاته",
        "notice_reconnected_todo": "لا حاجة إلى شيء.",
        "notice_no_articles": "لم يصل أي خبر منذ يوم",
        "notice_no_articles_line": "المصادر تجيب، لكن لم يأتِ أي منها بخبر جديد منذ {when}",
        "notice_no_articles_todo": "يبيّن الأمران التاليان ما تجده المحاولات: "
        "\u2068rasid status\u2069 و\u2068rasid sources\u2069",
        "notice_articles_again": "عادت الأخبار تصل",
        "notice_articles_again_line": "لم يكن قد وصل أي خبر منذ {when}",
        "notice_articles_again_todo": "لا حاجة إلى شيء.",
        "notice_target_bad": "وجهات لا تستقبل الرسائل: {count}",
        "notice_target_bad_one": "الوجهة {source} لا تستقبل الرسائل",
        "notice_target_bad_line": "الوجهة {source}، منذ {when}",
        "notice_target_bad_todo": "بعد إصلاحها يعرض الأمر الأول ما لم يصل، ويعيد الثاني إرساله: "
        "\u2068rasid outbox list\u2069 و\u2068rasid outbox retry\u2069",
        "notice_target_back": "وجهات عادت إلى استقبال الرسائل: {count}",
        "notice_target_back_one": "عادت الوجهة {source} إلى استقبال الرسائل",
        "notice_target_back_line": "الوجهة {source}: لم تستقبل أي رسالة منذ {when}",
        "notice_target_back_todo": "يعرض الأمر التالي ما لم يصل إليها: "
        "\u2068rasid outbox list\u2069",
        "notice_more": "وغيرها: {count}",
        "digest_watching": "المصادر المتابَعة: {count}",
        "digest_watching_one": "أتابع مصدرًا واحدًا",
        "digest_watching_new": "مصادر جديدة متابَعة: {count}",
        "digest_watching_new_one": "أتابع مصدرًا جديدًا واحدًا",
        "digest_would": "صفقات الأسبوع الماضي التي كانت تستحق تنبيهًا: {count}",
        "digest_would_one": "وكانت هذه الصفقة من الأسبوع الماضي تستحق تنبيهًا",
        "digest_would_none": "ولا صفقة في الأسبوع الماضي كانت تستحق تنبيهًا",
        "digest_first_counts": "قُرئ حتى الآن من الأخبار: {articles}، "
        "منها عن المال في الذكاء الاصطناعي: {ai}",
        "digest_first_line": "ما يوجد في أول اطلاع على المصدر يُحفظ بصمت، ويبدأ التنبيه من الآن.",
        "digest_failing": "مصادر لم تُجب بعد: {count} (\u2068rasid sources\u2069)",
        "digest_failing_one": "مصدر واحد لم يُجب بعد (\u2068rasid sources\u2069)",
        "digest_away": "في غيابك: صفقات عددها {count}",
        "digest_away_one": "في غيابك: صفقة واحدة",
        "digest_away_line": "توقفت المتابعة من {since} إلى {until}. هذه الصفقات كانت قد "
        "تجاوزت عمر التنبيه عند قراءتها.",
        "digest_daily": "الموجز اليومي {day}: {what}",
        "digest_weekly": "الموجز الأسبوعي {day}: {what}",
        "digest_new_count": "الجديد {count}",
        "digest_changed_count": "المتغير {count}",
        "digest_nothing": "لا جديد",
        "digest_counts": "منذ {since}: المصادر المطلع عليها {sources}، الأخبار {articles}، "
        "منها عن المال في الذكاء الاصطناعي {ai}",
        "digest_badge_daily": "الموجز اليومي",
        "digest_badge_weekly": "الموجز الأسبوعي",
        "digest_badge_away": "في غيابك",
        "digest_badge_first_looks": "مصادر جديدة",
        "digest_new_deals": "{count} صفقة جديدة",
        "digest_new_deals_one": "صفقة جديدة واحدة",
        "digest_new_deals_two": "صفقتان جديدتان",
        "digest_new_deals_few": "{count} صفقات جديدة",
        "digest_announced": "{amount} معلنة",
        "digest_sum": "مجموع المعلن {amount} بحسب الحدود الدنيا",
        "digest_by_kind": "الأموال المعلنة بحسب النوع",
        "digest_tile_new": "صفقة جديدة",
        "digest_tile_new_few": "صفقات جديدة",
        "digest_tile_sum": "معلنة (الحد الأدنى)",
        "digest_tile_changed": "تغيّرت",
        "digest_tile_well": "مصادر سليمة",
        "digest_of_all": "{count}\u00a0من\u00a0{all}",
        "open_all": "فتح قائمة الصفقات",
        "digest_new": "الجديد",
        "digest_changed": "المتغير",
        "digest_held": "المحجوز بلا تنبيه",
        "digest_out": "المتروك",
        "digest_out_repeat": "سبق الإبلاغ عنها {count}",
        "digest_out_below": "صفقات ذكاء اصطناعي دون المبلغ المطلوب {count}",
        "digest_out_below_one": "صفقة ذكاء اصطناعي واحدة دون المبلغ المطلوب",
        "digest_out_no_amount": "بلا مبلغ معتبر {count}",
        "digest_out_unless": "باستثناء في القاعدة {count}",
        "digest_out_other": "لا تطلبه أي قاعدة {count}",
        "digest_trouble": "مصادر متعثرة: {count}",
        "digest_more": "وغيرها {count}: \u2068rasid digest\u2069",
        "notice_key": "رقم الإشعار: \u2068{key}\u2069",
        "assumed": "العملة مقدرة من بلد المصدر أو لغته",
    },
    reasons={
        "amount_certain": _amount("المؤكد {}"),
        "amount_certain_not": _amount("المؤكد {} فقط"),
        "amount_possible": _amount("الممكن {}"),
        "amount_possible_not": _amount("الممكن {} لا أكثر"),
        "amount_only_up_to": _amount("عبارة «ما يصل إلى {}» لا تؤكد شيئًا", of=True),
        "amount_missing": lambda f: "لم يُذكر مبلغ، والقاعدة تطلب مبلغًا",
        "amount_no_currency": lambda f: "لم تُذكر عملة المبلغ",
        "amount_no_rate": lambda f: f"لا سعر صرف من {_currency(f[0])} إلى {_currency(f[1])}",
        "kind": lambda f: f"النوع: {_kind(f[0])}",
        "kind_not": lambda f: f"النوع: {_kind(f[0])}، ولا تذكره القاعدة",
        "stage": lambda f: f"المرحلة: {_stage(f[0])}",
        "stage_not": lambda f: f"المرحلة: {_stage(f[0])}، ولا تذكرها القاعدة",
        "language": lambda f: f"لغة الخبر: {_language(f[0])}",
        "language_not": lambda f: f"لغة الخبر: {_language(f[0])}، ولا تذكرها القاعدة",
        "company": lambda f: f"من الشركات المطلوبة: {_name(f[0])}",
        "company_not": lambda f: "لا تشارك فيها أي من الشركات المطلوبة",
        "investor": lambda f: f"من المستثمرين المطلوبين: {_name(f[0])}",
        "investor_not": lambda f: "لا يستثمر فيها أي من المستثمرين المطلوبين",
        "recipient": lambda f: f"من المتلقين المطلوبين: {_name(f[0])}",
        "recipient_not": lambda f: "لا يتلقى المال أي من المتلقين المطلوبين",
        "company_country": lambda f: f"تشارك شركة من بلد مطلوب: {_name(f[0])}",
        "company_country_not": lambda f: "لا تشارك شركة من البلدان المطلوبة",
        "confirmed": lambda f: f"ترويها جهات نشر مستقلة: {f[0]}",
        "confirmed_not": lambda f: f"ترويها جهات نشر مستقلة: {f[0]}، والقاعدة تطلب {f[1]}",
        "counting": lambda f: f"النوع: {_kind(f[0])}، وتحسبه القاعدة",
        "counting_not": lambda f: f"النوع: {_kind(f[0])}، ولا تحسبه القاعدة",
        "reached_first": lambda f: "لم تبلغ صفقة سابقة للشركة هذا المبلغ",
        "reached_before": lambda f: f"بلغت الصفقة {f[0]} للشركة هذا المبلغ من قبل",
        "for_digest": lambda f: "القاعدة تجمع صفقاتها في الموجز",
        "source": lambda f: f"المصدر: {_name(f[0])}",
        "source_not": lambda f: f"المصدر {_name(f[0])} ليس من مصادر القاعدة",
        "country": lambda f: f"بلد المصدر: {_name(f[0])}",
        "country_not": lambda f: f"بلد المصدر {_name(f[0]) or 'غير معروف'}، ولا تذكره القاعدة",
        "part": lambda f: f"جزء محدد من الصفقة {f[0]}، يُذكر برقمه وحده",
        "part_not": lambda f: f"جزء محدد من الصفقة {f[0]}، والقاعدة لا تريد الأجزاء",
        "unless": lambda f: "صامتة لأن استثناء القاعدة متحقق",
        "unless_not": lambda f: "استثناء القاعدة غير متحقق",
        "first": lambda f: f"أول مرة تستوفي فيها الصفقة القاعدة: {_CHANGES[f[0]]}",
        "moved": _moved,
        "moved_little": lambda f: f"{_moved(f)}: أقل من أن يُعاد التنبيه",
        "amount_stated": lambda f: f"التنبيه {_number(f[0])} كان بلا مبلغ، والآن ذُكر مبلغ",
        "stage_reached": lambda f: f"سبق التنبيه {_number(f[1])}، والمرحلة الآن: {_stage(f[0])}",
        "stage_silent": lambda f: (
            f"سبق التنبيه {_number(f[1])}، والمرحلة الآن {_stage(f[0])} ولا تذكرها القاعدة"
        ),
        "repeat": lambda f: f"سبق التنبيه {_number(f[0])}، ولم يتغير شيء",
        "denied": lambda f: f"نُفيت الصفقة التي ذكرها التنبيه {_number(f[0])}",
        "denied_told": lambda f: f"سبق إبلاغ النفي في التنبيه {_number(f[0])}",
        "denied_untold": lambda f: "الصفقة منفية ولم يُبلَّغ بها أحد",
        "returned": lambda f: f"التنبيه {_number(f[0])} ذكر نفيها، والآن عادت",
        "corrected": lambda f: f"ما جاء في التنبيه {_number(f[0])} كان خطأ",
        "withdrawn": lambda f: f"أُسيئت قراءة ما جاء في التنبيه {_number(f[0])}، فلا صفقة كهذه",
        "not_ai": lambda f: f"ما جاء في التنبيه {_number(f[0])} ليس استثمارًا في الذكاء الاصطناعي",
        "not_ai_told": lambda f: (
            f"ذكر التنبيه {_number(f[0])} أنها ليست استثمارًا في الذكاء الاصطناعي"
        ),
        "mended": lambda f: "خطؤنا يُصوَّب مهما مضى عليه الوقت",
        "corrected_same": lambda f: f"عاد التصويب إلى ما جاء في التنبيه {_number(f[0])}",
        "fresh": lambda f: f"نُشر قبل {_hours(f[0])} (الحد {_hours(f[1])})",
        "old": lambda f: f"نُشر قبل {_hours(f[0])}، والحد {_hours(f[1])}",
        "future": lambda f: f"مؤرخ بعد {_hours(f[0])} من الآن، فلا يُصدَّق",
        "undated": lambda f: "الخبر بلا تاريخ، وما لا تاريخ له لا يُنبَّه به",
        "first_look": lambda f: "وُجد في أول اطلاع على مصدره، وهو يُحفظ بصمت",
        "held_quiet": lambda f: f"ساعات الهدوء \u2068({f[0]}, {f[1]})\u2069",
        "held_group": lambda f: f"انتظار ما يُروى عن الصفقة أيضًا (بالدقائق: {f[0]})",
        "held_cooldown": lambda f: f"مهلة بعد آخر رسالة عن الصفقة (بالدقائق: {f[0]})",
        "held_budget": lambda f: f"الحد الأقصى للتنبيهات في اليوم: {f[0]}",
        "freed": lambda f: "أُرسل يدويًا قبل موعده",
        "replaced": lambda f: f"حل محله التنبيه {f[0]}",
        "silenced": lambda f: f"أسكته الأمر {f[0]} ({_name(f[1])}، حتى {_name(f[2])})",
        "moved_back": lambda f: "عاد الرقم إلى ما سبق التنبيه به قبل أن يُرسل",
        "merged": lambda f: f"يشمل تنبيهات لم تُرسل: {f[0]}",
    },
    figure=figure,
    converted=converted,
    rate=rate,
    percent=percent,
    day=day,
    moment=moment,
    count="{:,}".format,
    sources=sources,
    join=join,
)
