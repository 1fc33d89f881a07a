"""How does each language say "three hours ago" and "yesterday"?

One row per language: the frames that say "ago", the units, the small numbers, the named days.
A vague phrase ("منذ أيام", "a few weeks ago") names no day and stands nowhere here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ago:
    """How one language counts back. Units: s n(minute) h d w m(onth) y."""

    languages: tuple[str, ...]  # ISO 639-1
    frames: tuple[str, ...]  # regex; "{}" stands for number and unit
    units: str  # unit=word|word …; a word ending in * may go on
    ones: str = ""  # word that alone says one of the unit: unit=word|word …
    twos: str = ""  # dual
    numbers: str = ""  # word=number …
    days: str = ""  # days back=phrase|phrase …; _ is a space
    tight: bool = False  # no space between number, unit and frame


TABLE = (
    Ago(
        languages=("ar",),
        frames=(
            r"(?:منذ|قبل|من|مضى)\s+(?:حوالي\s+|نحو\s+)?{}",
            r"{}\s+(?:مضت|مضي)",
        ),
        units="s=ثانية|ثوان|ثواني|ثوانٍ n=دقيقة|دقائق|دقيقه h=ساعة|ساعات d=يوم|يوما|أيام|ايام "
        "w=أسبوع|أسبوعا|أسابيع m=شهر|شهرا|أشهر|شهور y=سنة|سنوات|سنين|عام|عاما|أعوام",
        ones="s=ثانية n=دقيقة h=ساعة d=يوم w=أسبوع m=شهر y=سنة|عام",
        twos="s=ثانيتين n=دقيقتين h=ساعتين d=يومين w=أسبوعين m=شهرين y=سنتين|عامين",
        numbers="واحد=1 واحدة=1 اثنين=2 ثلاث=3 ثلاثة=3 أربع=4 أربعة=4 خمس=5 خمسة=5 ست=6 ستة=6 "
        "سبع=7 سبعة=7 ثمان=8 ثماني=8 ثمانية=8 تسع=9 تسعة=9 عشر=10 عشرة=10",
        days="0=اليوم|الآن|قبل_قليل|منذ_قليل|قبل_لحظات|منذ_لحظات|للتو|منذ_دقائق|قبل_دقائق "
        "1=أمس|البارحة|يوم_أمس 2=أول_أمس|أمس_الأول|أول_من_أمس",
    ),
    Ago(
        languages=("en",),
        frames=(r"(?:about\s+|over\s+)?{}\s+ago",),
        units="s=seconds|second|secs|sec|s n=minutes|minute|mins|min|m h=hours|hour|hrs|hr|h "
        "d=days|day|d w=weeks|week|wks|wk|w m=months|month|mos y=years|year|yrs|yr|y",
        numbers="a=1 an=1 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10",
        days="0=today|just_now|moments_ago 1=yesterday",
    ),
    Ago(
        languages=("fr",),
        frames=(r"il\s+y\s+a\s+(?:environ\s+)?{}",),
        units="s=seconde|secondes n=minute|minutes|min|mn h=heure|heures|h d=jour|jours "
        "w=semaine|semaines m=mois y=an|ans|année|années",
        numbers="un=1 une=1 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10",
        days="0=aujourd'hui|aujourd’hui|à_l'instant 1=hier 2=avant-hier",
    ),
    Ago(
        languages=("de",),
        frames=(r"vor\s+(?:etwa\s+|rund\s+)?{}",),
        units="s=sekunde|sekunden n=minute|minuten|min h=stunde|stunden|std d=tag|tage|tagen "
        "w=woche|wochen m=monat|monate|monaten y=jahr|jahre|jahren",
        numbers="einem=1 einer=1 zwei=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 "
        "neun=9 zehn=10",
        days="0=heute|gerade_eben 1=gestern 2=vorgestern",
    ),
    Ago(
        languages=("es",),
        frames=(r"hace\s+(?:unas?\s+)?{}",),
        units="s=segundo|segundos n=minuto|minutos|min h=hora|horas|h d=día|días "
        "w=semana|semanas m=mes|meses y=año|años",
        numbers="un=1 una=1 dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10",
        days="0=hoy 1=ayer 2=anteayer|antes_de_ayer",
    ),
    Ago(
        languages=("pt",),
        frames=(
            r"(?:há|faz)\s+{}",
            r"{}\s+atrás",
        ),
        units="s=segundo|segundos n=minuto|minutos|min h=hora|horas|h d=dia|dias "
        "w=semana|semanas m=mês|meses y=ano|anos",
        numbers="um=1 uma=1 dois=2 duas=2 três=3 quatro=4 cinco=5",
        days="0=hoje 1=ontem 2=anteontem",
    ),
    Ago(
        languages=("it",),
        frames=(r"{}\s+fa",),
        units="s=secondo|secondi n=minuto|minuti h=ora|ore d=giorno|giorni "
        "w=settimana|settimane m=mese|mesi y=anno|anni",
        numbers="un=1 un'=1 una=1 due=2 tre=3 quattro=4 cinque=5",
        days="0=oggi 1=ieri 2=l'altro_ieri|ieri_l'altro",
    ),
    Ago(
        languages=("tr",),
        frames=(r"{}\s+önce",),
        units="s=saniye n=dakika|dk h=saat|sa d=gün w=hafta m=ay y=yıl|sene",
        numbers="bir=1 iki=2 üç=3 dört=4 beş=5",
        days="0=bugün|az_önce|şimdi 1=dün 2=evvelsi_gün",
    ),
    Ago(
        languages=("fa",),
        frames=(r"{}\s+(?:پیش|قبل)",),
        units="s=ثانیه n=دقیقه h=ساعت d=روز w=هفته m=ماه y=سال",
        numbers="یک=1 دو=2 سه=3 چهار=4 پنج=5 شش=6 هفت=7 هشت=8 نه=9 ده=10",
        days="0=امروز|لحظاتی_پیش|هم‌اکنون 1=دیروز 2=پریروز",
    ),
    Ago(
        languages=("ru",),
        frames=(r"{}\s+назад",),
        units="s=секунд|секунду|секунды n=минут|минуту|минуты|мин h=час|часа|часов|ч "
        "d=день|дня|дней w=неделю|недели|недель m=месяц|месяца|месяцев y=год|года|лет",
        ones="n=минуту h=час d=день w=неделю m=месяц y=год",
        numbers="два=2 две=2 три=3 четыре=4 пять=5",
        days="0=сегодня|только_что 1=вчера 2=позавчера",
    ),
    Ago(
        languages=(
            "id",
            "ms",
        ),
        frames=(r"{}\s+(?:yang\s+)?lalu",),
        units="s=detik|saat n=menit|minit h=jam d=hari w=minggu m=bulan y=tahun",
        numbers="satu=1 dua=2 tiga=3 empat=4 lima=5",
        days="0=hari_ini|baru_saja 1=kemarin|semalam",
    ),
    Ago(
        languages=("zh",),
        frames=(r"{}\s*(?:以?前|之前)",),
        units="s=秒|秒钟 n=分钟|分鐘|分 h=小时|小時|个小时|個小時 d=天|日 w=周|週|个星期|星期 "
        "m=个月|個月 y=年",
        numbers="一=1 二=2 两=2 兩=2 三=3 四=4 五=5 六=6 七=7 八=8 九=9 十=10",
        days="0=今天|今日|刚刚|剛剛 1=昨天|昨日 2=前天",
        tight=True,
    ),
    Ago(
        languages=("ja",),
        frames=(r"{}\s*前",),
        units="s=秒 n=分 h=時間 d=日 w=週間 m=か月|ヶ月|カ月|ケ月 y=年",
        days="0=今日|本日|たった今 1=昨日 2=一昨日|おととい",
        tight=True,
    ),
    Ago(
        languages=("ko",),
        frames=(r"{}\s*전",),
        units="s=초 n=분 h=시간 d=일 w=주|주일 m=개월|달 y=년",
        numbers="한=1 두=2 세=3 네=4",
        days="0=오늘|방금 1=어제 2=그저께",
        tight=True,
    ),
    Ago(
        languages=("hi",),
        frames=(r"{}\s+पहले",),
        units="s=सेकंड n=मिनट h=घंटे|घंटा|घंटों d=दिन w=हफ्ते|सप्ताह m=महीने|महीना|माह y=साल|वर्ष",
        numbers="एक=1 दो=2 तीन=3 चार=4 पांच=5",
        days="0=आज",
    ),
    Ago(
        languages=("he",),
        frames=(r"לפני\s+(?:כ-?)?{}",),
        units="s=שניות|שנייה n=דקות|דקה|דק h=שעות|שעה d=ימים|יום w=שבועות|שבוע m=חודשים|חודש "
        "y=שנים|שנה",
        ones="n=דקה h=שעה d=יום w=שבוע m=חודש y=שנה",
        twos="h=שעתיים d=יומיים w=שבועיים m=חודשיים y=שנתיים",
        numbers="שתי=2 שני=2 שלוש=3 שלושה=3 ארבע=4 ארבעה=4 חמש=5 חמישה=5 שש=6 עשר=10 עשרה=10",
        days="0=היום|עכשיו|הרגע 1=אתמול 2=שלשום",
    ),
    Ago(
        languages=("nl",),
        frames=(r"{}\s+geleden",),
        units="s=seconden|seconde n=minuten|minuut|min h=uur|uren d=dagen|dag w=weken|week "
        "m=maanden|maand y=jaar|jaren",
        numbers="een=1 één=1 twee=2 drie=3 vier=4 vijf=5",
        days="0=vandaag|zojuist 1=gisteren 2=eergisteren",
    ),
    Ago(
        languages=("sv",),
        frames=(r"(?:för\s+)?{}\s+sedan",),
        units="s=sekunder|sekund n=minuter|minut|min h=timmar|timme|tim d=dagar|dag "
        "w=veckor|vecka m=månader|månad y=år",
        numbers="en=1 ett=1 två=2 tre=3 fyra=4 fem=5",
        days="0=idag|i_dag|nyss 1=igår|i_går 2=i_förrgår",
    ),
)
