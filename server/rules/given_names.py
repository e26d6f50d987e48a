"""Given names that are common in Makassar; written from general knowledge, nobody's list.

Two uses: a namesake with a common name proves little, and two known names that differ by a
letter (Rahman, Rahmat) are two names rather than one name and a slip of the fingers. MEN, WOMEN
and SURNAMES are common; KNOWN_MEN and KNOWN_WOMEN are not, but nobody makes them up by a slip.
"""

MEN = """
Abbas Abdullah Adam Adi Aditya Adnan Afandi Agung Agus Ahmad Aidil Ajis Akbar Akmal Aksa Alamsyah
Aldi Alfian Ali Alif Alimin Alimuddin Alwi Aman Amal Ambo Amin Aminuddin Amir Amiruddin Amran Amri
Andika Andri Anton Anwar Aras Ardi Ardiansyah Arfan Arham Ari Arif Arifin Arifuddin Aris Arman
Arsyad Arwan Asdar Asep Aslam Aslan Asri Asrul Aswan Aswar Awal Awaluddin Azhar Azis Baco Bachtiar
Baharuddin Bahar Bahri Bakri Bambang Basir Baso Basri Budi Budiman Burhan Burhanuddin Bustam
Bustan Chaerul Coddang Daming Dahlan Danial Darman Darwin Darwis Daud Dedi Deni Dian Didi Djafar
Edi Edwin Efendi Eko Erwin Fachri Fadil Fadli Fahmi Fahri Faisal Faizal Fajar Farhan Farid Fathur
Fauzan Fauzi Ferdi Ferdinan Ferri Fikri Firdaus Firman Fitrah Gaffar Galib Gani Gazali Guntur Hadi
Haedar Haerul Haeruddin Hafid Hairil Hakim Halim Hamid Hamka Hamri Hamsah Hamzah Hanafi Harianto
Haris Harman Haruna Harun Hasan Hasanuddin Hasbi Hasbullah Hasim Hasmin Hasrul Hatta Hendra Hendri
Herman Hermanto Heru Hidayat Husain Husni Ibnu Ibrahim Idham Idris Ihsan Ikbal Ilham Ilyas Imam
Iman Imran Imransyah Indra Irfan Irham Irsan Irwan Iskandar Ishak Ismail Iwan Jabal Jabbar Jafar
Jalal Jalaluddin Jalil Jamal Jamaluddin Jamil Johan Joko Jufri Jumadi Jumain Junaedi Junaid Jusman
Kadir Kahar Kaharuddin Kamal Kamaluddin Kamaruddin Kamil Karim Kasim Khaerul Khaidir Khalid Khalik
Kurnia Kurniawan Latief Lukman Lutfi Mahfud Mahmud Mahyuddin Makmur Malik Mansur Mansyur Mappa
Marsuki Marwan Maulana Mislan Misbah Muchtar Muhajir Muhlis Muis Mukhlis Mukhtar Mukmin Mulyadi
Munir Muliadi Mursalim Mursyid Musa Muslim Muslimin Mustafa Mustakim Mustamin Muzakkir Naim Najib
Najamuddin Nasaruddin Nasir Nasrul Nasruddin Nasrullah Nasrun Nawir Nirwan Novri Nurdin Nurman
Padli Pahri Rafi Rafli Rahim Rahman Rahmat Rajab Ramadhan Ramdan Ramli Rasman Rasyid Rauf Razak
Reski Reza Rian Ridho Ridwan Rifai Rifki Rijal Riko Riski Rizal Rizki Rizaldi Rizwan Roni Rudi
Rusdi Rusli Ruslan Rusman Rustam Rustan Sabir Sabri Safar Safri Safruddin Sahabuddin Saharuddin
Sahrul Said Saiful Saifuddin Sainuddin Sakka Salam Saleh Salahuddin Salim Salman Samad Samsir
Samsu Samsuddin Samsul Sampara Sangkala Sanusi Saparuddin Sapri Sarifuddin Satria Sirajuddin
Slamet Sofyan Suardi Suaib Sudarman Sudirman Sugeng Suharto Suhardi Sukardi Sukri Sukirman
Sulaiman Sulfikar Sultan Sumardi Sunardi Suparman Supardi Supriadi Suriadi Surya Suryadi Sutrisno
Suwardi Syafar Syafri Syafruddin Syahril Syahrir Syahrul Syaiful Syamsir Syamsu Syamsuddin Syamsul
Syarif Syarifuddin Syawal Syukri Syukur Tahir Tajuddin Tamrin Taufan Taufik Tawakkal Teguh Tono
Umar Usman Wahab Wahid Wahidin Wahyu Wahyudi Wawan Yahya Yasin Yasir Yudi Yunus Yusran Yusri Yusuf
Yusril Zaenal Zaenuddin Zainal Zainuddin Zakaria Zaki Zulfikar Zulkarnain Zulkifli
"""

WOMEN = """
Adriana Aida Aini Ainun Nurainun Aisyah Alfiah Alfiana Alya Amalia Amelia Aminah Amriani Ana
Andriani Ani Anisa Anita Anna Anti Ariani Arini Asia Asma Asmawati Asmi Asni Asnidar Asriani Asti
Astuti Aulia Ayu Azizah Bahria Becce Bella Besse Bunga Cahaya Cahyani Citra Dahlia Darma Darmawati
Darmi Daya Desi Dewi Diah Diana Dina Dini Eka Elis Elisa Elvi Ema Emi Endang Erna Ernawati Erni
Erniati Eva Evi Fadilah Fadillah Farida Faridah Fatimah Fatmah Fatmawati Fauziah Feby Fira Fitri
Fitria Fitriani Hadijah Haerani Haeriah Hafsah Hajar Hajerah Hajrah Halifah Halijah Halima Halimah
Halisah Hamidah Hamsiah Hamsinah Hana Haniah Hanifah Harfiah Hariani Harlina Harmiati Harniati
Hartati Hartina Hasanah Hasifah Hasma Hasmah Hasmawati Hasmi Hasmiah Hasmiati Hasna Hasnah
Hasnawati Hasni Hasniah Hasniati Hasrah Hasriani Hasriati Haswati Hatijah Hawa Hayati Helmi
Herawati Herlina Hermawati Hernawati Heriyanti Hikmah Hilda Hudaya Husna Husnah Husni Husniah Ida
Ika Ima Ina Inda Indah Indar Indo Indrawati Indriani Intan Ira Irawati Irma Irmawati Isa Isma
Ismawati Ita Jamilah Jannah Jasmiati Johra Johrah Juhaeni Juhaera Juliana Julianti Jumaria Jumiati
Jumriah Jumrana Juriah Kamariah Kamsiah Karmila Kartika Kartini Karya Kasmawati Kasmi Kasmiati
Khadijah Khaerani Kiki Lia Lilis Lina Linda Lisa Lisnawati Maemunah Maharani Mantasia Marauleng
Maria Mariah Mariama Mariani Mariati Marlia Marlina Martina Marwah Marwati Maryam Maryati Masita
Masnah Masni Masniah Masriani Mastura Mawar Mega Megawati Melati Mira Mirnawati Misba Mita Mulia
Muliana Muliati Munawarah Munirah Murni Murniati Musdalifah Mutia Mutiara Mutmainnah Nadia Nadirah
Nanda Naimah Najmah Nasrah Nia Niar Nila Ningsih Nirmala Nirwana Nisa Norma Novi Novita Nur
Nuraeni Nurafni Nuraida Nuraini Nuraisyah Nuralam Nurbaeti Nurbaya Nurdiana Nurdianti Nurfadilah
Nurhaeda Nurhaedah Nurhaeni Nurhalimah Nurhalisa Nurhana Nurhasanah Nurhayani Nurhayati Nurhidayah
Nurhidayati Nurintan Nurjannah Nurjaya Nurlaela Nurlela Nurlia Nurliah Nurlina Nurmala Nurmalasari
Nurmawati Nurmi Nurmiah Nurmiati Nurmila Nurnaningsih Nurnia Nurasia Nurasiah Nursam Nursanti
Nursia Nursiah Nurtia Nurul Nurwahidah Nurwahyuni Nurwana Nurwati Pia Puspita Puspitasari Putri
Rabiah Rabiatul Rahayu Rahma Rahmah Rahmania Rahmawati Rahmi Rahmatia Rahmiati Raihana Raisa
Rajiah Ramla Ramlah Ramlia Rani Ranti Rasmi Ratih Ratna Ratnasari Ratnawati Reni Reski Ria Riana
Rianti Rifka Rika Rina Rini Riska Risma Rismawati Risna Risnawati Rita Rizka Rohana Rohani Rosa
Rosdiana Roslina Rosma Rosmala Rosmawati Rosmiah Rosmiati Rosmini Rosnawati Rosnaeni Rostina
Rubiah Rugaya Rukiah Rukmini Sabania Sabariah Sadariah Safira Sahara Sahariah Salma Salmah Salmia
Salmiah Salmiati Samsiah Samsidar Sania Saniah Santi Sapiah Sari Saripa Sarina Sariana Sarinah
Saripah Sarlina Sarmila Sartika Satriani Selvi Septi Sinar Sindi Sinta Siska Sofia Sohra Sohrah
Sri Suarni Suarti Subaedah Sudarmi Suharni Suharti Suhartini Suhra Sukma Sukmawati Sulastri
Sulfiani Sulfiati Sulistiawati Sumarni Sumarti Sumiati Sunarti Suriani Suriati Suryani Suryanti
Susan Susanti Susi Syahria Syamsiah Syamsiar Syamsidar Syarifah Tasnim Tati Tenri Tia Tika Tina
Tini Titi Titin Tri Tuti Ulfa Ulfah Umi Ummi Uni Ummu Wahida Wahidah Wahyuni Wana Wati Widya Winda
Wulan Wulandari Yani Yanti Yati Yuliana Yuliani Yulianti Yuni Yuniarti Yunita Yusni Yusnita Zaenab
Zahra Zainab Zakiah Zubaedah Zulaeha Zulfa
"""

SURNAMES = """
Hidayat Hidayatullah Saputra Putra Kurniawan Pratama Ramadhani Ramadani Lestari Utami Anggraeni
Safitri Pertiwi Handayani Wijaya Santoso Setiawan Nugraha Hamdani Syahputra Perdana Permatasari
Puspitasari Anggraini Oktaviani Wulandari Rahmadani Tahir Saleh Said Rauf Latif Yunus Karim
"""

KNOWN_MEN = """
Abidin Achmad Afdal Agil Aksan Alam Alfin Alham Alim Alwan Amal Ambotang Amsal Anas Andra Andre
Ansar Ansari Arafah Ardiyansyah Arga Ariel Arifai Arkam Armin Arsal Arsil Arwin Aryo Asep Asgar
Ashar Asis Askar Asmar Asrar Asriadi Aswad Asyraf Awi Ayyub Azhari Azwar Baba Badaruddin Bado
Bagas Bahrul Bahtiar Basuki Beddu Borahima Bora Budianto Burhani Cakra Caleb Dafa Danu Darwan
Davit David Dika Dimas Dirga Doni Dullah Dzul Efan Eldi Elwin Endi Erik Ervan Evan Fachrul
Fachruddin Fadel Fahrul Fahruddin Faiz Fajrin Fakhri Falah Farel Farhat Faris Fathul Fattah Febri
Feri Fikram Fiqri Firmansyah Furqan Gafur Galang Gilang Gunawan Habib Habibullah Haikal Hainuddin
Hajir Halik Halide Hamdan Hamdi Hammad Hamri Hanif Hapid Hariadi Hariyanto Hasanul Hasrullah
Hasrudin Hasyim Haykal Hendrik Henri Hidayatullah Husaini Ibnul Ichsan Idil Ikram Ikhwan Ilmi
Imanuddin Inal Indrawan Ipul Irawan Irfandi Irianto Irham Irsyad Irvan Isman Israil Israwan Ivan
Jaelani Jafaruddin Jaharuddin Jamaludin Jayadi Joni Juanda Juhardi Julfikar Jumardi Jumadil
Jumatang Jupri Jusri Kaimuddin Kardi Karman Kasman Kasmir Khairil Khairul Kiki Kurdi Latif Lewa
Maddi Mahdi Mahfuds Mahmuddin Majid Makkasau Mallombasi Manaf Mangga Mappaturung Marding Marzuki
Masdar Maskur Massi Mattola Mauluddin Mirwan Misbahuddin Mubarak Mudatsir Muhadi Muhaimin Muharram
Muhtar Mukram Mukrim Mulyono Muksin Munawir Mursal Mursidin Murtala Musakkir Mustari Mutawakkil
Muzakir Nandar Nasaruddin Nasri Natsir Naufal Nizar Noval Nugroho Nurdiansyah Nursyamsi Nurul
Panji Parman Patahuddin Pattola Prayogi Purnomo Putu Qadri Rahmatullah Raihan Rais Rajali Raka
Rama Ramlan Randi Rano Rasdi Rasul Rawi Reynaldi Rezaldi Ricky Ridha Rifaldi Rifky Rijaluddin
Rinaldi Rio Rivaldi Rizkiawan Robby Roby Rohim Rudianto Rudini Ruslin Rustandi Ruswan Sabaruddin
Sabirin Sadli Safaruddin Safwan Sahril Sahar Sainal Sakaria Sakir Saldi Salihin Samsuar Samuel
Sandi Saparuddin Saripuddin Sarman Satrio Sawal Septian Setiawan Shaleh Sidik Sirajul Sofian Sohib
Soleman Solihin Suandi Sudarto Sudarno Sudarmin Sugianto Suharman Sukarman Sulham Sulkifli Sunarto
Suprapto Suriansyah Surahman Suryanto Susanto Sutomo Suwandi Syafaruddin Syahid Syahputra
Syahriadi Syahruddin Syahrum Syaifullah Syakir Syamsurijal Syarifullah Syukran Tajul Takdir Talib
Tasrif Tawil Tirta Tomi Toni Umair Ungke Usdin Wahdaniah Wahid Wandi Wirawan Wiwin Yanto Yohanis
Yohanes Yosef Yudha Yudistira Yudhi Yuliadi Yuliansyah Yusdi Yusman Zaid Zakir Zakki Zamzam Zulham
Zulhaq
"""

KNOWN_WOMEN = """
Abriani Adelia Adinda Afifah Agustina Ainunnisa Aisya Alifah Alifiah Almira Alwiah Amanda Amaliah
Amira Andira Angela Anggi Anggun Annisa April Arianti Armawati Arniati Arsita Asmarani Asmiati
Asmira Asriati Asridah Asyifa Atikah Audia Azzahra Badariah Bahriah Batari Bungawati Bunaya
Cenning Chairunnisa Cindy Cici Cinnong Damayanti Dara Darlina Darmia Darmiati Darniati Dasima Desy
Detty Devi Dewiyanti Dhea Dian Dilla Dinda Dwiyanti Elma Elsa Elvira Emma Endar Enni Eni Era Erma
Erlina Erniwati Ernianti Esse Evita Fadhilah Fahira Fahmiah Faradillah Farah Fatma Fatmasari
Febrianti Feni Ferawati Firda Firdayanti Fitriah Fitrianti Fitrawati Gita Hadrah Hadriani Hadriah
Haifa Haira Hajriani Halia Halida Hamdana Hamdiah Hamriani Handayani Hania Hanisa Hapsah Haria
Harisa Harnita Hasbiah Hasdiana Hasida Hasirah Haslinda Hasmira Hasmirah Hasmita Hasmini Hasriana
Hastuti Hasyati Hayanti Helda Helmi Heni Henny Hera Herianti Herlinda Herna Herni Herniati Hesti
Heti Hikmawati Hutami Icha Idawati Ifa Iin Ijriani Ilma Indahsari Indria Iriani Irdawati Irnawati
Irsa Israwati Izzah Jamila Jamiah Jaina Jannati Jasmani Jasmin Jenny Jumarni Jumarti Jumia Jumiah
Jumiana Jumiarti Jumiarni Jumintang Jumrah Jumriani Jumriati Juliani Julia Juliarti Juni Juniarti
Jusmiati Jusnawati Kamaria Kamsinah Karlina Karmawati Kartia Kasma Kasmiah Khairani Khairunnisa
Khusnul Kiran Kumala Laila Lailatul Laela Lala Lasmi Lasmini Leni Lely Lenny Lestari Lilik
Lismawati Lisda Lusi Maani Mahdia Mahriani Maimunah Maisara Malasari Manda Mardiana Mardiah
Mariana Marini Marlia Marliah Marliana Marniati Marsia Marwia Marwiah Maryana Masdiana Masita
Masnawati Masriah Maudy Maulida Maya Mayang Meilani Meliana Melisa Merlina Merry Mila Mirna
Mirnayanti Monalisa Muhajirah Mulyani Mulyati Munira Muniarti Muriati Murtini Musda Musdalifa
Musliana Muslimah Mustika Nabila Nadila Nadira Nafisah Nahda Naila Najwa Nasmi Nasriah Nasriani
Natasya Nelly Neni Neti Ninda Nining Nirmawati Nita Noni Nova Noviana Novianti Nuni Nuralia
Nurannisa Nurasmi Nurasmah Nurasni Nurazizah Nurbia Nurbiah Nurdahlia Nurdahniar Nurdia Nurelisa
Nurfadillah Nurfaidah Nurfitri Nurfitriani Nurhafsah Nurhalia Nurhamida Nurhani Nurhanisa
Nurhasana Nurhasni Nurhawa Nurhikma Nurhikmah Nurhudayah Nurida Nurilmi Nurindah Nurizzah Nurkaya
Nurkholifah Nurlaila Nurleli Nurliana Nurlinda Nurlita Nurma Nurmadinah Nurmaida Nurmaya Nurmin
Nurmina Nurminah Nurnaini Nurpadilah Nurqalbi Nurrahma Nurrahmah Nurrahmi Nursadah Nursafitri
Nursaidah Nursamsi Nursari Nursetia Nursida Nursidah Nursinah Nursyamsi Nursyahrani Nurwahida
Nurwulan Nuryanti Nurzakiah Oktavia Pratiwi Puput Rabia Rachel Radiah Rafiah Rahimah Rahmadani
Rahmaniar Rahmayani Rahmita Rajawati Ramayana Ramlawati Rampe Ramsiah Raodah Rasdiana Rasna Rasnah
Rasniati Ratu Rawasiah Refi Regina Reny Resky Restu Resti Rezki Ridha Rifdah Rika Rinawati Risda
Riskayanti Riskiyah Risky Ritha Rizki Rizqi Rohaya Rohayati Romlah Rosalia Rosalina Rosanti
Rosdianti Roshida Rosita Roslinda Roslaeni Rosmaeni Rosmaniar Rosmania Rosmiani Rosmina Rosnah
Rosniah Rosniati Rosnita Rostia Rostiah Rostiani Rostiati Rosyida Rukaya Rukayah Rukmana Rumiati
Rusdiana Rusmiati Rusmini Rusnah Rusni Rusniati Rustina Sabrina Sadaria Sadia Sadiah Saenab
Safinah Safriani Sahati Sahida Sahra Sahriani Saidah Saleha Salehah Salmawati Salsabila Salwa
Samriani Samsuriani Sanatang Sanneng Sapna Sarah Saribulan Sarifa Saripa Sarni Sartini Saskia
Satriana Sawiah Selfi Selvia Septiani Serli Sherly Shinta Silvana Silvi Sintia Sitiara Sittiara
Sofiah Sofyana Suarsih Sudiarti Suhaeni Suhaeda Suharmi Suharniati Suhartati Suhriah Sukaena
Sukarni Suleha Sulaeha Sulha Sultina Sulvi Sumarsih Sumia Sumiyati Sunarsih Sundari Suparmi
Suriana Suriyanti Surianti Surtini Suryana Susilawati Sutriani Sutina Syahraeni Syahriani Syahrini
Syamsiani Syamsinar Syamsuriani Syarifa Syifa Tahira Tahirah Tamara Tanti Tasya Tenriola
Tenriawaru Theresia Tiara Tirsa Titania Tri Triana Tuty Ufairah Ulan Ulfayanti Umrah Ummul Uswatun
Vera Veronika Via Vina Vivi Warda Wardah Wardiah Wardani Warni Warniati Wati Weni Widiastuti
Widyawati Winarti Winarni Wirda Wiwi Wiwik Yana Yayu Yeni Yessi Yuli Yuliarti Yuliati Yulia Yulita
Yulinda Yumi Yuni Yunia Yuniar Yuniarni Yusrawati Yusriani Yustika Zahira Zakia Zalfa Zaskia
Zulfiah Zulfiani Zulhijjah Zulkiah Zumrah
"""
