"""Given names that are common in Makassar; written from general knowledge, nobody's list.

Two uses: a namesake with a common name proves little, and two common names that differ by a
letter (Rahman, Rahmat) are two names rather than one name and a slip of the fingers.
"""

MEN = """
Abbas Abdullah Adam Adi Aditya Adnan Afandi Agung Agus Ahmad Aidil Ajis Akbar Akmal Aksa Alamsyah Aldi
Alfian Ali Alif Alimin Alimuddin Alwi Aman Amal Ambo Amin Aminuddin Amir Amiruddin Amran Amri Andika
Andri Anton Anwar Aras Ardi Ardiansyah Arfan Arham Ari Arif Arifin Arifuddin Aris Arman Arsyad Arwan Asdar
Asep Aslam Aslan Asri Asrul Aswan Aswar Awal Awaluddin Azhar Azis Baco Bachtiar Baharuddin Bahar Bahri
Bakri Bambang Basir Baso Basri Budi Budiman Burhan Burhanuddin Bustam Bustan Chaerul Coddang Daming
Dahlan Danial Darman Darwin Darwis Daud Dedi Deni Dian Didi Djafar Edi Edwin Efendi Eko Erwin Fachri
Fadil Fadli Fahmi Fahri Faisal Faizal Fajar Farhan Farid Fathur Fauzan Fauzi Ferdi Ferdinan Ferri Fikri
Firdaus Firman Fitrah Gaffar Galib Gani Gazali Guntur Hadi Haedar Haerul Haeruddin Hafid Hairil Hakim
Halim Hamid Hamka Hamri Hamsah Hamzah Hanafi Harianto Haris Harman Haruna Harun Hasan Hasanuddin Hasbi
Hasbullah Hasim Hasmin Hasrul Hatta Hendra Hendri Herman Hermanto Heru Hidayat Husain Husni Ibnu Ibrahim
Idham Idris Ihsan Ikbal Ilham Ilyas Imam Iman Imran Imransyah Indra Irfan Irham Irsan Irwan Iskandar
Ishak Ismail Iwan Jabal Jabbar Jafar Jalal Jalaluddin Jalil Jamal Jamaluddin Jamil Johan Joko Jufri
Jumadi Jumain Junaedi Junaid Jusman Kadir Kahar Kaharuddin Kamal Kamaluddin Kamaruddin Kamil Karim Kasim
Khaerul Khaidir Khalid Khalik Kurnia Kurniawan Latief Lukman Lutfi Mahfud Mahmud Mahyuddin Makmur Malik
Mansur Mansyur Mappa Marsuki Marwan Maulana Mislan Misbah Muchtar Muhajir Muhlis Muis Mukhlis Mukhtar
Mukmin Mulyadi Munir Muliadi Mursalim Mursyid Musa Muslim Muslimin Mustafa Mustakim Mustamin Muzakkir Naim
Najib Najamuddin Nasaruddin Nasir Nasrul Nasruddin Nasrullah Nasrun Nawir Nirwan Novri Nurdin Nurman
Padli Pahri Rafi Rafli Rahim Rahman Rahmat Rajab Ramadhan Ramdan Ramli Rasman Rasyid Rauf Razak Reski Reza
Rian Ridho Ridwan Rifai Rifki Rijal Riko Riski Rizal Rizki Rizaldi Rizwan Roni Rudi Rusdi Rusli Ruslan
Rusman Rustam Rustan Sabir Sabri Safar Safri Safruddin Sahabuddin Saharuddin Sahrul Said Saiful Saifuddin
Sainuddin Sakka Salam Saleh Salahuddin Salim Salman Samad Samsir Samsu Samsuddin Samsul Sampara Sangkala
Sanusi Saparuddin Sapri Sarifuddin Satria Sirajuddin Slamet Sofyan Suardi Suaib Sudarman Sudirman Sugeng
Suharto Suhardi Sukardi Sukri Sukirman Sulaiman Sulfikar Sultan Sumardi Sunardi Suparman Supardi Supriadi
Suriadi Surya Suryadi Sutrisno Suwardi Syafar Syafri Syafruddin Syahril Syahrir Syahrul Syaiful Syamsir
Syamsu Syamsuddin Syamsul Syarif Syarifuddin Syawal Syukri Syukur Tahir Tajuddin Tamrin Taufan Taufik
Tawakkal Teguh Tono Umar Usman Wahab Wahid Wahidin Wahyu Wahyudi Wawan Yahya Yasin Yasir Yudi Yunus
Yusran Yusri Yusuf Yusril Zaenal Zaenuddin Zainal Zainuddin Zakaria Zaki Zulfikar Zulkarnain Zulkifli
"""

WOMEN = """
Adriana Aida Aini Ainun Nurainun Aisyah Alfiah Alfiana Alya Amalia Amelia Aminah Amriani Ana Andriani Ani Anisa Anita
Anna Anti Ariani Arini Asia Asma Asmawati Asmi Asni Asnidar Asriani Asti Astuti Aulia Ayu Azizah Bahria
Becce Bella Besse Bunga Cahaya Cahyani Citra Dahlia Darma Darmawati Darmi Daya Desi Dewi Diah Diana Dina
Dini Eka Elis Elisa Elvi Ema Emi Endang Erna Ernawati Erni Erniati Eva Evi Fadilah Fadillah Farida Faridah
Fatimah Fatmah Fatmawati Fauziah Feby Fira Fitri Fitria Fitriani Hadijah Haerani Haeriah Hafsah Hajar
Hajerah Hajrah Halifah Halijah Halima Halimah Halisah Hamidah Hamsiah Hamsinah Hana Haniah Hanifah
Harfiah Hariani Harlina Harmiati Harniati Hartati Hartina Hasanah Hasifah Hasma Hasmah Hasmawati Hasmi
Hasmiah Hasmiati Hasna Hasnah Hasnawati Hasni Hasniah Hasniati Hasrah Hasriani Hasriati Haswati Hatijah
Hawa Hayati Helmi Herawati Herlina Hermawati Hernawati Heriyanti Hikmah Hilda Hudaya Husna Husnah Husni
Husniah Ida Ika Ima Ina Inda Indah Indar Indo Indrawati Indriani Intan Ira Irawati Irma Irmawati Isa Isma
Ismawati Ita Jamilah Jannah Jasmiati Johra Johrah Juhaeni Juhaera Juliana Julianti Jumaria Jumiati
Jumriah Jumrana Juriah Kamariah Kamsiah Karmila Kartika Kartini Karya Kasmawati Kasmi Kasmiati Khadijah
Khaerani Kiki Lia Lilis Lina Linda Lisa Lisnawati Maemunah Maharani Mantasia Marauleng Maria Mariah Mariama
Mariani Mariati Marlia Marlina Martina Marwah Marwati Maryam Maryati Masita Masnah Masni Masniah Masriani
Mastura Mawar Mega Megawati Melati Mira Mirnawati Misba Mita Mulia Muliana Muliati Munawarah Munirah
Murni Murniati Musdalifah Mutia Mutiara Mutmainnah Nadia Nadirah Nanda Naimah Najmah Nasrah Nia Niar
Nila Ningsih Nirmala Nirwana Nisa Norma Novi Novita Nur Nuraeni Nurafni Nuraida Nuraini Nuraisyah Nuralam
Nurbaeti Nurbaya Nurdiana Nurdianti Nurfadilah Nurhaeda Nurhaedah Nurhaeni Nurhalimah Nurhalisa Nurhana
Nurhasanah Nurhayani Nurhayati Nurhidayah Nurhidayati Nurintan Nurjannah Nurjaya Nurlaela Nurlela Nurlia
Nurliah Nurlina Nurmala Nurmalasari Nurmawati Nurmi Nurmiah Nurmiati Nurmila Nurnaningsih Nurnia Nurasia
Nurasiah Nursam Nursanti Nursia Nursiah Nurtia Nurul Nurwahidah Nurwahyuni Nurwana Nurwati Pia Puspita
Puspitasari Putri Rabiah Rabiatul Rahayu Rahma Rahmah Rahmania Rahmawati Rahmi Rahmatia Rahmiati Rahmania
Raihana Raisa Rajiah Ramla Ramlah Ramlia Rani Ranti Rasmi Ratih Ratna Ratnasari Ratnawati Reni Reski
Ria Riana Rianti Rifka Rika Rina Rini Riska Risma Rismawati Risna Risnawati Rita Rizka Rohana Rohani
Rosa Rosdiana Roslina Rosma Rosmala Rosmawati Rosmiah Rosmiati Rosmini Rosnawati Rosnaeni Rostina Rubiah
Rugaya Rukiah Rukmini Sabania Sabariah Sadariah Safira Sahara Sahariah Salma Salmah Salmia Salmiah
Salmiati Samsiah Samsidar Sania Saniah Santi Sapiah Sari Saripa Sarina Sariana Sarinah Saripah Sarlina
Sarmila Sartika Satriani Selvi Septi Sinar Sindi Sinta Siska Sofia Sohra Sohrah Sri Suarni Suarti
Subaedah Sudarmi Suharni Suharti Suhartini Suhra Sukma Sukmawati Sulastri Sulfiani Sulfiati Sulistiawati
Sumarni Sumarti Sumiati Sunarti Suriani Suriati Suryani Suryanti Susan Susanti Susi Syahria Syamsiah
Syamsiar Syamsidar Syarifah Tasnim Tati Tenri Tia Tika Tina Tini Titi Titin Tri Tuti Ulfa Ulfah Umi Ummi
Uni Ummu Wahida Wahidah Wahyuni Wana Wati Widya Winda Wulan Wulandari Yani Yanti Yati Yuliana Yuliani
Yulianti Yuni Yuniarti Yunita Yusni Yusnita Zaenab Zahra Zainab Zakiah Zubaedah Zulaeha Zulfa
"""

SURNAMES = """
Hidayat Hidayatullah Saputra Putra Kurniawan Pratama Ramadhani Ramadani Lestari Utami Anggraeni Safitri
Pertiwi Handayani Wijaya Santoso Setiawan Nugraha Hamdani Syahputra Perdana Permatasari Puspitasari
Anggraini Oktaviani Wulandari Rahmadani Tahir Saleh Said Rauf Latif Yunus Karim
"""
