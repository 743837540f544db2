//! Names that people have, by where they live.

use super::random::Random;
use crate::text::lower;

/// Where people live: language, time zone, cities, first names and last names, separated by spaces.
pub(super) struct Region {
    pub language: &'static str,
    pub timezone: &'static str,
    pub country: &'static str,
    pub cities: &'static str,
    first_names: &'static str,
    last_names: &'static str,
}

#[rustfmt::skip]
pub(super) const REGIONS: &[Region] = &[
    Region { language: "en-GB", timezone: "Europe/London", country: "Britain", cities: "London Leeds Bristol Glasgow",
        first_names: "Alice Amelia Benedict Callum Charlotte Daisy Edmund Eleanor Fergus Florence Freya George Harriet Imogen Isla Joanna Lachlan Maisie Oliver Poppy Rory Susannah Tobias Winifred",
        last_names: "Ashworth Barlow Bexley Carmichael Dunmore Ellsworth Fairclough Gallagher Hargreaves Hollis Kingsley Langford MacLeod Marlowe Nightingale Okonkwo Pemberton Quigley Radcliffe Sharma Thackeray Underhill Wainwright Yates" },
    Region { language: "en-US", timezone: "America/New_York", country: "America", cities: "Wilmington Boston Chicago Denver",
        first_names: "Abigail Ann Brandon Brooke Caleb Chloe Dakota Deanna Ethan Faith Gavin Hannah Hunter Jasmine Joshua Leanne Logan Madison Mason Naomi Parker Roxanne Savannah Wyatt",
        last_names: "Alderson Blackwell Bowman Calloway Carver Delgado Easton Freeman Garrison Hawkins Huang Jefferson Kessler Lincoln McAllister Nakamura Ortega Prescott Reyes Sawyer Tolliver Vance Whitaker Zimmerman" },
    Region { language: "fr-FR", timezone: "Europe/Paris", country: "France", cities: "Paris Lyon Nantes Lille",
        first_names: "Adèle Aurélien Baptiste Brigitte Célestine Chloé Clément Désirée Éléonore Émile François Gaëlle Hélène Inès Jérôme Joël Léa Maëlys Marianne Noémie Rémi Solène Théo Zoé",
        last_names: "Allard Beauchêne Bélanger Chauvet Dufresne Étienne Faucher Garçon Guérin Hébert Joubert Lacombe Lefèvre Maréchal Mercier Noël Pelletier Perrault Renaud Rousseau Sénéchal Thibault Vasseur Villeneuve" },
    Region { language: "de-DE", timezone: "Europe/Berlin", country: "Germany", cities: "Frankfurt Hamburg Köln Leipzig",
        first_names: "Anke Anneliese Björn Dietrich Elfriede Florian Friederike Götz Hannelore Heike Jörg Jürgen Käthe Lennart Maren Moritz Nadja Rüdiger Sabine Sönke Tjark Ulrike Volker Wiebke",
        last_names: "Ackermann Bäcker Böhm Drechsler Eichhorn Fürst Gärtner Grünwald Hofmeister Jäger Kästner Köhler Löwe Möller Neumann Pfeiffer Rößler Schäfer Schröder Stahl Trautmann Vogel Weißmann Zöllner" },
    Region { language: "de-CH", timezone: "Europe/Zurich", country: "Switzerland", cities: "Zürich Basel Bern Genève",
        first_names: "Annika Beat Claudia Corsin Dario Flurin Gian Hannes Jolanda Lorena Luca Marlis Nando Nicolò Olivia Reto Ruth Seraina Silvan Ueli Urs Verena Yannick Zita",
        last_names: "Aebischer Ammann Bernasconi Brunner Caduff Egli Frei Gasser Gubler Hürlimann Imhof Jenni Künzli Lüthi Meierhans Niederer Odermatt Rüegg Schürch Stämpfli Tschudi Wüthrich Zbinden Zürcher" },
    Region { language: "es-MX", timezone: "America/Monterrey", country: "Mexico", cities: "Monterrey Guadalajara Puebla Mérida",
        first_names: "Adrián Alejandra Andrés Belén César Concepción Emiliano Estefanía Fabián Guadalupe Héctor Inés Itzel Joaquín Leticia Lucía Martín Nahuel Raúl Renata Rocío Sebastián Ximena Yolanda",
        last_names: "Aguilar Barragán Cárdenas Castañeda Cisneros Domínguez Escamilla Fuentes Galván Gutiérrez Ibarra Juárez Ledesma Márquez Montemayor Muñoz Ochoa Peña Quiñones Rendón Saldívar Treviño Villarreal Zamora" },
    Region { language: "pt-BR", timezone: "America/Sao_Paulo", country: "Brazil", cities: "Campinas Salvador Curitiba Recife",
        first_names: "Antônio Beatriz Caio Cecília Davi Edson Fabíola Flávio Gabriela Heloísa Ítalo Jordana João Larissa Letícia Luan Márcia Otávio Priscila Rafaela Sérgio Thaís Vinícius Yasmin",
        last_names: "Alcântara Assunção Barbosa Bragança Camargo Conceição Drummond Esteves Falcão Guimarães Hollanda Junqueira Lacerda Magalhães Mendonça Nóbrega Paixão Quintão Rezende Sant’Anna Tavares Uchôa Vasconcelos Xavier" },
    Region { language: "ja-JP", timezone: "Asia/Tokyo", country: "Japan", cities: "Osaka Kyoto Sapporo Nagoya",
        first_names: "Akira Asuka Chiyo Daichi Emiko Fumio Haruka Hideo Izumi Jun Kaito Kenji Mariko Michiko Naoki Nobuko Reiko Ryō Sakura Shōta Takumi Tomoko Yūko Yutaka",
        last_names: "Andō Arakawa Chiba Endō Fujimoto Gotō Hasegawa Hayashi Inoue Ishikawa Katō Kobayashi Matsuoka Miyazaki Morita Nishimura Ōta Saitō Shimizu Sugiyama Takeda Uchida Watanabe Yoshida" },
    Region { language: "pl-PL", timezone: "Europe/Warsaw", country: "Poland", cities: "Warszawa Kraków Gdańsk Wrocław",
        first_names: "Agnieszka Bogusław Cezary Danuta Elżbieta Franciszek Grażyna Halina Iwona Jadwiga Joanna Kazimierz Łucja Małgorzata Mirosław Paweł Przemysław Roksana Stanisław Sławomir Urszula Wojciech Zbigniew Zuzanna",
        last_names: "Adamczyk Błaszczyk Czarnecki Dąbrowski Gołębiowski Grzelak Jabłoński Kaźmierczak Kowalewski Krawczyk Lewandowski Łukaszewicz Maciejewski Mróz Nowicki Ostrowski Pawłowski Rutkowski Sadowski Szczepański Tomaszewski Wiśniewski Zając Żurek" },
    Region { language: "el-GR", timezone: "Europe/Athens", country: "Greece", cities: "Athina Patra Irakleio Volos",
        first_names: "Αγγελική Αλέξανδρος Βασιλική Γιώργος Δέσποινα Δημήτρης Ειρήνη Ελένη Ζωή Θανάσης Ιωάννα Κατερίνα Κώστας Λευτέρης Μαρία Μιχάλης Νεφέλη Νίκος Ξένια Όλγα Παναγιώτης Σοφία Στέλιος Χριστίνα",
        last_names: "Αλεξίου Αναγνώστου Βλάχος Γεωργίου Δημητρίου Ευθυμίου Ζαχαρίου Θεοδώρου Ιωάννου Καραγιάννης Κωνσταντίνου Λαμπρόπουλος Μακρής Μαυρίδης Νικολάου Ξενάκης Οικονόμου Παπαδόπουλος Ράπτης Σαμαράς Σταυρίδης Τσιρίγος Φωτίου Χατζής" },
    Region { language: "ar-EG", timezone: "Africa/Cairo", country: "Egypt", cities: "Cairo Alexandria Giza Luxor",
        first_names: "Ahmed Amina Aya Bassem Dalia Dina Farida Gamal Hala Hassan Ibrahim Jana Karim Laila Mahmoud Mariam Nadia Omar Rania Salma Sherif Tarek Yasmine Ziad",
        last_names: "Abdallah Ashour Badawi Darwish El-Sayed Fahmy Gaber Hamdi Haddadin Ismail Khalil Kamal Lotfy Mansour Mostafa Nasser Osman Qasim Ramadan Rizk Salem Shawky Taha Zaki" },
    Region { language: "hi-IN", timezone: "Asia/Kolkata", country: "India", cities: "Mumbai Pune Chennai Kolkata",
        first_names: "Aarav Aditi Anjali Arjun Deepika Devika Farhan Gauri Harish Ishita Jyoti Kavya Lakshmi Manish Meera Nandini Omkar Priya Rahul Rohan Sunita Tanvi Varun Yash",
        last_names: "Agarwal Banerjee Bhatt Chatterjee Deshpande Dutta Ganguly Gupta Iyer Joshi Kapoor Kulkarni Malhotra Mehta Mukherjee Nair Patil Pillai Rao Reddy Saxena Srinivasan Trivedi Venkatesh" },
];

/// How many first names, and last names, each region has.
const NAMES: usize = 24;

/// Words of a list, ready to be drawn.
pub(super) struct Names {
    first: Vec<&'static str>,
    last: Vec<&'static str>,
    /// How many people have the same username but for the number at its end, by last name and first letter.
    taken: Vec<u32>,
}

/// What somebody is called.
pub(super) struct Name {
    pub first: &'static str,
    pub last: &'static str,
    pub username: String,
}

impl Names {
    pub fn new() -> Self {
        let words =
            |list: fn(&Region) -> &'static str| REGIONS.iter().flat_map(|region| list(region).split(' ')).collect();
        let last: Vec<_> = words(|region| region.last_names);
        Self {
            first: words(|region| region.first_names),
            taken: vec![0; last.len() * 256],
            last,
        }
    }

    /// A name that somebody of the region may have; one in five has a first name from elsewhere.
    pub fn draw(&mut self, region: usize, random: &mut Random) -> Name {
        let from = if random.chance(200) {
            random.below(REGIONS.len() as u32) as usize
        } else {
            region
        };
        let draw = |random: &mut Random| random.below(NAMES as u32) as usize;
        let first = self.first.get(from * NAMES + draw(random)).copied().unwrap_or_default();
        let row = region * NAMES + draw(random);
        let last = self.last.get(row).copied().unwrap_or_default();
        let mut username = String::with_capacity(last.len() + 5);
        let initial = first.chars().next().unwrap_or_default();
        plain(initial, &mut username);
        let slot = row * 256 + username.bytes().next().map_or(0, usize::from);
        last.chars().for_each(|letter| plain(letter, &mut username));
        if let Some(taken) = self.taken.get_mut(slot) {
            *taken += 1;
            if *taken > 1 {
                username.push_str(&taken.to_string());
            }
        }
        Name { first, last, username }
    }
}

/// The city of a number, and the row of its region.
pub(super) fn city(number: usize) -> (&'static str, usize) {
    let row = number % REGIONS.len();
    let cities = REGIONS.get(row).map_or("", |region| region.cities);
    let at = number / REGIONS.len() % 4;
    (cities.split(' ').nth(at).unwrap_or_default(), row)
}

/// Writes a letter of a name as usernames have it: in lower case, without accents, in Latin.
fn plain(letter: char, out: &mut String) {
    const ACCENTED: &str = "aáàâãäāą eéèêëēę iíìîïī oóòôõöō uúùûüū cçćč nñń lł sśş zżź yý";
    let letter = lower(letter);
    if letter.is_ascii_alphabetic() {
        out.push(letter);
        return;
    }
    let latin = match letter {
        'ß' => "ss",
        'θ' => "th",
        'χ' => "ch",
        'ψ' => "ps",
        'ξ' => "x",
        'φ' => "f",
        'ύ' | 'υ' | 'ϋ' => "y",
        'ώ' | 'ω' | 'ό' | 'ο' => "o",
        'έ' | 'ε' => "e",
        'ή' | 'η' | 'ί' | 'ι' | 'ϊ' | 'ΐ' => "i",
        'ά' | 'α' => "a",
        'β' => "v",
        'γ' => "g",
        'δ' => "d",
        'ζ' => "z",
        'κ' => "k",
        'λ' => "l",
        'μ' => "m",
        'ν' => "n",
        'π' => "p",
        'ρ' => "r",
        'σ' | 'ς' => "s",
        'τ' => "t",
        _ => {
            let of_letter = ACCENTED
                .split(' ')
                .find(|letters| letters.chars().any(|other| other == letter));
            out.extend(of_letter.and_then(|letters| letters.chars().find(char::is_ascii_alphabetic)));
            return;
        }
    };
    out.push_str(latin);
}
