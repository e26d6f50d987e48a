"""What is said of cases: their kinds, what may be decided, and what that moves."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final, Protocol

from faces import formats
from schemas.words import Reason, Verdict
from server.case_view import CaseView, Sided
from server.rehearsal import Moves, Option
from server.rules.clock import Certainty
from server.rules.record import Record
from server.rules.why import WHY
from server.web.here import gettext, here


def _(text: str) -> str:
    """Mark a text that is to be translated where it is shown."""
    return text


class Named(Protocol):
    """What knows the names of records and agents."""

    @property
    def names(self) -> Mapping[str, str]: ...
    @property
    def agents(self) -> Mapping[str, tuple[str, str]]: ...


_KINDS: Final[Mapping[str, str]] = {
    "nik_conflict": _("NIK bentrok"),
    "near_match": _("Mirip"),
    "nik_changed": _("NIK diganti"),
    "person_changed": _("Orang diganti"),
    "credit_dispute": _("Sengketa kredit"),
    "odd_nik": _("NIK ganjil"),
}


def kind(code: str) -> str:
    """Return what a kind of case is called."""
    return gettext(_KINDS[code]) if code in _KINDS else code


def question(view: CaseView) -> str:
    """Return what is doubtful about a case, as a question."""
    known = {
        "nik_conflict": gettext(
            "Dua data memakai satu NIK, tetapi seperti milik dua orang. Orang yang sama?"
        ),
        "near_match": gettext(
            "Dua data dengan NIK berbeda seperti tentang satu orang. Orang yang sama?"
        ),
        "nik_changed": gettext("Perbaikan ini mengganti NIK. Benar begitu?"),
        "person_changed": gettext("Perbaikan ini seperti mengganti orangnya. Benar begitu?"),
        "credit_dispute": gettext(
            "Data ganda ini disimpan sebelum data yang dihitung. Siapa yang mendapat kredit?"
        ),
        "odd_nik": gettext("Data ini ditolak hanya karena NIK-nya ganjil. Memang begitu di KTP?"),
    }
    if view.kind == Reason.NIK_CONFLICT and view.other is None:
        return gettext("NIK ini sudah ada di daftar peserta atas nama lain. Orang yang sama?")
    return known.get(view.kind, view.kind)


def side(view: CaseView, name: str) -> str:
    """Return what a side of a case is called; `name` is record or other."""
    if name == "record":
        known = {
            "nik_changed": gettext("Perbaikan"),
            "person_changed": gettext("Perbaikan"),
            "credit_dispute": gettext("Data ganda"),
        }
        return known.get(view.kind, gettext("Data yang diragukan"))
    if view.other is None:
        return gettext("Daftar peserta")
    known = {
        "nik_changed": gettext("Data yang berlaku"),
        "person_changed": gettext("Data yang berlaku"),
        "credit_dispute": gettext("Data yang dihitung"),
    }
    return known.get(view.kind, gettext("Data yang lebih dulu"))


_CHOICES: Final[Mapping[str, str]] = {
    "same": _("orang yang sama"),
    "different": _("orang berbeda"),
    "yes": _("perubahan diterima"),
    "no": _("perubahan tidak diterima"),
    "stays": _("kredit tetap"),
    "moves": _("kredit pindah"),
    "take": _("NIK ganjil diterima"),
    "ask": _("agen ditanya"),
    "undo": _("keputusan dibatalkan"),
    "void": _("tidak perlu diputuskan lagi"),
}


def choice(code: str) -> str:
    """Return what was decided, in short."""
    return gettext(_CHOICES[code]) if code in _CHOICES else code


def option(view: CaseView, one: Option) -> str:
    """Return what may be decided of a case, whole."""
    here_, there = _whose(view, view.record), _whose(view, view.other)
    keeps_a = one.side == "record"
    if one.choice == "same":
        if view.other is None:
            return gettext("Orang yang sama: sudah menjadi peserta")
        if keeps_a:
            return gettext("Orang yang sama: data A (%(agent)s) yang berlaku", agent=here_)
        return gettext("Orang yang sama: data B (%(agent)s) yang berlaku", agent=there)
    if one.choice == "different":
        if view.kind == "near_match":
            return gettext("Orang berbeda: keduanya tetap")
        if view.other is None:
            return gettext("Orang berbeda: NIK ini bukan milik data A")
        if keeps_a:
            return gettext("Orang berbeda: NIK ini milik data A (%(agent)s)", agent=here_)
        return gettext("Orang berbeda: NIK ini milik data B (%(agent)s)", agent=there)
    return {
        "yes": gettext("Ya: perbaikan menggantikan data B"),
        "no": gettext("Tidak: data B tetap berlaku"),
        "stays": gettext("Kredit tetap pada data B (%(agent)s)", agent=there),
        "moves": gettext("Kredit pindah ke data A (%(agent)s)", agent=here_),
    }.get(one.choice, one.choice)


def _whose(view: CaseView, sided: Sided | None) -> str:
    return "" if sided is None else view.agents[sided.record.agent_id][1]


def moved(moves: Moves, named: Named) -> list[str]:
    """Return a sentence for everything that moves; of a case's own sides with their letters."""
    letters = _letters(named) if isinstance(named, CaseView) else {}
    told = [
        gettext(
            "Data %(name)s (%(agent)s) menjadi %(standing)s.",
            name=", ".join([*letters.get(after.record_id, ()), name_of(named, after)]),
            agent=named.agents[after.agent_id][1],
            standing=standing(after),
        )
        for before, after in moves.records
        if (before.verdict, before.reason) != (after.verdict, after.reason)
    ]
    for agent_id, counts in sorted(moves.counted.items()):
        shares = [f"{_verdict(verdict)} {_signed(n)}" for verdict, n in counts.items()]
        if shares:
            told.append(f"{named.agents[agent_id][1]}: {', '.join(shares)}.")
    if moves.opened:
        told.append(gettext("%(count)s kasus baru terbuka.", count=moves.opened))
    return told or [gettext("Tidak ada data yang berpindah.")]


def _letters(view: CaseView) -> dict[str, str]:
    found = {view.record.record.record_id: "A"}
    return found if view.other is None else found | {view.other.record.record_id: "B"}


def name_of(named: Named, record: Record) -> str:
    """Return the name of a record's person."""
    return named.names.get(record.record_id) or gettext("tanpa nama")


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else f"−{-number}"


_VERDICTS: Final[Mapping[str, str]] = {
    "accepted": _("diterima"),
    "duplicate": _("ganda"),
    "in_review": _("diperiksa"),
    "rejected": _("ditolak"),
    "superseded": _("digantikan"),
}


def _verdict(verdict: str) -> str:
    return gettext(_VERDICTS[verdict]) if verdict in _VERDICTS else verdict


_REASONS: Final[Mapping[str, str]] = {
    Reason.MEMBER: _("ganda: sudah peserta"),
    Reason.INVALID: _("ditolak: isian salah"),
    Reason.INELIGIBLE: _("ditolak: belum memenuhi syarat"),
    Reason.WITHDRAWN: _("ditolak: persetujuan dicabut"),
    Reason.NOT_THEIRS: _("ditolak: NIK bukan miliknya"),
    Reason.REFUSED: _("ditolak: perubahan tidak diterima"),
}


def standing(record: Record) -> str:
    """Return how a record stands, in a few words."""
    if record.verdict in (Verdict.DUPLICATE, Verdict.REJECTED) and record.reason in _REASONS:
        return gettext(_REASONS[record.reason])
    return _verdict(record.verdict)


def why(code: str) -> str:
    """Return a reason of the judge, or what is odd about a NIK."""
    odd = {
        "nik_date": gettext("Tanggal di dalam NIK tidak ada di kalender."),
        "nik_province": gettext("Dua angka pertama NIK bukan kode provinsi."),
    }
    if code in odd:
        return odd[code]
    told = WHY.get(code)
    return code if told is None else told[1 if here().lang == "en" else 0]


def captured(sided: Sided) -> str:
    """Return when a record was captured, by which clock, and how sure that is."""
    record, zone, lang = sided.record, here().zone.key, here().lang
    at = formats.moment(record.captured_at, zone, lang)
    if record.certainty == Certainty.PROVEN:
        return gettext(
            "%(at)s. Terbukti: laptop tidak dimatikan sejak menyimpan sampai mengirim.", at=at
        )
    if record.certainty == Certainty.LIKELY:
        return gettext(
            "%(at)s. Mungkin benar: jam laptop cocok dengan jam kantor sebelum dan sesudahnya.",
            at=at,
        )
    claimed = formats.moment(sided.claimed_at, zone, lang)
    return gettext(
        "Tidak pasti, hanya sebelum diterima. Jam laptop sendiri menyebut %(at)s.", at=claimed
    )


def took(sided: Sided) -> str:
    """Return how long the form was in front of the agent."""
    if sided.elapsed_s is None:
        return gettext("tidak diketahui (dari daftar)")
    minutes, seconds = divmod(timedelta(seconds=sided.elapsed_s).total_seconds(), 60)
    return gettext(
        "%(minutes)s menit %(seconds)s detik", minutes=int(minutes), seconds=int(seconds)
    )
