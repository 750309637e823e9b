"""The encodings of Japanese pages, short ones too."""

from __future__ import annotations

import pytest

from jijitsu.readers.decoding import DecodingError, decode

TEXTS = [
    "円",
    "東京",
    "株式会社",
    "ソフトバンク",
    "OpenAIは",
    "7億円",
    "A社が、B社を買収",
    "これは短い文です。",
    "アリババは3800億元を投じると発表した。",
    "---\ntitle: 東京\n---\n",
    "価格は￥1200、①と㈱と髙島屋と～",
    "生成AIの投資額は3800億元になる。\r\n" * 2000,
]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jis_2004", "iso2022_jp"]
BYTES = {
    "half-width kana in Shift_JIS": ("ｱﾘﾊﾞﾊﾞは".encode("cp932"), "ｱﾘﾊﾞﾊﾞは"),
    "UTF-16, little-endian, no mark": ("見出し\n本文\n".encode("utf-16-le"), "見出し\n本文\n"),
    "UTF-16, big-endian, no mark": ("見出し\n本文\n".encode("utf-16-be"), "見出し\n本文\n"),
    "UTF-16, no mark, English": ("OpenAI\n".encode("utf-16-le"), "OpenAI\n"),
    "UTF-8 with a zero byte": ("東京\0です".encode(), "東京\0です"),
    "a file of DOS, with its end": ("東京です\r\n\x1a".encode("cp932"), "東京です\r\n\x1a"),
    "UTF-8 with terminal escapes": ("\x1b[31m東京\x1b(B".encode(), "\x1b[31m東京\x1b(B"),
    "ASCII": (b"OpenAI", "OpenAI"),
    "nothing": (b"", ""),
}


def is_encodable(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


PAIRS = [(text, name) for text in TEXTS for name in ENCODINGS if is_encodable(text, name)]


@pytest.mark.parametrize(("text", "encoding"), PAIRS, ids=lambda value: value[:12])
def test_encodings_are_recognized(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("case", BYTES)
def test_special_bytes(case: str) -> None:
    data, expected = BYTES[case]
    assert decode(data) == expected


@pytest.mark.parametrize("name", ["EUC-JP", "x-euc-jp", "eucjp"])
def test_a_declared_encoding_settles_what_fits_two(name: str) -> None:
    data = "ｱｲｳ".encode("euc_jp")
    assert decode(data, name) == "ｱｲｳ"


@pytest.mark.parametrize("name", ["shift_jis", "utf-8", "latin-1", "rot13", "nonsense", "\0", ""])
def test_a_wrong_declaration_does_no_harm(name: str) -> None:
    for encoding in ("utf-8", "iso2022_jp"):
        data = "日本語のページ".encode(encoding)
        assert decode(data, name) == "日本語のページ"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("これは長い文です".encode()[:-1], "broken UTF-8 at byte 21"),
        ("東京の\xff".encode() + b"\xff", "broken UTF-8 at byte 11"),
        (b"\xef\xbb\xbf\xff", "broken UTF-8 at byte 0"),
        (b"\xff\xfeA", "broken UTF-16-LE at byte 0"),
        (b"caf\xe9 au lait", "undecodable"),
        (b"\x80\x81\x82\x83", "undecodable"),
        (bytes(range(1, 256)), "undecodable"),
        (b"\x00\xd8\xd8\x00\xff", "undecodable"),
    ],
)
def test_undecodable_bytes(data: bytes, message: str) -> None:
    with pytest.raises(DecodingError, match=message):
        decode(data)
