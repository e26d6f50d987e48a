"""What a body may be: sound JSON within its bounds, plain or packed."""

import gzip
import json
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.api.admission import parse, unpacked
from server.problems import Refused
from sync.limits import BODY_BYTES, UNPACKED_BYTES

INTEGER = 2**53 - 1


BOMB = gzip.compress(b" " * (UNPACKED_BYTES + 1))


DEEP = b"[" * 2_000 + b"]" * 2_000


PIECES = ["[", "]", "{", "}", ",", ":", " ", "null", "true", "NaN", '"a"', r'"\ud83d"', '"é"', "0"]
PIECES += ["-0", "01", "1.5", "1e5", "1e400", "9" * 16, "9" * 19, "9" * 20, "\ufeff", "\x01"]
JSON_LIKE = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)


def strictly(text: str) -> Any:
    """Return what the standard library reads, without the numbers that JSON has not."""

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    return json.loads(text, parse_constant=refuse)


def refused(call: Callable[[bytes], Any], body: bytes) -> tuple[int, str] | None:
    """Return status and code of a refusal, None where the body is taken."""
    try:
        call(body)
    except Refused as refusal:
        return refusal.problem.status, refusal.problem.code
    return None


def depth(value: Any) -> int:
    """Return how many objects and lists lie in each other."""
    if isinstance(value, dict):
        value = list(value.values())
    return 1 + max(map(depth, value), default=0) if isinstance(value, list) else 0


class TestJson:
    @pytest.mark.parametrize(
        "text",
        [
            b"",
            b"{",
            b"nothing",
            b"{}{}",
            b"{'a': 1}",
            b'{"a": 1,}',
            b"\xff\xfe{}",
            b"\xef\xbb\xbf{}",
            b'{"a": "\xff"}',
            '{"a": "\ud800"}'.encode("utf-8", "surrogatepass"),
            b"NaN",
            b'{"a": Infinity}',
            b"[-Infinity]",
            b"9007199254740992",
            b"-9007199254740992",
            b"9007199254740992.0",
            b"1e16",
            b"1e999",
            b"-1e999",
            b"9" * 5_000,
            b"-" + b"9" * 5_000,
            b"9" * 5_000 + b".5",
            b'{"a": [' + b"9" * 5_000 + b"]}",
            DEEP,
            b'{"a":' * 2_000 + b"1" + b"}" * 2_000,
            b"[" * 1_000_000,
        ],
        ids=lambda text: text[:24].decode("latin-1"),
    )
    def test_unsound_text_is_400(self, text: bytes) -> None:
        assert refused(parse, text) == (400, "json_invalid")

    @pytest.mark.parametrize("number", [0, INTEGER, -INTEGER, 1.5, 1e15, -0.25])
    def test_numbers_up_to_2_to_the_53_less_1(self, number: float) -> None:
        assert parse(json.dumps([number]).encode()) == [number]

    def test_a_fraction_of_5000_digits_is_a_number_still(self) -> None:
        assert parse(b"0." + b"3" * 5_000) == pytest.approx(1 / 3)

    @pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
    def test_depth_at_most_eight(self, opening: str, closing: str) -> None:
        def nested(depth: int) -> bytes:
            return (opening * depth + "1" + closing * depth).encode()

        assert refused(parse, nested(8)) is None
        assert refused(parse, nested(9)) == (400, "json_invalid")

    def test_nul_and_lone_surrogates_may_be_escaped(self) -> None:
        assert parse(rb'"nul \u0000, half \ud83d"') == "nul \0, half \ud83d"

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers(-INTEGER, INTEGER) | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
            max_leaves=8,
        )
    )
    def test_any_value_that_is_not_too_deep_is_taken_as_it_is(self, value: Any) -> None:
        text = json.dumps(value).encode()
        if depth(value) > 8:
            assert refused(parse, text) == (400, "json_invalid")
        else:
            assert parse(text) == value

    @given(JSON_LIKE)
    def test_any_text_is_read_as_the_standard_library_reads_it(self, text: str) -> None:
        body = text.encode()
        try:
            value = strictly(text)
        except ValueError:
            assert refused(parse, body) == (400, "json_invalid")
            return
        if refused(parse, body) is None:
            assert repr(parse(body)) == repr(value)

    @given(st.binary())
    def test_any_bytes_are_taken_or_400(self, body: bytes) -> None:
        assert refused(parse, body) in (None, (400, "json_invalid"))


class TestGzip:
    def test_is_unpacked(self) -> None:
        assert unpacked(gzip.compress(b"{}")) == b"{}"

    def test_8_mib_unpacked_and_no_more(self) -> None:
        assert len(unpacked(gzip.compress(b" " * UNPACKED_BYTES))) == 8 * 1024 * 1024
        assert refused(unpacked, BOMB) == (413, "body_too_large")

    def test_a_bomb_of_a_gigabyte_is_not_blown_up(self) -> None:
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        mebibyte = b"\0" * 2**20
        bomb = b"".join(packer.compress(mebibyte) for _ in range(64)) + packer.flush()
        assert len(bomb) < BODY_BYTES
        assert refused(unpacked, bomb) == (413, "body_too_large")

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{}",
            gzip.compress(b"{}")[:-1],
            gzip.compress(b"{}")[:5],
            zlib.compress(b"{}"),
            gzip.compress(b"{}" * 90)[:-9] + b"123456789",
        ],
        ids=["empty", "plain", "cut in the trailer", "cut in the head", "zlib", "damaged"],
    )
    def test_what_is_none_is_400(self, body: bytes) -> None:
        assert refused(unpacked, body) == (400, "json_invalid")

    @given(st.binary())
    def test_any_bytes_are_unpacked_or_refused(self, body: bytes) -> None:
        assert refused(unpacked, gzip.compress(body)) is None
        assert refused(unpacked, body) in (None, (400, "json_invalid"))
