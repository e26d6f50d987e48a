"""What lorong-server says when it cannot: what happened, who acts, what next."""

SENTENCES = {
    "office_key_missing": "Kunci kantor tidak ada atau rusak. Administrator: pulihkan office.key "
    "di LORONG_HOME atau LORONG_OFFICE_KEY, atau jalankan lorong-server migrate untuk kantor baru.",
    "office_key_wrong": "Kunci ini bukan kunci kantor pada basis data itu; tidak ada yang diubah. "
    "Administrator: pulihkan office.key yang asli, atau periksa LORONG_HOME, LORONG_OFFICE_KEY "
    "dan LORONG_DATABASE_URL.",
    "not_migrated": "Basis data belum disiapkan. Administrator: jalankan lorong-server migrate.",
    "database_unreachable": "Basis data tidak dapat dibuka atau ditulis. Administrator: periksa "
    "LORONG_DATABASE_URL, hak akses folder, dan sisa ruang disk, lalu ulangi.",
    "database_foreign": "Basis data itu milik program lain, atau dibuat versi yang lebih baru; "
    "tidak ada yang diubah. Administrator: periksa LORONG_DATABASE_URL, atau perbarui program.",
    "address_taken": "Alamat atau port itu tidak dapat dipakai. Administrator: hentikan program "
    "lain yang memakainya, atau pilih --port lain.",
    "office_unknown": "Kantor itu tidak ada. Administrator: tambahkan dengan add-office.",
    "office_taken": "Kantor dengan nama itu sudah ada. Tidak ada yang berubah.",
    "agent_unknown": "Agen dengan kode itu tidak ada. Administrator: tambahkan dengan add-agent.",
    "agent_taken": "Agen dengan kode itu sudah ada. Tidak ada yang berubah.",
    "month_unreadable": "Bulan harus ditulis seperti 2026-11. Ulangi dengan bulan yang benar.",
    "columns_missing": "Kolom yang wajib tidak ada di berkas: nik, nama, tanggal_lahir. Perbaiki "
    "baris judul lalu impor lagi; belum ada yang diterapkan.",
    "file_unreadable": "Berkas tidak dapat dibaca sebagai CSV UTF-8. Simpan ulang, impor lagi.",
    "sealed_unreadable": "Bukan baris dari lorong-agent export-sealed, atau rusak. Pengawas: minta "
    "agen mengekspor lagi; yang disegel masih ada di laptopnya.",
    "sealed_foreign": "Tidak dapat dibuka dengan kunci kantor ini: disegel untuk kantor lain, atau "
    "rusak. Pengawas: periksa asal berkas, atau minta agen mengekspor lagi.",
    "sealed_differs": "Isinya tidak sama dengan yang disebut barisnya, jadi tidak dicatat. "
    "Pengawas: minta agen mengekspor lagi; bila terulang, hubungi administrator.",
    "sealed_device_unknown": "Laptop asalnya tidak dikenal di kantor ini, jadi tidak dicatat. "
    "Administrator: periksa basis datanya, mungkin cadangan yang terlalu lama.",
    "drafts_unwritable": "Berkas draf tidak dapat ditulis; pendaftaran sudah dicatat. "
    "Administrator: pilih tempat lain untuk --drafts, lalu ulangi.",
    "setting_wrong": "Pengaturan salah. Administrator: perbaiki lalu ulangi.",
    "unexpected": "Ada kesalahan yang tidak terduga; tidak ada data yang hilang. Administrator: "
    "jalankan lorong-server doctor dan hubungi pengembang.",
}
