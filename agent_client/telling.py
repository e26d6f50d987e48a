"""How captures are told to people and to programs; pure. A NIK is masked, secrets are left out."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from agent_client.doorstep import short_id
from agent_client.sentences import error_sentence, sentence
from agent_client.store.captures import Capture
from agent_client.store.changes import Change
from agent_client.store.drafts import Draft
from schemas import messages
from schemas.envelope import FieldError, parse_moment
from schemas.nik import mask_nik

STATE_NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "waiting": ("menunggu", "waiting"),
    "set_aside": ("tidak terkirim", "set aside"),
    "sealed": ("disegel", "sealed"),
    "accepted": ("diterima", "accepted"),
    "duplicate": ("sudah terdaftar", "duplicate"),
    "in_review": ("diperiksa", "in review"),
    "rejected": ("ditolak", "rejected"),
    "superseded": ("diganti", "superseded"),
    "resaved": ("disimpan ulang", "saved again"),
}


def state_name(state: str, lang: str) -> str:
    """Return what people call a state, its code where nobody knows it."""
    names = STATE_NAMES.get(state)
    return state if names is None else names[lang == "en"]


def shown_time(moment: str | datetime | None, zone: ZoneInfo) -> str:
    """Return a moment as people read it: "20-11-2026 09:30 WITA", "–" for none."""
    known = parse_moment(moment) if isinstance(moment, str) else moment
    return "–" if known is None else known.astimezone(zone).strftime("%d-%m-%Y %H:%M %Z")


def rupiah(amount: int) -> str:
    """Return an amount as people write it: "Rp16.800"."""
    return f"Rp{amount:,}".replace(",", ".")


def capture_line(one: Capture, lang: str, zone: ZoneInfo) -> str:
    """Return one line of a list."""
    cells = (
        short_id(one.record_id),
        shown_time(one.captured_at, zone),
        f"{state_name(one.state, lang):<15}",
        _nik(one),
        _name(one, lang),
    )
    return "  ".join(cells)


def standing_sentences(one: Capture, lang: str) -> list[str]:
    """Return how a capture stands, in sentences: the verdict, then all that comes with it."""
    if one.waiting:
        return [_waiting(one, lang)]
    said = [sentence(f"{one.verdict}/{one.reason}", lang)]
    said.extend(messages.error_sentence(error, lang) for error in one.errors)
    for flag in one.flags:
        amount = f" ({rupiah(one.due)})" if flag == "contribution_differs" and one.due else ""
        said.append(sentence(flag, lang) + amount)
    if one.resaved_as:
        said.append(f"→ {short_id(one.resaved_as)}")
    if one.corrected_by:
        said.append(f"→ {short_id(one.corrected_by)}")
    return said


def story(one: Capture, changes: Iterable[Change], lang: str, zone: ZoneInfo) -> Iterator[str]:
    """Yield a capture's story in plain words, a line for each step, then how it stands."""
    for at, text in story_steps(one, changes, lang):
        yield text if at is None else f"{shown_time(at, zone)}  {text}"


def story_steps(
    one: Capture, changes: Iterable[Change], lang: str
) -> Iterator[tuple[str | None, str]]:
    """Yield (moment or None, sentence) for each step, then for how the capture stands now."""
    yield one.captured_at, ("tersimpan di laptop ini", "saved on this laptop")[lang == "en"]
    told, last = False, ""
    for change in changes:
        last = _step(change, lang)
        yield change.at, last
        told = (change.verdict, change.reason) == (one.verdict, one.reason)
    if one.wiped_at is not None:
        yield one.wiped_at, _wiped(one, lang)
    standing = standing_sentences(one, lang)
    # What it waits for, or the verdict's own sentence, stands in the last step already.
    said = standing[0] == last or (told and not one.waiting)
    for text in standing[1 if said else 0 :]:
        yield None, text


def shown_name(one: Capture, lang: str) -> str:
    """Return a capture's name, or why it is not shown."""
    return _name(one, lang)


def shown_nik(one: Capture) -> str:
    """Return a capture's NIK, masked."""
    return _nik(one)


def capture_body(one: Capture) -> dict[str, Any]:
    """Return a capture as `--json` shows it; what the office left out is null."""
    return {
        "record_id": one.record_id,
        "digest": one.digest,
        "device_seq": one.device_seq,
        "captured_at": one.captured_at,
        "corrects": one.corrects,
        "name": None if _is_hidden(one) else one.name,
        "nik": None if _is_hidden(one) else mask_nik(one.nik),
        "state": one.state,
        "attempts": one.attempts,
        "attempted_at": one.attempted_at,
        "problem": one.problem,
        "verdict": one.verdict,
        "reason": one.reason,
        "seq": one.seq,
        "received_at": one.received_at,
        "errors": list(one.errors),
        "flags": list(one.flags),
        "due": one.due,
        "corrected_by": one.corrected_by,
        "resaved_as": one.resaved_as,
        "restricted": one.restricted,
        "stage": one.stage,
        "stage_at": one.stage_at,
        "kpj": None if one.restricted else one.kpj,
        "paid_through": one.paid_through,
        "wiped_at": one.wiped_at,
        "purged_after_days": one.purged_after_days,
    }


def change_body(change: Change) -> dict[str, Any]:
    """Return a step as `--json` shows it."""
    return {
        "record_id": change.record_id,
        "at": change.at,
        "kind": change.kind,
        "verdict": change.verdict,
        "reason": change.reason,
        **change.detail,
    }


def draft_body(one: Draft, lang: str) -> dict[str, Any]:
    """Return a draft as `--json` shows it."""
    return {
        "draft_id": one.draft_id,
        "name": str(one.content.get("full_name") or ""),
        "nik": masked(one.content.get("nik")),
        "source": one.source,
        "corrects": one.corrects,
        "made_at": one.made_at,
        "errors": error_bodies(one.missing, lang),
    }


def error_bodies(errors: Iterable[FieldError], lang: str) -> list[dict[str, Any]]:
    """Return errors or warnings as `--json` shows them, each with its sentence."""
    return [{**error.body(), "sentence": error_sentence(error, lang)} for error in errors]


def masked(nik: object) -> str:
    """Return whatever stands in the place of a NIK, masked."""
    return mask_nik(nik) if isinstance(nik, str) and nik else ""


def _waiting(one: Capture, lang: str) -> str:
    if one.wiped_at is not None:
        return sentence("sealed_one", lang)
    if one.problem is None:
        words = ("Menunggu dikirim; tidak ada yang hilang.", "Waits to be sent; nothing is lost.")
        return words[lang == "en"]
    return _reason(one.problem, lang)


def _reason(code: str, lang: str) -> str:
    """What a problem or a reason to try again says."""
    retry = f"retry/{code}"
    return sentence(retry if retry in messages.MESSAGES else code, lang)


def _step(change: Change, lang: str) -> str:
    english = lang == "en"
    if change.kind in ("standing", "resaved"):
        name = state_name(str(change.verdict), lang)
        return f"{name}: {sentence(f'{change.verdict}/{change.reason}', lang)}"
    if change.kind == "progress":
        return f"{('tahap', 'stage')[english]}: {change.detail.get('stage')}"
    if change.kind == "reopened":
        return (
            "kantor dipulihkan dan belum mengenalnya; dikirim lagi",
            "the office was restored and does not know it; it is sent again",
        )[english]
    return _reason(str(change.reason), lang)


def _wiped(one: Capture, lang: str) -> str:
    if one.purged_after_days is not None:
        return (
            f"dihapus dari laptop ini sesuai aturan {one.purged_after_days} hari;"
            " kantor menyimpannya",
            f"removed from this laptop by the rule of {one.purged_after_days} days;"
            " the office keeps it",
        )[lang == "en"]
    return (
        "izin laptop dicabut: isinya tidak dapat dibaca lagi di sini",
        "the laptop's leave was revoked: its content can no longer be read here",
    )[lang == "en"]


def _is_hidden(one: Capture) -> bool:
    return one.restricted or one.wiped_at is not None


def _nik(one: Capture) -> str:
    return "–" * 16 if _is_hidden(one) else mask_nik(one.nik)


def _name(one: Capture, lang: str) -> str:
    if one.wiped_at is not None:
        words = ("(disegel)", "(sealed)") if one.waiting else ("(dihapus)", "(removed)")
        return words[lang == "en"]
    return ("(dibatasi)", "(restricted)")[lang == "en"] if one.restricted else one.name
