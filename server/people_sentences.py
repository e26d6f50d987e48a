"""What the commands about users say, in Indonesian and English."""

from collections.abc import Mapping
from typing import Final

PROBLEMS: Final[Mapping[str, tuple[str, str]]] = {
    "name_unfit": (
        "Nama pengguna harus 1 sampai 60 huruf dalam satu baris. Tidak ada yang berubah; ulangi "
        "dengan nama yang benar.",
        "A user's name has 1 to 60 characters in one line. Nothing was changed; try again with a "
        "right name.",
    ),
    "office_missing": (
        "Seorang pengawas punya paling sedikit satu kantor. Tidak ada yang berubah; ulangi dengan "
        "--office.",
        "A supervisor has one office at least. Nothing was changed; try again with --office.",
    ),
    "password_weak": (
        "Kata sandi terlalu mudah ditebak: 12 sampai 1.000 huruf, tidak hanya berulang, bukan nama "
        "pengguna. Tidak ada yang berubah; ulangi dengan yang lain.",
        "The password is too easily guessed: 12 to 1,000 characters, not just repeating, not the "
        "user's name. Nothing was changed; try again with another.",
    ),
    "user_taken": (
        "Nama itu sudah dipakai, mungkin oleh pengguna yang sudah diakhiri. Tidak ada yang "
        "berubah; ulangi dengan nama lain, atau buat tautan baru dengan user-link.",
        "That name is taken, maybe by a user who was ended. Nothing was changed; try again with "
        "another name, or make a new link with user-link.",
    ),
    "user_unknown": (
        "Pengguna dengan nama itu tidak ada. Administrator: lihat namanya dengan users.",
        "There is no user of that name. Admin: see the names with users.",
    ),
    "user_ended": (
        "Pengguna itu sudah diakhiri. Tidak ada yang berubah; bila perlu, buat yang baru dengan "
        "add-user.",
        "That user was ended already. Nothing was changed; make a new one with add-user if need "
        "be.",
    ),
    "last_administrator": (
        "Ini administrator terakhir yang dapat masuk. Tidak ada yang berubah; tambahkan "
        "administrator lain dengan add-user dahulu.",
        "This is the last administrator who can sign in. Nothing was changed; add another "
        "administrator with add-user first.",
    ),
}
"""Why a command stops."""

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "link_good": (
        "Tautan untuk membuat kata sandi: sekali pakai, sampai {until}.",
        "Link to set the password: to be used once, until {until}.",
    ),
    "user_end_done": (
        "{user} diakhiri, dan sudah keluar di semua perangkat.",
        "{user} was ended, and is signed out everywhere.",
    ),
    "no_users": (
        "Belum ada pengguna; tambahkan dengan add-user.",
        "There are no users yet; add one with add-user.",
    ),
    "all_offices": (
        "semua kantor",
        "all offices",
    ),
    "user_gone": (
        "berakhir",
        "ended",
    ),
    "user_locked": (
        "terkunci",
        "locked",
    ),
    "user_invited": (
        "menunggu kata sandi",
        "password not set yet",
    ),
}
"""What a command tells of its work."""
