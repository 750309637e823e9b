"""Whether a clause speaks of what was or of what is to come, for dates without a year."""

from __future__ import annotations

import re
from typing import Literal

Tense = Literal["past", "future", "perhaps_future"]

_WINDOW = 90
# A plan this near to its date is the date's own; farther off it may be another clause's.
_OWN_CLAUSE = 24
# A short gloss in brackets is passed over; a bracket around the date itself ends its clause.
_SENTENCE_END = re.compile(
    r"[^。\n!?|()]*+(?:\([^。、\n!?|()]{1,16}\)[^。\n!?|()]*+)*+[^。\n!?|)]*+[。\n!?|)]"
)
# 2月以来 looks back; 2月の25億ドルから33億ドルへ begins there.
_LOOKS_BACK = re.compile(r"以来|の[^、。\n]{1,20}から(?=[^、。\n]{1,20}へ)")
# 次号は21日に。
_DUE = re.compile(r"(?:まで)?に。")
_BY = re.compile("までに")
_PAST = re.compile(
    r"(?<!ま)た(?=[^ぁ-ん]|と|こと|が|ため|の|ばかり|もの|$)|だった|でした"
    r"|(?<=し)て(?:以来|から)|(?:発表|公開|開始|発売|開催)済み"
)
# 予定 and its like are plans where they end a clause; as the name of a thing they are none.
_PLAN_END = (
    r"(?=だ|です|で[、すあ]|。|と(?:し|い|述|明|発|見|な)|、|」|\)|\n|し(?!てい?$)|する|され|$)"
)
_PLAN = re.compile(
    rf"(?:予定|見込み|見通し|計画|方針|めど){_PLAN_END}|見込む|見込んで|目指|めざ|締め?切|期限(?!延|切|前|後|内|付)|たい(?=[。とが])|[をに]めどに|控え(?=[るて、。])|以降にずれ込|はず(?=[だで。]|$)|を軸に"
    r"|だろう|へ(?=[。」\n!]|$)|からの?(?:提供|発売|開始|開幕|開催|順次|適用|受け付|予約|施行|運用|販売|。|\)|$|\n)"
    r"|(?:に|から|より)?(?:発売|開始|開催|開幕|施行|発効|配信|提供開始)(?:する|へ|される|予定|\n|。|\s|、|$)|で(?:終了|廃止|閉鎖|閉店|満了)(?:する|へ|\n|。|\s|$)"
)
_NON_PAST = re.compile(
    r"(?<![てで]い)(?<![あい])[うくぐすつぬぶむる](?=[。」\n]|と(?:し|い|述|明|見)|$)|ます(?=[。」\n!]|$)|可能性|までに"
    # 12月に社長に就く人, 18日に出る新型: what is to come, in the date's own clause.
    r"|(?:就く|出[るす]|始まる|始める|開く|開かれる|迎える|行う|行われる|売り出す|打ち上げる|終える|終わる|移[るす]|払う|切り替わる"
    r"|(?:発売|発足|開業|開幕|開始|稼働|公開|投入|上場|就任|退任|発効|満了)する)(?=[一-龥ァ-ヺA-Za-z「『])"
)
_UNTIL = re.compile("まで(?!に)")
# …すると発表した: the verb of saying is past, what is said is not.
_REPORTED = re.compile(
    r"(?:[うくぐすつぬぶむる]|予定だ?|見通しだ?|方針だ?|[のいる]こと)(?:と|を)(?:発表|公表|報じ|報道|伝え|明らか|決定|決め|述べ|表明|発言)"
)


def tense_behind(norm: str, position: int) -> Tense | None:
    """Return the tense of the first predicate behind ``position`` in its sentence, if clear.

    A plan in the date's own clause is ``future``; one in a later clause, ``perhaps_future``.
    """
    end = _SENTENCE_END.match(norm, position, position + _WINDOW)
    stop = end.end() if end else min(len(norm), position + _WINDOW)
    if _LOOKS_BACK.match(norm, position):
        return "past"
    if _DUE.match(norm, position):
        return "future"
    if _UNTIL.match(norm, position):
        return "perhaps_future"
    reported = _REPORTED.search(norm, position, stop)
    past = _PAST.search(norm, position, reported.start() if reported else stop)
    last = past.start() if past else stop
    plan = _PLAN.search(norm, position, last)
    if plan:
        between = norm[position : plan.start()]
        return "future" if len(between) <= _OWN_CLAUSE and "、" not in between else "perhaps_future"
    by = _BY.match(norm, position)
    if by and not past and _NON_PAST.search(norm, by.end(), last):
        return "future"
    if (reported and not past) or _NON_PAST.search(norm, position, last):
        return "perhaps_future"
    return "past" if past else None
