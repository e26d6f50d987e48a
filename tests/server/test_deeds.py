"""Each deed is a plain sentence in both languages; what is not known is shown by its code."""

from types import SimpleNamespace
from typing import Any

import pytest

from server.audit import Action
from server.deeds import NOUNS, deed, facts, noun, told

ID = "019ab3f2-1111-7000-8000-00001b2c3d4e"


def said(action: str, about: str = "case", lang: str = "id", **more: Any) -> str:
    """Return a line's sentence."""
    line = SimpleNamespace(action=action, about=about, about_id=more.pop("about_id", ID))
    line.by = more.pop("by", "Ibu Rahma")
    return str(told(line, more, more.pop("called", None), lang))


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("about", NOUNS)
def test_every_deed_has_a_sentence_in_both_languages(action: Action, about: str) -> None:
    one, other = (said(action, about, lang) for lang in ("id", "en"))
    assert one != other
    for text in (one, other):
        assert text.startswith("Ibu Rahma ")
        assert "{" not in text
        assert text == text.strip()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ({"action": "decided", "choice": "same"}, "memutuskan kasus …1b2c3d4e: orang yang sama"),
        ({"action": "undid", "choice": "undo"}, "membatalkan keputusan kasus …1b2c3d4e"),
        ({"action": "signed_in", "about": "user"}, "masuk"),
        ({"action": "saw", "about": "agent", "called": "Daeng"}, "melihat agen Daeng"),
        ({"action": "made", "about": "user", "name": "Ali"}, "membuat pengguna Ali"),
        ({"action": "saw", "about": "device", "called": "Laptop Ali"}, "melihat Laptop Ali"),
        (
            {"action": "changed", "about": "user", "name": "Ali", "changed": "password"},
            "mengubah pengguna Ali: kata sandi",
        ),
        (
            {"action": "exported", "about": "leaderboard", "about_id": ""},
            "mengunduh papan peringkat",
        ),
    ],
)
def test_some_of_them(line: dict[str, Any], sentence: str) -> None:
    assert said(**line) == f"Ibu Rahma {sentence}"


def test_what_is_not_known_is_shown_by_its_code() -> None:
    assert said("flew", "moon", about_id="m-1") == "Ibu Rahma: flew moon m-1"
    assert said("decided", choice="later").endswith(": later")
    assert (noun("moon", "id"), deed("flew", "en")) == ("moon", "{by}: flew {what}")
    assert facts({"size": {"a": 1}, "rows": 1204}, "id") == "baris: 1.204 · size: {'a': 1}"


def test_a_name_is_only_a_name() -> None:
    assert said("saw", by="{what} {by}", called="{by}") == "{what} {by} melihat kasus {by}"


def test_the_rest_of_a_detail_is_told_beside() -> None:
    detail = {"choice": "same", "kind": "near_match", "moved": 2, "everywhere": True, "name": "x"}
    assert facts(detail, "id") == "jenis: mirip · data yang berpindah: 2 · di semua perangkat: ya"
    assert (
        facts({"offices": ["Tallo", "Makassar"], "basis": None}, "en") == "offices: Tallo, Makassar"
    )
