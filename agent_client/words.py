"""What templates may say: figures and moments the Indonesian way, codes as sentences."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Flask
from flask_babel import gettext

from agent_client import sentences, telling
from agent_client.house import here, kept
from agent_client.shown import shown_content
from faces import formats
from schemas.messages import field_name


def fill(app: Flask) -> None:
    """Give an application's templates their filters and functions."""
    env = app.jinja_env
    env.add_extension("jinja2.ext.do")
    env.filters.update(
        number=formats.number,
        rupiah=formats.rupiah,
        day=lambda value: formats.day(value, here().lang),
        month_name=lambda value: formats.month_name(value, here().lang),
        moment=lambda value: formats.moment(value, here().zone.key, here().lang),
        clock_time=lambda value: formats.clock_time(value, here().zone.key),
        masked=telling.masked,
        capture_name=lambda one: telling.shown_name(one, here().lang),
        capture_nik=telling.shown_nik,
        shown_content=_shown_content,
        error_sentence=lambda error: sentences.error_sentence(error, here().lang),
        state_name=lambda state: telling.state_name(state, here().lang),
        who=_who,
    )
    env.globals.update(
        field_name=lambda name: field_name(name, here().lang),
        sentence=lambda code, **params: sentences.sentence(code, here().lang, **params),
    )
    app.context_processor(
        lambda: {
            "lang": here().lang,
            "kept": here().kept,
            "seat": getattr(here().visit, "seat", None),
        }
    )


def _shown_content(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    with kept().vault.reading() as tx:
        lists = kept().lists(tx)
    return shown_content(content, lists, here().zone.key, here().lang)


def _who(code: str) -> str:
    """Return who must act on a code, "" where nobody need."""
    names = {
        "agent": gettext("Anda"),
        "supervisor": gettext("pengawas"),
        "admin": gettext("admin"),
    }
    responsible = sentences.responsible(code)
    return names.get(responsible.value, "") if responsible is not None else ""
