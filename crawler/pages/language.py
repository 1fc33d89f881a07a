"""Which language is this text in?

What the page or its owner declares, unless the script or a long text contradicts it.
"""

from __future__ import annotations

import re

import py3langid

from crawler.text.script import script_of

_OF_SCRIPT = {
    "Arab": ("ar", "fa", "ur", "ps", "ku", "ug"),
    "Cyrl": ("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn"),
    "Deva": ("hi", "mr", "ne"),
    "Hani": ("zh", "ja"),
    "Jpan": ("ja",),
    "Kore": ("ko",),
    "Hebr": ("he",),
    "Grek": ("el",),
    "Thai": ("th",),
    "Beng": ("bn", "as"),
    "Geor": ("ka",),
    "Armn": ("hy",),
}
_LATIN = (
    "en fr de es pt it nl sv da no nb nn fi pl cs sk hu ro tr id ms vi et lv lt sl hr bs sr sq is "
    "ca gl eu ga cy mt af sw tl az uz"
)
_OF_LATIN = frozenset(_LATIN.split())
# Languages that a detector cannot tell apart reliably: the declaration decides.
_ALIKE = tuple(
    frozenset(group.split())
    for group in ("id ms", "da no nb nn", "hr bs sr sl", "cs sk", "pt gl es ca", "nl af", "ur fa")
)
_OLD_CODES = {"iw": "he", "in": "id", "nb": "no", "nn": "no", "ji": "yi", "jp": "ja", "cn": "zh"}
_URDU = re.compile("[ٹڈڑںےھہۃ]")
_PERSIAN = re.compile("[پچژگکی]")
_ARABIC = re.compile("[ةىيكإأؤئًٌٍ]")
_LONG, _SHORT, _SAMPLE = 200, 60, 1500


def resolve_language(text: str, *declared: str | None) -> str | None:
    """ISO 639-1 code of the language of `text`; `declared` are tags such as ar-AE, best first.

    None where neither the letters nor a declaration say anything.
    """
    tags = [tag for tag in map(plain_tag, declared) if tag]
    sample = text[:_SAMPLE]
    script = script_of(sample)
    if script == "Zyyy":
        return tags[0] if tags else None
    tags = [tag for tag in tags if _may_be_written(tag, script)]
    if tags and len(sample) < _LONG:
        return tags[0]
    found = _detect(sample, script)
    if not tags or found is None:
        return tags[0] if tags else found
    if any({tags[0], found} <= group for group in _ALIKE):
        return tags[0]
    return found if script in {"Latn", "Arab"} else tags[0]


def plain_tag(tag: str | None) -> str | None:
    """`ar` of `ar-AE`, `AR_ae` or ` ar `; None if it is no language tag."""
    match = re.match(r"\s*([A-Za-z]{2})(?:[-_][\w-]{1,20})?\s*(?:$|,)", tag or "")
    if not match:
        return None
    code = match[1].lower()
    return _OLD_CODES.get(code, code)


def _may_be_written(tag: str, script: str) -> bool:
    if script == "Latn":
        return tag in _OF_LATIN
    return tag in _OF_SCRIPT.get(script, ())


def _detect(sample: str, script: str) -> str | None:
    if script == "Arab":
        return _detect_arabic_script(sample)
    candidates = _OF_SCRIPT.get(script, _OF_LATIN if script == "Latn" else ())
    if not candidates:
        return None
    if len(candidates) == 1 or script == "Hani":
        return next(iter(candidates))
    # A short line of plain ASCII is English more often than a detector believes (0.75 right).
    if script == "Latn" and len(sample) < _SHORT and sample.isascii():
        return "en"
    ranked = (code for code, _ in py3langid.rank(sample) if code in candidates)
    code = next(ranked, None)
    return _OLD_CODES.get(code, code) if code else None


def _detect_arabic_script(sample: str) -> str:
    urdu, persian, arabic = (len(marks.findall(sample)) for marks in (_URDU, _PERSIAN, _ARABIC))
    # Some Arabic keyboards write ک and ی; ال before many words still says Arabic.
    articles = len(re.findall(r"\b[وبلفك]?ال\w{2}", sample))
    if urdu > arabic and urdu * 3 > persian:
        return "ur"
    if persian > arabic and articles * 12 < len(sample.split()) * 2:
        return "fa"
    return "ar"
