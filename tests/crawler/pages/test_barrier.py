"""Pages in place of an article, as sites of many languages word them, and articles that look so."""

# ruff: noqa: E501 - pages stand as they are served

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from crawler.pages.page import read_page

STORIES = yaml.safe_load((Path(__file__).parent / "layouts" / "texts.yaml").read_text("utf-8"))
URL = "https://daily.example/economy/2026/story-1"

# Under the first paragraph of a story: what asks for a subscription.
PAYWALLS = {
    "ar": "هذا المحتوى حصري للمشتركين. اشترك الآن لمواصلة القراءة",
    "en": "Subscribe to continue reading this article. Already a subscriber? Sign in",
    "fr": "Il vous reste 85 % de cet article à lire. La suite est réservée aux abonnés.",
    "de": "Weiterlesen mit Nordblatt Plus. Jetzt für 1 Euro testen",
    "es": "Suscríbete para seguir leyendo. ¿Ya eres suscriptor? Inicia sesión",
    "pt": "Conteúdo exclusivo para assinantes. Assine para continuar lendo",
    "it": "Questo contenuto è riservato agli abbonati. Abbonati per continuare a leggere",
    "tr": "Haberin devamını okumak için abone olun. Bu içerik abonelere özeldir.",
    "ru": "Материал доступен только по подписке. Оформите подписку, чтобы читать дальше",
    "zh": "本文为付费内容，订阅后可继续阅读全文",
    "ja": "この記事は有料会員限定です。残り1240文字。続きを読むには会員登録が必要です",
    "ko": "이 기사는 유료 회원 전용입니다. 구독하고 계속 읽기",
    "hi": "यह लेख केवल सब्सक्राइबर के लिए है। आगे पढ़ने के लिए सब्सक्राइब करें",
    "he": "הכתבה המלאה למנויים בלבד. להמשך קריאה הצטרפו כמנויים",
    "fa": "ادامه این مطلب ویژه مشترکان است. برای خواندن ادامه مطلب اشتراک تهیه کنید",
    "nl": "Dit artikel is alleen voor abonnees. Neem een abonnement om verder te lezen",
}


def document(title: str, body: str, head: str = "") -> str:
    return (
        f"<html><head><title>{title} | Daily</title>{head}</head><body><header><a href='/'>Daily"
        f"</a></header><main>{body}</main><footer>© 2026 Daily</footer></body></html>"
    )


def story(language: str, count: int, under: str = "", head: str = "") -> str:
    told = STORIES[language]
    text = "".join(f"<p>{paragraph}</p>" for paragraph in told["body"][:count])
    return document(told["title"], f"<h1>{told['title']}</h1>{text}{under}", head)


LOCKED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "%s", '
    '"isAccessibleForFree": "False", "hasPart": {"@type": "WebPageElement", '
    '"isAccessibleForFree": false, "cssSelector": ".rest"}}</script>'
)
ASKS = "<div class='wall'><p>Subscribe to continue reading.</p><a href='/s'>Subscribe</a></div>"

WALLS = {
    **{
        f"paywall {language}": (story(language, 1, f"<div class='gate'><p>{words}</p></div>"), "paywall")
        for language, words in PAYWALLS.items()
    },
    "paywall by its own word, teaser of two paragraphs": (
        story("en", 2, ASKS, LOCKED % STORIES["en"]["title"]),
        "paywall",
    ),
    "paywall, text cut in the middle": (
        story("en", 2, "<p>The money will come from cash flow and a syndicated loan led by…</p>",
              LOCKED % STORIES["en"]["title"]),
        "paywall",
    ),
    "captcha": (
        document("daily.example", "<div class='cf-turnstile'></div><p>Verify you are human</p>"),
        "captcha",
    ),
    "captcha in words only": (
        document("Daily", "<h1>daily.example</h1><p>Verifying you are human. This may take a few "
                 "seconds.</p><p>daily.example needs to review the security of your connection "
                 "before proceeding.</p>"),
        "captcha",
    ),
    "robot check": (
        document("Daily", "<h2>We've detected unusual activity from your computer network</h2>"
                 "<p>To continue, please click the box below to let us know you're not a robot."
                 "</p>"),
        "captcha",
    ),
    "blocked": (
        document("Attention Required!", "<h1>Sorry, you have been blocked</h1><p>You are unable "
                 "to access daily.example. This website is using a security service to protect "
                 "itself from online attacks.</p>"),
        "refused",
    ),
    "denied": (
        document("Access to this page has been denied", "<p>Access to this page has been denied "
                 "because we believe you are using automation tools to browse the website.</p>"),
        "refused",
    ),
    "region": (
        document("Daily", "<h1>451: Unavailable due to legal reasons</h1><p>We recognize you are "
                 "attempting to access this website from a country belonging to the European "
                 "Economic Area and therefore access cannot be granted at this time.</p>"),
        "refused",
    ),
    "denied de": (document("Zugriff verweigert", "<p>Sie haben keine Berechtigung, diese Seite "
                           "auf diesem Server aufzurufen. Referenz 18.3f</p>"), "refused"),
    "denied ru": (document("Доступ ограничен", "<h1>Доступ ограничен</h1><p>Доступ к ресурсу "
                           "с вашего адреса ограничен по решению владельца сайта.</p>"), "refused"),
    "denied ar": (document("تم رفض الوصول", "<p>ليس لديك صلاحية الوصول إلى هذه الصفحة من هذا "
                           "الخادم. رقم المرجع 18.44</p>"), "refused"),
    "consent en": (
        document("Daily: your privacy", "<h1>We value your privacy</h1><p>We and our 842 partners "
                 "store and access information on a device, such as cookies. You may click to "
                 "consent to our processing.</p><p>You can change your preferences at any time. "
                 "Accept all or manage options.</p>"),
        "consent",
    ),
    "consent de": (
        document("Daily", "<h1>Willkommen bei Daily</h1><p>Mit Werbung und Cookies weiterlesen: Wir"
                 " und unsere Partner verarbeiten Daten. Mit Ihrer Einwilligung finanzieren Sie "
                 "unser Angebot.</p><p>Alle akzeptieren oder Einstellungen verwalten. Weitere "
                 "Informationen in der Datenschutzerklärung.</p>"),
        "consent",
    ),
    "consent fr": (
        document("Daily", "<h2>Vos choix en matière de cookies</h2><p>Avec votre consentement, nous"
                 " et nos partenaires utilisons des cookies pour stocker et accéder à des "
                 "informations. Tout accepter ou continuer sans accepter.</p>"),
        "consent",
    ),
    "login": (
        document("Sign in", "<h1>Sign in to your account</h1><form><input type='email'><input "
                 "type='password'><button>Sign in</button></form><p>New here? Create an account to "
                 "read ten articles a month.</p>"),
        "login",
    ),
    "login ar": (
        document("تسجيل الدخول", "<h1>تسجيل الدخول</h1><form><input type='password'></form><p>ليس "
                 "لديك حساب؟ أنشئ حسابا جديدا لقراءة المقالات كاملة على موقعنا.</p>"),
        "login",
    ),
    "login ru": (
        document("Вход в личный кабинет", "<form><input type='password'></form><p>Введите адрес "
                 "электронной почты и пароль, чтобы продолжить чтение материалов сайта.</p>"),
        "login",
    ),
    "maintenance": (
        document("Daily", "<h1>We'll be right back</h1><p>Our site is down for scheduled "
                 "maintenance. Please check back in a few minutes, we apologise.</p>"),
        "refused",
    ),
    "bad gateway": (
        document("502 Bad Gateway", "<h1>502 Bad Gateway</h1><p>The server returned an invalid or "
                 "incomplete response to the edge.</p>"),
        "refused",
    ),
}  # fmt: skip

MISSING = {
    "ar": ("الصفحة غير موجودة", "عذرا، الصفحة التي تبحث عنها غير موجودة أو تم نقلها إلى مكان آخر."),
    "en": ("Page not found", "Sorry, the page you are looking for does not exist or has moved."),
    "fr": ("Page introuvable", "La page que vous recherchez n’existe pas ou a été déplacée."),
    "de": ("Seite nicht gefunden", "Die gesuchte Seite existiert nicht oder wurde verschoben."),
    "es": ("Página no encontrada", "La página que busca no existe o ha cambiado de dirección."),
    "pt": ("Página não encontrada", "A página que você procura não existe ou mudou de endereço."),
    "it": ("Pagina non trovata", "La pagina che stai cercando non esiste o è stata spostata."),
    "tr": ("Sayfa bulunamadı", "Aradığınız sayfa bulunamadı veya başka bir adrese taşındı."),
    "ru": ("Страница не найдена", "К сожалению, такой страницы не существует или она удалена."),
    "zh": ("页面不存在", "抱歉，您访问的页面不存在或已被删除，请返回首页浏览其他内容，感谢您的理解与支持。"),
    "ja": ("ページが見つかりません", "お探しのページは移動または削除された可能性があります。トップページからお探しください。"),
    "ko": ("페이지를 찾을 수 없습니다", "요청하신 페이지가 삭제되었거나 주소가 변경되었습니다. 홈으로 이동해 주세요."),
    "hi": ("पृष्ठ नहीं मिला", "क्षमा करें, आप जिस पृष्ठ को खोज रहे हैं वह मौजूद नहीं है या हटा दिया गया है।"),
    "he": ("הדף לא נמצא", "מצטערים, הדף שחיפשתם אינו קיים או שהועבר לכתובת אחרת באתר."),
    "fa": ("صفحه مورد نظر یافت نشد", "متأسفانه صفحه‌ای که به دنبال آن هستید وجود ندارد یا حذف شده است."),
    "404": ("404", "The requested URL was not found on this server. That is all we know of it."),
    "error": ("Error 404 - Not Found", "Nothing was found here. Maybe try a search instead of it?"),
}  # fmt: skip
HEADLINES = [
    ("Halden Grid to spend $4 billion on data centres", "The first of three sites opens this year."),
    ("Ferry fares to rise from January on all routes", "Fuel is dearer than it was a year ago, the operator says."),
    ("Port of Arle reopens after eleven days of storm", "Ships wait in a row of thirty outside the harbour."),
    ("Mayor's budget passes the council by one vote", "Schools get more, roads get less than the year before."),
    ("Wind farms wait four years for their connection", "The network operator blames the courts and the permits."),
    ("Central bank leaves its rate where it has been", "Two members of the board voted for a cut this time."),
    ("A new chip factory for the old shipyard in Arle", "Work could begin in spring if the money is found."),
    ("Why the salmon came back to the river this year", "Cleaner water and fewer nets are two of the reasons."),
    ("Insurers count the cost of the autumn storms", "The bill is twice as high as in the year before."),
]  # fmt: skip
INDEX = "<h1>Economy</h1>" + "".join(
    f"<div class='item'><h2><a href='/{i}'>{title}</a></h2><p>{teaser} {teaser}</p></div>"
    for i, (title, teaser) in enumerate(HEADLINES)
)
LIVE = "<h1>Markets live: chip shares fall after the Halden plan</h1>" + "".join(
    f"<div class='update'><time datetime='2026-11-24T{20 - i}:10:00Z'>{20 - i}:10</time>"
    f"<h2>{title}</h2><p>{teaser} {teaser}</p></div>"
    for i, (title, teaser) in enumerate(HEADLINES)
)
OTHERS = {
    **{
        f"missing {name}": (document(title, f"<h1>{title}</h1><p>{text}</p>"), "not_found")
        for name, (title, text) in MISSING.items()
    },
    "missing, with the news of the day": (
        document("Page not found", f"<h1>Oops!</h1><p>{MISSING['en'][1]}</p>{INDEX}"),
        "not_found",
    ),
    "index of a section": (document("Economy", INDEX), "index_page"),
    "index that calls itself a website": (
        document("Economy", INDEX, "<meta property='og:type' content='website'>"),
        "index_page",
    ),
    "live blog by its own word": (
        document("Markets live", LIVE, '<script type="application/ld+json">{"@type": '
                 '"LiveBlogPosting", "headline": "Markets live: chip shares fall after the Halden '
                 'plan", "datePublished": "2026-11-24T08:00:00Z"}</script>'),
        "live_blog",
    ),
    "gallery": (
        document("In pictures: the storm of Arle", "<h1>In pictures: the storm of Arle</h1>"
                 + "".join(f"<figure><img src='{i}.jpg'><figcaption>{t}</figcaption></figure>"
                           for i, (_, t) in enumerate(HEADLINES)),
                 '<script type="application/ld+json">{"@type": "ImageGallery", "name": "In '
                 'pictures: the storm of Arle"}</script>'),
        "gallery",
    ),
}  # fmt: skip
METERED = "<p class='metered'>Already a subscriber? Sign in. Subscribe to unlock more stories.</p>"
ARTICLES = {
    "all of it stands there although it is locked": story("en", 5, "", LOCKED % STORIES["en"]["title"]),
    "a request to subscribe under a whole text": story("en", 5, METERED),
    "Chinese, short and whole": story("zh", 3),
    "about cookies": document(
        "Watchdog fines shop over cookies",
        "<h1>Watchdog fines shop over cookies</h1><p>The data watchdog fined a shop 40 million euros"
        " on Tuesday because it stored cookies before visitors gave their consent, and asked it to"
        " change the banner within three months.</p><p>The shop said that it would appeal. Its "
        "partners had set the cookies, it argued, and the privacy of no customer was harmed.</p>",
    ),
    "about captchas": document(
        "Captcha maker raises $60m to tell humans from bots",
        "<h1>Captcha maker raises $60m to tell humans from bots</h1><p>A company that asks people to "
        "verify they are human raised 60 million dollars on Tuesday at a valuation of 400 million, "
        "it said.</p><p>The money will go into models that spot unusual traffic without puzzles.</p>",
    ),
    "named 404": document(
        "404 Press raises $10 million for local news",
        "<h1>404 Press raises $10 million for local news</h1><p>The publisher 404 Press raised 10 "
        "million dollars from three foundations to open newsrooms in towns that have none.</p>",
    ),
    "with a list of nine other stories under it": story("en", 5, f"<section>{INDEX}</section>").replace(
        "<h1>Economy</h1>", "<h2>Economy</h2>"
    ),
    "with a form for readers to sign in": story(
        "en", 4, "<form><input type='email'><input type='password'><button>Sign in</button></form>"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("html", "code"), {**WALLS, **OTHERS}.values(), ids=[*WALLS, *OTHERS])
def test_what_stands_in_place_of_an_article_is_named(fetch, html, code):
    result = read_page(fetch(html, url=URL))

    assert result.article is None
    assert [reason.code for reason in result.reasons] == [code]


@pytest.mark.parametrize("html", ARTICLES.values(), ids=ARTICLES)
def test_what_only_looks_so_is_an_article(fetch, html):
    assert read_page(fetch(html, url=URL)).article is not None
