"""The capture page: consent, the person, work and contribution; kept at every pause."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request

from agent_client import drafting
from agent_client.amounts import spans
from agent_client.drafting import Bench, Look, bench_at
from agent_client.finding import find_occupations, find_places, place_words
from agent_client.form import BOXES, LANGUAGES, LISTED, PAGE, form_of_request
from agent_client.house import here, kept
from agent_client.problems import AgentProblem
from agent_client.store import captures, drafts
from agent_client.store.stopping import refuse_new
from schemas.content_rules import MONTHS_AHEAD, MONTHS_BACK
from schemas.envelope import FieldError
from schemas.months import month_text
from schemas.seeds import read_rows
from schemas.words import ConsentMethod
from sync.limits import INTEGER

web = Blueprint("capturing", __name__)

DRAFT = f"/drafts/<int(max={INTEGER}):draft_id>"


def _bench(tx: Any) -> Bench:
    return bench_at(tx, kept().lists(tx), here().house.session.clock.now())


@web.get("/captures/new")
def new() -> Any:
    """Show the consent text; no other box opens before it was agreed to."""
    with kept().vault.reading() as tx:
        refuse_new(tx)
        at = _bench(tx)
    return render_template("capture.html", look=None, **_consent(at), **_months(at))


@web.post("/drafts")
def begin() -> Any:
    """Begin a draft with a worker's consent."""
    with kept().vault.writing() as tx:
        draft_id = drafting.begin(tx, _bench(tx), *_agreed())
    return redirect(f"/drafts/{draft_id}", 303)


@web.post(f"{DRAFT}/consent")
def agree(draft_id: int) -> Any:
    """Put the consent into a draft that came without."""
    with kept().vault.writing() as tx:
        drafting.agree(tx, _bench(tx), draft_id, *_agreed())
    return redirect(f"/drafts/{draft_id}", 303)


@web.get(DRAFT)
def show(draft_id: int) -> Any:
    """Show a draft as it was left."""
    record_id = kept().saved_as.get(draft_id)
    if record_id is not None:
        return redirect(f"/captures/{record_id}", 303)
    with kept().vault.reading() as tx:
        at = _bench(tx)
        look = drafting.look(tx, at, draft_id)
        shown = _shown(tx, at, look, tried=bool(look.draft.corrects or look.draft.source))
    return render_template("capture.html", **shown)


@web.post(f"{DRAFT}/form")
def keep(draft_id: int) -> Any:
    """Keep what was typed so far; answer with what follows of it."""
    with kept().vault.writing() as tx:
        if draft_id in kept().saved_as:
            return "", 204
        at = _bench(tx)
        look = drafting.keep(tx, at, draft_id, form_of_request(request.form))
    with kept().vault.reading() as tx:
        tried = request.form.get("tried") == "1"
        shown = _shown(tx, at, look, tried=tried)
    return render_template("_look.html", **shown)


@web.post(f"{DRAFT}/save")
def save(draft_id: int) -> Any:
    """Save the draft for good, or mark all that keeps it from that."""
    session, saved_as = kept().session, kept().saved_as
    form = form_of_request(request.form)
    try:
        with kept().vault.writing() as tx:
            if draft_id in saved_as:
                return _go(f"/captures/{saved_as[draft_id]}/saved")
            at = _bench(tx)
            evidence = session.evidence()
            look, saved = drafting.save(tx, at, draft_id, form, evidence, session.new_id)
            if saved is not None:
                # Before it is done: whoever waits for its end finds it known.
                saved_as[draft_id] = saved.record_id
    except Exception:
        saved_as.pop(draft_id, None)
        raise
    if saved is not None:
        return _go(f"/captures/{saved.record_id}/saved")
    with kept().vault.reading() as tx:
        shown = _shown(tx, at, look, tried=True)
    return render_template("_look.html", **shown), 200, {"HX-Trigger": "tried"}


@web.post(f"{DRAFT}/neighbour")
def neighbour(draft_id: int) -> Any:
    """Put the last address into the boxes."""
    with kept().vault.writing() as tx:
        at = _bench(tx)
        form = form_of_request(request.form) | drafting.neighbour(tx)
        look = drafting.keep(tx, at, draft_id, form)
    with kept().vault.reading() as tx:
        shown = _shown(tx, at, look, tried=False)
    return render_template("_address.html", **shown)


@web.post(f"{DRAFT}/delete")
def delete(draft_id: int) -> Any:
    """Throw a draft away."""
    with kept().vault.writing() as tx:
        drafts.delete_draft(tx, draft_id)
    return redirect("/queue?state=draft", 303)


@web.post("/captures/<record_id>/correct")
def correct(record_id: str) -> Any:
    """Begin a corrected copy of a capture."""
    with kept().vault.writing() as tx:
        draft_id = drafting.begin_correction(tx, record_id, here().house.session.clock.now())
    return redirect(f"/drafts/{draft_id}", 303)


@web.get("/captures/<record_id>/saved")
def saved(record_id: str) -> Any:
    """Say that it is saved, and what may come next."""
    with kept().vault.reading() as tx:
        found = captures.capture(tx, record_id)
    if found is None:
        raise AgentProblem("capture_unknown")
    return render_template("saved.html", capture=found)


@web.get("/places")
def places() -> Any:
    """Find kelurahan by a few letters."""
    with kept().vault.reading() as tx:
        regions = kept().lists(tx).regions
    found = [(one.code, place_words(one)) for one in find_places(regions, _typed())]
    return render_template("_options.html", found=found, **_asked())


@web.get("/occupations")
def occupations() -> Any:
    """Find occupations by a few letters."""
    with kept().vault.reading() as tx:
        jobs = kept().lists(tx).occupations
    found = [(one.code, _job_words(one)) for one in find_occupations(jobs, _typed())]
    return render_template("_options.html", found=found, **_asked())


_AT_ONCE = frozenset({"nik_date", "nik_serial", "nik_province"})
"""Errors that only a complete NIK has: they are told before it is left."""
_SLOTS = sorted(BOXES - {*PAGE} | {"nik_again"})


def _agreed() -> tuple[str, str]:
    method, language = request.form.get("consent_method"), request.form.get("consent_language")
    if method not in set(ConsentMethod):
        raise AgentProblem("consent_needed")
    return str(method), language if language in LANGUAGES else "id"


def _consent(at: Bench) -> dict[str, Any]:
    return {"text": at.lists.consent_on(at.today), "languages": LANGUAGES}


def _shown(tx: Any, at: Bench, look: Look, *, tried: bool) -> dict[str, Any]:
    """Everything that a draft's page shows."""
    content = look.content
    regions, jobs = at.lists.regions, at.lists.occupations
    job = jobs.get(str(content.get("occupation")))
    return {
        **_consent(at),
        "look": look,
        "form": look.form,
        "errors": {**_office_errors(tx, look), **_errors(look, tried)},
        "tried": tried,
        "job": job,
        "job_words": _job_words,
        "places": {
            name: place_words(regions[content[name]])
            for name in ("kelurahan", "work_kelurahan")
            if content.get(name) in regions
        },
        "jobs": jobs,
        "spans": spans(look.due) if look.due is not None else [],
        **_months(at),
        "neighbour": drafting.neighbour(tx),
        "regions": regions,
        "nik_place": _nik_place(at, look),
        "hinted": _hinted(tx, look),
        "now": at.now,
        "slots": _SLOTS,
        "swap_sector": request.form.get("sector_for", "") != (job.code if job else ""),
    }


def _errors(look: Look, tried: bool) -> dict[str, FieldError]:
    """The first error of each box: while typing, of those that were filled in and left."""
    told: dict[str, FieldError] = {}
    for error in look.errors:
        if tried or _is_told_early(error, look):
            told.setdefault(
                "nik_again" if error.code.startswith("nik_again") else error.field, error
            )
    return told


def _is_told_early(error: FieldError, look: Look) -> bool:
    """Tell whether an error helps before anybody tried to save.

    Nobody is told that half a number is not a whole one while typing it.
    """
    if error.code == "nik_again_differs":
        return True
    if error.code == "choice" and error.field in LISTED:
        return request.form.get("at") != f"{error.field}_text"
    if error.code == "nik_again" or not look.form.get(error.field):
        return False
    return request.form.get("at") != error.field or error.code in _AT_ONCE


def _office_errors(tx: Any, look: Look) -> dict[str, FieldError]:
    """What the office found in the capture that this draft corrects, in boxes still unchanged."""
    corrects = look.draft.corrects
    former = captures.capture(tx, corrects) if corrects else None
    envelope = captures.envelope_of(tx, corrects) if corrects else None
    if former is None or envelope is None:
        return {}
    told = {}
    for error in former.errors:
        name = str(error.get("field"))
        if envelope["content"].get(name) == look.content.get(name):
            told[name] = FieldError(name, str(error.get("code")), error.get("params"))
    return told


def _nik_place(at: Bench, look: Look) -> str | None:
    """Where a NIK was first given out, as far as the lists tell."""
    if look.nik is None:
        return None
    prefix = look.nik.district
    dotted = f"{prefix[:2]}.{prefix[2:4]}.{prefix[4:6]}."
    for region in at.lists.regions.values():
        if region.code.startswith(dotted):
            return f"Kec. {region.kecamatan}, {region.kabkota}"
    names = {row["code"]: row["name"] for row in read_rows("provinces.csv")}
    return names.get(look.nik.province)


def _hinted(tx: Any, look: Look) -> list[tuple[Any, Any]]:
    """Each hint with the capture that it speaks of."""
    return [
        (hint, captures.capture(tx, hint.record_id) if hint.record_id else None)
        for hint in look.hints
    ]


def _months(at: Bench) -> dict[str, Any]:
    """Which months can be the first, and how many can be paid at once."""
    this = at.today.year * 12 + at.today.month - 1
    first = [month_text(this + step) for step in range(-MONTHS_BACK, MONTHS_AHEAD + 1)]
    return {"first_months": first, "month_choices": at.rules.months}


def _job_words(job: Any) -> str:
    return str(job.name_en if here().lang == "en" else job.name_id)


def _typed() -> str:
    return _asked()["typed"]


def _asked() -> dict[str, str]:
    """Which box asks for suggestions, and what was typed into it."""
    asked = [(name, text) for name, text in request.args.items() if name.endswith("_text")]
    name, text = next(iter(asked), ("x_text", ""))
    return {"of": name.removesuffix("_text"), "typed": text[:60]}


def _go(path: str) -> Any:
    if "HX-Request" not in request.headers:
        return redirect(path, 303)
    response = make_response("", 200)
    response.headers["HX-Redirect"] = path
    return response
