"""What the judge's codes say to a supervisor: Indonesian first, then English."""

WHY: dict[str, tuple[str, str]] = {
    "name_equal": ("Nama sama.", "The names are equal."),
    "name_close": (
        "Nama hampir sama, beda satu-dua huruf.",
        "The names are equal but for a letter or two.",
    ),
    "name_partly": (
        "Nama yang satu adalah bagian dari nama yang lain.",
        "One name is the other with words left out.",
    ),
    "alias_is_name": (
        "Nama panggilan yang satu adalah nama yang lain.",
        "The name one is called by is the other's name.",
    ),
    "name_faint": (
        "Nama hanya mirip: singkatan, panggilan, atau satu kata yang sama.",
        "The names are only alike: an initial, a short form, or one word in common.",
    ),
    "name_unclear": (
        "Nama tidak dapat dibandingkan, misalnya Daeng dengan nama diri.",
        "The names cannot be compared, a Daeng name with a given name for example.",
    ),
    "given_name_doubtful": (
        "Nama diri beda satu huruf, dan keduanya nama yang lazim.",
        "The given names are a letter apart, and both are known names.",
    ),
    "given_name_differs": ("Nama diri jelas berbeda.", "The given names clearly differ."),
    "name_common": ("Namanya pasaran.", "The name is a common one."),
    "daeng_equal": ("Nama Daeng sama.", "The Daeng names are equal."),
    "daeng_differs": ("Nama Daeng berbeda.", "The Daeng names differ."),
    "mother_equal": ("Nama ibu sama.", "The mothers' names are equal."),
    "mother_close": ("Nama ibu hampir sama.", "The mothers' names are nearly equal."),
    "mother_partly": ("Nama ibu hanya mirip.", "The mothers' names are only alike."),
    "mother_unknown": (
        "Nama ibu tidak diketahui atau tidak dapat dibandingkan.",
        "A mother's name is unknown or cannot be compared.",
    ),
    "mother_doubtful": (
        "Nama ibu beda satu huruf, dan keduanya nama yang lazim.",
        "The mothers' names are a letter apart, and both are known names.",
    ),
    "mother_differs": ("Nama ibu jelas berbeda.", "The mothers' names clearly differ."),
    "birth_date_equal": ("Tanggal lahir sama.", "The birth dates are equal."),
    "birth_date_heaped": (
        "Tanggal lahir sama, tetapi tanggal perkiraan yang dimiliki banyak orang.",
        "The birth dates are equal, but an estimated day that many people have.",
    ),
    "birth_date_swapped": (
        "Tanggal dan bulan lahir tertukar.",
        "Day and month of birth are swapped.",
    ),
    "birth_date_from_nik": (
        "Tanggal lahir diambil dari NIK yang beda satu angka.",
        "The birth dates were taken from NIKs one digit apart.",
    ),
    "birth_date_one_off": (
        "Tanggal lahir beda satu angka.",
        "The birth dates are one digit apart.",
    ),
    "birth_date_partly": (
        "Tanggal lahir sama kecuali hari atau bulannya.",
        "The birth dates are equal but for the day or the month.",
    ),
    "birth_date_estimated": (
        "Tahun lahir berdekatan, salah satu tanggal hanya perkiraan.",
        "The years of birth are close, one of the days is only an estimate.",
    ),
    "birth_date_unknown": ("Tanggal lahir tidak ada.", "A birth date is missing."),
    "birth_date_differs": ("Tanggal lahir berbeda.", "The birth dates differ."),
    "generation_apart": (
        "Tahun lahir terpaut satu generasi.",
        "The years of birth are a generation apart.",
    ),
    "nik_one_digit": ("NIK beda satu angka.", "The NIKs are one digit apart."),
    "nik_neighbour": (
        "Nomor urut NIK bersebelahan: bisa jadi anak kembar.",
        "The NIKs' serial numbers are neighbours: they may be twins.",
    ),
    "phone_equal": ("Nomor HP sama.", "The phone numbers are equal."),
    "kelurahan_equal": ("Kelurahan sama.", "The kelurahan is the same."),
    "sex_differs": ("Jenis kelamin berbeda.", "The sexes differ."),
}
