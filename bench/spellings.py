"""Spellings written out by hand: of one person each, and of two who are easily mixed up.

"|" parts the ways in which agents wrote one name, "@" opens the alias; "/" parts two people.
"""

from typing import NamedTuple


class Spellings(NamedTuple):
    """One set of them."""

    his: str
    hers: str
    mothers: str
    apart: str


_HIS = """
Abd. Gaffar Dg Situru|Abdul Gaffar|Abd Gaffar@Dg. Situru|ABDUL GAFFAR DAENG SITURU|Gaffar
Muh. Aswar|Muhammad Aswar|M. Aswar|Muhamad Azwar|ASWAR
H. Mustari Dg. Mangung|Mustari|Haji Mustari|Dg Mangung@Mustari|Mustari@Daeng Mangung
Yohanis Palimbong|Yohanes Palimbong|Johanis Palimbong|YOHANIS P.|Yohanis Palimbong@Papa Eko
Andi Pangerang Petta Rani|A. Pangerang|Andi Pangerang|ANDI PANGERANG PETTARANI|A. Pangerang P.
Syaharuddin|Saharuddin|Syahruddin|Saharudin|SYAHARUDDIN@Udin
Laode Muh. Safiuddin|La Ode Muhammad Safiuddin|LAODE MUH SAFIUDIN|La Ode Muh. Syafiuddin
Ramli Dg. Nyampa|Ramli|Ramly|RAMLI DAENG NYAMPA|Daeng Nyampa@Ramli
Sudarmin|Sudarming|SUDARMIN|Sudarmin@Dg Ngerang|Sudarmin Dg. Ngerang
Muhlis Pasang|Mukhlis Pasang|Muchlis Pasang|MUHLIS PASSANG|Muhlis
Bonto Dg Lau|Daeng Lau|Bonto@Dg Lau|Dg. Lau@Bonto|BONTO
Agustinus Tandi|Agustinus T.|AGUSTINUS TANDI|Agus Tandi|Agustinus Tandi@Agus
Rahmat Hidayatullah|Rahmat Hidayatulah|Rahmad Hidayatullah|RAHMAT HIDAYAT ULLAH|Rachmat Hidayatullah
Nasrun bin Mappa|Nasrun|NASRUN B. MAPPA|Nasrun Mappa|Nasrung
Djumadi|Jumadi|DJUMADI|Jumady|Jumadi@Mas Jum
Abdullah Sani|Abdullah S.|ABDULLAH SANI|Abdulah Sani|Abd. Sani Abdullah
Supardjo|Suparjo|SUPARDJO|Soeparjo|Suparyo
Muh. Nur Fajrin|Muhammad Nurfajrin|Nur Fajrin|MUH NURFAJRIN|M. Nur Fajrin
Hamzah Yunus, S.E.|Hamzah Yunus|Hamsah Yunus|HAMZAH YUNUS SE|Hamzah
Baso Amir|Amir|BASO AMIR|Baso Amir@Dg. Tompo|Amir Dg Tompo
Kaimuddin|Kaimudin|Khaimuddin|KAIMUDDIN|Kaimuddin@Kai
Muhammad Fitrah Ramadhan|Muh Fitrah Ramadhan|Muh. Fitra Ramadan|M. Fitrah R.|Fitrah Ramadhan
Arsyad Dg. Siala|Arsad|Arsyad@Dg Siala|ARSYAD DG SIALA|Dg. Siala@Arsyad
I Made Suwitra|Made Suwitra|I MADE SUWITRA|Made Switra|I Made S.
Tuan Guru Baharuddin|Baharuddin|BAHARUDIN|Bahar@Baharuddin|Baharuddin@Bahar
Jusuf Kalla Dg. Rewa|Yusuf Kalla|JUSUF KALLA|Yusuf@Dg Rewa|Jusuf Dg. Rewa
"""
_HERS = """
Sitti Hawang Dg. Puji|St. Hawang|SITTI HAWANG|Hawang@Dg Puji|Dg. Puji@Sitti Hawang
Hj. Sitti Subaedah|St. Subaedah|Siti Subaidah|HJ ST SUBAEDAH|Subaedah
Nur Intan|Nurintan|NUR INTAN|Nurintang|Intan@Nur Intan
Hasnawati, S.Pd|Hasnawati|HASNAWATY|Hj. Hasnawati|Hasnawati S. Pd.
Maria Goreti Bunga|Maria G. Bunga|MARIA GORETI|Maria Goretti Bunga|Maria Bunga
Andi Tenriola|A. Tenriola|Andi Tenri Ola|ANDI TENRIOLA|Tenriola
Sunarsih|Soenarsih|SUNARSIH|Sunarsi|Sunarsih@Bu Narsih
Nurhikmah Amaliah|Nur Hikmah Amaliah|Nurhikma Amalia|NURHIKMAH A.|Nurhikmah
Rampe Dg. Baji|Rampe|Dg Baji@Rampe|RAMPE DAENG BAJI|Rampe@Dg. Baji
Wa Ode Sitti Rahma|Waode Siti Rahma|WA ODE ST RAHMA|Waode Rahma|Wa Ode St. Rahmah
Jumintang|Jumintan|JUMINTANG|Jumintang@Dg Ti'no|Jumintang Dg. Ti'no
Khadijah|Hadijah|Hadija|KHADIDJAH|Chadijah
Syamsinar|Samsinar|SYAMSINAR|Syamsinar@Dg. Rannu|Sitti Syamsinar
Irma Suryani|Irma S.|IRMA SURYANI|Irmasuryani|Irma Surjani
Sitti Nurliah Dg Taco|St. Nurlia|Nurliah|SITTI NURLIAH|Dg Taco@Nurliah
Yuliana Sampe|Juliana Sampe|YULIANA SAMPE|Yuliana S.|Yuliana
Fatmawaty Rahman|Fatmawati Rahman|FATMAWATI|Patmawati Rahman|Fatma@Fatmawati Rahman
Besse Kanja|Besse' Kanja|BESSE KANJA|Bessekanja|Besse Kanja@Dg Kenna
Sri Mulyani Tahir|Sri Muliani Tahir|SRI MULYANI|Srimulyani Tahir|Sri Mulyani T.
Darniati binti Sangkala|Darniati|DARNIATY|Darniati B. Sangkala|Darniati Sangkala
Nuraeni Dg. Lebang|Nuraini|Noeraeni|NURAENI@DG LEBANG|Dg Lebang@Nuraeni
Halija|Halijah|Halidja|HALIJAH|St. Halija
Rosalina Wulandari|Rosalina W.|ROSALINA WULANDARI|Roslina Wulandari|Rosalina
Te'ne Dg. Caya|Tene|TE'NE|Dg Caya@Te'ne|Tene Daeng Caya
Bungawati|Bunga Wati|BUNGAWATY|Bungawati@Dg So'na|Sitti Bungawati
Hartati Dg Kenang|Hartaty|HARTATI|Hartati@Dg. Kenang|St. Hartati
"""
_MOTHERS = """
Bungko|BUNGKO|Bunko
St. Rabiah|Sitti Rabiah|Rabia|RABIAH
Dg. Singara|Singara|Daeng Singara
Indo Upe|Upe|INDO UPE
Hj. Marhumah|Marhumah|Marhuma|HJ MARHUMAH
Yohana Sarira|Johana Sarira|YOHANA S.
Sulaeha Dg. Bollo|Sulaeha|Zulaeha|SULAEHA
Ati Raja|Atiraja|ATI RAJA
Monira|Munira|MONIRA
Sitti Saleha|St. Saleha|Saleha|Siti Salehah
Kebo Dg. Lino|Kebo|Dg Lino Kebo
Marauleng|MARAULENG|Maraoleng
I Tanning|Tanning|I TANNING
Almh. Cinnong|Cinnong|CINNONG
Rostiah|Rostia|Rostiyah
Wa Ode Nurlela|Waode Nurlaela|WA ODE NURLELA
Suharni|Soeharni|SUHARNI
Ratu Dg. Ngasih|Ratu|RATU DAENG NGASIH
"""
_APART = """
M Hasbullah/Habibullah
M Muh. Fadel/Muh. Fadil Akram
M Rusman/Ruslin
M Sainal/Sainuddin
M Muhammad Akbar/Muhammad Asgar
M Abd. Rauf/Abd. Rajab
M Andi Firman/Andi Firdaus
M Sofyan Tandi/Soleman Tandi
M Supriyanto/Supriyadi
M Kamal/Jamal
M Risal/Faisal
M Muh. Arif/Muh. Alif
M La Ode Hasan/La Ode Hasim
M Syahrul Gunawan/Syahril Gunawan
M Irfan/Irwan
M Baso Lolo/Baso Tancung
F Hasmiah/Hasmirah
F Nurul Fadhilah/Nurul Izzah
F Sitti Hadrah/Sitti Hajar
F Rosmiani/Rostiani
F Indah Sari/Intan Sari
F Marlia/Marwia
F Nur Asia/Nur Alia
F Dian Eka/Dina Eka
F Sri Ratna/Sri Rahma
F Wa Ode Nia/Wa Ode Mina
F Halima Tusadia/Hasnah Tusadia
F Andi Tenri/Andi Batari
F Hj. Nurbia/Hj. Nurdia
F Yuliati/Yulianti Sampe
F Besse Tang/Besse Lebbi
F Sumiati/Suriati
"""
SEEN = Spellings(_HIS, _HERS, _MOTHERS, _APART)

UNSEEN = Spellings(
    his="""
Hasrul Dg. Beta|Hasrul|HASRUL DG BETA|Hasrul@Daeng Beta|Dg Beta@Hasrul
Muh. Taufiq Qurahman|Muhammad Taufik Qurrahman|M. Taufiq Q.|MUH TAUFIK QURAHMAN|Taufiq Qurahman
Abd. Haris Tahir|Abdul Haris Tahir|Haris Tahir|ABD HARIS TAHIR|Abdul Haris T.
Sangkala Dg. Ruppa|Sangkala|Dg. Ruppa|SANGKALA DAENG RUPPA|Sangkala@Dg Ruppa
H. Muh. Djafar|Muhammad Jafar|Muh. Jafar|HAJI MUH. DJAFAR|Moh. Ja'far
Andi Mappasessu|A. Mappasessu|ANDI MAPPASESSU|Mappasessu|Andi Mappasesu
Syarifuddin Dg. Tutu|Saripuddin|Syarifudin@Dg Tutu|SYARIPUDDIN DG TUTU|Syarifuddin
Yosef Rante Allo|Yosep Rante Allo|Josef Rante Allo|YOSEF R. ALLO|Yosef Rante
La Baco|Baco|LA BACO|La Bako|Baco@La Baco
Ikhwan Saputra|Ihwan Saputra|Ichwan Saputra|IKHWAN S.|Ikhwan Syahputra
Herman Dg. Sijaya|Herman|Hermang|HERMAN@DG SIJAYA|Daeng Sijaya@Herman
Sudirman Lallo|Sudirman|SUDIRMAN LALLO|Sudirman L.|Soedirman Lallo
Alfian Nur|Alfian N.|ALPIAN NUR|Alfiannur|Alfian
Bachtiar Effendy|Bahtiar Efendi|Bachtiar E.|BAKHTIAR EFFENDI|Bahtiar
Rusli bin Dg. Ngawing|Rusli|Rusly|RUSLI B. NGAWING|Rusli@Dg. Nyonri
Muhammad Asdar|Muh Asdar|Asdar|M. ASDAR|Muhamad Azdar
Zainuddin Dg. Lewa|Sainuddin|ZAENUDDIN|Zainuddin@Dg Lewa|Zainudin Daeng Lewa
Tajuddin Noer|Tajuddin Nur|TAJUDIN NUR|Tadjuddin Noer|Tajuddin
Ahmad Yani Rasyid|Achmad Yani Rasyid|AHMAD YANI|Ahmad Jani Rasjid|Akhmad Yani R.
Wahyudi|Wahyudy|WAHYUDI|Wahjudi|Wahyudi@Yudi
Mangkona Dg. Pasang|Mangkona|MANGKONA|Mangkona@Dg. Pasang|Dg Pasang@Mangkona
Fitrawan|Fitrawan|PITRAWAN|Fitrawan@Awan|Fitrawann
Dahlan Rauf, S.H.|Dahlan Rauf|DAHLAN RAUF SH|Dahlan R.|H. Dahlan Rauf
Kasmin Dg. Gassing|Kasming|Kasmin|KASMIN DG. GASSING|Dg Gassing@Kasmin
""",
    hers="""
Sitti Halifah Dg. Ngintang|St. Halifah|Halipah|SITTI HALIFAH|Halifah@Dg Ngintang
Nur Afni Oktavia|Nurafni Oktavia|NUR AFNI|Nurapni Oktavia|Nur Afni O.
Hj. Rahmatiah|Rahmatia|RACHMATIAH|Hajjah Rahmatiah|Rahmatiah
Dg. Kenna|Tallasa@Dg Kenna|Dg Kenna@Tallasa|Tallasa Dg. Kenna|TALLASA
Jumaena Dg. Kebo|Jumaena|Djumaena|JUMAINA DG KEBO|Dg. Kebo@Jumaena
Elisabeth Lai'|Elisabet Lai|ELISABETH LAI|Elizabeth Lai|Elisabeth@Mama Rosa
Andi Besse Tenri|A. Besse Tenri|Besse Tenri|ANDI BESSE TENRI|A. Besse T.
Sri Hartini|Srihartini|SRI HARTINI|Sri Hartiny|Sri Hartini@Tini
Suryaningsih|Soerianingsih|SURYANINGSIH|Suriyaningsih|Suryaningsi
Aisyah Dg. Sunggu|Aisah|St. Aisyah|AISYAH DG SUNGGU|Aisyah@Daeng Sunggu
Herawati, A.Md|Herawaty|HERAWATI|Hera@Herawati|Herawati
Fatmasari Kadir|Fatma Sari Kadir|FATMASARI|Fatmasari K.|Patmasari Kadir
Nurbaeti Dg. Tommi|Nurbaeti|Nurbaiti|NUR BAETI|Dg Tommi@Nurbaeti
Indo Tuo|Indo' Tuo|INDO TUO|Indotuo|Tuo@Indo Tuo
Rosnaini binti Makka|Rosnaini|Rosnaeni|ROSNAINI MAKKA|Rosnaini B. Makka
Zulaikha|Sulaeha|Zulaiha|ZULAIKHA|Sulaikha
Ernawati Dg. Ti'no|Ernawaty|ERNAWATI|Erna@Ernawati|Ernawati@Dg. Ti'no
Waode Harni|Wa Ode Harni|WAODE HARNI|Harni|Wa Ode Harny
Marhani Tola|Marhani|MARHANI T.|Marhany Tola|Hj. Marhani Tola
Nurfadilla Putri|Nur Fadillah Putri|NURFADILLA P.|Nurfadhila Putri|Nurfadilla
Kamariah Dg. Bollo|Kamaria|Qamariah|KAMARIAH DG BOLLO|Dg. Bollo@Kamariah
Sitti Marwiah, SE|St. Marwiah|Marwia|SITTI MARWIAH|Marwiyah
Agustina Sirenden|Agustina S.|AGUSTINA SIRENDEN|Agustin Sirenden|Agustina
""",
    mothers="""
Tarring|TARRING|Taring
Sitti Hamdana|St. Hamdana|Hamdana
Maryam Dg. Caya|Maryam|MARIAM|Sitti Maryam
Indo Masse|Masse|INDO MASSE
Ludia Tasik|Lydia Tasik|LUDIA T.
Johra|Djohra|Zohra|JOHRAH
Hj. Nurung|Nurung|NURUNG
Saibah Dg. Te'ne|Saibah|Saiba|Dg. Te'ne Saibah
Bunga Rosi|BUNGA ROSI|Bungarosi
Cabolo|CABOLO|Caboloh
Pati|PATI|Patti
Almh. Mina|Mina|MINA
Kamisa|KAMISAH|Kamisa Dg. Memang
Ratnah|Ratna|RATNA
Siang Dg. Sugi|Siang|SIANG
Tenri Sau|Tenrisau|TENRI SAU
""",
    apart="""
M Ikhsan/Ihwal
M Muh. Rifki/Muh. Raihan
M Abdul Azis/Abdul Wahab
M Syamsul Alam/Syamsul Bahri
M Arman/Armin
M Hendra Rante/Hendrik Rante
M Muhammad Fadli/Muhammad Fahri
M Sultan/Sulham
M Andi Akbar/Andi Ancha
M Jumadil/Jumardi
M Rian/Rizal
M Yohan Palin/Yosep Palin
M Abbas/Arsad
M Farhan Tahir/Fauzan Tahir
M Taslim/Tasrif
F Nurhikmah/Nurhidayah
F Sitti Ramlah/Sitti Rahmah
F Sukma/Sulastri
F Musdalifah/Muslimah
F Andi Nurul/Andi Nisa
F Kartika/Kartini
F Sri Devi/Sri Yanti
F Asma/Asni
F Hasnawiah/Hasmawati
F Rina Marlina/Rini Marlina
F Nur Annisa/Nur Azizah
F Dewi Sartika/Desi Sartika
F Jumrah/Jumiati
F Ani/Ina
F Mirna/Mila
F Selfiana/Sulfiana
""",
)
