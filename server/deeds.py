"""What the trail tells, as plain sentences in Indonesian and English.

A deed, a noun or a member that is not known here is shown by its code.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from faces import formats
from server.audit import Action

Pair = tuple[str, str]

_DEEDS: Final[Mapping[str, Pair]] = {
    Action.SIGNED_IN: ("{by} masuk", "{by} signed in"),
    Action.SIGNED_OUT: ("{by} keluar", "{by} signed out"),
    Action.REFUSED: ("{by} ditolak masuk", "{by} was refused at the sign-in"),
    Action.SAW: ("{by} melihat {what}", "{by} saw {what}"),
    Action.REVEALED: ("{by} membuka NIK pada {what}", "{by} revealed the NIK of {what}"),
    Action.EXPORTED: ("{by} mengunduh {what}", "{by} exported {what}"),
    Action.DECIDED: ("{by} memutuskan {what}", "{by} decided {what}"),
    Action.ASKED: ("{by} bertanya kepada agen tentang {what}", "{by} asked the agent about {what}"),
    Action.UNDID: ("{by} membatalkan keputusan {what}", "{by} undid the decision on {what}"),
    Action.TOOK: ("{by} menerima NIK ganjil {what}", "{by} took the odd NIK of {what}"),
    Action.WITHDREW: (
        "{by} mencatat penarikan persetujuan {what}",
        "{by} recorded the withdrawal of consent of {what}",
    ),
    Action.MADE: ("{by} membuat {what}", "{by} made {what}"),
    Action.CHANGED: ("{by} mengubah {what}", "{by} changed {what}"),
    Action.MOVED: ("{by} memindahkan {what}", "{by} moved {what}"),
    Action.ENDED: ("{by} mengakhiri {what}", "{by} ended {what}"),
    Action.REVOKED: ("{by} mencabut {what}", "{by} revoked {what}"),
    Action.RETIRED: ("{by} menarik {what} dari tugas", "{by} took {what} out of service"),
    Action.JUDGED_AGAIN: ("{by} menilai ulang {what}", "{by} had {what} judged again"),
}
NOUNS: Final[Mapping[str, Pair]] = {
    "case": ("kasus", "case"),
    "record": ("data", "record"),
    "agent": ("agen", "agent"),
    "device": ("laptop", "laptop"),
    "office": ("kantor", "office"),
    "join_code": ("kode laptop", "join code"),
    "user": ("pengguna", "user"),
    "link": ("tautan masuk", "sign-in link"),
    "token": ("token", "token"),
    "leaderboard": ("papan peringkat", "leaderboard"),
    "audit": ("jejak", "trail"),
    "export": ("unduhan", "export"),
}
"""What a line can be about."""
_MEMBERS: Final[Mapping[str, Pair]] = {
    "kind": ("jenis", "kind"),
    "side": ("sisi", "side"),
    "role": ("peran", "role"),
    "offices": ("kantor", "offices"),
    "failures": ("percobaan salah", "wrong tries"),
    "number": ("keputusan nomor", "decision number"),
    "moved": ("data yang berpindah", "records that moved"),
    "opened": ("kasus baru", "new cases"),
    "code": ("kode", "code"),
    "to": ("ke", "to"),
    "records": ("data yang ikut berpindah", "records that moved along"),
    "form": ("bentuk", "format"),
    "first": ("dari", "from"),
    "last": ("sampai", "to"),
    "office": ("kantor", "office"),
    "since": ("sejak", "since"),
    "until": ("sampai", "until"),
    "basis": ("menurut", "by"),
    "sought": ("menurut", "by"),
    "rows": ("baris", "rows"),
    "days": ("hari", "days"),
    "count": ("banyaknya", "how many"),
    "reason": ("alasan", "reason"),
    "is_lost": ("hilang", "lost"),
    "is_to_stop": ("diminta berhenti", "is to stop"),
    "verdict": ("hasil", "outcome"),
    "by_link": ("lewat tautan", "by a link"),
    "token": ("lewat token", "by the token"),
    "everywhere": ("di semua perangkat", "on all devices"),
}
_VALUES: Final[Mapping[tuple[str, str], Pair]] = {
    ("choice", "same"): ("orang yang sama", "the same person"),
    ("choice", "different"): ("orang berbeda", "different people"),
    ("choice", "yes"): ("perubahan diterima", "the change is taken"),
    ("choice", "no"): ("perubahan tidak diterima", "the change is not taken"),
    ("choice", "stays"): ("kredit tetap", "the credit stays"),
    ("choice", "moves"): ("kredit pindah", "the credit moves"),
    ("changed", "role"): ("peran dan kantor", "role and offices"),
    ("changed", "name"): ("nama", "name"),
    ("changed", "end"): ("akhirnya dibatalkan", "the end was taken back"),
    ("changed", "password"): ("kata sandi", "password"),
    ("changed", "unlocked"): ("kunci akun dibuka", "unlocked"),
    ("changed", "totp_on"): ("kode dua langkah dinyalakan", "two-step code on"),
    ("changed", "totp_off"): ("kode dua langkah dimatikan", "two-step code off"),
    ("form", "people"): ("daftar orang", "list of people"),
    ("form", "letters"): ("surat", "letters"),
    ("kind", "nik_conflict"): ("NIK bentrok", "NIK conflict"),
    ("kind", "near_match"): ("mirip", "near match"),
    ("kind", "nik_changed"): ("NIK diganti", "NIK changed"),
    ("kind", "person_changed"): ("orang diganti", "person changed"),
    ("kind", "credit_dispute"): ("sengketa kredit", "credit dispute"),
    ("kind", "odd_nik"): ("NIK ganjil", "odd NIK"),
    ("side", "record"): ("yang diragukan", "the doubtful one"),
    ("side", "other"): ("yang lebih dulu", "the earlier one"),
    ("role", "administrator"): ("administrator", "administrator"),
    ("role", "supervisor"): ("pengawas", "supervisor"),
    ("role", "viewer"): ("pengamat", "viewer"),
    ("basis", "work"): ("hari pendataan", "day of capture"),
    ("basis", "received"): ("hari diterima kantor", "day of receipt"),
}
_ENDS: Final = ("choice", "changed")
"""Members of a detail that end the sentence, after a colon."""
_SILENT: Final = frozenset({*_ENDS, "name"})
_SAID_BY_DEED: Final = frozenset({"ask", "undo", "take", "withdraw"})
"""Choices that say no more than the deed itself."""


class Told(NamedTuple):
    """A sentence in parts: what it is about may be led to, with what stands before and after."""

    before: str
    what: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.what}{self.after}"


def told(line: Any, detail: Mapping[str, Any], name: str | None, lang: str) -> Told:
    """Return a line's sentence; `name` is what it is about is called now, None if it is gone."""
    before, names_it, after = deed(line.action, lang).partition("{what}")
    called = name or str(detail.get("name", ""))
    end = "".join(
        f": {_value(member, detail[member], lang)}"
        for member in _ENDS
        if detail.get(member) not in (None, *_SAID_BY_DEED)
    )
    what = _what(line.about, line.about_id, called, lang) if names_it else ""
    return Told(before.replace("{by}", line.by), what, after + end)


def deed(action: str, lang: str) -> str:
    """Return a deed's template, with {by} and maybe {what} in it."""
    return _said(_DEEDS, action, f"{{by}}: {action} {{what}}", lang)


def noun(about: str, lang: str) -> str:
    """Return what kind of thing a line is about."""
    return _said(NOUNS, about, about, lang)


def _what(about: str, about_id: str, called: str, lang: str) -> str:
    short = called or (f"…{about_id[-8:]}" if len(about_id) > 8 else about_id)
    kind = noun(about, lang)
    says_it = short.casefold().startswith(f"{kind} ".casefold())
    return short if says_it else f"{kind} {short}".strip()


def facts(detail: Mapping[str, Any], lang: str) -> str:
    """Return what else a line's detail tells, in one line of text."""
    known = [member for member in _MEMBERS if member in detail]
    members = [*known, *(member for member in detail if member not in _MEMBERS)]
    return " · ".join(
        f"{_said(_MEMBERS, member, member, lang)}: {_value(member, detail[member], lang)}"
        for member in members
        if member not in _SILENT and detail[member] not in (None, "", [])
    )


def _value(member: str, value: Any, lang: str) -> str:
    if isinstance(value, bool):
        return {"id": ("tidak", "ya"), "en": ("no", "yes")}[lang][value]
    if isinstance(value, int):
        return formats.number(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return _said(_VALUES, (member, str(value)), str(value), lang)


def _said(words: Mapping[Any, Pair], key: Any, unknown: str, lang: str) -> str:
    return words.get(key, (unknown, unknown))[lang == "en"]
