"""Is this page a wall in place of what was asked: captcha, consent, paywall, refusal?

A wall is recognised and left alone. It is never stored as an article and never defeated.
"""

from __future__ import annotations

import re

from crawler.model import Reason

# Marks in the markup of pages that services put in place of an article.
_WALLS = (
    (
        "captcha",
        "the site asks whether we are human",
        re.compile(
            r"cf-challenge|cf_chl_opt|challenge-platform/h/|/cdn-cgi/challenge|_Incapsula_Resource|"
            r"px-captcha|captcha-delivery\.com|geo\.captcha|datadome|/_sec/cp_challenge|"
            r"class=[\"'](?:g-recaptcha|h-captcha|cf-turnstile)|awsWafCookieDomainList|"
            r"ddos-guard|sucuri_cloudproxy|distil_r_captcha",
            re.IGNORECASE,
        ),
    ),
    (
        "consent",
        "the site shows its consent page in place of the article",
        re.compile(
            r"consent\.(?:google|yahoo|youtube)\.|guce\.|/privacy-?gate|sourcepoint.{0,80}tcfapi|"
            r"consent-?wall|cookie-?wall|pur-?abo",
            re.IGNORECASE,
        ),
    ),
)
_REFUSALS = re.compile(
    r"^\W*(?:just a moment|attention required|access denied|403\b|forbidden\W*$|robot or human|"
    r"are you (?:a )?human|bot verification|verify(?:ing)? (?:that )?you are|security check\W*$|"
    r"please verify|one more step|pardon our interruption|request unsuccessful|checking your "
    r"browser|human verification|ddos protection|you have been blocked|too many requests|"
    r"service unavailable|un instant\W*$|einen moment\W*$|vous êtes un robot|تم حظر|"
    r"التحقق من أنك|لحظة من فضلك|جار التحقق)",
    re.IGNORECASE,
)
_CONSENT_TITLES = re.compile(
    r"^\W*(?:before you continue|your privacy|privacy (?:settings|choices|notice)|we value your "
    r"privacy|cookie (?:consent|settings|preferences)|consent|avant de continuer|bevor sie|"
    r"datenschutz-?einstellungen|gérer (?:vos|mes) cookies|سياسة ملفات الارتباط|إعدادات الخصوصية)",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"subscribe (?:now )?to (?:continue|read|keep|unlock)|to continue reading|already a subscriber|"
    r"this (?:article|content|story) is (?:for|only|reserved|exclusive)|subscribers? only|"
    r"sign in to (?:read|continue)|log ?in to (?:read|continue)|register to (?:read|continue)|"
    r"réservée? aux abonnés|abonnez-vous pour (?:lire|continuer)|il vous reste \d+ ?%|"
    r"weiterlesen mit|jetzt (?:abonnieren|weiterlesen)|nur für abonnenten|exclusivo para "
    r"suscriptores|suscr[ií]bete para|contenuto riservato|abbonati per|للمشتركين فقط|"
    r"اشترك (?:الآن )?(?:لمتابعة|لقراءة|لمواصلة)|سجل (?:الدخول )?(?:لمتابعة|لقراءة)|"
    r"この記事は会員限定|有料会員限定|会员专享|подпи(?:шитесь|ска), чтобы",
    re.IGNORECASE,
)
_LOCKED = re.compile(r"\"isAccessibleForFree\"\s*:\s*(?:\"?false\"?)", re.IGNORECASE)
_SHORT_TEXT = 600  # characters; a real article on a page with such a mark is longer
_TEASER = 400


def find_wall(markup: str, title: str, text: str) -> Reason | None:
    """Why the page is a wall; None if it is what it seems. `text` is its extracted body."""
    if len(text) < _SHORT_TEXT:
        if _CONSENT_TITLES.match(title):
            return _wall("consent", "the site shows its consent page in place of the article")
        if _REFUSALS.match(title):
            return _wall("refused", f"the site refuses: {title[:80]!r}")
        for code, sentence, marks in _WALLS:
            # A login form of a real page may carry a captcha too: then there is text as well.
            if marks.search(markup) and len(text) < _SHORT_TEXT // 2:
                return _wall(code, sentence)
    return None


def find_paywall(markup: str, text: str) -> Reason | None:
    """Why only the teaser of an article is here; None if it can be read."""
    if len(text) < _TEASER and (_LOCKED.search(markup) or _PAYWALL.search(text)):
        return _wall("paywall", "only subscribers get the text")
    tail = text[-300:]
    if len(text) < 2 * _TEASER and _PAYWALL.search(tail) and _LOCKED.search(markup):
        return _wall("paywall", "only subscribers get the text")
    return None


def _wall(code: str, sentence: str) -> Reason:
    return Reason(code=code, text=sentence)
