"""A laptop that is taken out of service, on its own pages."""

import pytest

from agent_client.store import device
from server import retiring
from tests.agent_client.pages.filling import boxes
from tests.agent_client.pages.standing import put
from tests.agent_client.pages.visitor import Program, Visitor


@pytest.fixture
def device_id(program: Program, visitor: Visitor) -> str:
    """The laptop's id; nothing is sent by itself."""
    program.stop_sending()
    with program.kept().vault.reading() as tx:
        here = device.device(tx)
    assert here is not None
    return here.device_id


def ask(program: Program, device_id: str) -> None:
    """Ask the laptop to stop, and let it hear."""
    retiring.retire(program.laptop.desk.office, device_id, by="admin")
    program.sync()


def test_line_and_settings_say_that_it_is_safe(
    program: Program, visitor: Visitor, device_id: str
) -> None:
    assert "Aman dihapus" not in visitor.get("/settings").text
    ask(program, device_id)
    page = visitor.see("/settings")
    assert "Aman dihapus" in page.said("line")
    assert "Aman sejak 20 Nov 2026" in page.said("retiring")
    assert "salinan kedua harus dihapus tersendiri" in page.said("retiring")


def test_nothing_new_begins(program: Program, visitor: Visitor, device_id: str) -> None:
    known = put(program, 1)
    program.sync()
    assert f"/captures/{known}/correct" in visitor.get(f"/captures/{known}").text
    ask(program, device_id)
    assert visitor.get("/").location == "/queue"
    refused = visitor.get("/captures/new")
    assert (refused.status_code, "menarik laptop ini dari tugas" in refused.text) == (409, True)
    begun = visitor.post("/drafts", {"consent_method": "read_aloud"})
    assert (begun.status_code, begun.location) == (409, "")
    assert f"/captures/{known}/correct" not in visitor.get(f"/captures/{known}").text
    assert visitor.post(f"/captures/{known}/correct").status_code == 409


def test_a_draft_is_finished_on_its_page(
    program: Program, visitor: Visitor, device_id: str
) -> None:
    draft = visitor.consent()
    visitor.type(draft, {"full_name": "Sitti"})
    ask(program, device_id)
    page = visitor.see("/settings")
    assert "Laptop ditarik dari tugas, 1 draf tersisa" in page.said("line")
    assert "1 draf" in page.said("retiring")
    assert visitor.save(draft, boxes(1)).location.endswith("/saved")
    assert "Aman dihapus" not in visitor.see("/settings").said("line")
    program.sync()
    assert "Aman dihapus" in visitor.see("/settings").said("line")


def test_it_works_again_when_it_is_kept(program: Program, visitor: Visitor, device_id: str) -> None:
    ask(program, device_id)
    retiring.keep(program.laptop.desk.office, device_id, by="admin")
    program.sync()
    assert visitor.get("/").location == "/captures/new"
    assert visitor.consent()
