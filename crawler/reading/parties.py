"""Who gives and who gets? The names of a sentence take the sides that its verbs give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawler.model import Party, Role, Side
from crawler.reading.candidates import Candidate, find_candidates, marks_beside
from crawler.reading.investors import choose_investors
from crawler.reading.names import Name
from crawler.reading.recipient import Asked, choose_recipient
from crawler.reading.roles import Weighed
from crawler.reading.scan import Scan, Sentence
from crawler.reading.signs import agents_of
from crawler.reading.standing import is_aside, is_same, standing_signs
from crawler.reading.words import Hit
from crawler.text.fold import fold
from crawler.text.skeleton import skeleton

_NEAR = 70  # letters between a verb and its subject or object
_PAIR_GAP = 6  # letters of " and ", ", "
_LIST_GAP = 26  # letters between two names of one list: ", and ", " و"
_PRICE_GAP = 12  # letters of " unos "
_SLOT_WORDS = 3
_MOST_MARKED = 4  # investors known only by the words beside them
_MOST_NAMED = 12
_MARKS = ".,:;!?()\"'-\n،؛؟…«»"
_GETS = frozenset({Role.FUNDING_ROUND, Role.DEBT, Role.IPO, Role.GRANT, Role.OTHER})
_VERB_FIRST = frozenset({"ar", "he"})
_VERB_LAST = frozenset({"tr"})  # the doer opens the sentence
_BOUGHT_CASES = ("other", "of", "to")  # Y'yi, Y'nin yüzde 51'ini, Y'ye teklif: surest first
_GETTING = ("deal.raise", "deal.ipo", "deal.debt")
_ROUND = ("deal.raise", "deal.round", "deal.lead", "deal.debt", "deal.grant")
_GIVING = ("deal.invest", "deal.spend", "deal.capex", "deal.programme")


def find_parties(
    scan: Scan, kind: Role, group: Weighed | None, likely: Sequence[tuple[Role, float]] = ()
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Recipients and investors of the deal, best-placed sentence first: title, its own, lead.

    And who may be meant instead of the recipient, where that is not sure. `likely`: the kinds that
    the deal may be, each with its share; only `kind` without them.
    """
    sentences = _sentences(scan, group)
    own = group.sum if group is not None else None
    found = find_candidates(scan, sentences)
    standing = standing_signs(scan, found, own)
    asked = [_asked(scan, sentences, found, *one) for one in likely or ((kind, 1.0),)]
    told = next((one for one in asked if one.kind is kind), None)
    told = told or _asked(scan, sentences, found, kind)
    recipient: Name | None = None
    others: tuple[Name, ...] = ()
    if kind is not Role.CAPEX_PLAN:  # its money stays in the house
        recipient, others = choose_recipient(scan, found, standing, asked)
    # Who launches a fund both gets its money and puts it in.
    but = recipient if kind is not Role.FUND_LAUNCH else None
    investors = choose_investors(found, standing, told, but=but)
    parties = [_party(scan, recipient, Side.RECIPIENT)] if recipient is not None else []
    seen: set[str] = set()
    for name in investors:
        if name.identity not in seen:
            seen.add(name.identity)
            parties.append(_party(scan, name, Side.INVESTOR))
    return tuple(parties), tuple(_party(scan, name, Side.RECIPIENT) for name in others)


def find_named(scan: Scan) -> tuple[Party, ...]:
    """Everybody whom title and lead name, each once: a denial may mean any of them."""
    found = find_candidates(scan, _sentences(scan, None))
    names = {one.name.identity: one.name for one in found}
    return tuple(_party(scan, name, Side.OTHER) for name in names.values())[:_MOST_NAMED]


def _asked(
    scan: Scan,
    sentences: Sequence[Sentence],
    found: Sequence[Candidate],
    kind: Role,
    share: float = 1.0,
) -> Asked:
    return Asked(
        kind=kind,
        share=share,
        pointed=find_pointed(scan, sentences, kind),
        givers=_all_investors(scan, sentences, found, kind),
    )


def _all_investors(
    scan: Scan, sentences: Sequence[Sentence], found: Sequence[Candidate], kind: Role
) -> list[Name]:
    investors: list[Name] = []
    for sentence in (without_asides(scan, one) for one in sentences):
        if investors and kind not in _GETS:
            break  # one giver is enough; a round has many, told over several sentences
        investors += _investors(scan, sentence, kind)
    if not investors and kind in _GETS:
        investors = _marked_backers(scan, found)
    return investors


def find_pointed(scan: Scan, sentences: Sequence[Sentence], kind: Role) -> Name | None:
    """Whom the grammar of the first sentence that has one points at."""
    told = (without_asides(scan, one) for one in sentences)
    return next((n for one in told if (n := _recipient(scan, one, kind))), None)


def without_asides(scan: Scan, sentence: Sentence) -> Sentence:
    """`sentence` without names that only tell of another: "rival of Y", "the maker of Y"."""
    names = tuple(n for n in sentence.names if not is_aside(scan, sentence, n.start, n.end))
    return sentence if len(names) == len(sentence.names) else replace(sentence, names=names)


def _party(scan: Scan, name: Name, side: Side) -> Party:
    city = scan.places.city(fold(name.text)) if name.id is None else None
    key = name.key if city is None else skeleton(city)  # Köln and Cologne are one
    return Party(name=name.text, side=side, id=name.id, key=key)


def _sentences(scan: Scan, group: Weighed | None) -> list[Sentence]:
    chosen: list[Sentence] = [*scan.head]
    if group is not None and scan.sentences[group.sum.sentence] not in chosen:
        chosen.append(scan.sentences[group.sum.sentence])
    chosen += [sentence for sentence in scan.body[:5] if sentence not in chosen]
    if group is not None:
        at = group.sum.sentence
        chosen += [one for one in scan.sentences[max(0, at - 1) : at + 2] if one not in chosen]
    return chosen


def _recipient(scan: Scan, sentence: Sentence, kind: Role) -> Name | None:
    if kind is Role.ACQUISITION:
        return _target(scan, sentence)
    if kind is Role.FUND_LAUNCH:
        return _subject(scan, sentence, ("deal.launch_fund", "deal.raise", "deal.fund"))
    if kind in _GETS:
        return _getter(scan, sentence)
    if kind is Role.INVESTMENT_COMMITMENT:
        return _into(scan, sentence)
    return None


def _investors(scan: Scan, sentence: Sentence, kind: Role) -> list[Name]:
    if kind is Role.ACQUISITION:
        buyer = _buyer(scan, sentence)
        return [buyer] if buyer is not None else []
    if kind is Role.JOINT_VENTURE:
        return [name for name in sentence.names if name.kind != "person"][:4]
    if kind is Role.FUND_LAUNCH:
        name = _subject(scan, sentence, ("deal.launch_fund", "deal.raise", "deal.fund"))
        return [name] if name is not None else []
    if kind in _GETS:
        return _backers(scan, sentence)
    if kind is Role.GOVERNMENT_PROGRAMME:
        return [name for name in sentence.names if name.kind == "state"][:1]
    giver = _subject(scan, sentence, _GIVING)
    if giver is not None and giver.kind != "person":
        return [giver]
    return _companies(sentence)[:1] if scan.order(sentence) <= 1 else []


def _companies(sentence: Sentence) -> list[Name]:
    """Names of the sentence that are neither countries nor people."""
    return [name for name in sentence.names if name.kind not in ("state", "person")]


def _subject(scan: Scan, sentence: Sentence, keys: tuple[str, ...]) -> Name | None:
    """The name that does the first of the verbs under `keys`."""
    for verb in sentence.having(*keys):
        if (name := _doer(scan, sentence, verb)) is not None:
            return name
    return None


def _doer(scan: Scan, sentence: Sentence, verb: Hit) -> Name | None:
    """The name before the verb; after it where the language puts verbs first."""
    if scan.language in _VERB_LAST:
        return next((n for n in _before(sentence, verb) if n.case is None), None)
    before = [n for n in sentence.names if n.end <= verb.start and verb.start - n.end <= _NEAR]
    after = [n for n in sentence.names if 0 <= n.start - verb.end <= 24]
    if _puts_verbs_first(scan):
        if sentence.is_title and before:
            return before[-1] if not _is_listed(scan, before) else before[0]
        if after:
            return after[0]
        return (before[-1] if before else None) or _slot(scan, sentence, verb)
    return before[-1] if before else None


def _has_cases(sentence: Sentence) -> bool:
    """Whether endings say what the names of the sentence do: Turkcell'den Sestek'e."""
    return any(name.case is not None for name in sentence.names)


def _before(sentence: Sentence, verb: Hit) -> list[Name]:
    """The companies before a verb; those in another place than the deal's are no parties."""
    return [n for n in _companies(sentence) if n.end <= verb.start and n.case != "in"]


def _is_listed(scan: Scan, names: Sequence[Name]) -> bool:
    return len(names) > 1 and "," in scan.folded.text[names[-2].end : names[-1].start]


def _puts_verbs_first(scan: Scan) -> bool:
    return scan.language in _VERB_FIRST


def _slot(scan: Scan, sentence: Sentence, verb: Hit) -> Name | None:
    """An unknown name without quotes: the words before the title's verb, or after a first verb."""
    if not _puts_verbs_first(scan) or sentence.names:
        return None
    if sentence.is_title and verb.start > sentence.start:
        return _name_of_words(scan, sentence, sentence.start, verb.start)
    return _name_of_words(scan, sentence, verb.end, min(verb.end + 40, sentence.end))


def _name_of_words(scan: Scan, sentence: Sentence, start: int, end: int) -> Name | None:
    text = scan.folded.text
    known = {hit.start for hit in sentence.hits}
    run: list[tuple[int, int]] = []
    at = start
    for word in text[start:end].split(" "):
        bare = word.strip(_MARKS)
        if not bare or bare in scan.generic or bare.startswith(("ال", "لل")):
            is_name = False
        else:
            is_name = at not in known and not any(c.isdigit() for c in bare)
        if not is_name and run:
            break
        if is_name:
            run.append((at, at + len(word.rstrip(_MARKS))))
        if len(run) == _SLOT_WORDS or (word and word[-1] in _MARKS):
            break
        at += len(word) + 1
    if not run or run[-1][1] - run[0][0] < 3:
        return None
    return Name(run[0][0], run[-1][1], scan.printed(run[0][0], run[-1][1]))


def _getter(scan: Scan, sentence: Sentence) -> Name | None:
    """Who raises: the doer of a raising verb, the object of a leading one, or after "for"."""
    if sentence.sums:
        given = [n for n in _companies(sentence) if n.case == "to" and n.kind != "investor"]
        if given and given[0].end <= sentence.sums[0].start:
            return given[0]  # Mistral'e 1,7 milyar avro
    for verb in sentence.having(*_GETTING):
        name = _doer(scan, sentence, verb)
        if name is not None and name.kind not in ("investor", "person"):
            return name
    givers: list[Name] = []
    for lead in sentence.having("deal.lead"):
        if is_passive(sentence, lead):
            givers += _list_after(scan, sentence, lead.end)
        else:
            if not _puts_verbs_first(scan):
                givers += _list_before(scan, sentence, lead.start)
            after = [n for n in sentence.names if n.start >= lead.end and n.kind != "investor"]
            others = [n for n in after if _is_after_into(sentence, n)]
            if others:
                return others[0]
    if sentence.sums:
        last = sentence.sums[0].end
        for name in sentence.names:
            is_giver = name.kind == "investor" or name in givers
            if name.start >= last and _is_after_into(sentence, name) and not is_giver:
                return name
    if sentence.is_title or scan.order(sentence) <= 1:
        fit = [n for n in sentence.names if n.kind in ("ai", None) and n not in givers]
        if len(fit) >= 1:
            return fit[0]
    return None


def _is_after_into(sentence: Sentence, name: Name) -> bool:
    return any(hit.key == "party.into" and 0 <= name.start - hit.end <= 44 for hit in sentence.hits)


def is_passive(sentence: Sentence, lead: Hit) -> bool:
    """Whether investors stand after the word: "led by", بقيادة."""
    return any(hit.start >= lead.start and hit.end == lead.end for hit in sentence.having("agent"))


def _backers(scan: Scan, sentence: Sentence) -> list[Name]:
    found: list[Name] = []
    for lead in sentence.having("deal.lead"):
        if is_passive(sentence, lead) or _puts_verbs_first(scan):
            found += _list_after(scan, sentence, lead.end)
        else:
            found += _list_before(scan, sentence, lead.start)
    for mark in sentence.having("party.by"):
        names = _list_after(scan, sentence, mark.end, reach=4)
        found += [name for name in names if name.kind != "person" or len(names) == 1]
    found += [name for name in _companies(sentence) if name.case == "from" and name not in found]
    if not found:
        giver = _subject(scan, sentence, ("deal.invest", "deal.stake"))
        found = [giver] if giver is not None and giver.kind != "person" else []
    return found or [name for name in sentence.names if name.kind == "investor"]


def _marked_backers(scan: Scan, found: Sequence[Candidate]) -> list[Name]:
    """Whoever the words right beside say the money is from: 산업은행 등으로부터."""
    return [
        one.name
        for one in found
        if one.name.kind not in ("person", "place", "state", "programme")
        and any(
            place[0].having(*_ROUND) and "from" in marks_beside(scan, *place)
            for place in one.places
        )
    ][:_MOST_MARKED]


def _list_before(scan: Scan, sentence: Sentence, at: int) -> list[Name]:
    """The names of the list that ends shortly before `at`: "Northgate and Temsi led"."""
    found: list[Name] = []
    last = at
    for name in reversed(sentence.names):
        if name.end > at:
            continue
        if last - name.end > (_NEAR if not found else _PAIR_GAP):
            break
        found.append(name)
        last = name.start
    return found[::-1]


def _list_after(scan: Scan, sentence: Sentence, at: int, reach: int = 40) -> list[Name]:
    """The names of the list that begins within `reach` letters after `at`."""
    found: list[Name] = []
    last = at
    for name in sentence.names:
        if name.start < at:
            continue
        if name.start - last > (reach if not found else _LIST_GAP):
            break
        found.append(name)
        last = name.end
    return found


def _target(scan: Scan, sentence: Sentence) -> Name | None:
    if _has_cases(sentence):
        return _bought(sentence)
    for verb in sentence.having("deal.acquire"):
        before = [n for n in sentence.names if n.end <= verb.start and verb.start - n.end <= _NEAR]
        after = [n for n in sentence.names if 0 <= n.start - verb.end <= _NEAR]
        if _is_bought(sentence, verb) and before:
            return before[-1]
        if _puts_verbs_first(scan) and not before and len(after) > 1:
            return after[1]
        if after:
            return after[0]
    return None


def _bought(sentence: Sentence) -> Name | None:
    """The target by its case: X, Y'yi satın aldı."""
    names = [n for n in _companies(sentence) if n.case in _BOUGHT_CASES]
    return min(names, key=lambda n: (_BOUGHT_CASES.index(n.case or ""), -n.start), default=None)


def _buyer(scan: Scan, sentence: Sentence) -> Name | None:
    if _has_cases(sentence) and (target := _bought(sentence)) is not None:
        others = [n for n in _companies(sentence) if n is not target and n.case != "in"]
        return next((n for n in others if n.case in (None, "from")), next(iter(others), None))
    for verb in sentence.having("deal.acquire"):
        before = [n for n in sentence.names if n.end <= verb.start and verb.start - n.end <= _NEAR]
        after = [n for n in sentence.names if 0 <= n.start - verb.end <= _NEAR]
        if _is_bought(sentence, verb) and after:
            return after[0]
        if before:
            return before[-1]
        if _puts_verbs_first(scan) and len(after) > 1:
            return after[0]
    return None


def _is_bought(sentence: Sentence, verb: Hit) -> bool:
    """Whether the buyer stands after the verb: "bought by", "sold to"; not "compra por 50"."""
    return any(not _leads_to_price(sentence, hit.end) for hit in agents_of(sentence, verb))


def _leads_to_price(sentence: Sentence, at: int) -> bool:
    """Whether a sum and no name follows close behind `at`."""
    price = next((one.start for one in sentence.sums if one.start >= at), None)
    if price is None or price - at > _PRICE_GAP:
        return False
    return not any(at <= name.start < price for name in sentence.names)


def _into(scan: Scan, sentence: Sentence) -> Name | None:
    """What the money goes into: a name after "in" or "into" that is not the giver."""
    giver = _subject(scan, sentence, _GIVING)
    names = [
        n
        for n in sentence.names
        if (_is_after_into(sentence, n) or n.case == "to")
        and not (giver is not None and is_same(n, giver))
        and n.kind not in ("person", "investor")
    ]
    first = sentence.sums[0].start if sentence.sums else sentence.start
    close = [n for n in names if n.start > first and n.case is None] or names
    return close[0] if close else None
