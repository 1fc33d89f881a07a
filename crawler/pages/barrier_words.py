"""How do sites word a wall: subscribe, sign in, consent, are you human, refused, not found?

One row per language, phrases separated by bars, as printed; `barrier` and `kind` fold them. "…"
stands for a few words between.
"""

from __future__ import annotations

# A wall across one text. Offers that stand under every text ("Already a subscriber?") are in HINTS.
PAYWALL = {
    "ar": "هذا المحتوى … للمشتركين|هذا المقال … للمشتركين|للمشتركين فقط|حصري للمشتركين|"
    "اشترك … لمواصلة القراءة|اشترك … لقراءة|اشترك … لمتابعة القراءة|سجل … لمواصلة القراءة|"
    "سجل الدخول لمتابعة القراءة|سجل الدخول لقراءة|لقراءة المقال كاملا|لقراءة بقية المقال|"
    "خاص بالمشتركين|متاح للمشتركين",
    "en": "subscribe … to continue|subscribe … to read|subscribe … to keep reading|"
    "subscribe to unlock this|to continue reading this|to read the full story|"
    "to read the full article|"
    "to read this article|this article is for|this article is reserved for|this story is reserved|"
    "this content is for … subscribers|this story is for … subscribers|for subscribers only|"
    "subscriber-only|subscribers only|is exclusive to subscribers|exclusive for subscribers|"
    "exclusively for subscribers|available to subscribers|sign in to read|sign in to continue|"
    "log in to read|log in to continue|login to read|register to read|register to continue|"
    "create a free account to|you have reached your limit|you've reached your limit|"
    "you have read your last free|start your free trial to|unlock this article|"
    "become a member to read",
    "fr": "réservé aux abonnés|réservée aux abonnés|réservé à nos abonnés|réservée à nos abonnés|"
    "abonnez-vous pour lire|abonnez-vous pour continuer|abonnez-vous pour accéder|"
    "il vous reste … à lire|il vous reste … à découvrir|la suite est réservée|pour lire la suite|"
    "pour lire cet article|contenu réservé|connectez-vous pour lire|créez un compte pour lire",
    "de": "weiterlesen mit|weiterlesen nach anmeldung|um weiterzulesen|"
    "nur für abonnenten|exklusiv für abonnenten|lesen sie weiter mit|"
    "diesen artikel weiterlesen|melden sie sich an, um|abonnieren sie, um|mit … abo weiterlesen|"
    "dieser artikel ist … abonnenten|nur mit abo|jetzt testen und weiterlesen|"
    "artikel freischalten",
    "es": "suscríbete para seguir|suscríbete para leer|suscríbete para continuar|"
    "suscríbase para seguir|suscríbase para leer|suscríbase para continuar|para seguir leyendo|"
    "para continuar leyendo|exclusivo para suscriptores|solo para suscriptores|"
    "sólo para suscriptores|contenido exclusivo para|regístrate para leer|"
    "inicia sesión para seguir|regístrate para seguir",
    "pt": "exclusivo para assinantes|exclusiva para assinantes|só para assinantes|"
    "somente para assinantes|assine para continuar|assine para ler|para continuar lendo|"
    "para ler a íntegra|para seguir lendo|"
    "exclusivo assinantes|para continuar a ler",
    "it": "riservato agli abbonati|riservata agli abbonati|contenuto riservato|"
    "abbonati per continuare|abbonati per leggere|per continuare a leggere|solo per gli abbonati|"
    "per leggere tutto|registrati per leggere|accedi per leggere|per proseguire la lettura",
    "tr": "okumak için abone|abonelere özel|sadece aboneler|yalnızca aboneler|"
    "devamını okumak için|okumaya devam etmek için|abone olarak devam|giriş yaparak okuy|"
    "üyelere özel",
    "ru": "только по подписке|доступен только подписчикам|доступно только подписчикам|"
    "доступна только подписчикам|только для подписчиков|"
    "подпишитесь, чтобы|чтобы читать дальше|чтобы продолжить чтение|доступ по подписке|"
    "полный текст доступен|материал для подписчиков|войдите, чтобы прочитать",
    "zh": "订阅后|付费内容|付费阅读|会员专享|会员专属|登录后阅读|购买全文|阅读全文需|"
    "訂閱後|付費內容|會員專屬|會員限定|訂閱解鎖|登入後閱讀|仅限会员|僅限會員|订阅即可|成为会员",
    "ja": "会員限定|有料会員|有料記事|残り…文字|続きを読むには|続きは会員|会員登録が必要|"
    "ログインして続き|購読すると|この記事は有料",
    "ko": "회원 전용|구독자 전용|유료 회원|유료 기사|구독하고 계속|로그인 후 이용|로그인하고 계속|"
    "구독 후 이용|프리미엄 전용|전문을 보시려면|전문을 보려면|로그인이 필요한 기사",
    "hi": "सब्सक्राइबर के लिए है|केवल सब्सक्राइबर|आगे पढ़ने के लिए सब्सक्राइब|पूरा पढ़ने के लिए|"
    "सदस्यता लें|"
    "पढ़ने के लिए लॉग इन|पढ़ने के लिए लॉगिन|केवल सदस्यों के लिए",
    "he": "למנויים בלבד|לכתבה המלאה|להמשך קריאה|למנויי|כתבה זו למנויים|הירשמו כדי לקרוא|"
    "התחברו כדי להמשיך",
    "fa": "ویژه مشترکان|ویژه مشترکین|مخصوص مشترکان|اشتراک تهیه کنید|برای خواندن ادامه|"
    "برای مطالعه ادامه|برای ادامه مطالعه|وارد شوید تا",
    "nl": "alleen voor abonnees|exclusief voor abonnees|om verder te lezen|"
    "lees verder met|neem een abonnement",
}
HINTS = (
    "already a subscriber|already have an account|déjà abonné|schon abonnent|bereits abonnent|"
    "ya eres suscriptor|já é assinante|già abbonato|aboneyseniz|уже подписаны|هل أنت مشترك|"
    "已有账号"
)
HUMAN = (
    "verify you are human|verify that you are human|verifying you are human|are you a robot|"
    "you're not a robot|you are not a robot|not a robot|i am human|unusual activity|"
    "unusual traffic|"
    "needs to review the security of your connection|checking your browser|checking if the site|"
    "enable javascript and cookies to continue|please enable js and disable|complete the security|"
    "solve the captcha|prove you are human|press and hold|"
    "êtes pas un robot|vérifiez que vous êtes humain|kein roboter|ob sie ein mensch sind|"
    "no eres un robot|no soy un robot|não é um robô|não sou um robô|non sei un robot|"
    "robot olmadığınızı|"
    "вы не робот|что вы человек|أنك لست روبوت|أنك إنسان|لست برنامج روبوت|请完成验证|"
    "安全验证|人机验证|"
    "ロボットではありません|로봇이 아닙니다|आप रोबोट नहीं|אינך רובוט|ربات نیستید|geen robot"
)
CAPTCHA_TITLES = (
    "just a moment|attention required|robot or human|are you human|are you a human|"
    "bot verification|verifying you are|verify you are|verify that you are|security check|"
    "please verify|one more step|pardon our interruption|checking your browser|"
    "human verification|un instant|einen moment|vous êtes un robot|التحقق من أنك|"
    "لحظة من فضلك|جار التحقق|安全验证|人机验证"
)
REFUSED = (
    "access denied|access to this page has been denied|access forbidden|403 forbidden|"
    "error 403|403 error|403 - forbidden|you have been blocked|"
    "sorry, you have been blocked|request unsuccessful|request blocked|too many requests|"
    "ddos protection|service unavailable|service temporarily unavailable|"
    "503 service|502 bad gateway|bad gateway|gateway timeout|gateway time-out|504 gateway|"
    "500 internal|internal server error|451 unavailable|451: unavailable|"
    "unavailable for legal reasons|unavailable due to legal reasons|"
    "not available in your region|not available in your country|unavailable in your region|"
    "unavailable in your country|unavailable in your location|under maintenance|"
    "scheduled maintenance|site maintenance|we'll be right back|we will be right back|"
    "تم رفض الوصول|الوصول مرفوض|تم حظر|تم حظرك|الوصول محظور|الموقع تحت الصيانة|الموقع قيد الصيانة|"
    "accès refusé|accès interdit|site en maintenance|zugriff verweigert|zugriff gesperrt|"
    "wartungsarbeiten|acceso denegado|acceso restringido|sitio en mantenimiento|acesso negado|"
    "site em manutenção|accesso negato|sito in manutenzione|erişim engellendi|erişim reddedildi|"
    "доступ запрещен|доступ ограничен|доступ закрыт|технические работы|访问被拒绝|访问受限|"
    "拒绝访问|"
    "訪問被拒絕|アクセスが拒否|アクセス拒否|アクセスできません|メンテナンス中|접근이 거부|"
    "접근이 차단|접속이 차단|"
    "서비스 점검|पहुंच अस्वीकृत|प्रवेश निषेध|הגישה נחסמה|הגישה נדחתה|دسترسی مسدود|"
    "دسترسی غیرمجاز|دسترسی ممنوع|toegang geweigerd"
)
CONSENT_TITLES = (
    "before you continue|your privacy|privacy settings|privacy choices|privacy notice|"
    "we value your privacy|cookie consent|cookie settings|cookie preferences|consent|"
    "avant de continuer|bevor sie|datenschutz-einstellungen|datenschutzeinstellungen|"
    "gérer vos cookies|gérer mes cookies|سياسة ملفات الارتباط|إعدادات الخصوصية"
)
# What only a consent page says of itself; three of them and no article is one.
CONSENT = (
    "we value your privacy|we use cookies|our partners store|our partners process|"
    "and our partners|"
    "partners store and|click to consent|consent to our|accept all|"
    "reject all|manage options|manage preferences|change your preferences|withdraw your consent|"
    "access information on a device|personalised ads|personalized ads|privacy policy|"
    "unsere partner|ihrer einwilligung|ihre einwilligung|alle akzeptieren|einstellungen verwalten|"
    "datenschutzerklärung|mit werbung|wir verwenden cookies|"
    "votre consentement|nos partenaires|tout accepter|continuer sans accepter|"
    "paramétrer|en matière de cookies|nous utilisons des cookies|accéder à des informations|"
    "nuestros socios|su consentimiento|tu consentimiento|aceptar todo|aceptar y continuar|"
    "utilizamos cookies|rechazar todo|configurar|política de privacidad|"
    "nossos parceiros|seu consentimento|aceitar todos|aceitar e continuar|usamos cookies|"
    "i nostri partner|il tuo consenso|accetta tutto|accetta e continua|utilizziamo i cookie|"
    "ortaklarımız|çerezleri kullan|tümünü kabul|gizlilik politikası|"
    "мы используем cookie|мы используем файлы cookie|принять все|наши партнеры|"
    "نستخدم ملفات تعريف الارتباط|شركاؤنا|قبول الكل|سياسة الخصوصية|موافقتك|"
    "我们使用cookie|我们的合作伙伴|全部接受|隐私政策|クッキーを使用|すべて同意|"
    "プライバシーポリシー|"
    "쿠키를 사용|모두 동의|개인정보 처리방침|onze partners|alles accepteren|wij gebruiken cookies"
)
REFUSED_ALONE = "forbidden|blocked|denied|error|maintenance|blocked request"
LOGIN_TITLES = (
    "sign in|log in|login|sign in to your account|log in to your account|member login|"
    "account login|sign in or register|create an account|تسجيل الدخول|تسجيل دخول|دخول الأعضاء|"
    "connexion|se connecter|identifiez-vous|anmelden|anmeldung|einloggen|iniciar sesión|"
    "inicia sesión|acceder|entrar|fazer login|accedi|login utente|giriş yap|üye girişi|вход|войти|"
    "вход в личный кабинет|авторизация|登录|用户登录|登入|会员登录|ログイン|로그인|लॉग इन|लॉगिन|"
    "התחברות|כניסה למערכת|ورود|ورود به حساب|inloggen"
)
MISSING = (
    "page not found|page cannot be found|page can't be found|page could not be found|not found|"
    "page does not exist|page doesn't exist|this page isn't available|this page is not available|"
    "page no longer available|article not found|content not found|story not found|"
    "page unavailable|page missing|oops! that page|we can't find that page|nothing found|"
    "404|error 404|404 error|404 not found|404 - not found|error 404 - not found|404 page|"
    "404 page not found|404 - page not found|404: page not found|http 404|410 gone|"
    "الصفحة غير موجودة|الصفحة المطلوبة غير موجودة|لم يتم العثور على الصفحة|صفحة غير موجودة|"
    "عذرا الصفحة غير موجودة|page introuvable|page non trouvée|cette page n'existe pas|erreur 404|"
    "seite nicht gefunden|seite existiert nicht|die seite wurde nicht gefunden|fehler 404|"
    "página no encontrada|la página no existe|error 404 página no encontrada|"
    "página não encontrada|esta página não existe|erro 404|pagina non trovata|"
    "la pagina non esiste|errore 404|sayfa bulunamadı|aradığınız sayfa bulunamadı|hata 404|"
    "страница не найдена|страница не существует|ошибка 404|404 страница не найдена|"
    "页面不存在|找不到页面|页面未找到|您访问的页面不存在|頁面不存在|找不到頁面|404 页面不存在|"
    "ページが見つかりません|お探しのページは見つかりません|お探しのページが見つかりません|"
    "페이지를 찾을 수 없습니다|존재하지 않는 페이지|존재하지 않는 기사입니다|पृष्ठ नहीं मिला|"
    "पेज नहीं मिला|"
    "הדף לא נמצא|העמוד לא נמצא|صفحه یافت نشد|صفحه مورد نظر یافت نشد|"
    "صفحه پیدا نشد|pagina niet gevonden|sidan hittades inte|sidan kunde inte hittas"
)
