"""The catalogues of the pages' English: complete, current, and everything visible is in them."""

import gettext
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from scripts.build_translations import ENDS, ROOT, End, build, main, pairs, texts, written

PAIRS = {end: dict(pairs(build(end))) for end in ENDS}
FOLDERS = sorted({folder for end in ENDS for folder in end.folders})
PAGES = sorted(path for folder in FOLDERS for path in folder.rglob("*.html"))
TEMPLATES = [path for path in PAGES if not path.name.startswith("_letter_")]
"""Letters go to persons and an authority, in Indonesian whoever prints them."""
each_end = pytest.mark.parametrize("end", ENDS, ids=lambda end: end.package)
AGAIN = "run: python scripts/build_translations.py"
NAMES = "Lorong|NIK|Rp|BPJS Ketenagakerjaan|RW|RT|English|Bahasa Indonesia|Enter|A|B"
"""What is called the same in both languages: languages, keys, the two sides of a case."""
UNREAD = re.compile(rf'\b({NAMES})\b|[a-z-]+="[^"]*"')
"""These, and attributes that a macro puts into another one's element."""
SEEN = ("alt", "aria-label", "data-confirm", "data-no-paste", "placeholder", "title")
"""Attributes that people read or hear."""


class Shown(HTMLParser):
    """What people see of a page: its texts and the attributes that are read out."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [text or "" for name, text in attrs if name in SEEN]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def bare_texts(source: str) -> Iterator[str]:
    """Yield what a template shows by itself, beside what it computes and names."""
    markup = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", source, flags=re.DOTALL)
    markup = re.sub(r"<kbd>\w+</kbd>", " ", markup)  # a key is called what stands on it
    for text in Shown(markup).found:
        if re.search(r"[^\W\d_]", re.sub(UNREAD, "", text)):
            yield text.strip()


def bare_words(source: str) -> Iterator[str]:
    """Yield the readable texts in a template's expressions that are not handed to `_`.

    Codes, addresses and names of fields are one word of small letters.
    """
    tree = Environment(extensions=["jinja2.ext.do", "jinja2.ext.i18n"]).parse(source)
    translated = {
        id(inner)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in ("_", "gettext")
        for inner in call.find_all(nodes.Const)
    }
    for const in tree.find_all(nodes.Const):
        if isinstance(const.value, str) and id(const) not in translated:
            text = const.value.strip()
            if re.search(r"[A-Z][a-z]|[a-z] ", re.sub(UNREAD, "", text)):
                yield text


@each_end
def test_every_text_has_its_english(end: End) -> None:
    assert PAIRS[end].keys() == texts(end)
    assert not [text for text, english in PAIRS[end].items() if not english], AGAIN
    assert len(PAIRS[end]) > 10


@each_end
def test_building_anew_changes_nothing(end: End) -> None:
    assert written(build(end)) == end.written.read_bytes(), AGAIN


@each_end
def test_the_packed_catalogue_is_the_written_one(end: End) -> None:
    with end.packed.open("rb") as file:
        there = gettext.GNUTranslations(file)
    assert {text: there.gettext(text) for text in PAIRS[end]} == PAIRS[end], AGAIN
    assert set(there._catalog) - {""} == PAIRS[end].keys(), AGAIN  # type: ignore[attr-defined]


@each_end
def test_neither_says_when_or_by_what_it_was_made(end: End) -> None:
    for path in (end.written, end.packed):
        content = path.read_bytes()
        assert b"POT-" not in content
        assert b"Generated-By" not in content


def test_a_text_without_english_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "agent_client"
    folder.mkdir()
    (tmp_path / "faces").mkdir()
    (folder / "page.html").write_text('{{ _("Simpan") }} {{ _("Kirim") }}')
    end = End("agent_client")
    monkeypatch.setattr("scripts.build_translations.ROOT", tmp_path)
    monkeypatch.setattr("scripts.build_translations.ENDS", (end,))
    kept = 'msgid "Simpan"\nmsgstr "Save"\n\nmsgid "Tidak dipakai"\nmsgstr "Not used"\n'
    end.written.parent.mkdir(parents=True)
    end.written.write_text(kept)
    with pytest.raises(SystemExit) as ended:
        main()
    assert str(ended.value).splitlines()[1:] == ["agent_client: Kirim"]
    assert "Tidak dipakai" not in end.written.read_text("utf-8")
    with end.packed.open("rb") as packed:
        assert gettext.GNUTranslations(packed).gettext("Simpan") == "Save"


@pytest.mark.parametrize(
    ("text", "english"), sorted({pair for end in ENDS for pair in PAIRS[end].items()})
)
def test_both_say_the_same_figures_and_are_safe_in_markup(text: str, english: str) -> None:
    figures = [sorted(re.findall(r"%\(\w+\)s|%%", one)) for one in (text, english)]
    assert figures[0] == figures[1]
    for one in (text, english):
        # Jinja takes a translation for markup, and every lone % for a figure.
        assert not re.search(r'[<>&"]', one)
        assert "%" not in re.sub(r"%\(\w+\)s|%%", "", one)
        assert one == one.strip()
    assert text[-1] == english[-1] or not {text[-1], english[-1]} & set(".?:")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_visible_text_stands_bare(path: Path) -> None:
    source = path.read_text("utf-8")
    assert [*bare_texts(source), *bare_words(source)] == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Simpan</p>",
        "<p>NIK: salah</p>",
        '<p aria-label="Simpan">{{ _("Simpan") }}</p>',
        '{{ _("Simpan") if one else "Hapus" }}',
        '{{ m.field("nik", "nomor kartu") }}',
    ],
)
def test_a_bare_text_is_found(source: str) -> None:
    assert [*bare_texts(source), *bare_words(source)]


def test_nothing_but_a_text_itself_is_handed_to_gettext() -> None:
    """A name or a sum of texts is found by no extractor, so it would never have English.

    But for a module's own table, whose texts stand there in `_("…")`.
    """
    told = r"(?<!def )(?<!\.)\bgettext\((?!\s*\"|_[A-Z])"
    asked = re.compile(told + r"|(?<!\w)(?<!def )_\((?!\s*[\"'])")
    for folder in FOLDERS:
        for path in (*folder.rglob("*.html"), *folder.rglob("*.py")):
            assert not asked.search(path.read_text("utf-8")), path


@each_end
def test_the_page_finds_it_where_it_is_installed(end: End) -> None:
    """Flask-Babel looks below the application's package, and the wheel carries all of it."""
    inside = ("translations", "en", "LC_MESSAGES", "messages.po")
    assert end.written.relative_to(ROOT / end.package).parts == inside
    told = (ROOT / "setup.cfg").read_text()
    assert re.search(rf"^{end.package} = .*translations/\*\*/\*", told, flags=re.MULTILINE)
