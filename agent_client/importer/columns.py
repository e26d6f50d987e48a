"""Which column of a list holds what, by its heading; case, spaces and points do not matter."""

from collections.abc import Mapping, Sequence
from typing import Final

from agent_client.importer.cells import Cell, cell_text

REQUIRED: Final = ("nik", "full_name")
"""A row of headings is one that names both."""

_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "nik": ("nik", "no nik", "nomor nik", "no ktp", "nomor ktp", "nomor induk kependudukan"),
    "full_name": ("nama lengkap", "nama", "nama peserta", "nama pekerja", "nama sesuai ktp"),
    "alias": ("alias", "nama panggilan", "panggilan", "nama daeng"),
    "birth": ("ttl", "tempat tanggal lahir", "tempat tgl lahir", "tempat dan tanggal lahir"),
    "birth_place": ("tempat lahir",),
    "birth_date": ("tanggal lahir", "tgl lahir"),
    "sex": ("jenis kelamin", "kelamin", "jk", "l p", "lp"),
    "mother_name": ("nama ibu", "nama ibu kandung", "ibu kandung"),
    "phone": ("no hp", "nomor hp", "hp", "no telp", "no telepon", "telepon", "no wa", "no hp wa"),
    "phone_owner": ("pemilik hp", "pemilik no hp"),
    "email": ("email", "e mail", "surel"),
    "workplace": ("nama usaha", "usaha", "tempat kerja"),
    "occupation": ("kategori usaha", "pekerjaan", "jenis usaha", "jenis pekerjaan"),
    "sector": ("sektor",),
    "street": ("alamat", "alamat domisili", "alamat tinggal", "jalan"),
    "ktp_address": ("alamat ktp", "alamat sesuai ktp"),
    "kelurahan": ("kelurahan", "kel", "kelurahan desa", "desa kelurahan", "kel desa"),
    "kelurahan_code": ("kode kelurahan",),
    "kecamatan": ("kecamatan", "kec"),
    "kabkota": ("kabupaten kota", "kab kota", "kabupaten", "kota"),
    "rt": ("rt",),
    "rw": ("rw",),
    "rt_rw": ("rt rw",),
    "lorong": ("lorong", "lr", "lrg", "gang"),
    "house": ("no rumah", "nomor rumah"),
    "landmark": ("patokan",),
    "monthly_income": ("penghasilan", "penghasilan per bulan", "pendapatan", "upah"),
    "programmes": ("program", "jenis program"),
    "months": ("bulan", "jumlah bulan", "lama bulan", "periode pembayaran"),
    "first_month": ("bulan mulai", "mulai bulan", "bulan iuran"),
    "payer": ("pembayar", "dibayar oleh"),
    "consent": ("persetujuan", "izin"),
    "consent_version": ("versi persetujuan",),
    "kpj": ("kpj", "no kpj", "nomor kpj"),
    "nik_reason": ("alasan nik", "nik sesuai ktp"),
    "note": ("catatan",),
}
_BY_HEADING: Final = {
    heading: column for column, headings in _HEADINGS.items() for heading in headings
}


def columns_of(cells: Sequence[Cell]) -> dict[str, int]:
    """Return the place of each column that a row of headings names; the first of equal ones."""
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        column = _BY_HEADING.get(_fold(cell_text(cell)))
        if column is not None:
            places.setdefault(column, place)
    return places


def is_header(cells: Sequence[Cell]) -> bool:
    """Tell whether a row is the row of headings."""
    places = columns_of(cells)
    return all(column in places for column in REQUIRED)


def _fold(heading: str) -> str:
    plain = "".join(one if one.isalnum() else " " for one in heading.casefold())
    return " ".join(plain.split())
