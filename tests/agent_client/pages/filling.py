"""What an agent types of a made-up worker, box by box."""

from agent_client.form import form_of
from tests.builders import content

SECRETS = ("nik", "mother_name", "phone", "full_name")


def boxes(n: int, **typed: str) -> dict[str, str]:
    """Return the boxes of person number `n`, sound unless a test types something else."""
    form = form_of({**content(n), "consent_version": None})
    form.pop("nik_confirmed")
    form["nik_again"] = form["nik"]
    form.pop("sector", None)
    return {name: text for name, text in {**form, **typed}.items() if text}
