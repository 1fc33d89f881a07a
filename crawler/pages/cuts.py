"""Which lines of an article are not the article: related links, promotion, sharing?

Data, one row per language; a line is cut only as a whole and only if it begins or reads so.
"""

from __future__ import annotations

import re

# A line that begins with one of these and goes on as a link to another article.
_RELATED = {
    "ar": "اقرأ أيضًا|اقرأ أيضا|اقرأ أيضاً|إقرأ أيضًا|إقرأ أيضا|اقرأ كذلك|اقرأ المزيد|إقرأ المزيد|"
    "اقرأ|إقرأ|طالع أيضا|طالع أيضًا|شاهد أيضا|شاهد أيضًا|شاهد|مواضيع ذات صلة|موضوعات ذات صلة|"
    "أخبار ذات صلة|قد يهمك أيضا|قد يهمك أيضًا|قد يهمك|ذات صلة|للمزيد|المزيد",
    "en": "read also|also read|read more|see also|related|related articles?|related stor(?:y|ies)|"
    "more on this|recommended|don't miss|must read|further reading|also on|watch|explore more",
    "fr": "lire aussi|à lire aussi|a lire aussi|lire également|à lire également|voir aussi|"
    "sur le même sujet|pour aller plus loin",
    "de": "lesen sie auch|lesen sie mehr|mehr dazu|mehr zum thema|auch interessant|siehe auch",
    "es": "lea también|lee también|leer más|te puede interesar|ver también|más información",
    "pt": "leia também|leia mais|veja também|saiba mais",
    "it": "leggi anche|leggi ancora|vedi anche|per approfondire",
    "tr": "ayrıca bakınız|bunu da oku|ilgili haber|haberin devamı",
    "ru": "читайте также|читать также|по теме|смотрите также",
    "fa": "بیشتر بخوانید|بخوانید|همچنین بخوانید|مطالب مرتبط",
    "ur": "یہ بھی پڑھیں|مزید پڑھیں",
    "id": "baca juga|lihat juga",
    "zh": "相关阅读|延伸阅读|相关新闻|更多阅读",
    "ja": "関連記事|あわせて読みたい|【関連",
    "ko": "관련기사|관련 기사",
    "nl": "lees ook|lees meer",
    "sv": "läs också|läs mer",
    "hi": "यह भी पढ़ें|ये भी पढ़ें",
}
# A line that asks the reader to follow, join, subscribe or share.
_PROMOTION = {
    "ar": r"(?:تابعونا|تابعوا|تابعنا|انضموا|انضم|اشتركوا|اشترك|للاشتراك|سجل|حمل|لمتابعة)\b.{0,120}"
    r"(?:واتس\s?[اآأ]ب|whatsapp|تيليغرام|تلغرام|تيليجرام|telegram|النشرة|نشرتنا|قناتنا|قناة|تويتر|"
    r"فيسبوك|إنستغرام|يوتيوب|google\s*news|أخبار جوجل|جوجل نيوز|تطبيق|البريد)|"
    r"انقر هنا للاشتراك|تابع آخر الأخبار على",
    "en": r"(?:follow|join|subscribe|sign up|like|download|get|click here)\b.{0,120}"
    r"\b(?:whatsapp|telegram|newsletters?|our (?:channel|app|page|podcast)|facebook|twitter|on x|"
    r"instagram|linkedin|youtube|google news|in your inbox|to subscribe)\b|"
    r"share this (?:article|story|post)|sign up (?:here|for free|now)|subscribe (?:here|now)|"
    r"this (?:article|story) (?:was )?originally (?:appeared|published) on\b.{0,80}",
    "fr": r"(?:suivez|rejoignez|abonnez|inscrivez|téléchargez|recevez)\b.{0,120}"
    r"(?:whatsapp|telegram|newsletter|facebook|twitter|instagram|linkedin|chaîne|application)",
    "de": r"(?:folgen sie|folge|abonnieren|jetzt anmelden|melden sie sich)\b.{0,120}"
    r"(?:whatsapp|telegram|newsletter|facebook|twitter|instagram|linkedin|kanal|app)\b",
    "es": r"(?:s[ií]guenos|síganos|únete|suscríbete|suscr[ií]base|descarga|apúntate)\b.{0,120}"
    r"(?:whatsapp|telegram|newsletter|bolet[ií]n|facebook|twitter|instagram|canal|aplicación)",
    "pt": r"(?:siga|inscreva|assine|entre|participe|baixe)\b.{0,120}"
    r"(?:whatsapp|telegram|newsletter|facebook|twitter|instagram|canal|aplicativo)",
    "it": r"(?:segui|iscriviti|abbonati|entra|scarica)\b.{0,120}"
    r"(?:whatsapp|telegram|newsletter|facebook|twitter|instagram|canale)",
    "tr": r".{0,80}(?:whatsapp|telegram|bülten|google news).{0,60}(?:abone ol|katıl|takip ed)\w*",
    "ru": r"(?:подпис\w+|присоедин\w+|следите)\b.{0,100}(?:telegram|телеграм|whatsapp|рассылк|канал)",
    "fa": r".{0,60}(?:کانال|تلگرام|واتساپ|اینستاگرام).{0,60}(?:دنبال کنید|بپیوندید|عضو شوید)",
}
_NOTES = r"(?:advertisement|advertising|sponsored|إعلان|إعلانات|publicité|anzeige|werbung|publicidad|реклама|広告|광고)"
# As short as a headline: a sentence of the text that begins with "Related" is longer.
_LONGEST = 220

_BEGINS = re.compile(
    r"\W*(?:" + "|".join(row for row in _RELATED.values()) + r")\s*(?:[:：|»›>…\-–—]|\.\.\.|$)",
    re.IGNORECASE,
)
# Openings that are never the first words of a sentence need no colon behind them.
_BEGINS_BARE = re.compile(
    r"\W*(?:اقرأ أيضً?اً?|إقرأ أيضً?اً?|طالع أيضً?ا|شاهد أيضً?ا|مواضيع ذات صلة|أخبار ذات صلة|read also|also read|"
    r"lire aussi|à lire aussi|lesen sie auch|leia também|lea también|lee también|leggi anche|"
    r"читайте также|بیشتر بخوانید|baca juga|یہ بھی پڑھیں|相关阅读|関連記事|관련기사|lees ook)(?!\w)",
    re.IGNORECASE,
)
_PROMOTES = re.compile(
    r"\W*(?:" + "|".join(f"(?:{row})" for row in _PROMOTION.values()) + r").{0,120}$",
    re.IGNORECASE,
)
_IS_A_NOTE = re.compile(rf"\W*{_NOTES}\W*$", re.IGNORECASE)


def is_foreign_line(line: str) -> bool:
    """Whether `line` belongs to the page around the article and not to its text."""
    if len(line) > _LONGEST:
        return False
    return bool(
        _BEGINS.match(line)
        or _BEGINS_BARE.match(line)
        or _PROMOTES.match(line)
        or _IS_A_NOTE.match(line)
    )
