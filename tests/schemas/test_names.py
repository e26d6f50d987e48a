"""Names in comparable form, case by case of DOMAIN.md section 7."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.names import fold_name, joined, split_alias, split_daeng, split_father, tokens

FOLDED = [
    ("Muh. Ilham", "MUHAMMAD ILHAM"),
    ("Moch. Ilham", "MUHAMMAD ILHAM"),
    ("M. Ilham", "MUHAMMAD ILHAM"),
    ("H. M. Yusuf", "MUHAMMAD YUSUF"),
    ("Andi M. Yusuf", "ANDI MUHAMMAD YUSUF"),
    ("Ilham M.", "ILHAM M"),
    ("Muhammadilham", "MUHAMMAD ILHAM"),
    ("Muhammadiyah", "MUHAMMADIYAH"),
    ("Abd. Rahman", "ABDUL RAHMAN"),
    ("Abdurrahman", "ABDUL RAHMAN"),
    ("Abdulrahman", "ABDUL RAHMAN"),
    ("Abdoel Rahman", "ABDUL RAHMAN"),
    ("Abdullah", "ABDULLAH"),
    ("Abd. R.", "ABDUL R"),
    ("St. Aminah", "SITI AMINAH"),
    ("Sitti Aminah", "SITI AMINAH"),
    ("ST Aminah", "SITI AMINAH"),
    ("Hj. St. Aminah", "SITI AMINAH"),
    ("Andi St. Aminah", "ANDI SITI AMINAH"),
    ("St", "SITI"),
    ("Aminah, S.T.", "AMINAH"),
    ("Aminah ST", "AMINAH"),
    ("Aminah S. T.", "AMINAH"),
    ("St. Aminah, ST", "SITI AMINAH"),
    ("Aminah ST, S.Pd", "AMINAH"),
    ("A. Tenri", "ANDI TENRI"),
    ("Hj. Nurhayati, S.Pd.I., M.Si", "NURHAYATI"),
    ("Drs. H. Syamsul Bahri", "SYAMSUL BAHRI"),
    ("Rahma, A.Md.Keb", "RAHMA"),
    ("dr. Rahma", "RAHMA"),
    ("Haji", "HAJI"),
    ("Dg. Ngalle", "DAENG NGALLE"),
    ("Basri Dg Ngalle", "BASRI DAENG NGALLE"),
    ("Ibrahim, Dg. Nai", "IBRAHIM DAENG NAI"),
    ("Kr. Sikki", "KARAENG SIKKI"),
    ("Hasnah binti Tata", "HASNAH TATA"),
    ("Ahmad B. Rahman", "AHMAD RAHMAN"),
    ("Almh. Hasnah", "HASNAH"),
    ("Ibu Hasnah", "HASNAH"),
    ("Noorhayati", "NURHAYATI"),
    ("Nur'aini", "NURAINI"),
    ("Nur\u2019aini", "NURAINI"),
    ("Soekarno", "SUKARNO"),
    ("Tjaja", "CAYA"),
    ("Achmad", "AKHMAD"),
    ("  te\u0301nri \u00a0ajeng  ", "TENRI AJENG".replace("J", "Y")),
    ("NURHAYAT1", "NURHAYATI"),
    ("Basri 2", "BASRI"),
    ("", ""),
    ("123", ""),
    ("😀\x00", ""),
    ("\ud800Basri", "BASRI"),
    ("محمد", ""),
]


@pytest.mark.parametrize(("written", "folded"), FOLDED)
def test_a_name_is_folded(written: str, folded: str) -> None:
    assert fold_name(written) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Djamaluddin", "Jamaluddin"),
        ("Jusuf", "Yusuf"),
        ("Sjamsuddin", "Syamsuddin"),
        ("Tjitra", "Citra"),
        ("Moehammad Saleh", "Muhammad Saleh"),
        ("Abdus Salam", "Abdussalam"),
        ("MUHAMMAD ilham", "muhammad ILHAM"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


def test_joined_names_know_no_spaces() -> None:
    assert joined("Nur Hayati") == joined("Nurhayati") == "NURHAYATI"


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Basri Dg. Ngalle", ("BASRI", "NGALLE")),
        ("Dg Ngalle", ("", "NGALLE")),
        ("Daeng Ngalle Basri", ("BASRI", "NGALLE")),
        ("Basri", ("BASRI", None)),
        ("Daeng", ("", None)),
    ],
)
def test_the_daeng_name_is_parted(written: str, parts: tuple[str, str | None]) -> None:
    assert split_daeng(written) == parts


def test_father_and_second_name_are_cut_off_as_written() -> None:
    assert split_father("Hasnah binti Dg Tata") == ("Hasnah ", "Dg Tata")
    assert split_father("Ahmad B. Rahman") == ("Ahmad ", "Rahman")
    assert split_father("Bintang") == ("Bintang", None)
    assert split_alias("Ibrahim alias Dg Nai") == ("Ibrahim ", "Dg Nai")
    assert split_alias("Ibrahim (Dg Nai)") == ("Ibrahim ", "Dg Nai")
    assert split_alias("Alias") == ("Alias", None)


WORDS = (
    "H HJ B BIN M MD A ANDI ST S.T. SE S.Pd DRS HAJI MUH DG DAENG ABDURRAHMAN SITIAMINAH OOE DJ "
    "TJH ABDULHAJI NOORNOOR ALM MA MUHAMMADMUHAMMAD CH KH , . ( 1 0X JJ ' é"
)
LIKE_NAMES = st.lists(st.sampled_from(WORDS.split(" ")), max_size=6).flatmap(
    lambda words: st.sampled_from([" ".join(words), "".join(words)])
)
ANY_TEXT = st.text(st.characters(codec=None), max_size=60)


@given(LIKE_NAMES | ANY_TEXT)
def test_folding_is_stable_and_plain(text: str) -> None:
    folded = fold_name(text)
    assert fold_name(folded) == folded
    assert folded == " ".join(tokens(text))
    assert all("A" <= letter <= "Z" or letter == " " for letter in folded)


@given(LIKE_NAMES | ANY_TEXT)
def test_no_text_raises(text: str) -> None:
    for function in (split_daeng, split_father, split_alias):
        function(text)


def test_a_word_without_end_does_no_harm() -> None:
    assert len(fold_name("SITI" * 20_000)) < 100
