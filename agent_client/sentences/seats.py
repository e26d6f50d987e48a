"""What is said of the agents on a laptop and of their second copies, in two languages, by code."""

from collections.abc import Mapping
from typing import Final

from schemas.sentences import Message
from schemas.words import Responsible

_AGENT = Responsible.AGENT
_ADMIN = Responsible.ADMIN
_NOBODY = Responsible.NOBODY

SEATS: Final[Mapping[str, Message]] = {
    "agent_needed": Message(
        "Beberapa agen memakai laptop ini: {names}. Sebutkan siapa dengan: "
        "lorong-agent --agent NAMA.",
        "Several agents use this laptop: {names}. Say who by: lorong-agent --agent NAME.",
        _AGENT,
    ),
    "agent_unknown": Message(
        "Agen itu tidak ada di laptop ini. Yang ada: {names}. Periksa namanya.",
        "There is no such agent on this laptop. There are: {names}. Check the name.",
        _AGENT,
    ),
    "agent_name_bad": Message(
        "Nama agen harus berisi huruf atau angka. Tulis namanya lagi.",
        "An agent's name needs a letter or a digit. Write it again.",
        _AGENT,
    ),
    "copy_folder_unknown": Message(
        "Belum dipilih di mana salinan disimpan. Tulis foldernya di Pengaturan, atau: "
        "lorong-agent copy FOLDER.",
        "Nobody has said yet where copies go. Write the folder in the settings, or: "
        "lorong-agent copy FOLDER.",
        _AGENT,
    ),
    "copy_folder_missing": Message(
        "Folder {folder} tidak ada. Pasang flash disk-nya atau pilih folder lain, lalu coba "
        "lagi; salinan yang lama tidak diubah.",
        "There is no folder {folder}. Plug in the stick or choose another folder, then try "
        "again; the former copy is as it was.",
        _AGENT,
    ),
    "copy_inside": Message(
        "Folder {folder} ada di dalam data yang akan disalin. Pilih flash disk atau disk lain.",
        "The folder {folder} is inside the data to be copied. Choose a stick or another disk.",
        _AGENT,
    ),
    "copy_of_another": Message(
        "Di folder {folder} sudah ada salinan dari laptop atau agen lain. Salinan itu tidak "
        "diubah; pilih folder lain.",
        "The folder {folder} has a copy of another laptop or agent. It was left as it is; "
        "choose another folder.",
        _AGENT,
    ),
    "copy_unwritable": Message(
        "Salinan tidak dapat ditulis di folder {folder}: penuh, terkunci, atau rusak. Salinan "
        "yang lama tidak diubah. Kosongkan ruang atau pilih folder lain, lalu coba lagi.",
        "The copy cannot be written to the folder {folder}: it is full, locked or broken. The "
        "former copy is as it was. Make room or choose another folder, then try again.",
        _AGENT,
    ),
    "copy_running": Message(
        "Salinan lain sedang dibuat. Tunggu sampai selesai.",
        "Another copy is being made. Wait until it is done.",
        _NOBODY,
    ),
    "copy_missing": Message(
        "Di folder {folder} tidak ada salinan untuk agen ini. Tunjuk folder salinannya sendiri.",
        "The folder {folder} has no copy for this agent. Name the folder of the copy itself.",
        _AGENT,
    ),
    "copy_damaged": Message(
        "Salinan di {path} rusak atau tidak lengkap. Tidak ada yang diubah. Cari salinan lain, "
        "atau hubungi admin.",
        "The copy in {path} is damaged or not complete. Nothing was changed. Look for another "
        "copy, or call the admin.",
        _ADMIN,
    ),
    "restore_over_database": Message(
        "Basis data di laptop ini utuh: {path}. Salinan tidak dipasang, tidak ada yang diubah.",
        "The database on this laptop is whole: {path}. The copy was not put in its place, "
        "nothing was changed.",
        _NOBODY,
    ),
}
"""Why a seat is not chosen, a copy not made or not put back, by code."""
