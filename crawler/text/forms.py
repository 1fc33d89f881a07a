"""What of a name says only that it is a company: Meta Inc, شركة ميتا, 株式会社ソフトバンク?"""

from __future__ import annotations

import re

from crawler.text.fold import fold

_WORDS = """
inc incorporated corp corporation co company ltd limited llc llp lp plc pty pte the ag gmbh kg se
sa sas sarl spa srl nv bv ab as asa oy oyj aps kk jsc pjsc tbk bhd group holding holdings groupe
gruppe grupo gruppo konzern société sociedad empresa azienda şirketi şirket grubu aş
شركة مجموعة مؤسسة القابضة المحدودة العالمية شرکت گروه
ооо ао пао оао зао компания группа корпорация холдинг חברת קבוצת בעמ कंपनी लिमिटेड समूह
"""
_FORMS = frozenset(fold(word) for word in _WORDS.split())
# What a company puts behind its name, and people leave out: Scale of Scale AI.
_TAILS = frozenset({"ai", "labs", "lab", "technologies", "technology", "systems", "platforms"})
# The same in scripts that put no blank between words.
_JOINED = re.compile(
    r"^(株式会社|有限会社|주식회사|㈜)"
    r"|(股份有限公司|有限公司|控股|集团|集團|公司|株式会社|グループ|주식회사|그룹)+$"
)
_DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b)|[\"'״׳’]")  # S.A., A.Ş., בע"מ
_MARKS = re.compile(r"[.,&()-]")


def without_form(name: str, *, tails: bool = False) -> str:
    """`name` folded, without its marks and forms; with `tails`, without "AI" or "Labs" too.

    >>> without_form("Alphabet, Inc."), without_form("شركة ميتا"), without_form("Scale AI")
    ('alphabet', 'ميتا', 'scale ai')
    """
    forms = _FORMS | _TAILS if tails else _FORMS
    words = _MARKS.sub(" ", _DOTTED.sub("", fold(name))).split()
    while len(words) > 1 and words[-1] in forms:
        words.pop()
    while len(words) > 1 and words[0] in forms:
        words.pop(0)
    plain = " ".join(words)
    return _JOINED.sub("", plain) or plain
