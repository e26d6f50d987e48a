"""Much on a laptop makes no page long, and a long page is small on its way."""

import gzip

from agent_client.pages.looking import PAGE
from agent_client.store import drafts
from tests.agent_client.pages.markup import Markup
from tests.agent_client.pages.visitor import Program, Visitor

FEW = 3


def import_drafts(program: Program, count: int) -> None:
    """Put drafts there as a list of which much is missing leaves them."""
    now = program.laptop.desk.now()
    with program.kept().vault.writing() as tx:
        for n in range(count):
            drafts.add_draft(tx, {"full_name": f"Basri {n:02}"}, (), now=now, source=f"daftar:{n}")


def listed(page: Markup) -> list[str]:
    """Return the names that a page lists."""
    return [one.said for one in page.all("a") if one.within("th") is not None]


def test_drafts_are_shown_page_by_page(program: Program, visitor: Visitor) -> None:
    import_drafts(program, PAGE + FEW)
    names = [f"Basri {n:02}" for n in reversed(range(PAGE + FEW))]
    first = visitor.see("/queue?state=draft")
    assert listed(first) == names[:PAGE]
    [further] = first.all("button", name="page")
    rest = visitor.post("/queue?state=draft", {"page": further.attrs["value"], "search": ""})
    assert listed(rest.markup) == names[PAGE:]


def test_one_page_of_drafts_asks_for_no_other(program: Program, visitor: Visitor) -> None:
    import_drafts(program, PAGE)
    assert visitor.see("/queue?state=draft").all("button", name="page") == []


def test_a_search_finds_drafts_of_every_page(program: Program, visitor: Visitor) -> None:
    import_drafts(program, PAGE + FEW)
    visitor.see("/queue")
    assert listed(visitor.post("/queue", {"search": "basri 00"}).markup) == ["Basri 00"]


def test_a_page_travels_packed(visitor: Visitor) -> None:
    path = f"/drafts/{visitor.consent()}"
    boxes = [one.attrs["name"] for one in visitor.see(path).all("input")]
    packed = visitor.client.get(
        path, base_url="http://127.0.0.1", headers={"Accept-Encoding": "gzip, deflate"}
    )
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < 20_000
    shown = Markup(gzip.decompress(packed.data).decode())
    assert [one.attrs["name"] for one in shown.all("input")] == boxes
