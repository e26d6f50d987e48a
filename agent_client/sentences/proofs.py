"""What is said of proofs, in two languages, by code."""

from collections.abc import Mapping
from typing import Final

from schemas.sentences import Message
from schemas.words import Responsible

_AGENT = Responsible.AGENT
_SUPERVISOR = Responsible.SUPERVISOR
_NOBODY = Responsible.NOBODY

PROOFS: Final[Mapping[str, Message]] = {
    "proof_none": Message(
        "Kantor tidak menandatangani apa pun untuk laptop ini pada {day}. Tekan Kirim "
        "sekarang, atau jalankan lorong-agent sync; atau pilih hari lain.",
        "The office signed nothing for this laptop on {day}. Press Send now, or "
        "run lorong-agent sync; or choose another day.",
        _AGENT,
    ),
    "proof_unwritable": Message(
        "Berkas {file} tidak dapat ditulis. Pilih tempat lain dengan --out; buktinya tetap ada "
        "di laptop ini.",
        "The file {file} cannot be written. Choose another place by --out; the proof stays on "
        "this laptop.",
        _AGENT,
    ),
    "proof_too_large": Message(
        "Berkas bukti paling besar {most} MiB, dan yang ini lebih. Minta berkas satu hari saja.",
        "A proof's file has {most} MiB at most, and this one is larger. Ask for that of one day.",
        _AGENT,
    ),
    "proof_other_format": Message(
        "Berkas ini bukan bukti setor Lorong ({format}). Minta berkas yang dibuat dengan: "
        "lorong-agent proof.",
        "This file is no Lorong proof ({format}). Ask for the one made by: lorong-agent proof.",
        _AGENT,
    ),
    "proof_malformed": Message(
        "Isi berkas bukti ini rusak, sehingga tidak membuktikan apa pun. Minta agennya membuat "
        "lagi dengan: lorong-agent proof.",
        "This proof's file is damaged, so it proves nothing. Ask the agent to make it again "
        "by: lorong-agent proof.",
        _AGENT,
    ),
    "proof_key_malformed": Message(
        "Kunci pada --key bukan kunci kantor: harus 32 bita dalam base64. Salin lagi dari kantor.",
        "The key given by --key is no office's key: 32 bytes in base64 are wanted. Copy it "
        "again from the office.",
        _AGENT,
    ),
    "proof_broken": Message(
        "Bukti ini tidak utuh: lihat tanda terima yang disebut. Jangan dipakai; minta agennya "
        "membuat berkas baru.",
        "This proof is not whole: see the receipts that are named. Do not use it; ask the "
        "agent for a new file.",
        _SUPERVISOR,
    ),
    "proof_key_unknown": Message(
        "Bukti ini belum dapat diperiksa seluruhnya: ada kunci yang tidak dikenal. Minta kunci "
        "kantor kepada admin, lalu periksa lagi dengan --key.",
        "This proof cannot be checked as a whole yet: a key is not known. Ask the admin for the "
        "office's key, then check again by --key.",
        _SUPERVISOR,
    ),
    "proof_unconfirmed": Message(
        "Berkas ini utuh, tetapi kuncinya hanya dari berkas itu sendiri: siapa pun dapat "
        "membuatnya. Cocokkan sidik kunci dengan kantor: {keys}.",
        "This file is sound in itself, but its key comes from the file alone: anybody could "
        "have made it. Compare the key's fingerprint with the office: {keys}.",
        _SUPERVISOR,
    ),
    "receipt_good": Message(
        "Tanda tangan kantor sah. Tidak perlu berbuat apa-apa.",
        "The office's signature is good. Nothing to do.",
        _NOBODY,
    ),
    "receipt_unconfirmed": Message(
        "Tanda tangan cocok dengan kunci di dalam berkas, yang belum tentu kunci kantor. "
        "Cocokkan sidik kuncinya dengan kantor.",
        "The signature fits the key in the file, which need not be the office's. Compare its "
        "fingerprint with the office.",
        _SUPERVISOR,
    ),
    "receipt_key_unknown": Message(
        "Kuncinya tidak ada di laptop ini dan tidak ada di berkas, jadi tidak dapat diperiksa. "
        "Minta kunci kantor.",
        "Its key is neither on this laptop nor in the file, so it cannot be checked. Ask for "
        "the office's key.",
        _SUPERVISOR,
    ),
    "receipt_forged": Message(
        "Tanda tangan tidak cocok: isinya diubah, atau bukan kantor yang menandatangani. "
        "Jangan dipakai.",
        "The signature does not fit: it was changed, or the office did not sign it. Do not use it.",
        _SUPERVISOR,
    ),
    "receipt_malformed": Message(
        "Bukan tanda terima yang benar. Jangan dipakai.",
        "It is no sound receipt. Do not use it.",
        _SUPERVISOR,
    ),
    "receipt_foreign": Message(
        "Tanda terima ini milik agen atau laptop lain. Jangan dipakai untuk agen ini.",
        "This receipt is another agent's or laptop's. Do not use it for this agent.",
        _SUPERVISOR,
    ),
    "receipt_other_day": Message(
        "Tanda terima ini dari hari lain. Jangan dipakai untuk hari ini.",
        "This receipt is of another day. Do not use it for this one.",
        _SUPERVISOR,
    ),
}
"""Why there is no proof, and what a proof is worth, by code."""
