"""QR codes are drawn as they are made, and a page may hold them."""

import re
from xml.etree import ElementTree

import pytest
import segno

from faces.qr import qr_svg

TEXT = "LORONG1:019a9c00-0000-7000-8000-000000000001:7:in_review/person_changed"


def modules(svg: str) -> list[list[int]]:
    """Return which modules of a drawn code are dark, by its line's path, without its border."""
    found = re.search(r'viewBox="0 0 (\d+) ', svg)
    path = re.search(r'stroke="#000" d="([^"]+)"', svg)
    assert found
    assert path
    size = int(found[1])
    rows = [[0] * size for _ in range(size)]
    x, y = 0.0, 0.0
    for step, numbers in re.findall(r"([Mmh])([-\d. ]+)", path[1]):
        shift = [float(one) for one in re.findall(r"-?[\d.]+", numbers)]
        if step == "h":
            for column in range(int(x), int(x + shift[0])):
                rows[int(y)][column] = 1
            x += shift[0]
        else:
            base = (0.0, 0.0) if step == "M" else (x, y)
            x, y = base[0] + shift[0], base[1] + shift[1]
    return [row[4:-4] for row in rows[4:-4]]


@pytest.mark.parametrize("text", ["1", TEXT])
def test_the_qr_code_is_drawn_as_it_was_made(text: str) -> None:
    made = segno.make_qr(text, error="m")
    assert (made.is_micro, made.error in "MQH") == (False, True)
    assert modules(qr_svg(text, "QR")) == [list(row) for row in made.matrix]


def test_the_qr_code_stands_in_a_page_without_style_or_script() -> None:
    svg = qr_svg(TEXT, title='Bukti <setor> & "kode"')
    root = ElementTree.fromstring(svg)
    assert (root.tag, root.get("class"), root.get("role")) == ("svg", "qr", "img")
    assert [one.text for one in root.iter("title")] == ['Bukti <setor> & "kode"']
    assert not re.search(r"<\?xml|style|script|xmlns|\n", svg)
    assert '<path fill="#fff" d="M0 0h' in svg
