"""Parameter counts that only their surroundings tell: in tables, lists and comparisons.

Where an article speaks of パラメータ, it often leaves the word out the second time: in a
table's column, beside another model's name, before モデル or 版.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from jijitsu.numbers.amounts import Amount
from jijitsu.numbers.parameters import role_around

_TOPIC = re.compile(
    r"パラメータ|パラメーター|[Pp]arameters?|[Pp]arams|[A-Za-z0-9]-[0-9.]+[Bb](?![A-Za-z0-9])"
    r"|[0-9][Bb](?:級|クラス|モデル|版|の)|(?:総数|活性|アクティブ)[0-9]"
)
# An article on models that never says パラメータ may still say 活性320億 or 1000億級のモデル.
_MODELS = re.compile(
    "LLM|言語モデル|AIモデル|基盤モデル|[0-9]億(?:級|クラス|規模)|(?:活性|アクティブ)は"
)
_HEADER = re.compile(
    r"パラメータ|パラメーター|[Pp]aram|総数|活性|アクティブ|[Aa]ctive|[Tt]otal|規模|大きさ|サイズ|動く|実働"
)
_ACTIVE = re.compile(r"活性|アクティブ|[Aa]ctive|有効|動く|実働")
_ROW = re.compile(r"\|.*\|")
_MODEL_BEHIND = re.compile(
    r"個?(?:以上|以下|未満|程度|規模|超|級|クラス)?(?:の|\s)?(?:超?軽量|超?小型|中型|大型|大規模|小規模|言語|オープン|海外|国産|公開)*(?:モデル|版|LLM)|級|\([0-9.]+[BMT]\)"
    r"|(?:規模|級|クラス)の[^。、\n]{0,12}モデル|に(?:縮め|圧縮|蒸留|小型化|軽量化)"
)
_BEFORE_NAME = re.compile(
    r"を持つ「?[A-Z]"
    # 83億のMegatron-LM; a name that has users counts them.
    r"|の[「『]?[A-Z][A-Za-z0-9.-]+(?:[ .][A-Z0-9][A-Za-z0-9.-]*)*(?!(?:の)?(?:ユーザー|利用者|会員|アカウント|端末|顧客|台|人))"
)
_NAME_BEFORE = re.compile(
    r"[A-Za-z][A-Za-z0-9.\- ]{1,30}[」』)*]*(?:」|』)?\s?(?:の|は|が|:|\(|\||,|、)\s?(?:約|およそ)?[*(「]*$"
)
_OF_NAME = re.compile("[A-Za-z0-9]の$")
# 「1.7兆」という数字: a guess at what a company keeps to itself.
_QUOTED = re.compile("」(?:という|などの|との)(?:数字|説|噂|推定|推測)")
_NAMED_BEHIND = ("で", "と", "から", "より", "を", "に", "だ", "が最")
_WORKING = re.compile(
    r"個?(?:だけ|のみ|しか|ほど|程度|まで)?(?:が|を|で)?(?:実際に|同時に)?(?:動[くかきい]|働[くかきい])"
    # Of people too it is said that so many use a thing.
    r"|個?(?:だけ|のみ|しか)を?(?:実際に|同時に)?使[わうい]"
)
_WORKING_BEFORE = re.compile(
    r"(?:(?:動く|動かす|働く|働かせる|使う|使われる|計算する|有効な|有効になる|活性化する|活性化される|アクティブな|稼働する|起動する)の[はが]|実働|推論時は|(?:活性|アクティブ)(?:数|パラメーター?)?(?:は|が)?(?:それぞれ|同じ)?"
    r"|トークン(?:につき|あたり|当たり|ごとに))(?:約|およそ|最大)*$"
)
_TOTAL_BEFORE = re.compile(
    "(?:総数|総計|全体で)(?:は|が)?(?:約|およそ)?$|(?:モデル|[^0-9]版)は(?:約|およそ)?$"
)
# 300億のうち30億を動かす: both are counts, of all and of what works.
_OF_WHICH = re.compile(
    r"のうち(?:約|最大)?[0-9.億兆万BM]+(?:だけ|のみ|しか|まで)?[がを]?(?:動|働|使|有効|活性)"
)
# 1410億（同390億）: the role of what stood in the brackets before.
_SAME_AS_BEFORE = re.compile(r"\(同(?:約|およそ)?$")
_IN_BRACKETS = re.compile(r"\([^()]*$")
# 47Bのうち13Bが動く
_PART_OF = re.compile("のうち(?:約|最大)?$")
_SMALLEST, _LARGEST = 10**8, 10**14
_SCALE = 10**4
_NEAR = 160


def find_counts(norm: str, amounts: list[Amount]) -> list[Amount]:
    """Return the amounts with those read as parameter counts that stand among counts."""
    if not any(amount.kind == "parameter_count" or _may_count(amount) for amount in amounts):
        return amounts
    on_counts = _TOPIC.search(norm) is not None
    if not on_counts and not _MODELS.search(norm):
        return amounts
    headers = _table_headers(norm) if on_counts else []
    counts: list[Amount] = []
    bracketed = "total"
    for amount in amounts:
        if amount.kind != "parameter_count" and not _may_count(amount):
            counts.append(amount)
            continue
        before = norm[max(0, amount.start - 40) : amount.start].rpartition("\n")[2]
        if _SAME_AS_BEFORE.search(before):
            named = amount.kind == "parameter_count"
            counts.append(
                amount._replace(code=bracketed) if named else _count(norm, amount, bracketed)
            )
            continue
        counted = _as_count(norm, amount, before, headers)
        if on_counts and not counted.kind and _is_named(norm, amount, before):
            role = role_around(norm, amount.start, amount.number.end)
            counted = _count(norm, amount, role)
        if counted.kind and _IN_BRACKETS.search(before):
            bracketed = counted.code
        counts.append(counted)
    return counts


def _as_count(
    norm: str, amount: Amount, before: str, headers: list[tuple[int, int, list[str]]]
) -> Amount:
    if amount.kind == "parameter_count":
        if _PART_OF.search(before) and _WORKING.match(norm, amount.end):
            return amount._replace(code="active")
        return _with_row_role(norm, amount, headers)
    role = _role_in_place(norm, amount, before, headers)
    if role is not None:
        return _count(norm, amount, role)
    counted = amount.surface == "個" and _TOPIC.search(
        norm, max(0, amount.start - _NEAR), amount.start
    )
    quoted = before.endswith("「") and _QUOTED.match(norm, amount.end)
    if counted or quoted or _MODEL_BEHIND.match(norm, amount.number.end):
        return _count(norm, amount, role_around(norm, amount.start, amount.number.end))
    return amount


def _role_in_place(
    norm: str, amount: Amount, before: str, headers: list[tuple[int, int, list[str]]]
) -> str | None:
    """Return the role that a table's header or the words around give an amount, if any."""
    header = _header_of(norm, amount, headers)
    if header and _HEADER.search(header):
        return "active" if _ACTIVE.search(header) or _WORKING_BEFORE.search(before) else "total"
    if _WORKING.match(norm, amount.number.end) or _WORKING_BEFORE.search(before):
        return "active"
    if _TOTAL_BEFORE.search(before) or _OF_WHICH.match(norm, amount.number.end):
        return "total"
    return None


def _may_count(amount: Amount) -> bool:
    if amount.number.scale < _SCALE or (amount.kind and amount.surface != "個"):
        return False
    return amount.value.low >= _SMALLEST and amount.value.high <= _LARGEST


def _is_named(norm: str, amount: Amount, before: str) -> bool:
    """Whether it stands beside a Latin name, and nothing behind that it could count."""
    if _BEFORE_NAME.match(norm, amount.number.end):
        return True
    if not _NAME_BEFORE.search(before):
        return False
    if _OF_NAME.search(before) and norm.startswith("が", amount.end):
        return True
    behind = norm[amount.number.end : amount.number.end + 1]
    return behind in "、。,)|」*\n " or norm.startswith(_NAMED_BEHIND, amount.end)


def _count(norm: str, amount: Amount, role: str) -> Amount:
    end = amount.number.end + norm.startswith("個", amount.number.end)
    return amount._replace(kind="parameter_count", code=role, surface="", unit=None, end=end)


def _table_headers(norm: str) -> list[tuple[int, int, list[str]]]:
    """Return each table's extent and the cells of its first row."""
    tables: list[tuple[int, int, list[str]]] = []
    position, inside = 0, False
    for line in norm.splitlines(keepends=True):
        end = position + len(line)
        if _ROW.search(line):
            if inside:
                start, _, header = tables[-1]
                tables[-1] = (start, end, header)
            else:
                tables.append((position, end, _cells(line)))
            inside = True
        elif line.strip():
            inside = False
        position = end
    return tables


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _header_of(norm: str, amount: Amount, tables: list[tuple[int, int, list[str]]]) -> str | None:
    """Return the header of the column, or the label of the row, that an amount stands in."""
    index = bisect_right(tables, amount.start, key=_table_start) - 1
    if index >= 0 and amount.start < tables[index][1]:
        header = tables[index][2]
        line_start = norm.rfind("\n", 0, amount.start) + 1
        prefix = norm[line_start : amount.start].lstrip().removeprefix("|")
        column = prefix.count("|")
        label = prefix.split("|", 1)[0].strip()
        if _HEADER.search(label) and column:
            return label
        return header[column] if column < len(header) else ""
    return None


def _table_start(table: tuple[int, int, list[str]]) -> int:
    return table[0]


def _with_row_role(norm: str, amount: Amount, tables: list[tuple[int, int, list[str]]]) -> Amount:
    header = _header_of(norm, amount, tables)
    if (
        header
        and amount.code == "total"
        and _ACTIVE.search(header)
        and not _is_model_name(norm, amount)
    ):
        return amount._replace(code="active")
    return amount


def _is_model_name(norm: str, amount: Amount) -> bool:
    return norm[amount.start - 1 : amount.start] == "-"
