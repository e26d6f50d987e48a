"""Disisihkan: what came in and has no standing, why, and judging it again."""

from typing import Any, Final

from flask import Blueprint, render_template, request

from schemas.words import Responsible, Verdict
from server.judging_again import Pair, judge_again
from server.rules.aside import UNREADABLE, may_be_judged, who_acts
from server.store import set_aside
from server.web import laptop_words
from server.web.going import go
from server.web.here import gettext, here

web = Blueprint("set_aside", __name__)
_PATH: Final = "/set-aside"
_PAGE: Final = 50


@web.get("/set-aside")
def index() -> Any:
    """List what is set aside, the oldest first."""
    office, own = here().office, here().user.offices
    with office.store.read() as tx:
        total = set_aside.count(tx, office.today(), own)
        pages = max(1, -(-total // _PAGE))
        page = min(max(1, request.args.get("page", 1, type=int)), pages)
        rows = set_aside.listed(
            tx, on=office.today(), office_ids=own, limit=_PAGE, offset=(page - 1) * _PAGE
        )
    return render_template(
        "set_aside.html",
        rows=rows,
        total=total,
        page=page,
        pages=pages,
        first=(page - 1) * _PAGE,
        may_be_judged=may_be_judged,
        why=_why,
        who=_who,
    )


@web.post("/set-aside/<agent_id>/judge")
def judge(agent_id: str) -> Any:
    """Judge one again, and tell how it stands now."""
    pair = Pair(agent_id, request.form.get("record", ""), request.form.get("digest", ""))
    verdict, reason = judge_again(here().office, pair, by=here().user.name)
    if verdict == Verdict.RETRY:
        told = gettext("Masih belum dapat dinilai. %(why)s", why=_why(reason))
    else:
        named = laptop_words.verdict(verdict)
        told = gettext("Sudah dinilai: %(verdict)s. Agen akan melihatnya.", verdict=named)
    return go(_PATH, told)


def _why(reason: str) -> str:
    known = {
        "not_decided": gettext("Penilaian gagal karena kesalahan program."),
        "corrects_unknown": gettext("Data yang diperbaikinya belum sampai di kantor."),
        "kind_unknown": gettext("Jenis data ini belum dikenal oleh program kantor."),
        "schema_newer": gettext("Dibuat oleh program laptop yang lebih baru daripada kantor."),
        "id_reused": gettext("Nomornya sudah dipakai data lain; laptop menyimpannya lagi sendiri."),
        "digest_mismatch": gettext("Rusak di jalan; laptop mengirimnya lagi."),
        UNREADABLE: gettext("Tidak dapat dibaca, dan tidak bernomor."),
    }
    return known.get(reason, reason)


def _who(reason: str) -> str:
    known = {
        Responsible.ADMIN: gettext("Administrator: perbarui program kantor, lalu nilai lagi."),
        Responsible.AGENT: gettext("Agen: sambungkan laptop sampai semuanya terkirim."),
        Responsible.NOBODY: gettext("Tidak ada yang perlu berbuat."),
    }
    if reason == UNREADABLE:
        return gettext("Administrator: periksa program laptop itu.")
    return known.get(who_acts(reason), "")
