"""Which lines of an article are not the article: related links, promotion, sharing?

Data, one row per language; folded at import, so hamza, accents and case do not matter. A line is
cut whole or not at all.
"""

from __future__ import annotations

import re

from crawler.text.fold import fold

# Openings that never begin a sentence of news: they need no colon.
_LINKS = {
    "ar": "اقرأ أيضا|اقرأ ايضا|اقرأ كذلك|اقرأ المزيد|طالع أيضا|شاهد أيضا|مواضيع ذات صلة|"
    "موضوعات ذات صلة|أخبار ذات صلة|مقالات ذات صلة|قد يهمك أيضا|قد يعجبك أيضا",
    "en": "read also|also read|see also|related articles|related stories|you may also like|"
    "recommended stories|recommended reading",
    "fr": "lire aussi|à lire aussi|lire également|à lire également|voir aussi|sur le même sujet",
    "de": "lesen sie auch|lesen sie mehr|mehr zum thema|siehe auch|auch interessant",
    "es": "lea también|lee también|te puede interesar|ver también|le puede interesar",
    "pt": "leia também|leia mais|veja também",
    "it": "leggi anche|leggi ancora|vedi anche",
    "tr": "bunu da oku|ilgili haberler|bunlar da ilginizi çekebilir",
    "ru": "читайте также|читать также|смотрите также|материалы по теме",
    "fa": "بیشتر بخوانید|همچنین بخوانید|مطالب مرتبط|خبرهای مرتبط",
    "ur": "یہ بھی پڑھیں|مزید پڑھیں",
    "id": "baca juga|lihat juga",
    "ms": "baca lagi",
    "zh": "相关阅读|延伸阅读|相关新闻|更多阅读|相關閱讀|延伸閱讀",
    "ja": "関連記事|あわせて読みたい|【関連",
    "ko": "관련기사|관련 기사",
    "nl": "lees ook",
    "sv": "läs också|läs även",
    "hi": "यह भी पढ़ें|ये भी पढ़ें",
}
# Openings that are a label only with a mark behind them.
_LABELS = {
    "ar": "اقرأ|شاهد|شاهد بالفيديو|للمزيد|المزيد|قد يهمك|ذات صلة|طالع",
    "en": "read more|read|more|related|related story|watch|listen|recommended|don't miss|must read|"
    "further reading|explore more|more on this|editor's picks|from the archives",
    "fr": "lire|pour aller plus loin|à voir|à écouter|notre dossier",
    "de": "mehr dazu|lesen|podcast|video",
    "es": "leer más|más información|lee más|relacionado",
    "pt": "saiba mais|relacionado|leia",
    "it": "per approfondire|leggi|approfondimento",
    "tr": "ayrıca bakınız|ilgili haber|haberin devamı",
    "ru": "по теме|подробнее|читать",
    "fa": "بخوانید|مرتبط",
    "nl": "lees meer",
    "sv": "läs mer",
    "vi": "xem thêm|đọc thêm",
    "pl": "czytaj także|zobacz też|czytaj więcej",
}
# Requests to follow, join, subscribe or share: (verb, what follows somewhere behind it).
_PROMOTION = {
    "ar": (
        "تابعونا|تابعوا|تابعنا|تابع|انضموا|انضم|اشتركوا|اشترك|للاشتراك|سجل|حمل|حملوا|لمتابعة|"
        "لمتابعتنا|يمكنكم متابعة",
        "واتساب|واتس اب|whatsapp|تيليغرام|تلغرام|تليغرام|تيليجرام|telegram|النشرة|نشرتنا|قناتنا|"
        "قناة|تويتر|فيسبوك|فيس بوك|إنستغرام|انستجرام|يوتيوب|google news|جوجل نيوز|غوغل نيوز|"
        "تطبيقنا|بريدك",
    ),
    "en": (
        "follow|join|subscribe|sign up|like|download|get|receive|click here|stay updated",
        "whatsapp|telegram|newsletter|newsletters|our channel|our app|our page|our podcast|"
        "facebook|twitter|instagram|linkedin|youtube|google news|in your inbox|to subscribe",
    ),
    "fr": (
        "suivez|rejoignez|abonnez|inscrivez|téléchargez|recevez",
        "whatsapp|telegram|newsletter|facebook|twitter|instagram|linkedin|chaîne|application",
    ),
    "de": (
        "folgen sie|folge|abonnieren|jetzt anmelden|melden sie sich",
        "whatsapp|telegram|newsletter|facebook|twitter|instagram|linkedin|kanal",
    ),
    "es": (
        "síguenos|síganos|únete|suscríbete|suscríbase|descarga|apúntate",
        "whatsapp|telegram|newsletter|boletín|facebook|twitter|instagram|canal|aplicación",
    ),
    "pt": (
        "siga|inscreva|assine|participe|baixe|receba",
        "whatsapp|telegram|newsletter|facebook|twitter|instagram|canal|aplicativo",
    ),
    "it": (
        "segui|seguici|iscriviti|abbonati|scarica",
        "whatsapp|telegram|newsletter|facebook|twitter|instagram|canale",
    ),
    "ru": (
        "подписывайтесь|подпишитесь|присоединяйтесь|следите",
        "telegram|телеграм|телеграмм|whatsapp|рассылку|канал",
    ),
    "id": ("ikuti|gabung|bergabung", "whatsapp|telegram|google news|channel"),
    "tr": ("abone olun|takip edin|katılın", "whatsapp|telegram|bülten|google news"),
}
_NOTES = (
    "advertisement|advertising|sponsored|sponsored content|share this article|share this story|"
    "إعلان|إعلانات|شارك المقال|شارك الخبر|publicité|anzeige|werbung|publicidad|publicidade|"
    "реклама|広告|광고|reklam|iklan|scroll to continue|story continues below advertisement"
)
# What stands under every text of a site: rights, print and mail buttons, forms for comments.
_LEGAL = (
    "©|copyright ©|copyright 20|copyright (c)|(c) 20|all rights reserved|"
    "this copy is for your personal|to order presentation-ready copies|order reprints|"
    "print article|reprints and permissions|an error has occurred|your email address will not|"
    "you must be logged in|you must confirm your|please logout and|leave a comment|"
    "we may earn a commission|if you buy something through|thank you for reading|"
    "جميع الحقوق محفوظة|كل الحقوق محفوظة|حقوق النشر محفوظة|الآراء الواردة|لن يتم نشر عنوان|"
    "tous droits réservés|alle rechte vorbehalten|todos los derechos reservados|"
    "todos os direitos reservados|tutti i diritti riservati|все права защищены|"
    "il vous reste|la suite est réservée|esta funcionalidad es sólo para|weiterlesen mit|"
    "全著作権所有|無断転載|版权所有|무단전재|저작권자|tüm hakları saklıdır|hak cipta"
)
# By-lines stand on top; a sentence that begins so is longer.
_BYLINE = (
    "by|written by|reporting by|story by|von|par|por|di|door|av|bởi|بقلم|كتب|كتبت|إعداد|تحرير|"
    "ترجمة|автор|текст|oleh|penulis|yazan|نویسنده|文|記者"
)
# A related link is as short as a headline, and a request as a line: longer ones are text.
_LONGEST = 240
_MARK = r"\s*(?:[:：|»›>…]|\.\.\.|-\s|–|—|$)"


def _any(rows: str) -> str:
    words = sorted((fold(word) for word in rows.split("|")), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)


_OPENS_LINK = re.compile(rf"\W*(?:{_any('|'.join(_LINKS.values()))})(?!\w)")
_OPENS_LABEL = re.compile(rf"\W*(?:{_any('|'.join(_LABELS.values()))}){_MARK}")
_ASKS = tuple(
    re.compile(rf"\W*(?:{_any(verbs)})(?!\w).{{0,160}}?(?<!\w)و?(?:{_any(things)})(?!\w)")
    for verbs, things in _PROMOTION.values()
)
_ASKS_AT_ALL = re.compile(
    rf"\W*(?:{_any('|'.join(verbs for verbs, _ in _PROMOTION.values()))})(?!\w)"
)
_OPENS_LEGAL = re.compile(rf"[\s*•|\-]*(?:{_any(_LEGAL)})")
_IS_BYLINE = re.compile(rf"\W*(?:{_any(_BYLINE)})[\s:：]+[^\d.!?؟。]{{2,60}}")
_IS_NOTE = re.compile(rf"\W*(?:{_any(_NOTES)})\W*")


def is_foreign_line(line: str) -> bool:
    """Whether `line` belongs to the page around the article and not to its text."""
    if len(line) > 2 * _LONGEST:
        return False
    folded = fold(line)
    if _OPENS_LEGAL.match(folded):
        return True
    if len(line) > _LONGEST:
        return False
    if _OPENS_LINK.match(folded) or _OPENS_LABEL.match(folded) or _IS_NOTE.fullmatch(folded):
        return True
    if not _ASKS_AT_ALL.match(folded):
        return False
    return any(asks.match(folded) for asks in _ASKS) and _is_a_request(line)


def _is_a_request(line: str) -> bool:
    """A sentence with a figure in it is news even if it begins with "Follow" or "Get"."""
    return not any(char.isdigit() for char in line) and line.count(". ") <= 1


def is_byline(line: str) -> bool:
    """Whether a line on top of a text only names its author."""
    return len(line.split()) <= 7 and _IS_BYLINE.fullmatch(fold(line)) is not None
