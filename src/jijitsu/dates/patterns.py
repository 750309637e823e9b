r"""The patterns that dates are made of, over the normalized text.

``END`` stands for a word boundary behind Latin: ``\\b`` sees none between a letter and a kana.
"""

from __future__ import annotations

import re

KANJI = "〇一二三四五六七八九十"
TWO = rf"(?:[0-9]{{1,2}}|[{KANJI}]{{1,3}})"
FOUR = r"(?:1[6-9][0-9]{2}|2[01][0-9]{2}|[一二][〇一二三四五六七八九]{3})"
DASH = r"[ ]?[~–—-][ ]?"
END = r"(?![A-Za-z0-9])"

ERA = "明治|大正|昭和|平成|令和"
MONTH_NAMES = (
    "January February March April May June July August September October November December"
).split()

# Where a date may begin; everything else is tried only there.  The digits of a date are not
# the tail of another number or of a Latin word.
# Every alternative begins with one of these: the rest of the text is passed over at once.
_FIRST = rf"0-9'\ A-Za-z{KANJI}百千数明大昭平令第上下今昨来翌こ正午朝夜深早未夕元月火水木金土日半"
START = re.compile(
    rf"""(?=[{_FIRST}])(?:
      (?<![0-9.,])'?[0-9]{{1,4}}(?=\ ?[年月]|世紀|会計年度|{DASH}'?[0-9]{{1,4}}\ ?[年月日時])
    | (?<![0-9.,])(?<![A-Za-z]-)(?<![A-Za-z])[0-9]{{1,4}}(?=\ ?日|時|[-/.:][0-9]|Q{END}|\ ?Q[1-4])
    | (?<![{KANJI}百千万数第])[{KANJI}]{{1,4}}(?=[年月日時]|世紀|{DASH}[{KANJI}]{{1,2}}[年月日])
    | (?:{ERA})(?=[0-9{KANJI}元])|(?<![A-Za-z])[MTSHR](?=[0-9]{{1,2}}年)
    | (?<![A-Za-z0-9])(?:FY\ ?(?='?[0-9]{{2}})|Q[1-4]{END})
    | 第[1-4一二三四]四半期
    | [上下]半期|(?<![一-龥])[上下]期(?=[のはにも、で])
    | [今昨来翌][春夏秋冬](?![闘日至場空休眠])
    | この[春夏秋冬](?![闘日至場空休眠])
    | 正午|(?:午[前後]|朝|夜|深夜|早朝|未明|夕方)(?=[ ]?[0-9{KANJI}]{{1,2}}[ ]?時)
    | (?<=\|)[ ]?(?:(?:19|20)[0-9]{{2}}(?=[ ]?\|)|[0-9]{{1,2}}[:/][0-9]{{1,2}}(?=[ ]?\|))
    | 元[日旦]
    | [月火水木金土日]曜
    | (?<![A-Za-z])(?=[A-Za-z0-9])(?:
        (?:the\ )?(?=(?:19|20)[0-9]0s{END})
      | (?:the\ )?(?:first|second|third|fourth)\ (?:quarter|half)\ of\ (?=[12])
      | (?:early|mid|late)[ -](?=[12][0-9]{{3}})
      | (?<![0-9])(?:[0-9]{{1,3}}|one|two|three|four|five|six|seven|eight|nine|ten)\ (?:year|month|week|day)s?\ ago
      | (?:the\ )?(?:end|beginning|middle)\ of\ (?=[12][0-9]{{3}})
      | (?:(?<=in\ )|(?<=In\ )|(?<=by\ )|(?<=since\ )|(?<=until\ ))(?:{"|".join(MONTH_NAMES)}){END}(?!\ [0-9])
      | (?:{"|".join(name[:3] for name in MONTH_NAMES)})[a-z]{{0,6}}\.?\ (?=[0-9])
      | (?<![A-Za-z0-9.,/-])[0-9]{{1,2}}(?:st|nd|rd|th)?\ (?:of\ )?(?=(?:{"|".join(name[:3] for name in MONTH_NAMES)})[a-z]{{0,6}}{END})
      | (?<=[Ii]n\ )(?=[12][0-9]{{3}}{END})|(?<=[Bb]y\ )(?=20[0-9]{{2}}{END})|(?<=[Ss]ince\ )(?=[12][0-9]{{3}}{END})|(?<=[0-9]\ and\ )(?=20[0-9]{{2}}{END})
    )
    | (?:半|[0-9{KANJI}百千数][0-9{KANJI}百千数,]{{0,8}})(?:年|[カかヶヵケ]月|週間|日)半?(?:ほど|程度|余り|くらい|ぐらい)?(?:前(?![後倒])|後)(?![半期場])
    )
    """,
    re.VERBOSE,
)

HIRAGANA = re.compile("[ぁ-ん]")
RANGE_BEFORE = re.compile("[年月期] ?[~–—-] ?$")
KANJI_RUN = re.compile(f"[{KANJI}]+")
YEAR = re.compile(rf"({FOUR}) ?年(?!間|前後|[前後](?![半期])|以上|以内|未満|分|余|周年)")
YEAR_RANGE = re.compile(
    rf"(?:({FOUR})(?:{DASH}|/)({FOUR}|[0-9]{{2}})|([0-9]{{2}}){DASH}([0-9]{{2}}))"
    r" ?年(?!間|前|後)"
)
APOSTROPHE_YEAR = re.compile(r"'([0-9]{2})年?")
SHORT_YEAR = re.compile("([0-9]{2}|[〇一二三四五六七八九]{2})年")
ERA_YEAR = re.compile(rf"({ERA}|[MTSHR])({TWO}|元)年")
DECADE = re.compile(rf"({FOUR}|[0-9]{{2}})年代")
CENTURY = re.compile(rf"({TWO})世紀(?!ぶり|分|以上|近く|余|に一度)")
FISCAL = re.compile(rf"FY ?'?([0-9]{{4}}|[0-9]{{2}})(?:年度?)?{END}|({FOUR})(?:会計年度|年度)")
ISO = re.compile(rf"({FOUR})([-/.])(0?[1-9]|1[0-2])\2(0?[1-9]|[12][0-9]|3[01])(?![0-9-/])")
ISO_MONTH = re.compile(rf"({FOUR})[/-](0[1-9]|1[0-2])(?![0-9/.年-])")
_MONTH_DAY = "(0?[1-9]|1[0-2])/(0?[1-9]|[12][0-9]|3[01])(?![0-9/])"
# 9/24 is a date beside a weekday, another such date, or words that only a date has.
SLASH_DAY = re.compile(
    rf"{_MONTH_DAY}(?=\ ?\([月火水木金土日]|{DASH}{_MONTH_DAY}|(?:に(?:発|公|開|リ|配|提|行)|付|発売|配信|公開|時点|更新|開催))"
)
SLASH_DAY_BEHIND = re.compile(_MONTH_DAY)
SLASH_DAY_BEFORE = re.compile(rf"(?<![0-9/])[0-9]{{1,2}}/[0-9]{{1,2}}{DASH}$")
MONTH = re.compile(rf"(?:の|(?<= 年) )?({TWO}) ?月(?!間|刊|[謝面給雨病])")
MONTH_RANGE = re.compile(rf"の?({TWO}){DASH}({TWO})月(?:期)?(?!間)")
PERIOD = re.compile(r"(中間)?期(末)?(?!待|間|限)")
DAY = re.compile(rf"(?:(?<= 月) )?({TWO}) ?日(?!間|目|本|曜|米|中韓|系|産|経|市)")
DAY_RANGE = re.compile(rf"({TWO})日?{DASH}({TWO})日(?!間)")
QUARTER = re.compile(rf"の?第?([1-4一二三四])四半期|[ の]?Q([1-4]){END}|[ の]?第?([1-4])Q{END}")
# Q1 and 1Q alone are quarters only before such words: elsewhere they number questions.
_QUARTER_WORDS = "(?=の|に|は|も|で|決算|業績|累計|実績|連結| results| earnings| revenue)"
BARE_QUARTER = re.compile(
    rf"第([1-4一二三四])四半期|Q([1-4]){_QUARTER_WORDS}|([1-4])Q{_QUARTER_WORDS}"
)
HALF = re.compile("の?([上下])半?期(?!待|間)")
YEAR_HALF = re.compile("(?:の)?([前後])半(?!戦)")
SEASON = re.compile("の?(?:([春夏秋冬])(?![闘日至場空休眠田葉])(?:季|期)?)")
TIME = re.compile(
    rf"(?:(午前|午後|朝|夜|深夜|早朝|未明|夕方)の? ?)?({TWO}) ?時(?![間点期代速給価節短系金的停保預])(半| ?({TWO}) ?分)?"
)
CLOCK = re.compile(r" ?T?([01]?[0-9]|2[0-3]):([0-5][0-9])(?::[0-5][0-9])?(?![0-9:])")
NOON = re.compile("正午")
# A third or a half of a month, a half of a decade.
SECTION = re.compile("の?(上旬|中旬|下旬|初旬|前半|後半)(?!戦)")
PART = re.compile(
    "の?(初頭|初め|はじめ|始め|初旬|半ば|中頃|中ごろ|中盤|末|終わり|終盤|暮れ|頭)(?!の?ない|端|尾|裔|路|っ子|期|梢|取|部|文|数|出|打|脳)"
)
PART_MODS = {
    "初頭": "START", "頭": "START", "初め": "START", "はじめ": "START", "始め": "START", "初旬": "START",
    "上旬": "START", "半ば": "MID", "中頃": "MID", "中ごろ": "MID", "中盤": "MID", "中旬": "MID",
    "末": "END", "終わり": "END", "終盤": "END", "暮れ": "END", "下旬": "END",
}  # fmt: skip
WEEKDAY = re.compile("(?:の)?([月火水木金土日])曜日?")
MONTH_WEEK = re.compile("の?第([1-5一二三四五])週")
NEW_YEARS_DAY = re.compile("の?元[日旦]")
CELL = re.compile(
    r" ?(?:(?P<year>(?:19|20)[0-9]{2})|(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"|(?P<month>0?[1-9]|1[0-2])/(?P<day>0?[1-9]|[12][0-9]|3[01]))(?= ?\|)"
)
BARE_WEEKDAY = re.compile("([月火水木金土日])曜日?(?![ァ-ヺ]|版|号|劇場|限定)")
NO_WEEKDAY_BEFORE = re.compile(r"(?:[(日毎祝第・]|毎週|定休)$")
RELATIVE_SEASON = re.compile("([今昨来翌]|この)([春夏秋冬])")
AGO = re.compile(
    rf"(半|[0-9{KANJI}百数][0-9{KANJI}百数]{{0,4}})(年|[カかヶヵケ]月|週間|日)(半)?(?:ほど|程度|余り|くらい|ぐらい)?(前(?![後倒])|後)(?![半期場])"
)
ANCHORED = re.compile(
    r"(?:から|その|より|の|以来|開始|発売|導入|終了|完了|設立|創業|契約|購入|発表|就任|稼働)(?:わずか|約|およそ)?$"
)
# What every English date begins with: a word, or a number in an English sentence.
ENGLISH = re.compile("[A-Za-z]|[0-9]{1,4}[ a-z]|(?<= )[0-9]{4}")
ENGLISH_DAY = re.compile(
    rf"(?P<month>[A-Z][a-z]{{2,8}})\.? (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?{END}(?:,? (?P<year>{FOUR}){END})?"
    rf"|(?P<month2>[A-Z][a-z]{{2,8}})\.? (?P<year2>{FOUR}){END}"
)
DAY_ENGLISH = re.compile(
    rf"([0-9]{{1,2}})(?:st|nd|rd|th)? (?:of )?([A-Z][a-z]{{2,8}}){END}(?:[.,]{{0,2}} ({FOUR}){END})?"
)
ENGLISH_PREPOSITION = re.compile("(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[0-9]{4} and) $")
ENGLISH_DECADE = re.compile(rf"(?:the )?((?:19|20)[0-9]0)s{END}")
ENGLISH_QUARTER = re.compile(
    rf"(?:the )?(first|second|third|fourth) quarter of ({FOUR}){END}", re.IGNORECASE
)
ENGLISH_END = re.compile(rf"(?:the )?(end|beginning|middle) of ({FOUR}){END}")
ENGLISH_HALF = re.compile(rf"(?:the )?(first|second) half of ({FOUR}){END}", re.IGNORECASE)
ENGLISH_PART = re.compile(rf"(early|mid|late)[ -]({FOUR}){END}", re.IGNORECASE)
ENGLISH_AGO = re.compile(
    r"([0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten) (year|month|week|day)s? ago",
    re.IGNORECASE,
)
ENGLISH_NUMBERS = "zero one two three four five six seven eight nine ten".split()
CLOCK_RANGE = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?= ?[~–-] ?[0-9]{1,2}:[0-9]{2})")
CLOCK_RANGE_BEFORE = re.compile(r"[0-9]:[0-9]{2} ?[~–-] ?$")
ENGLISH_ORDINALS = ("first", "second", "third", "fourth")
ENGLISH_MODS = {
    "end": "END",
    "beginning": "START",
    "middle": "MID",
    "early": "START",
    "mid": "MID",
    "late": "END",
}
ENGLISH_MONTH = re.compile(rf"(?:{'|'.join(MONTH_NAMES)}){END}")
ENGLISH_YEAR = re.compile(rf"(?:19|20)[0-9]{{2}}{END}")
QUARTER_YEAR = re.compile(rf"Q([1-4]) ?'?({FOUR}){END}")
YEAR_QUARTER = re.compile(rf"({FOUR}) ?(?:Q([1-4])|([1-4])Q){END}")
BETWEEN_DAY_AND_TIME = re.compile(r" ?(?:\([月火水木金土日](?:曜日?)?(?:・?祝)?\))? ?")
# Before a bare 日 these say that days are counted.
COUNTED_DAYS = re.compile(
    "(?:過去|今後|丸|満|最短|最長|わずか|たった|たったの|約|およそ|ほんの|あと|残り|しめて|合計|延べ|(?<![今先来前翌同])週|[0-9一二三四五六七八九十]泊)$"
)
# 公布から30日で: days are counted from something.
DAYS_SINCE = re.compile("から$")
DAYS_ON = re.compile("で(?!発[売表]|開)|以内")
# 5日で100万人に達した: so many days were enough.  What ends or begins does so on a day, and
# 10日で5周年 is a day too.
DAYS_TAKEN = re.compile(
    "で(?![、。すしはもあ]|の|終|閉|廃|退|辞|期限|期間|満|打ち切|締|発[売表効行]|開|創|設立|切れ|受|幕|販|ちょうど|丸|ござ|[0-9一二三四五六七八九十]+(?:周年|年|歳))"
    "|に[1一][度回](?!目)|しか|も(?:待|続|残|余|たた|経)|後(?![半場])|(?:通っ|回し|待っ|使っ|試し|過ごし|続け|寝|休んで|眠|粘)"
)
DAY_OF_EVENT = re.compile("、|に(?![0-9一二三])|付|午")
# One day is mostly a length (1日に200万件, 1日の売り上げ); it is the first of the month where
# that is near, or where something else says so.
ONE_DAY = re.compile(
    "1日(?:いくら|早く|遅|[一-龥ァ-ヶー]{1,6}を(?:止め|休|空け|閉め)|で(?!発|開|終)|に?(?:約|最大|平均|およそ)?[0-9]|に(?:つき|何|処理|入力|出力|使|消費|食べ|飲|走|どれ|いくら|いくつ|数)|もつ|止ま|過ご|働|の(?:うち|平均|売り?上|上昇|下落|下げ|上げ|値[上下]|利用|処理|生産|取引|終わり|始まり|作業)|中)"
)
# 1日に1800億円での買収を発表した is a day, 1日に200万件を処理する機能を発表した a rate.
SAID_ON_DAY = re.compile(
    r"1日に(?:(?![うくぐすつぬぶむる][一-龥ァ-ヺ])[^。\n]){2,50}(?:発表|公表|公開|開示|表明|提出|報じ|発売|開始)(?:し|さ|した)"
)
# After these, the words belong to what stands before them (2025年末, 毎月末).
NOT_AFTER = {
    word: re.compile(rf"[0-9{KANJI}{more}]$")
    for word, more in {
        "年末": "毎例", "年初": "毎例", "年内": "", "月末": "毎各同", "月内": "毎各", "年始": "末",
    }.items()
}  # fmt: skip
SEASON_CODES = {"春": "SP", "夏": "SU", "秋": "FA", "冬": "WI"}
_MONTH_NUMBERS = {
    form: number
    for number, name in enumerate(MONTH_NAMES, 1)
    for form in {name, name[:3], name[:4] if name == "September" else name}
}


def english_month(name: str) -> int | None:
    """Return the number of an English month's name or abbreviation."""
    return _MONTH_NUMBERS.get(name)
