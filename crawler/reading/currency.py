"""Which currency do a code, a sign or a country's money stand for, in any language?

What all languages share stands here; how a language speaks of money stands in its lexicon.
"""

from __future__ import annotations

from decimal import Decimal

# ISO 4217, the codes that business pages print. Retired ones are known so as not to be misread.
_CODE_LINES = (
    "AED AFN ALL AMD ANG AOA ARS ATS AUD AWG AZN BAM BBD BDT BEF BGN BHD BIF BMD BND BOB BRL",
    "BSD BTC BTN BWP BYN BZD CAD CDF CHF CLP CNH CNY COP CRC CUP CVE CZK DEM DJF DKK DOP DZD",
    "EGP ERN ESP ETB ETH EUR FIM FJD FRF GBP GEL GHS GMD GNF GRD GTQ GYD HKD HNL HRK HTG HUF",
    "IDR IEP ILS INR IQD IRR ISK ITL JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR",
    "LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NLG NOK",
    "NPR NZD OMR PAB PEN PGK PHP PKR PLN PTE PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD",
    "SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USDC USDT UYU",
    "UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW",
)
CODES = frozenset(code for line in _CODE_LINES for code in line.split())

# One spoken name, several currencies: the first is meant where nothing says otherwise.
FAMILIES: dict[str, tuple[str, ...]] = {
    "dollar": (
        "USD", "CAD", "AUD", "HKD", "SGD", "NZD", "TWD", "JMD", "TTD", "FJD", "NAD", "BBD", "BND",
        "LRD", "GYD", "XCD",
    ),
    "pound": ("GBP", "EGP", "SDG", "SYP", "LBP", "SSP"),
    "riyal": ("SAR", "QAR", "OMR", "YER", "IRR"),
    "dinar": ("KWD", "BHD", "JOD", "IQD", "DZD", "TND", "LYD", "RSD", "MKD"),
    "dirham": ("AED", "MAD"),
    "lira": ("TRY", "SYP", "LBP", "ITL"),
    "rupee": ("INR", "PKR", "LKR", "NPR", "MUR", "IDR"),
    "peso": ("MXN", "ARS", "COP", "CLP", "PHP", "UYU", "DOP", "CUP"),
    "franc": ("CHF", "XOF", "XAF", "CDF", "DJF", "RWF", "GNF", "KMF", "MGA", "BIF", "FRF"),
    "crown": ("SEK", "NOK", "DKK", "CZK", "ISK"),
    "shilling": ("KES", "TZS", "UGX", "SOS"),
    "yuan": ("CNY", "TWD", "HKD", "MOP", "SGD"),
    "yen_sign": ("JPY", "CNY"),
    "won": ("KRW",),
    "rouble": ("RUB", "BYN"),
    "leu": ("RON", "MDL"),
    "bolivar": ("BOB", "VES"),
    "kwacha": ("ZMW", "MWK"),
    "manat": ("AZN", "TMT"),
    "letter_p": ("PHP", "BWP"),
    "letter_k": ("ZMW", "PGK"),
    "escudo": ("PTE", "CVE"),
    "cfa": ("XOF", "XAF"),
    "c_dollar": ("CAD", "NIO"),
    "cent": ("EUR", "USD", "AUD", "CAD"),  # German; its Swiss hundredth is the Rappen
}  # fmt: skip
# The bare $ of a peso country; the word dollar never says pesos.
FAMILIES["dollar_sign"] = (*FAMILIES["dollar"], *(p for p in FAMILIES["peso"] if p != "PHP"))
# A place in the sentence changes what a pound is, never what a dollar is: wires write
# "Canada … $2 billion" and mean US dollars unless they print C$.
FIRM = frozenset({"dollar", "dollar_sign", "yen_sign", "yuan", "won", "rouble"})

# Spoken units that are no ISO currency: code and how many of it one unit is.
UNITS: dict[str, tuple[str, Decimal]] = {"toman": ("IRR", Decimal(10))}

# Signs and abbreviations, folded: the currency or family, in order of length when compiled.
MARKS: dict[str, str] = {
    "us$": "USD", "us $": "USD", "us-$": "USD", "u.s.$": "USD", "u.s. $": "USD",
    "u.s $": "USD", "usd$": "USD",
    "$us": "USD", "$ us": "USD", "$usd": "USD", "$ usd": "USD", "a$": "AUD", "au$": "AUD",
    "aud$": "AUD", "$aud": "AUD", "$ aud": "AUD", "$ au": "AUD", "c$": "CAD", "c $": "CAD",
    "ca$": "CAD",
    "cad$": "CAD", "can$": "CAD", "cdn$": "CAD", "$ca": "CAD", "$ ca": "CAD", "$ can": "CAD",
    "$ c": "CAD", "$cad": "CAD", "$ cad": "CAD", "hk$": "HKD", "hk $": "HKD", "$ hk": "HKD",
    "$hk": "HKD", "hkd$": "HKD", "s$": "SGD", "sg$": "SGD", "sgd$": "SGD", "nz$": "NZD",
    "nz $": "NZD", "nzd$": "NZD", "$ nz": "NZD", "nt$": "TWD", "nt $": "TWD", "r$": "BRL",
    "r $": "BRL", "mx$": "MXN", "mex$": "MXN", "j$": "JMD", "tt$": "TTD", "ar$": "ARS",
    "col$": "COP", "clp$": "CLP", "rd$": "DOP", "u$s": "USD", "u$d": "USD",
    "u$": "USD",
    "usd $": "USD", "mxn$": "MXN", "$mxn": "MXN", "mxn $": "MXN", "cop$": "COP", "cop $": "COP",
    "$cop": "COP", "ars$": "ARS", "ars $": "ARS", "clp $": "CLP", "$u": "UYU", "s/.": "PEN",
    "s/": "PEN", "b/.": "PAB", "b/": "PAB", "m/cte": "COP", "$": "dollar_sign",
    "€": "EUR", "£": "GBP", "£e": "EGP", "e£": "EGP",
    "gh¢": "GHS", "gh₵": "GHS", "n$": "NAD", "fj$": "FJD", "bds$": "BBD", "ec$": "XCD",
    "¥": "yen_sign", "cn¥": "CNY", "rmb¥": "CNY",
    "jp¥": "JPY", "₹": "INR", "₨": "rupee", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₪": "ILS",
    "₫": "VND", "฿": "THB", "₴": "UAH", "₸": "KZT", "₦": "NGN", "₱": "PHP", "₡": "CRC", "₾": "GEL",
    "₼": "AZN", "₵": "GHS", "₲": "PYG", "₮": "MNT", "₭": "LAK", "₿": "BTC", "﷼": "riyal",
    "֏": "AMD", "\u20c1": "SAR", "zł": "PLN",
}  # fmt: skip
# Signs that say millions as well, before their number.
MILLION_MARKS: dict[str, str] = {
    "mm$": "dollar_sign", "mmus$": "USD", "us$mm": "USD", "us$ mm": "USD", "€ mln": "EUR",
    "€mln": "EUR", "€/mln": "EUR", "euro mln": "EUR", "euro/mln": "EUR", "eur mln": "EUR",
    "eur/mln": "EUR", "mln/€": "EUR", "mln/euro": "EUR", "eur mio": "EUR", "eur mio.": "EUR",
    "€ mio": "EUR", "€ mio.": "EUR", "chf mio": "CHF", "chf mio.": "CHF", "usd mio": "USD",
    "usd mio.": "USD",
}  # fmt: skip
MINOR_MARKS: dict[str, str] = {"¢": "USD"}  # cents, behind their number
# Latin abbreviations that all languages print; only with these capitals.
ABBREVIATIONS: dict[str, str] = {
    "Rs": "rupee", "Rs.": "rupee", "RM": "MYR", "Rp": "IDR", "RMB": "CNY", "TL": "TRY",
    "Dh": "dirham", "Dhs": "dirham", "DH": "dirham", "DHS": "dirham", "Dhs.": "dirham",
    "SR": "SAR", "QR": "QAR",
    "KD": "KWD", "BD": "BHD", "RO": "OMR", "JD": "JOD", "LE": "EGP", "L.E.": "EGP", "DT": "TND",
    "NIS": "ILS", "Fr.": "franc", "SFr": "CHF", "Sfr": "CHF", "FCFA": "cfa",
    "CFA": "cfa", "F CFA": "cfa", "F.CFA": "cfa", "fcfa": "cfa",
    "Kč": "CZK", "kr": "crown", "Ft": "HUF", "NTD": "TWD", "STG": "GBP", "PS": "GBP", "DA": "DZD",
    "Ksh": "KES", "KSh": "KES", "Tk": "BDT",
}  # fmt: skip
# What is left of a broken £ (PS8.1bn); behind a number it is horsepower, glued to one a console.
ONLY_BEFORE = frozenset({"PS"})

CURRENCY_OF: dict[str, str] = {
    "SA": "SAR", "AE": "AED", "QA": "QAR", "KW": "KWD", "BH": "BHD", "OM": "OMR", "YE": "YER",
    "IQ": "IQD", "JO": "JOD", "SY": "SYP", "LB": "LBP", "EG": "EGP", "SD": "SDG", "LY": "LYD",
    "TN": "TND", "DZ": "DZD", "MA": "MAD", "MR": "MRU", "PS": "ILS", "IL": "ILS", "IR": "IRR",
    "TR": "TRY", "US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "HK": "HKD", "SG": "SGD",
    "TW": "TWD", "GB": "GBP", "CH": "CHF", "JP": "JPY", "CN": "CNY", "KR": "KRW", "IN": "INR",
    "PK": "PKR", "LK": "LKR", "NP": "NPR", "BD": "BDT", "MX": "MXN", "AR": "ARS", "CO": "COP",
    "CL": "CLP", "PE": "PEN", "UY": "UYU", "DO": "DOP", "CU": "CUP", "PH": "PHP", "BR": "BRL",
    "SE": "SEK", "NO": "NOK", "DK": "DKK", "CZ": "CZK", "IS": "ISK", "PL": "PLN", "HU": "HUF",
    "RU": "RUB", "UA": "UAH", "BY": "BYN", "KZ": "KZT", "RS": "RSD", "NG": "NGN", "KE": "KES",
    "TZ": "TZS", "UG": "UGX", "SO": "SOS", "ZA": "ZAR", "GH": "GHS", "SN": "XOF", "CI": "XOF",
    "ML": "XOF", "BF": "XOF", "BJ": "XOF", "TG": "XOF", "NE": "XOF", "CM": "XAF", "GA": "XAF",
    "CG": "XAF", "TD": "XAF", "CD": "CDF", "RW": "RWF", "DJ": "DJF", "GN": "GNF", "JM": "JMD",
    "TT": "TTD", "FJ": "FJD", "MY": "MYR", "ID": "IDR", "TH": "THB", "VN": "VND", "MO": "MOP",
    "MU": "MUR", "IT": "ITL", "FI": "FIM", "NL": "NLG", "DE": "DEM", "FR": "FRF",
    "BO": "BOB", "PY": "PYG", "VE": "VES", "CR": "CRC", "GT": "GTQ", "HN": "HNL", "NI": "NIO",
    "AO": "AOA", "MZ": "MZN", "CV": "CVE", "SS": "SSP", "KM": "KMF", "MG": "MGA", "BI": "BIF",
    "MK": "MKD", "NA": "NAD", "CF": "XAF", "GQ": "XAF", "ZM": "ZMW", "BW": "BWP",
    "AZ": "AZN", "TM": "TMT", "RO": "RON", "MD": "MDL", "AF": "AFN",
    "BG": "BGN", "MN": "MNT", "UZ": "UZS", "KG": "KGS", "TJ": "TJS", "AM": "AMD", "GE": "GEL",
    "HR": "HRK", "ET": "ETB",
}  # fmt: skip
THOUSANDTHS = frozenset({"KWD", "BHD", "OMR", "JOD", "IQD", "TND", "LYD"})
# Those whose prices are printed with three decimal places: 1.215 dinars.
THREE_PLACES = THOUSANDTHS - {"IQD"}
# What an unplaced sum is that exceeds all money of its usual country: 198 trillion dinars.
HUGE: dict[str, tuple[Decimal, str]] = {"KWD": (Decimal("5e10"), "IQD")}
# Whose coin a name may be, the usual one first.
MINOR: dict[str, tuple[str, ...]] = {
    "USD": (*FAMILIES["dollar"], "EUR", "ZAR", "KES", "TZS", "UGX"),
    "EUR": ("EUR", "CHF", "MAD", "DZD", "XOF", "XAF", "USD"),
    "cent": FAMILIES["cent"],
    "MAD": ("MAD", "DZD", "CHF", "EUR"),
    "AED": ("AED", "KWD", "BHD", "JOD", "IQD", "YER"),
    "EGP": ("EGP", "SDG", "SYP", "LBP"),
}


def candidates(name: str) -> tuple[str, ...]:
    """The currencies that `name` (an ISO code, a family or a unit) may mean; () if unknown."""
    if name in UNITS:
        return (UNITS[name][0],)
    if name in FAMILIES:
        return FAMILIES[name]
    return (name,) if name in CODES else ()


def minor_units(currency: str) -> int:
    """How many cents, fils or millimes make one `currency`."""
    return 1000 if currency in THOUSANDTHS else 100
