"""Every address of the application, and who may come there; one that is not here fails a test."""

from collections.abc import Iterator, Mapping

from flask import Flask

PUBLIC = {
    "faces.file": "/faces/lorong.css",
    "agent.file": "/agent/page.js",
    "entering.enter": "/enter/{token}",
}
"""Needs nobody's leave."""

WAYS_IN = {
    "entering.unlock": "/unlock",
    "entering.open_seat": "/unlock",
    "entering.restore_seat": "/restore",
    "entering.join": "/join",
    "entering.begin_joining": "/join",
    "entering.joining_state": "/join/state",
    "entering.lock": "/lock",
    "entering.language": "/language",
}
"""Needs a visit, be it locked."""

OPEN = {
    "capturing.new": "/captures/new",
    "capturing.begin": "/drafts",
    "capturing.agree": "/drafts/{draft}/consent",
    "capturing.show": "/drafts/{draft}",
    "capturing.keep": "/drafts/{draft}/form",
    "capturing.save": "/drafts/{draft}/save",
    "capturing.neighbour": "/drafts/{draft}/neighbour",
    "capturing.delete": "/drafts/{draft}/delete",
    "capturing.correct": "/captures/{record}/correct",
    "capturing.saved": "/captures/{record}/saved",
    "capturing.places": "/places?kelurahan_text=tallo",
    "capturing.occupations": "/occupations?occupation_text=dagang",
    "looking.home": "/",
    "looking.queue": "/queue",
    "looking.show": "/captures/{record}",
    "looking.read": "/notices/n-Rapat hari Senin/read",
    "performing.show": "/performance",
    "proving.receipt": "/captures/{record}/receipt",
    "proving.days": "/proofs",
    "proving.of_day": "/proofs/2026-11-20",
    "proving.file": "/proofs/2026-11-20/file",
    "setting.show": "/settings",
    "setting.copy": "/settings/copy",
    "setting.passphrase": "/settings/passphrase",
    "syncing.show": "/line",
    "syncing.send": "/sync",
}
"""Needs an open seat."""


def calls(
    app: Flask, paths: Mapping[str, str], ids: Mapping[str, str], method: str | None = None
) -> Iterator[tuple[str, str]]:
    """Yield (method, path) of all routes of these, filled with ids; of one method if asked."""
    for rule in app.url_map.iter_rules():
        for one in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            if rule.endpoint in paths and method in (None, one):
                yield one, paths[rule.endpoint].format_map({"token": "x", **ids})


def pages(ids: Mapping[str, str]) -> list[str]:
    """Return the address of every page of a laptop on which all was done."""
    records = [ids[name] for name in ids if name != "draft"]
    each = [f"/captures/{one}{end}" for one in records for end in ("", "/receipt", "/saved")]
    tabs = ("draft", "waiting", "rejected", "in_review", "accepted", "duplicate", "all")
    return [
        "/unlock",
        "/join",
        "/captures/new",
        f"/drafts/{ids['draft']}",
        *(f"/queue?state={tab}" for tab in tabs),
        *each,
        "/performance",
        "/proofs",
        "/proofs/2026-11-20",
        "/settings",
        "/nowhere",
    ]
