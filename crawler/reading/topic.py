"""Does money go into AI here, or is it other news?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from crawler.model import Reason, Role
from crawler.reading.headline import Headline
from crawler.reading.roles import Weighed
from crawler.reading.scan import Scan, Sentence
from crawler.reading.signs import Signs, aside_signs, evidence, joint_signs, news_signs, topic_signs
from crawler.reading.stated import says_untold
from crawler.reading.weigh import loudest, total
from crawler.reading.weights import AI_INVESTMENT

# A deal without a stated sum needs clearer words: at 2.0 a few more deals of 1,045 stories that the
# fit had not seen are found, but a firm that is only said to be worth something becomes one.
_WITHOUT_SUM = 2.7
# The fit gives other news more weight than it has: of 1,045 stories that it had not seen, this and
# all from -0.9 to -0.3 told deals alike, here with as many missed as made up.
_NEEDED = -0.5
# Of 1,833 stories that nothing was learned from, 94 not read as deals lay within this; of those
# that told of a deal known from another story 16 were deals, and one was none.
_UNSURE = 3.0
# Of stories that name AI only by words like "model" and "robots", twelve seemed deals, ten were.
# "Reads scans with AI" may be a bank's chatbot or a firm of AI: of twelve unseen ones one seemed a
# deal, and was. Five others named it by no word of a lexicon and were spelled like its deals by
# this much: all five were.
_TELLS_OF_AI = ("ai_somewhere", "title.ai_weak", "lead.ai_weak", "only_uses_ai")
_SPELLED_LIKE_AI = 2.0  # log odds
_SPELLED_TEXT = (
    "it names AI by no word we know, and its words are spelled like those of deals in AI"
)
# A long article holds everything somewhere: what stands in its title and lead says more there.
_LONG = 12  # sentences
_WHERE_LONG = ("ai_and_deal", "ai_beside_sum", "own.order", "title.ai_any", "rest.ai",
               "lead.ai_any", "deal", "title.sum", "lead.sum")  # fmt: skip
_TOLD_WITHOUT_SUM = {
    Role.ACQUISITION: ("acquire", "stake"),
    Role.FUNDING_ROUND: ("raise", "round", "lead"),
    Role.IPO: ("ipo",),
    Role.DEBT: ("debt",),
}


@dataclass(frozen=True, slots=True)
class Topic:
    """Whether the article tells of an AI investment, or takes one back."""

    ai_investment: bool
    denied: bool
    unsure: bool  # not told clearly enough by itself; a deal that we know may settle it
    margin: Decimal | None  # log odds; None where nothing tells of AI and no sign can change that
    reasons: tuple[Reason, ...]

    @property
    def has_main_claim(self) -> bool:
        """Whether a deal is told, surely or not, or denied."""
        return self.ai_investment or self.denied or self.unsure


def judge_topic(
    scan: Scan,
    weighed: Mapping[int, Sequence[Weighed]],
    headline: Headline,
    words: float,
) -> Topic:
    """Whether `scan` tells of money going into AI, by all of its signs together.

    `words`: how much the letters of its words speak for a deal (letters.py).
    """
    signs = all_signs(scan, weighed, headline.best_sentence, headline.score)
    names_ai = not signs["no_ai"]
    signs[wording_sign(names_ai)] = scan.likeness.of(scan.text, scan.language, names_ai=names_ai)
    signs["words"] = words_sign(signs, words)
    said = total(signs, AI_INVESTMENT)
    names_it = any(signs[name] for name in _TELLS_OF_AI)
    is_about_ai = names_it or words >= _SPELLED_LIKE_AI
    is_clear = headline.has_sum or says_untold(scan) or _tells_without_sum(signs, headline.kind)
    needed = _NEEDED if is_clear else _WITHOUT_SUM
    told = said > needed and is_about_ai and (is_clear or names_ai)
    denied = not told and _takes_back(signs)  # it need not speak of AI: its deal does
    reasons = [
        Reason(code=f"topic:{name}", text=_in_words(name, value))
        for name, value in loudest(signs, AI_INVESTMENT)
    ]
    for code in ("topic.strong", "veto.deny", "veto.cancel"):
        hit = evidence(scan, code)
        if hit is not None:
            start, end = scan.folded.span(hit.start, hit.end)
            printed = scan.folded.original[start:end]
            reasons.append(
                Reason(code=code, text=f"the text says “{printed}”", start=start, end=end)
            )
    if is_about_ai and not names_it:
        reasons.append(Reason(code="spelled_alone", text=_SPELLED_TEXT))
    margin = Decimal(f"{said - needed:.2f}") if is_about_ai else None
    unsure = is_about_ai and not told and not denied and said > needed - _UNSURE
    return Topic(told, denied, unsure, margin, tuple(reasons))


def wording_sign(names_ai: bool) -> str:
    """How like that of deals the wording is, where title or lead name AI or where they do not."""
    return "wording" if names_ai else "wording_without_ai"


def words_sign(signs: Signs, words: float) -> float:
    """What the letters of the words say; a denial is told in those of the deal that it denies."""
    return min(words, 0.0) if signs["title.veto.deny"] else words


def _in_words(name: str, value: float) -> str:
    if name.startswith("wording"):
        return f"its wording is {'like' if value > 0 else 'unlike'} that of deals ({value:+.1f})"
    if name == "words":
        return f"its words are {'like' if value > 0 else 'unlike'} those of deals ({value:+.1f})"
    return f"{name} says {value:+.1f}"


def all_signs(
    scan: Scan,
    weighed: Mapping[int, Sequence[Weighed]],
    sentence: Sentence | None,
    sum_score: float,
) -> Signs:
    """Every sign that the topic is judged by."""
    signs = {**topic_signs(scan), **news_signs(scan, weighed)}
    signs.update(joint_signs(scan, signs, sentence, sum_score))
    signs.update(aside_signs(scan, sentence, signs))
    signs["ai_somewhere"] = 1.0 - signs["no_ai_at_all"]
    long = min(_LONG, len(scan.sentences)) / _LONG
    return {**signs, "long": long, **{f"long.{key}": long * signs[key] for key in _WHERE_LONG}}


def _tells_without_sum(signs: Signs, kind: Role) -> bool:
    """Whether the title names the deal, so that no sum is needed to believe it."""
    return any(signs[f"title.deal.{name}"] for name in _TOLD_WITHOUT_SUM.get(kind, ()))


def _takes_back(signs: Signs) -> bool:
    """Whether a deal that was told before is denied or called off in the title or lead."""
    return any(
        signs[f"{zone}.veto.{name}"] for zone in ("title", "lead") for name in ("deny", "cancel")
    )
