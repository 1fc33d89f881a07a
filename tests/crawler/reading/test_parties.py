"""Who gives and who gets, whichever way the sentence is built?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.model import Article, Side
from crawler.reading.read import Reader, headline, read_article

# language, title, recipient, investors; names without an id in companies.yaml stand as printed
SENTENCES = {
    "raises": ("en", "AI lab Tessaly raises $50 million", "Tessaly", []),
    "led by": (
        "en",
        "AI lab Tessaly raises $50 million in round led by Oakmere Capital",
        "Tessaly",
        ["Oakmere Capital"],
    ),
    "a list": (
        "en",
        "AI lab Tessaly raises $50 million from Nvidia, Oakmere Capital and Temasek",
        "Tessaly",
        ["nvidia", "Oakmere Capital", "temasek"],
    ),
    "invests in": ("en", "Nvidia invests $50 million in AI lab Tessaly", "Tessaly", ["nvidia"]),
    "buys": ("en", "Oracle buys AI lab Tessaly for $50 million", "Tessaly", ["oracle"]),
    "bought by": ("en", "AI lab Tessaly bought by Oracle for $50 million", "Tessaly", ["oracle"]),
    "a country's firm": ("en", "Chile's AI firm Tessaly raises $50 million", "Tessaly", []),
    "bir şey aldı": (
        "tr",
        "Yapay zekâ girişimi Sözcel, Altıgen Ventures liderliğinde 50 milyon dolar yatırım aldı",
        "Sözcel",
        ["Altıgen Ventures"],
    ),
    "birinden birine": (
        "tr",
        "Nvidia'dan yapay zekâ girişimi Sözcel'e 50 milyon dolar yatırım",
        "Sözcel",
        ["nvidia"],
    ),
    "birini satın aldı": (
        "tr",
        "Oracle, İzmir'deki yapay zekâ şirketi Sözcel'i 50 milyon dolara satın aldı",
        "Sözcel",
        ["oracle"],
    ),
    "birinin yüzde 51'ini": (
        "tr",
        "Oracle yapay zekâ şirketi Sözcel'in yüzde 51'ini 50 milyon dolara devraldı",
        "Sözcel",
        ["oracle"],
    ),
    "a budget": (
        "en",
        "Tessaly to spend $50 billion on AI data centers this year",
        None,
        ["Tessaly"],
    ),
    "تجمع": ("ar", "«تسالي» للذكاء الاصطناعي تجمع 50 مليون دولار", "تسالي", []),
    "جمعت": ("ar", "جمعت شركة «تسالي» للذكاء الاصطناعي 50 مليون دولار", "تسالي", []),
    "بقيادة": (
        "ar",
        "«تسالي» للذكاء الاصطناعي تجمع 50 مليون دولار بقيادة «أوكمير»",
        "تسالي",
        ["أوكمير"],
    ),
    "تستثمر في": (
        "ar",
        "إنفيديا تستثمر 50 مليون دولار في شركة «تسالي» للذكاء الاصطناعي",
        "تسالي",
        ["nvidia"],
    ),
    "تستحوذ على": (
        "ar",
        "أوراكل تستحوذ على «تسالي» للذكاء الاصطناعي مقابل 50 مليون دولار",
        "تسالي",
        ["oracle"],
    ),
    "استحوذت أوراكل": (
        "ar",
        "استحوذت أوراكل على «تسالي» للذكاء الاصطناعي مقابل 50 مليون دولار",
        "تسالي",
        ["oracle"],
    ),
    "liderada por": (
        "es",
        "Una startup de IA levanta 50 millones de euros en una ronda liderada por Oakmere Capital",
        None,
        ["Oakmere Capital"],
    ),
    "que lideraron": (
        "es",
        "Tessaly cierra 50 millones de euros para IA en la ronda que lideraron Oakmere y Temasek",
        "Tessaly",
        ["Oakmere", "temasek"],
    ),
    "compra por": (
        "es",
        "Oracle compra por unos 50 millones de euros la firma de IA Tessaly",
        "Tessaly",
        ["oracle"],
    ),
    "comprada pela": (
        "pt",
        "Empresa de IA Tessaly é comprada pela Oracle por 50 milhões de euros",
        "Tessaly",
        ["oracle"],
    ),
    "mené par": (
        "fr",
        "La start-up lyonnaise Calisto boucle un tour de 40 millions pour son IA mené par Eurazeo",
        "Calisto",
        ["eurazeo"],
    ),
    "a place": (
        "en",
        "Google to invest $6 billion in AI data centre in Andhra Pradesh",
        "andhra",
        ["alphabet"],
    ),
    "a university": (
        "en",
        "University of Leeds wins £12m grant for AI in medicine",
        "University of Leeds",
        [],
    ),
    "a city with a firm": (
        "en",
        "Toulouse-based AI start-up Querna raises €70m led by Temasek",
        "Querna",
        ["temasek"],
    ),
    "купил": (
        "ru",
        "Сбер купил разработчика нейросетей «Лингвон» за 3 млрд рублей",
        "Лингвон",
        ["sber"],
    ),
    "רוכשת": (
        "he",
        "מיקרוסופט רוכשת את חברת הבינה המלאכותית לומינר תמורת 200 מיליון דולר",
        "לומינר",
        ["microsoft"],
    ),
    "जुटाए": ("hi", "एआई स्टार्टअप रागिनी लैब्स ने जुटाए 4 करोड़ डॉलर", "रागिनी लैब्स", []),
    "を買収": ("ja", "富士通、AI企業のコトノバを120億円で買収", "コトノバ", ["fujitsu"]),
    "에 인수": ("ko", "네이버, AI 기업 글로리아 800억에 인수", "글로리아", ["naver"]),
    "짓는다": (
        "ko",
        "마이크로소프트가 부산에 AI 데이터센터를 짓는다… 3조원 투자 약속",
        "부산",
        ["microsoft"],
    ),
    "收购": ("zh", "腾讯拟12亿元收购语音AI公司声境智能", "声境智能", ["tencent"]),
    "建": ("zh", "微軟斥資30億美元在高雄建AI資料中心", "高雄", ["microsoft"]),
    "lève": ("fr", "Tessaly lève 50 millions d'euros pour son IA", "Tessaly", []),
}


@pytest.mark.parametrize(
    ("language", "title", "recipient", "investors"), SENTENCES.values(), ids=SENTENCES
)
def test_sides(
    language: str,
    title: str,
    recipient: str | None,
    investors: list[str],
    reader: Reader,
    article: Callable[..., Article],
) -> None:
    claim = headline(read_article(article(title, language=language), reader))

    assert claim is not None
    names = {side: [p.id or p.name for p in claim.parties if p.side is side] for side in Side}
    assert names[Side.RECIPIENT] == ([recipient] if recipient else [])
    assert names[Side.INVESTOR] == investors


# language, title, body, recipient
TOLD = {
    "a venture named late": (
        "en",
        "Two utilities pool their chips for AI",
        "Harrow Grid and Velden Power will set up a joint venture with $200 million of "
        "equity. The two have shared a control room since 2019. Both boards agreed on "
        "Monday. The plant will stand near a reservoir. Nobody else was asked. Regulators "
        "were told in spring. The venture is called Sluice Compute.",
        "Sluice Compute",
    ),
    "Se llama": (
        "es",
        "Nace un fondo de 40 millones de euros para startups de inteligencia artificial",
        "Se llama Catorce y lo gestionan dos antiguos ingenieros de Telefónica.",
        "Catorce",
    ),
    "une enseigne": (
        "fr",
        "Deux groupes créent une coentreprise dans l'intelligence artificielle",
        "Sovelec et Granvire apportent chacun 30 millions d'euros à une coentreprise "
        "baptisée « Quai des Calculs ».",
        "Quai des Calculs",
    ),
    "названо": (
        "ru",
        "Два холдинга вложат 3 млрд рублей в ускорители для нейросетей",
        "«Ветрогон» и «Камаэнерго» учредили совместное предприятие. Новое общество названо "
        "«Тихий Омут».",
        "Тихий Омут",
    ),
    "the maker of": (
        "en",
        "Maker of Plume chatbot raises $90 million",
        "Tessaly, the lab behind Plume, has raised $90 million for its AI models.",
        "Tessaly",
    ),
    "صانعة": (
        "ar",
        "صانعة «سمسم» تجمع 60 مليون دولار",
        "جمعت شركة «أطياف» للذكاء الاصطناعي، صانعة روبوت الدردشة «سمسم»، 60 مليون دولار في "
        "جولة تمويل.",
        "أطياف",
    ),
    "rival da": (
        "pt",
        "Rival da OpenAI levanta US$ 80 milhões",
        "A startup Lumiara, que desenvolve modelos de inteligência artificial, levantou US$ "
        "80 milhões em rodada liderada pelo fundo Kaszek.",
        "Lumiara",
    ),
    "geliştiricisi": (
        "tr",
        "Mırnav'ın geliştiricisi Sözcel 50 milyon dolar yatırım aldı",
        "Yapay zekâ girişimi Sözcel, sohbet robotu Mırnav için 50 milyon dolar yatırım aldı.",
        "Sözcel",
    ),
    "a university of a town": (
        "ar",
        "منحة بثلاثة ملايين دولار لأبحاث الذكاء الاصطناعي",
        "حصلت جامعة نزوى على منحة بقيمة 3 ملايين دولار لأبحاث الذكاء الاصطناعي.",
        "نزوى",
    ),
    "a preposition glued to the name": (
        "he",
        "מענק של 15 מיליון דולר לקרניאל",
        "הסטארט-אפ קרניאל, שמפתח מודלי שפה, קיבל מענק של 15 מיליון דולר מרשות החדשנות.",
        "קרניאל",
    ),
    "a Latin name in Japanese": (
        "ja",
        "日東精機、米AI検査企業を8000万ドルで買収",
        "日東精機は、深層学習による外観検査ソフトを開発する米国VisioLoom社の全株式を8000万ドルで取得し、買収する。",
        "VisioLoom",
    ),
    "a Latin name in Chinese": (
        "zh",
        "腾讯8000万美元收购AI公司Lumora",
        "腾讯宣布以8000万美元收购人工智能公司Lumora全部股权。",
        "Lumora",
    ),
    "everyday words": (
        "en",
        "Portuguese AI campus gets €400 million",
        "Start Campus has raised €400 million for an AI data centre, said chief executive "
        "Rita Lobo. The loan for Start Campus comes from six banks.",
        "Start Campus",
    ),
}


@pytest.mark.parametrize(("language", "title", "body", "recipient"), TOLD.values(), ids=TOLD)
def test_recipient_of_a_whole_story(
    language: str,
    title: str,
    body: str,
    recipient: str,
    reader: Reader,
    article: Callable[..., Article],
) -> None:
    claim = headline(read_article(article(title, body, language=language), reader))

    assert claim is not None
    assert [p.name for p in claim.parties if p.side is Side.RECIPIENT] == [recipient]


def test_an_unsure_reader_names_who_else_may_be_meant(
    reader: Reader, article: Callable[..., Article]
) -> None:
    unsure = headline(
        read_article(
            article(
                "$48 million for two AI labs",
                "Kelso, Brightwater and Ondrello share the money.",
            ),
            reader,
        )
    )
    sure = headline(read_article(article("AI lab Tessaly raises $50 million", ""), reader))

    assert unsure is not None
    assert sure is not None
    assert [p.name for p in unsure.perhaps] == ["Kelso", "Ondrello"]
    assert sure.perhaps == ()


GIVERS = {
    "no city": (
        "en",
        "Orvo raises $40 million led by Oakmere Capital",
        "AI start-up Orvo has raised $40 million in a round led by Oakmere Capital with Temasek, "
        "it said in Lisbon on Monday.",
        {"Oakmere Capital", "Temasek"},
    ),
    "no name of a round": (
        "en",
        "Tessaly Labs raises $120 million",
        "Tessaly Labs, a start-up that trains large language models, has raised $120 million in a "
        "Series B led by Aster Capital.",
        {"Aster Capital"},
    ),
    "the last of a list": (
        "fr",
        "Orvo lève 40 millions d'euros",
        "Le tour de table de la start-up d'intelligence artificielle Orvo est mené par Eurazeo, "
        "avec Bpifrance et Partech.",
        {"Eurazeo", "Bpifrance", "Partech"},
    ),
    "both of a venture": (
        "en",
        "Siemens, Nvidia form AI venture worth $2 billion",
        "Siemens and Nvidia have agreed to form a joint venture that will build industrial AI "
        "models. It will be funded with $2 billion.",
        {"Siemens", "Nvidia"},
    ),
}


@pytest.mark.parametrize(("language", "title", "body", "investors"), GIVERS.values(), ids=GIVERS)
def test_investors_of_a_whole_story(
    language: str,
    title: str,
    body: str,
    investors: set[str],
    reader: Reader,
    article: Callable[..., Article],
) -> None:
    claim = headline(read_article(article(title, body, language=language), reader))

    assert claim is not None
    assert {p.name for p in claim.parties if p.side is Side.INVESTOR} == investors


def test_one_name_in_two_scripts_has_one_key(
    reader: Reader, article: Callable[..., Article]
) -> None:
    english = headline(read_article(article("AI lab Zamberg raises $50 million"), reader))
    page = article("«زامبرغ» للذكاء الاصطناعي تجمع 50 مليون دولار", language="ar")
    arabic = headline(read_article(page, reader))

    assert english is not None
    assert arabic is not None
    assert english.parties[0].key == arabic.parties[0].key


WITHIN = {
    "Korean, with a particle": ("ko", "우버가 AI에 30억달러 투자", True),
    "Korean, another word": ("ko", "우버트랩이 AI에 30억달러 투자", False),
    "Korean, the end of a word": ("ko", "뉴메타가 AI에 30억달러 투자", False),
    "kana, before a particle": ("ja", "メタがAIに30億ドル投資", True),
    "kana, another word": ("ja", "メタバースAIに30億ドル投資", False),
    "kana, parted by a dot": ("ja", "アマゾン・ドット・コムがAIに30億ドル投資", True),
}


@pytest.mark.parametrize(("language", "title", "is_known"), WITHIN.values(), ids=WITHIN)
def test_a_known_name_is_no_part_of_another_word(
    language: str, title: str, is_known: bool, reader: Reader, article: Callable[..., Article]
) -> None:
    claim = headline(read_article(article(title, language=language), reader))

    assert claim is not None
    assert any(party.id for party in claim.parties) is is_known
