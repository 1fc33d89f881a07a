"""Lines that stand in a text and are not of it, and lines that only look so."""

from __future__ import annotations

import pytest

from crawler.pages.cuts import is_byline, is_foreign_line

FOREIGN = [
    "اقرأ أيضًا: شركة أخرى تستثمر 80 مليار دولار",
    "إقرأ أيضا| شركة أخرى تستثمر 80 مليار دولار",
    "اقرأ أيضاً شركة أخرى تستثمر 80 مليار دولار",
    "شاهد أيضًا: كيف تعمل مراكز البيانات",
    "طالع أيضًا.. سباق الإنفاق",
    "قد يهمك: سباق الإنفاق",
    "مواضيع ذات صلة",
    "تابعوا قناتنا على واتساب لمتابعة آخر الأخبار",
    "للاشتراك في النشرة البريدية اضغط هنا",
    "انضم إلى قناتنا على تيليغرام",
    "جميع الحقوق محفوظة",
    "إعلان",
    "Read also: Another company spends $80bn",
    "Also read | Another company",
    "READ MORE: Chips are short",
    "Related: The race for chips",
    "Related articles",
    "Follow us on WhatsApp and Telegram",
    "Sign up for our newsletter to get the news in your inbox",
    "Advertisement",
    "Copyright © 2025 The Paper. All rights reserved.",
    "Lire aussi : La course aux puces",
    "À lire aussi – La course aux puces",
    "Suivez-nous sur WhatsApp",
    "Lesen Sie auch: Das Rennen um Chips",
    "Folgen Sie uns auf unserem WhatsApp-Kanal",
    "Lea también: La carrera",
    "Leia também: A corrida",
    "Leggi anche: La corsa",
    "Читайте также: Гонка",
    "Подписывайтесь на наш канал в Telegram",
    "بیشتر بخوانید: مسابقه",
    "یہ بھی پڑھیں: دوڑ",
    "Baca juga: Perlombaan",
    "相关阅读：竞赛",
    "関連記事：競争",
    "[관련기사] 경쟁",
    "للمزيد من الأخبار، تابعونا عبر قناتنا على تيليغرام",
    "More from this section:",
    "Related stories",
    "Das könnte Sie auch interessieren",
    "Lee además: La carrera",
    "Confira também: A corrida",
    "Ti potrebbe interessare: La corsa",
    "İLGİLİ HABER: Yarış",
    "Abone olun: bültenimize katılın",
    "推荐阅读",
    "扫描二维码关注北方财经微信公众号",
    "公式LINEをフォローして最新情報を受け取る",
    "함께 보면 좋은 기사",
    "텔레그램 채널을 구독하세요",
    "हमारे व्हाट्सएप चैनल से जुड़ें",
    "הצטרפו לערוץ הטלגרם שלנו",
    "קראו גם: המרוץ",
    "ما را در اینستاگرام دنبال کنید",
    "Volg ons op WhatsApp",
    "کد خبر: ۸۵۶۶۱۲۰",
    "4 min read",
    "Tiempo de lectura: 3 min",
    "Просмотров: 412",
]
OWN = [
    "اقرأ التقرير كاملا قبل أن تحكم على الشركة، قال المحلل في حديثه.",
    "شاهد المستثمرون ارتفاع السهم بعد الإعلان عن الخطة.",
    "تابع المستثمرون الإعلان عن كثب قبل افتتاح السوق.",
    "انضمت الشركة إلى تحالف قيمته 500 مليار دولار.",
    "إعلانات الشركة الأخيرة رفعت السهم.",
    "تعتزم ميتا استثمار ما بين 60 و65 مليار دولار.",
    "Related spending rose by 20 per cent in the year.",
    "Read the report before you judge, the analyst said.",
    "Follow-on funding of $2bn came from Telegram's founder in 2024.",
    "Subscribers pay 20 dollars a month for the newsletter, and 3 million do.",
    "Watch makers invest in artificial intelligence.",
    "More than 60 billion dollars will be spent.",
    "Join ventures such as this one are rare.",
    "Advertising revenue rose to 40 billion dollars.",
    "Mehr als 60 Milliarden Dollar sollen fließen.",
    "Lire entre les lignes est difficile.",
    "Related content providers said they would sue.",
    "More from each contract will go to the suppliers.",
    "Les plus lus des auteurs vivent de leurs droits.",
    "در همین زمینه شرکت آوند ۴ میلیارد دلار سرمایه گذاری کرد.",
    "关注人工智能的投资者增加了对该公司的持股。",
    "下载量超过三千万次。",
    "구독 서비스 매출이 30% 늘었다.",
    "עוד בשנת 2020 השקיעה החברה 3 מיליארד שקל.",
    "412 views were given in the survey of 4,000 readers.",
]


@pytest.mark.parametrize("line", FOREIGN)
def test_foreign(line):
    assert is_foreign_line(line)


@pytest.mark.parametrize("line", OWN)
def test_own(line):
    assert not is_foreign_line(line)


BYLINES = {
    "By Jane Roe": True,
    "Von Karim Natour": True,
    "بقلم: أحمد علي": True,
    "By 2030 the company will have spent 100 billion dollars.": False,
    "By then it was too late for the others to catch up with it": False,
}


@pytest.mark.parametrize(("line", "is_one"), BYLINES.items(), ids=BYLINES)
def test_byline(line, is_one):
    assert is_byline(line) is is_one
