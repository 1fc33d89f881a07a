"""What are the months called, in which calendar?

One place for all month names; a row is one calendar of one region, January (or the first month)
first, variants of spelling separated by a bar. Names are folded at import, so hamza, ta marbuta
and case do not matter.
"""

from __future__ import annotations

import re
from enum import StrEnum

from crawler.text.fold import fold


class Calendar(StrEnum):
    """Which calendar a month name belongs to."""

    GREGORIAN = "gregorian"
    HIJRI = "hijri"  # Umm al-Qura
    JALALI = "jalali"  # Iran and Afghanistan


_GREGORIAN_ROWS = (
    # Arabic: Egypt and the Gulf, the Levant and Iraq, Algeria and Tunisia, Morocco
    "يناير|ينايير فبراير مارس أبريل|إبريل مايو يونيو|يونيه يوليو|يوليه|يولية أغسطس|اغسطوس "
    "سبتمبر أكتوبر|اكتوبر نوفمبر ديسمبر",
    "كانون_الثاني|كانون_ثاني|كانون_الثانى شباط|اشباط آذار نيسان أيار حزيران تموز آب أيلول "
    "تشرين_الأول|تشرين_أول تشرين_الثاني|تشرين_ثاني كانون_الأول|كانون_أول",
    "جانفي فيفري مارس أفريل ماي جوان جويلية|جويليه أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
    # Persian and Urdu write the French and English names
    "ژانویه|ژانویهٔ فوریه مارس آوریل مه ژوئن ژوئیه|جولای اوت سپتامبر اکتبر نوامبر دسامبر",
    "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug "
    "september|sept|sep october|oct november|nov december|dec",
    "janvier|janv février|févr|fevrier mars avril|avr mai juin juillet|juil août|aout "
    "septembre octobre novembre décembre|déc|decembre",
    "januar|jänner februar|feber märz|maerz|mär april mai juni juli august september oktober|okt "
    "november dezember|dez",
    "enero|ene febrero marzo abril|abr mayo junio julio agosto|ago septiembre|setiembre|set "
    "octubre noviembre diciembre|dic",
    "janeiro fevereiro|fev março|marco abril maio|mai junho julho agosto setembro outubro|out "
    "novembro dezembro|dez",
    "gennaio|gen febbraio marzo aprile maggio|mag giugno|giu luglio|lug agosto settembre "
    "ottobre|ott novembre dicembre",
    "ocak|oca şubat|şub mart nisan|nis mayıs haziran|haz temmuz|tem ağustos|ağu eylül|eyl "
    "ekim|eki kasım|kas aralık|ara",
    "января|январь|янв февраля|февраль|февр|фев марта|март апреля|апрель|апр мая|май июня|июнь|июн "
    "июля|июль|июл августа|август|авг сентября|сентябрь|сен|сент октября|октябрь|окт "
    "ноября|ноябрь|нояб|ноя декабря|декабрь|дек",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "januari februari maart|mrt april mei juni juli augustus september oktober november december",
    "januari februari maret april mei juni juli agustus september oktober november desember",
    "januari februari mac april mei jun julai ogos|ogs september|sep oktober november disember",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada "
    "grudnia",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januar februar marts|mars april maj|mai juni juli august september oktober november "
    "december|desember",
    "ינואר פברואר מרץ|מרס אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    "जनवरी फरवरी|फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर|सितम्बर अक्टूबर|अक्तूबर नवंबर|नवम्बर दिसंबर|दिसम्बर",
    "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου "
    "οκτωβρίου νοεμβρίου δεκεμβρίου",
)
_HIJRI_ROWS = (
    "محرم|المحرم صفر ربيع_الأول|ربيع_اول|ربيع_أول ربيع_الثاني|ربيع_الآخر|ربيع_ثاني "
    "جمادى_الأولى|جمادى_الأول|جمادي_اولى جمادى_الآخرة|جمادى_الثانية|جمادى_الآخر|جمادى_الثاني "
    "رجب شعبان رمضان شوال ذو_القعدة|ذي_القعدة|ذوالقعدة ذو_الحجة|ذي_الحجة|ذوالحجة",
    "muharram safar rabi_al-awwal rabi_al-thani|rabi_al-akhir jumada_al-awwal|jumada_al-ula "
    "jumada_al-thani|jumada_al-akhirah rajab shaban ramadan shawwal dhu_al-qadah dhu_al-hijjah",
)
_JALALI_ROWS = (
    "فروردین اردیبهشت خرداد تیر مرداد|امرداد شهریور مهر آبان آذر دی بهمن اسفند",
    "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت",
)


def _names(rows: tuple[str, ...]) -> dict[str, int]:
    return {
        fold(name.replace("_", " ")): number
        for row in rows
        for number, names in enumerate(row.split(), 1)
        for name in names.split("|")
    }


MONTHS: dict[Calendar, dict[str, int]] = {
    Calendar.GREGORIAN: _names(_GREGORIAN_ROWS),
    Calendar.HIJRI: _names(_HIJRI_ROWS),
    Calendar.JALALI: _names(_JALALI_ROWS),
}


def month_pattern(calendar: Calendar) -> str:
    """Regex alternatives for the folded month names of `calendar`, longest first."""
    names = sorted(MONTHS[calendar], key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
