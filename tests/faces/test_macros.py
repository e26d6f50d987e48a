"""The parts of a form: named, described, safe, and kept by no browser."""

from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask, render_template_string

from faces import assets

EVIL = '<b>"it\'s" & more'
OPTIONS = [("M", "Laki-laki"), ("F", EVIL)]
USUAL = {
    "field": ("nik", "NIK"),
    "select": ("sector", "Sektor", OPTIONS),
    "choices": ("sex", "Jenis kelamin", OPTIONS),
    "combo": ("kelurahan", "Kelurahan", "/kelurahan"),
}


class Parts(HTMLParser):
    """Every element's name and attributes, in order, and all text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, *tags: str) -> list[dict[str, str | None]]:
        """Return the attributes of each element of some names."""
        return [attrs for tag, attrs in self.found if tag in tags]

    def by_id(self, name: str) -> dict[str, str | None]:
        """Return the attributes of the one element with an id."""
        (one,) = [attrs for _, attrs in self.found if attrs.get("id") == name]
        return one


def made(macro: str, *arguments: Any, **named: Any) -> Parts:
    """Return what a macro makes, called as a template calls it."""
    app = Flask("try")
    app.register_blueprint(assets.blueprint())
    source = '{% import "faces/macros.html" as parts %}{{ parts[macro](*arguments, **named) }}'
    with app.test_request_context():
        shown = render_template_string(source, macro=macro, arguments=arguments, named=named)
    return Parts(shown)


@pytest.mark.parametrize("macro", USUAL)
def test_each_is_described_by_its_hint_and_its_error(macro: str) -> None:
    name = str(USUAL[macro][0])
    parts = made(macro, *USUAL[macro], hint=f"hint {EVIL}", error=f"error {EVIL}")
    (described,) = [attrs for _, attrs in parts.found if attrs.get("aria-describedby")]
    assert described["aria-describedby"] == f"{name}-hint {name}-error"
    assert described["aria-invalid"] == "true"
    assert parts.by_id(f"{name}-hint")
    assert parts.by_id(f"{name}-error")["aria-live"] == "polite"
    assert f"hint {EVIL}" in parts.text
    assert f"error {EVIL}" in parts.text
    assert not parts.of("b")


@pytest.mark.parametrize("macro", USUAL)
def test_each_without_an_error_has_the_empty_slot(macro: str) -> None:
    parts = made(macro, *USUAL[macro])
    slot = parts.by_id(f"{USUAL[macro][0]}-error")
    assert slot["class"] == "invalid-feedback d-block"
    assert not [attrs for _, attrs in parts.found if "aria-invalid" in attrs]
    assert not [attrs for _, attrs in parts.found if "is-invalid" in (attrs.get("class") or "")]


@pytest.mark.parametrize("macro", USUAL)
def test_no_browser_keeps_or_corrects_what_is_typed(macro: str) -> None:
    for one in made(macro, *USUAL[macro]).of("input", "select"):
        if one.get("type") == "hidden":
            continue
        assert one["autocomplete"] == "off"
        if one.get("type") == "text":
            assert (one["spellcheck"], one["autocorrect"]) == ("false", "off")


def test_a_browser_may_keep_who_signs_in() -> None:
    one = made("field", "password", "Kata sandi", type="password", kept="current-password")
    assert one.by_id("password")["autocomplete"] == "current-password"


@pytest.mark.parametrize("macro", ["field", "select", "combo"])
def test_the_label_belongs_to_the_field(macro: str) -> None:
    parts = made(macro, *USUAL[macro])
    (label,) = parts.of("label")
    assert label["for"] == USUAL[macro][0]
    assert parts.by_id(str(label["for"]))


def test_a_field_s_value_and_attributes() -> None:
    parts = made(
        "field", "nik", "NIK", EVIL, type="tel", inputmode="numeric", attrs={"maxlength": 16}
    )
    (one,) = parts.of("input")
    assert (one["value"], one["type"], one["inputmode"]) == (EVIL, "tel", "numeric")
    assert one["maxlength"] == "16"
    assert made("field", "nik", "NIK", None).by_id("nik")["value"] == ""
    assert made("field", "nik", "NIK", 0).by_id("nik")["value"] == "0"


def test_what_is_chosen_is_marked_and_only_that() -> None:
    (no, yes) = made("select", *USUAL["select"], value="F").of("option")
    assert ("selected" in no, "selected" in yes, yes["value"]) == (False, True, "F")
    (no, yes) = made("choices", *USUAL["choices"], value="F").of("input")
    assert ("checked" in no, "checked" in yes, yes["value"]) == (False, True, "F")
    assert not any("checked" in one for one in made("choices", *USUAL["choices"]).of("input"))


def test_a_select_can_have_no_choice() -> None:
    first, *others = made("select", *USUAL["select"], empty="Pilih").of("option")
    assert first["value"] == ""
    assert len(others) == 2


def test_choices_show_the_keys_one_to_nine() -> None:
    options = [(str(place), f"no. {place}") for place in range(11)]
    parts = made("choices", "many", "Many", options)
    assert len(parts.of("label")) == 11
    assert len(parts.of("kbd")) == 9


def test_a_combo_is_a_combobox_with_its_list() -> None:
    parts = made("combo", *USUAL["combo"], value_code="73.71", value_text=EVIL)
    one = parts.by_id("kelurahan")
    assert (one["role"], one["aria-expanded"], one["aria-autocomplete"]) == (
        "combobox",
        "false",
        "list",
    )
    assert (one["name"], one["value"], one["hx-get"]) == ("kelurahan_text", EVIL, "/kelurahan")
    options = parts.by_id(str(one["aria-controls"]))
    assert options["role"] == "listbox"
    assert "hidden" in options
    code = parts.by_id("kelurahan-code")
    assert (code["type"], code["name"], code["value"]) == ("hidden", "kelurahan", "73.71")


def test_the_error_s_slot_can_come_alone_and_stays_empty_without_one() -> None:
    told = made("error_slot", "nik", "wrong", oob=True)
    assert told.by_id("nik-error")["hx-swap-oob"] == "true"
    assert told.text == "wrong"
    assert made("error_slot", "nik", oob=True).text == ""
