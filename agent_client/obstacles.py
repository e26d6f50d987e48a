"""What keeps a draft at the door from being saved; pure.

Beyond the rules of the content the page asks for a NIK typed twice, for a choice out of a
list, and for a reason where the laptop knows the worker. That is asked here, and nowhere
else: an office never refuses for it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from agent_client.form import LISTED, Form, differing_digit, digits
from schemas.envelope import FieldError


def obstacles(
    form: Form, content: Mapping[str, Any], judged: Iterable[FieldError], hinted: bool
) -> tuple[FieldError, ...]:
    """Return what keeps a draft from being saved; what is wrong is told once, where it is.

    A sector follows from the occupation, so it is not asked for before that.
    """
    own = _page_errors(form, content, hinted)
    told = {error.field for error in own if error.code == "choice"}
    told |= set() if content.get("occupation") else {"sector"}
    return (*own, *(error for error in judged if error.field not in told))


def _page_errors(form: Form, content: Mapping[str, Any], hinted: bool) -> list[FieldError]:
    """What the page asks for besides: the NIK twice, a reason against a hint, a choice."""
    searched = [name for name in LISTED if form.get(f"{name}_text") and not form.get(name)]
    errors = [FieldError(name, "choice") for name in searched]
    nik = digits(form.get("nik", ""))
    if nik and form.get("nik_confirmed") != nik:
        place = differing_digit(form)
        differs = FieldError("nik", "nik_again_differs", {"place": place})
        errors.append(FieldError("nik", "nik_again") if place is None else differs)
    if hinted and "hint_reason" not in content:
        errors.append(FieldError("hint_reason", "hint_reason_needed"))
    return errors
