"""How does each language word related links, promotion and what else stands round a text?

One row per language, words separated by bars, as printed; `cuts` folds them.
"""

from __future__ import annotations

# Openings that never begin a sentence of news: they need no colon.
LINKS = {
    "ar": "اقرأ أيضا|اقرأ ايضا|اقرأ كذلك|اقرأ المزيد|طالع أيضا|شاهد أيضا|مواضيع ذات صلة|"
    "موضوعات ذات صلة|أخبار ذات صلة|مقالات ذات صلة|قد يهمك أيضا|قد يعجبك أيضا|"
    "للمزيد من الأخبار|للمزيد من التفاصيل|تابع القراءة|"
    "لقراءة المزيد|نرشح لك|ننصحك بقراءة",
    "en": "read also|also read|see also|related articles|related stories|you may also like|"
    "recommended stories|recommended reading|"
    "you might also like|"
    "read the full story|click here to read",
    "fr": "lire aussi|à lire aussi|lire également|à lire également|voir aussi|sur le même sujet|"
    "à relire|a lire sur",
    "de": "lesen sie auch|lesen sie mehr|mehr zum thema|siehe auch|auch interessant|"
    "das könnte sie auch interessieren|"
    "lesen sie hier|lesen sie dazu",
    "es": "lea también|lee también|te puede interesar|ver también|le puede interesar|"
    "lee además|"
    "también te puede interesar|quizá te interese",
    "pt": "leia também|leia mais|veja também|leia ainda|"
    "confira também|assista também|saiba mais sobre",
    "it": "leggi anche|leggi ancora|vedi anche|leggi pure|"
    "ti potrebbe interessare|potrebbe interessarti|leggi l'articolo",
    "tr": "bunu da oku|ilgili haber|ilgili haberler|bunlar da ilginizi çekebilir|ayrıca oku|"
    "ilginizi çekebilir",
    "ru": "читайте также|читать также|смотрите также|материалы по теме|читайте далее|"
    "читайте ещё|еще по теме|"
    "вам может быть интересно",
    "fa": "بیشتر بخوانید|همچنین بخوانید|مطالب مرتبط|خبرهای مرتبط|بیشتر بدانید|حتما بخوانید",
    "ur": "یہ بھی پڑھیں|مزید پڑھیں",
    "id": "baca juga|lihat juga",
    "ms": "baca lagi",
    "zh": "相关阅读|延伸阅读|相关新闻|更多阅读|相關閱讀|延伸閱讀|推荐阅读|推薦閱讀|"
    "相关报道|相關報導|相關新聞|热门文章|热门推荐|猜你喜欢|点击阅读|更多精彩|查看更多|另请阅读|【延伸",
    "ja": "関連記事|あわせて読みたい|【関連|関連ニュース|関連リンク|関連トピックス|"
    "こちらも読む|アクセスランキング|合わせて読みたい|もっと読む",
    "ko": "관련기사|관련 기사|함께 읽으면|함께 보면|많이 본 뉴스|이 기사도|주요 뉴스",
    "nl": "lees ook|lees verder|bekijk ook",
    "sv": "läs också|läs även",
    "hi": "यह भी पढ़ें|ये भी पढ़ें|इसे भी पढ़ें|संबंधित खबरें|यह भी देखें|और पढ़ें|ये भी देखें",
    "he": "קראו גם|עוד בנושא|כתבות נוספות|קראו עוד|לקריאה נוספת|אולי יעניין אותך|כתבות קשורות",
}
# Openings that are a label only with a mark behind them.
LABELS = {
    "ar": "أحدث الأخبار|آخر الأخبار|أخبار أخرى|أحدث المقالات|مقالات أخرى|"
    "أخبار متعلقة|موضوعات متعلقة|مواضيع متعلقة|اقرأ في|الأكثر قراءة|الأكثر مشاهدة|"
    "ذات علاقة|"
    "اقرأ|شاهد|شاهد بالفيديو|للمزيد|المزيد|قد يهمك|ذات صلة|طالع",
    "en": "latest news|latest stories|top stories|other news|more news|in this section|"
    "recent posts|recent articles|"
    "more stories|related news|related content|related topics|related posts|"
    "related reading|more from|more from this section|more from this author|most read|"
    "most popular|trending now|also in the news|"
    "more on this story|"
    "read more|read|more|related|related story|watch|listen|recommended|don't miss|must read|"
    "further reading|explore more|more on this|editor's picks|from the archives",
    "fr": "dernières actualités|à la une|autres articles|dernières nouvelles|"
    "dans la même rubrique|articles liés|articles associés|les plus lus|"
    "lire|pour aller plus loin|à voir|à écouter|notre dossier",
    "de": "neueste nachrichten|aktuelle nachrichten|weitere themen|"
    "weitere artikel|weitere nachrichten|meistgelesen|passend dazu|verwandte artikel|"
    "mehr lesen|"
    "mehr dazu|lesen|podcast|video",
    "es": "últimas noticias|otras noticias|ver más|"
    "noticias relacionadas|artículos relacionados|más noticias|lo más leído|mira también|"
    "leer también|puedes leer|"
    "leer más|más información|lee más|relacionado",
    "pt": "últimas notícias|outras notícias|"
    "veja mais|notícias relacionadas|mais lidas|matérias relacionadas|"
    "saiba mais|relacionado|leia",
    "it": "ultime notizie|altre notizie|"
    "articoli correlati|notizie correlate|i più letti|leggi tutto|"
    "per approfondire|leggi|approfondimento",
    "tr": "son haberler|diğer haberler|son dakika|"
    "bunlar da var|çok okunanlar|önerilen haberler|daha fazla oku|"
    "ayrıca bakınız|ilgili haber|haberin devamı",
    "ru": "лента новостей|последние новости|главные новости|главное за день|"
    "другие новости|самое читаемое|новости по теме|похожие материалы|рекомендуем|"
    "по теме|подробнее|читать",
    "fa": "آخرین اخبار|تازه ترین اخبار|"
    "اخبار مرتبط|در همین زمینه|پربازدیدترین|بیشتر ببینید|بخوانید|مرتبط",
    "nl": "laatste nieuws|meer nieuws|meer over dit onderwerp|meest gelezen|lees meer",
    "sv": "läs mer",
    "ko": "최신 뉴스|최신뉴스|추천 기사|추천뉴스|더 읽기|인기 기사|주요 뉴스",
    "ja": "新着記事|最新記事|最新ニュース|新着ニュース|おすすめ記事|人気記事|次の記事",
    "zh": "最新消息|最新新闻|最新新聞|更多新闻|其他新闻",
    "hi": "ताज़ा खबरें|अन्य खबरें",
    "he": "חדשות אחרונות|כתבות אחרונות|עוד כתבות",
    "vi": "xem thêm|đọc thêm",
    "pl": "czytaj także|zobacz też|czytaj więcej",
}
# Requests to follow, join, subscribe or share: (verb, what follows somewhere behind it).
PROMOTION = {
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
    "tr": (
        "abone olun|takip edin|katılın|bizi takip|indirin|kaydolun|üye olun",
        "whatsapp|telegram|bülten|bültenimize|google news|instagram|youtube|kanalımıza|"
        "kanalımızı|"
        "uygulamamızı",
    ),
    "zh": (
        "扫描|扫一扫|扫码|关注|订阅|下载|欢迎关注|敬请关注|加入|掃描|掃碼|關注|訂閱|追蹤|下載",
        "微信|公众号|二维码|客户端|公眾號|微博|電子報|电子报",
    ),
    "ja": (
        "フォロー|登録|購読|友だち追加|ダウンロード|公式line|公式x",
        "メルマガ|メールマガジン|ニュースレター|line|アプリ|公式|チャンネル|フォロー",
    ),
    "ko": (
        "구독|팔로우|채널 추가|카카오톡|네이버에서|텔레그램|제보",
        "채널|뉴스레터|카카오톡|유튜브|팔로우",
    ),
    "hi": (
        "हमारे|जुड़ें|सब्सक्राइब|फॉलो|डाउनलोड|हमें",
        "व्हाट्सएप|वॉट्सऐप|टेलीग्राम|न्यूजलेटर|फेसबुक|गूगल न्यूज|whatsapp|telegram",
    ),
    "he": (
        "עקבו|הצטרפו|הירשמו|הרשמו|הורידו|הצטרף",
        "וואטסאפ|ווטסאפ|טלגרם|פייסבוק|ניוזלטר|אפליקציה|ערוץ|לערוץ|לניוזלטר|אינסטגרם",
    ),
    "fa": (
        "ما را|دنبال کنید|عضو|به کانال|در کانال|بپیوندید",
        "تلگرام|اینستاگرام|کانال|خبرنامه|واتساپ|ایتا|بله|روبیکا|دنبال کنید",
    ),
    "nl": (
        "volg ons|volg|meld je aan|schrijf je in|abonneer|download",
        "whatsapp|nieuwsbrief|instagram|facebook|telegram|app|kanaal",
    ),
}
NOTES = (
    "advertisement|advertising|sponsored|sponsored content|share this article|share this story|"
    "إعلان|إعلانات|شارك المقال|شارك الخبر|publicité|anzeige|werbung|publicidad|publicidade|"
    "реклама|広告|광고|reklam|iklan|scroll to continue|story continues below advertisement"
)
# What stands under every text of a site: rights, print and mail buttons, forms for comments.
LEGAL = (
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
BYLINE = (
    "by|written by|reporting by|story by|von|par|por|di|door|av|bởi|بقلم|كتب|كتبت|إعداد|تحرير|"
    "ترجمة|автор|текст|oleh|penulis|yazan|نویسنده|文|記者"
)
# Counters and numbers that a layout prints round a text: alone on a line, with their number.
COUNTED = (
    "views|reads|news id|article id|reading time|read time|estimated reading time|shares|"
    "زمن القراءة|وقت القراءة|مدة القراءة|عدد المشاهدات|المشاهدات|مشاهدات|رقم الخبر|كود الخبر|"
    "temps de lecture|lesezeit|tiempo de lectura|tempo de leitura|tempo di lettura|leestijd|"
    "okuma süresi|okunma|время чтения|просмотров|просмотры|کد خبر|شناسه خبر|تعداد بازدید|"
    "زمان مطالعه|阅读量|阅读|閱讀|点击|浏览|조회|조회수|読了時間|閲覧数|זמן קריאה|पढ़ने का समय"
)
READING = (
    "min read|mins read|minute read|minutes read|min de lecture|minutes de lecture|min lesezeit|"
    "minuten lesezeit|min de lectura|min de leitura|min di lettura|دقائق قراءة|دقيقة قراءة|"
    "دقيقة للقراءة|دقائق للقراءة|مشاهدة|views|shares|comments|мин чтения|分で読めます|分钟阅读"
)
# A line that is only this, and perhaps a number, opens what readers wrote: the text has ended.
COMMENTS = (
    "comments|comment|readers' comments|leave a comment|post a comment|التعليقات|تعليقات|"
    "تعليقات القراء|أضف تعليق|commentaires|réactions|kommentare|leserkommentare|comentarios|"
    "comentários|commenti|yorumlar|комментарии|обсуждение|评论|网友评论|評論|留言|コメント|댓글|"
    "टिप्पणियां|टिप्पणी|תגובות|نظرات|نظر شما|دیدگاه ها|reacties|kommentarer"
)
