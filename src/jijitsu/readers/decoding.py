"""From bytes to text: the encodings that Japanese pages come in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WITH_ZERO_BYTES = ("utf-16-le", "utf-16-be", "utf-8")
# The last one is EUC-JP with characters that the standard lacks and pages use (①, ㈱).
_JAPANESE = ("cp932", "euc_jp", "iso2022_jp", "euc_jis_2004")

# What a page may declare, as Python normalizes the name, and the codec to read it by.
_DECLARABLE = {
    "shift_jis": "cp932",
    "cp932": "cp932",
    "euc_jp": "euc_jis_2004",
    "iso2022_jp": "iso2022_jp",
}

_ISO_2022_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\([IJ])")
_JAPANESE_LETTER = re.compile("[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
# What the wrong codec makes of Japanese: half-width kana, private and control characters.
_UNLIKELY = re.compile("[\uff61-\uff9f\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f]")
# No text has these controls (zero bytes are looked at before), and Python's CP932 lets bytes
# through that are no characters.
_IMPOSSIBLE = re.compile("[\x01-\x08\x0e-\x19\x1c-\x1f\x7f-\x9f\uf8f0-\uf8f3]")


class DecodingError(ValueError):
    """Bytes that are text in none of the encodings of Japanese pages."""


def decode(data: bytes, declared: str | None = None) -> str:
    """Decode a page; a byte order mark is not part of the text.

    UTF-8 is believed before ``declared``, the encoding that the page says it has: many
    pages were converted without changing what they say.

    >>> decode("ソフトバンク".encode("cp932"))
    'ソフトバンク'

    Raises:
        DecodingError: no encoding fits.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_marked(data[len(bom) :], encoding)
    if b"\0" in data:
        return _decode_likeliest(data, [_WITH_ZERO_BYTES])
    escaped = ["iso2022_jp"] if _ISO_2022_ESCAPE.search(data) else []
    if not escaped:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            if _is_damaged_utf8(data):
                raise DecodingError(f"broken UTF-8 at byte {error.start}") from error
    # The library's answer comes first where several fit equally well.
    detected = [*_detected(data), *_JAPANESE]
    return _decode_likeliest(data, [escaped, _declared(declared), detected, ["utf-8"]])


def _decode_marked(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DecodingError(f"broken {encoding.upper()} at byte {error.start}") from error


def _is_damaged_utf8(data: bytes) -> bool:
    """Tell UTF-8 with some bad bytes from other encodings: its Japanese can still be read."""
    text = data.decode("utf-8", errors="replace")
    return len(_JAPANESE_LETTER.findall(text)) > text.count("\ufffd")


def _declared(name: str | None) -> Sequence[str]:
    try:
        plain = codecs.lookup((name or "").lower().removeprefix("x-")).name
    except (LookupError, ValueError):
        return ()
    return [_DECLARABLE[plain]] if plain in _DECLARABLE else ()


def _detected(data: bytes) -> Sequence[str]:
    return [match.encoding for match in from_bytes(data, cp_isolation=[*_JAPANESE[:3]])]


def _decode_likeliest(data: bytes, choices: Iterable[Sequence[str]]) -> str:
    """Decode by the first of the choices that holds an encoding that fits."""
    for encodings in choices:
        texts = [text for encoding in encodings if (text := _try(data, encoding)) is not None]
        if texts:
            return max(texts, key=_likelihood)
    raise DecodingError("undecodable: not UTF-8, Shift_JIS, EUC-JP, ISO-2022-JP or UTF-16")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _IMPOSSIBLE.search(text) else text


def _likelihood(text: str) -> tuple[int, int]:
    """Count the kana, which the wrong codec seldom gives; then the ASCII characters."""
    kana = len(_KANA.findall(text)) - len(_UNLIKELY.findall(text))
    return kana, sum(map(str.isascii, text))
