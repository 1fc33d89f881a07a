"""Which keys may the file of a language have?

config/lexicon/README.md says what each means.
"""

from __future__ import annotations

FLAGS = frozenset(
    {
        "lends_far",
        "marks_by_page",
        "myriad",
        "places_first",
        "sign_by_place",
        "sign_groups",
        "spaced",
        "step_first",
        "to_arrives",
        "units_first",
        "verbs_last",
    }
)
MAPS = frozenset(
    {
        "abbreviation",
        "bound",
        "case_endings",
        "cldr",
        "clitics",
        "currency",
        "currency_default",
        "dual",
        "dual_before_currency",
        "glued_numbers",
        "home",
        "implied",
        "not_this",
        "not_this_after",
        "numbers",
        "part",
        "part_more",
        "place",
        "range",
        "scale",
        "scaled_currency",
        "shift",
        "short_subunit",
        "subunit",
    }
)
LISTS = frozenset(
    {
        "bare",
        "carry_after",
        "carry_before",
        "closing_clitics",
        "decimal_marks",
        "endings",
        "filler",
        "group_marks",
        "leads",
        "light",
        "negation",
        "not_money",
        "not_negation",
        "number_endings",
        "particles",
        "percent",
        "percent_before",
        "point",
        "short_scale",
        "sign",
        "tenth",
        "vague",
        "year_before",
    }
)
# Under `reading:`, where a key is the path to its words.
_READING = {
    "kind": "given lent listing pool public resold share site venture whole yearly",
    "topic": "not nothing only_uses other strong weak",
    "deal": "acquire capex contract debt fund government grant invest ipo launch_fund lead "
    "nothing programme project raise round secondary spend stake venture",
    "money": "amount nothing restates untold",
    "place": "mark mark_sort name",
    "veto": "cancel deny earnings jobs legal market nothing price product property roundup "
    "shares talk",
    "stage": "announced closed in_talks planned rumoured",
    "change": "corrected lowered raised",
    "period": "fiscal last_year next_year this_year until",
    "party": "by cut generic into tail",
}
_BESIDE = (
    "art from fund gets in investor kind name named obj of person "
    "place product project rival source subj to with"
)
_ASIDE = (
    "actual delta forecast market_size not_money_in_ai part_of "
    "past revenue total_to_date valuation"
)  # figures that make no deal
READING = frozenset(
    {
        "agent",
        "holds",
        *(f"{family}.{name}" for family, names in _READING.items() for name in names.split()),
        *(f"figure.{role}.{side}" for role in _ASIDE.split() for side in ("ahead", "behind")),
        *(
            f"party.{side}.{what}"
            for side in ("after", "before", "glued")
            for what in _BESIDE.split()
        ),
    }
)
# The first two name a language and letters; the last two are read by the tests, and `reading`
# by crawler/reading/words.py.
OTHERS = frozenset({"language", "prefixes", "reading", "examples", "not_yet"})
KEYS = FLAGS | MAPS | LISTS | OTHERS

# "moves" joins two sums as a move by itself: 增至, به, auf; "leaves" opens one: с 60 до 65;
# "by" says how far: um 5 auf 65 Euro; "between_after" stands behind its two sums, which a
# "pair" joins: 60 ile 65 milyar dolar arasında; "against" compares two: 63 statt 58 Euro.
ROLES = frozenset(
    {
        "between",
        "between_after",
        "pair",
        "from",
        "leaves",
        "by",
        "to",
        "and",
        "or",
        "change",
        "moves",
        "moves_from",
        "against",
    }
)
LEADS = ROLES | {"about", "other"}  # what a clitic says; "other" says nothing to a sum
# "none": 750'şer lira; "like" makes an adjective: 25 milyonluk şehir.
CASES = frozenset({"from", "to", "in", "of", "and", "like", "other", "none"})
BOUNDS = {"at_least": "floor", "at_most": "ceiling", "about": "about"}  # and what a Word calls it
BOUND_KEYS = frozenset(
    f"{bound}{place}"
    for bound in BOUNDS
    for place in ("", "_after", *(f"_after_{case}" for case in CASES))
)
IMPLIED_WORDS = ("genitives", "joins", "verbs", "nouns", "open", "ahead", "asked", "counters")
IMPLIED = frozenset({"currency", "scales", "own", "counted", *IMPLIED_WORDS})
