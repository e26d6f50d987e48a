"""What is said on a laptop that is taken out of service, in two languages, by code."""

from collections.abc import Mapping
from typing import Final

from schemas.sentences import Message
from schemas.words import Responsible

RETIRING: Final[Mapping[str, Message]] = {
    "retired": Message(
        "Kantor menarik laptop ini dari tugas, jadi tidak ada yang baru dicatat di sini. Yang "
        "tersimpan aman. Simpan atau buang draf yang masih ada, lalu sambungkan laptop supaya "
        "semuanya terkirim; bila keliru, hubungi pengawas.",
        "The office takes this laptop out of service, so nothing new is written down here. What "
        "was saved is safe. Save or throw away the drafts that are left, then let the laptop be "
        "online until all is sent; if this is a mistake, call the supervisor.",
        Responsible.AGENT,
    ),
    "retired_left": Message(
        "Belum aman dihapus: {waiting} menunggu dikirim, {drafts} draf, {damaged} berkas basis "
        "data rusak, {missing} nomor belum ada di kantor. Simpan atau buang drafnya, lalu "
        "sambungkan laptop. Berkas yang rusak serahkan kepada admin lalu pindahkan; tentang nomor "
        "yang tidak ada di sini, hubungi pengawas. Bila semuanya nol, tunggu sambungan berikutnya.",
        "Not safe to wipe yet: {waiting} waiting to be sent, {drafts} drafts, {damaged} files of "
        "damaged databases, {missing} numbers that the office lacks. Save or throw away the "
        "drafts, then let the laptop be online. Give a damaged file to the admin and move it "
        "away; about numbers that are not here, call the supervisor. If all is zero, wait until "
        "the laptop is online again.",
        Responsible.AGENT,
    ),
    "retired_safe": Message(
        "Aman dihapus: kantor memiliki semua yang ada di sini. Ini tentang data agen ini saja; "
        "agen lain di laptop ini dan salinan kedua harus dihapus tersendiri. Serahkan laptop "
        "kepada admin.",
        "Safe to wipe: the office has all that is here. This is about this agent's data alone; "
        "other agents on this laptop, and second copies, are looked after apart. Hand the laptop "
        "to the admin.",
        Responsible.ADMIN,
    ),
}
"""Why nothing new is taken in, and how far the laptop is."""
