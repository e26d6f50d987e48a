"""What is wrong or odd in the content of an enrolment; codes of `schemas.enrolment.check`."""

from schemas.sentences import Message
from schemas.words import Responsible

_AGENT = Responsible.AGENT

INVALID: dict[str, Message] = {
    "required": Message(
        "{field} belum diisi. Tanyakan kepada pekerja, lalu isi.",
        "{field} is missing. Ask the worker and fill it in.",
        _AGENT,
    ),
    "type": Message(
        "{field} tidak terbaca. Ketik ulang; bila tetap begini, hubungi admin.",
        "{field} cannot be read. Type it again; if it stays so, call the admin.",
        _AGENT,
    ),
    "choice": Message(
        "{field} bukan salah satu pilihan yang ada. Pilih dari daftar.",
        "{field} is none of the choices. Pick one from the list.",
        _AGENT,
    ),
    "too_long": Message(
        "{field} terlalu panjang, paling banyak {max} huruf. Singkatkan.",
        "{field} is too long, {max} characters at most. Shorten it.",
        _AGENT,
    ),
    "format": Message(
        "{field} salah tulis{example}. Periksa dan ketik ulang.",
        "{field} is not written as it must be{example}. Check it and type it again.",
        _AGENT,
    ),
    "range": Message(
        "{field} di luar batas, dari {min} sampai {max}. Periksa angkanya.",
        "{field} is out of range, {min} to {max}. Check the number.",
        _AGENT,
    ),
    "unlisted": Message(
        "{field} tidak ada dalam daftar. Pilih dari daftar; bila tidak ada, sinkronkan dulu.",
        "{field} is not on the list. Pick one from the list; if it is missing, sync first.",
        _AGENT,
    ),
    "nik_length": Message(
        "NIK harus 16 angka. Lihat KTP dan ketik ulang.",
        "A NIK has 16 digits. Look at the card and type it again.",
        _AGENT,
    ),
    "nik_date": Message(
        "Tanggal lahir di dalam NIK (angka ke-7 sampai ke-12) tidak ada di kalender. "
        "Lihat KTP dan ketik ulang; bila di KTP memang begitu, hubungi pengawas.",
        "The birth date inside the NIK (digits 7 to 12) is no day of the calendar. "
        "Look at the card and type it again; if the card says so, call the supervisor.",
        _AGENT,
    ),
    "nik_serial": Message(
        "Empat angka terakhir NIK tidak mungkin 0000. Lihat KTP dan ketik ulang.",
        "A NIK cannot end in 0000. Look at the card and type it again.",
        _AGENT,
    ),
    "nik_province": Message(
        "Dua angka pertama NIK bukan kode provinsi. "
        "Lihat KTP dan ketik ulang; bila di KTP memang begitu, hubungi pengawas.",
        "The first two digits of the NIK are no province. "
        "Look at the card and type it again; if the card says so, call the supervisor.",
        _AGENT,
    ),
    "nik_differs": Message(
        "Tanggal lahir atau jenis kelamin tidak cocok dengan NIK. "
        "Lihat KTP: betulkan yang salah ketik, atau pilih “sesuai KTP”.",
        "Birth date or sex do not fit the NIK. "
        "Look at the card: mend what was mistyped, or choose “as on the card”.",
        _AGENT,
    ),
    "one_needed": Message(
        "Isi salah satu: {fields}.",
        "Fill in one of these: {fields}.",
        _AGENT,
    ),
    "only_one": Message(
        "Isi satu saja: {fields}. Kosongkan yang lain.",
        "Fill in only one of these: {fields}. Empty the other.",
        _AGENT,
    ),
    "phone_unexpected": Message(
        "Ada nomor HP, padahal dipilih “tidak punya HP”. Hapus nomornya atau ubah pilihannya.",
        "There is a phone number, but “no phone” is chosen. Delete it or change the choice.",
        _AGENT,
    ),
    "sector_differs": Message(
        "Sektor tidak cocok dengan pekerjaan yang dipilih. Pilih ulang pekerjaan atau sektornya.",
        "The sector does not fit the occupation. Choose the occupation or the sector again.",
        _AGENT,
    ),
    "occupation_twice": Message(
        "Pekerjaan kedua sama dengan yang pertama. Kosongkan atau pilih yang lain.",
        "The second occupation is the same as the first. Empty it or choose another.",
        _AGENT,
    ),
    "unsorted": Message(
        "Daftar program tidak berurutan atau ada yang dobel. "
        "Pilih ulang programnya; bila tetap begini, hubungi admin.",
        "The programmes are not in order or one stands twice. "
        "Choose them again; if it stays so, call the admin.",
        _AGENT,
    ),
    "programmes_base": Message(
        "JKK dan JKM wajib diikuti. Pilih keduanya.",
        "JKK and JKM are mandatory. Choose both.",
        _AGENT,
    ),
    "future": Message(
        "{field} belum tiba. Lihat KTP dan ketik ulang; periksa juga tanggal laptop.",
        "{field} lies in the future. Look at the card and type it again; "
        "check the laptop's date too.",
        _AGENT,
    ),
    "month_window": Message(
        "{field} harus dari {min} sampai {max}. Pilih ulang; periksa juga tanggal laptop.",
        "{field} must be from {min} to {max}. Choose again; check the laptop's date too.",
        _AGENT,
    ),
}

INELIGIBLE: dict[str, Message] = {
    "age_min": Message(
        "Umur pekerja belum {min} tahun, jadi belum dapat didaftarkan. "
        "Lihat KTP; bila tanggal lahir salah ketik, betulkan.",
        "The worker is not yet {min} years old and cannot be enrolled yet. "
        "Look at the card; if the birth date was mistyped, mend it.",
        _AGENT,
    ),
    "age_max": Message(
        "Umur pekerja sudah {max} tahun atau lebih, jadi tidak dapat didaftarkan. "
        "Lihat KTP; bila tanggal lahir salah ketik, betulkan.",
        "The worker is {max} years old or older and cannot be enrolled. "
        "Look at the card; if the birth date was mistyped, mend it.",
        _AGENT,
    ),
    "age_max_first_month": Message(
        "Pekerja sudah berumur {max} tahun saat bulan iuran pertama mulai. "
        "Pilih bulan yang lebih awal; bila tidak bisa, pekerja tidak dapat didaftarkan.",
        "The worker is {max} years old when the first contribution month begins. "
        "Choose an earlier month; if there is none, the worker cannot be enrolled.",
        _AGENT,
    ),
    "payer_budget": Message(
        "Iuran yang dibayar APBN atau APBD tidak didaftarkan di sini. "
        "Arahkan pekerja ke kantor BPJS Ketenagakerjaan.",
        "Contributions paid by the state's budget are not enrolled here. "
        "Send the worker to the BPJS Ketenagakerjaan office.",
        _AGENT,
    ),
    "jht_needed": Message(
        "Pekerja yang mempekerjakan orang lain wajib ikut JHT. Tambahkan JHT.",
        "A worker who employs others must join JHT. Add JHT.",
        _AGENT,
    ),
    "income_min": Message(
        "Penghasilan di bawah Rp{min} sebulan tidak dapat didaftarkan di sini. "
        "Tanyakan lagi; bila memang begitu, arahkan pekerja ke kantor.",
        "An income under Rp{min} a month cannot be enrolled here. "
        "Ask again; if it is so, send the worker to the office.",
        _AGENT,
    ),
}

WARNINGS: dict[str, Message] = {
    "nik_prefix_unknown": Message(
        "Enam angka pertama NIK bukan kecamatan yang dikenal. Lihat KTP sekali lagi.",
        "The first six digits of the NIK are no known kecamatan. Look at the card once more.",
        _AGENT,
    ),
    "nik_birth_date": Message(
        "Tanggal lahir tidak cocok dengan NIK. Lihat KTP sekali lagi.",
        "The birth date does not fit the NIK. Look at the card once more.",
        _AGENT,
    ),
    "nik_sex": Message(
        "Jenis kelamin tidak cocok dengan NIK. Lihat KTP sekali lagi.",
        "The sex does not fit the NIK. Look at the card once more.",
        _AGENT,
    ),
    "nik_pattern": Message(
        "NIK ini seperti angka karangan. Lihat KTP sekali lagi.",
        "This NIK looks made up. Look at the card once more.",
        _AGENT,
    ),
    "kpj_length": Message(
        "Nomor KPJ biasanya {digits} angka. Periksa kartunya sekali lagi.",
        "A KPJ number usually has {digits} digits. Check the card once more.",
        _AGENT,
    ),
}
