//! Groups beyond those that every sample has: teams, stores, lines, projects, keys, circles and lists.

use super::people::{REGIONS, city};
use super::random::Random;

/// A kind of invented group.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pool {
    Teams,
    Stores,
    Lines,
    Projects,
    Keys,
    Circles,
    Lists,
}

use Pool::{Circles, Keys, Lines, Lists, Projects, Stores, Teams};

/// Of twenty invented groups, which are what.
const MIX: [Pool; 20] = [
    Lines, Teams, Stores, Circles, Projects, Lines, Keys, Teams, Lines, Stores, Circles, Projects, Lines, Stores,
    Teams, Lines, Circles, Projects, Lines, Stores,
];

const OFFICES: [&str; 8] = [
    "London",
    "Paris",
    "Frankfurt",
    "Zürich",
    "Wilmington",
    "Monterrey",
    "São Paulo",
    "Osaka",
];

const FUNCTIONS: [&str; 20] = [
    "Accounts payable",
    "Accounts receivable",
    "Payroll",
    "Treasury",
    "Tax",
    "Audit",
    "Controlling",
    "Procurement",
    "Travel expenses",
    "Invoicing",
    "Fixed assets",
    "Forecasting",
    "Credit control",
    "Ledger",
    "Compliance",
    "Insurance",
    "Reporting",
    "Master data",
    "Pricing",
    "Investor relations",
];

const SOAPS: [&str; 8] = [
    "Lavender",
    "Pine tar",
    "Almond milk",
    "Charcoal",
    "Sea salt",
    "Rose",
    "Oat",
    "Lemongrass",
];

const SHIFTS: [&str; 4] = ["early shift", "late shift", "quality", "maintenance"];

const PROJECTS: [&str; 32] = [
    "Nightingale",
    "Juniper",
    "Basalt",
    "Heron",
    "Marigold",
    "Copper",
    "Larch",
    "Otter",
    "Saffron",
    "Granite",
    "Wren",
    "Cobalt",
    "Sorrel",
    "Badger",
    "Amber",
    "Willow",
    "Kestrel",
    "Flint",
    "Hazel",
    "Marten",
    "Indigo",
    "Rowan",
    "Puffin",
    "Slate",
    "Thyme",
    "Lynx",
    "Ochre",
    "Alder",
    "Plover",
    "Jasper",
    "Fennel",
    "Osprey",
];

/// An invented group: what it is called, what for, and where it hangs.
pub(super) struct Invented {
    pub name: String,
    pub description: String,
    pub pool: Pool,
    pub parent: Parent,
    /// Holds groups, and nobody is put there.
    pub is_hub: bool,
}

/// What an invented group hangs under.
pub(super) enum Parent {
    None,
    /// One of those that every sample has.
    Named(&'static str),
    /// One of its own pool, by its place there.
    Own(usize),
}

/// Which pool the group of a number is of.
pub(super) fn pool(number: usize) -> Pool {
    if number % 91 == 90 {
        Lists
    } else {
        MIX.get(number % MIX.len()).copied().unwrap_or(Lists)
    }
}

/// The group that is at a place of its pool.
pub(super) fn invent(pool: Pool, at: usize) -> Invented {
    match pool {
        Teams => team(at),
        Stores => store(at),
        Lines => line(at),
        Projects => project(at),
        Circles => circle(at),
        Keys => {
            let (city, _) = city(at);
            let name = numbered(format!("Key holders, {city}"), at / 48);
            Invented {
                description: format!("Open the door in {city}"),
                parent: Parent::Named("Site access"),
                ..plain(name, Keys)
            }
        }
        Lists => {
            let (city, _) = city(at);
            plain(numbered(format!("Announcements, {city}"), at / 48), Lists)
        }
    }
}

/// One or two more groups that bring the group something: projects and keys, which never hang under what they bring.
pub(super) fn grants(pool: Pool, random: &mut Random) -> &'static [Pool] {
    match (pool, random.below(100)) {
        (Teams | Stores | Lines, 0..20) => &[Projects],
        (Teams | Stores | Lines, 20..44) | (Projects, 0..12) => &[Keys],
        (Teams | Stores | Lines, 44..48) => &[Projects, Keys],
        _ => &[],
    }
}

fn plain(name: String, pool: Pool) -> Invented {
    Invented {
        name,
        description: String::new(),
        pool,
        parent: Parent::None,
        is_hub: false,
    }
}

/// The second of a name is called `2`.
fn numbered(name: String, times_before: usize) -> String {
    if times_before == 0 {
        name
    } else {
        format!("{name} {}", times_before + 1)
    }
}

fn word<const N: usize>(words: &[&'static str; N], at: usize) -> &'static str {
    words.get(at % N).copied().unwrap_or_default()
}

fn team(at: usize) -> Invented {
    let office = word(&OFFICES, at);
    let function = word(&FUNCTIONS, at / OFFICES.len());
    let base = OFFICES.len() * FUNCTIONS.len();
    let (number, first) = (at / base, at % base);
    let name = if number == 0 {
        format!("{function}, {office}")
    } else {
        format!("{function}, {office}, team {number}")
    };
    let parent = match number {
        0 => Parent::Named(office),
        1..5 => Parent::Own(first),
        _ => Parent::Own((1 + number % 4) * base + first),
    };
    Invented {
        description: format!("Finance in {office}"),
        parent,
        ..plain(name, Teams)
    }
}

fn store(at: usize) -> Invented {
    let Some(number) = at.checked_sub(REGIONS.len()) else {
        let country = REGIONS.get(at).map_or("", |region| region.country);
        let parent = Parent::Named("Department stores");
        return Invented {
            parent,
            is_hub: true,
            ..plain(format!("Stores in {country}"), Stores)
        };
    };
    let (city, region) = city(number);
    let name = format!("Store {:04}, {city}", number + 41);
    Invented {
        description: format!("Counter and stock in {city}"),
        parent: Parent::Own(region),
        ..plain(name, Stores)
    }
}

fn line(at: usize) -> Invented {
    // A works has eight lines, and each of them the line itself and four shifts.
    let shifts = SHIFTS.len() + 1;
    let block = 1 + SOAPS.len() * shifts;
    let (works, place) = (at / block, at % block);
    let city = numbered(city(works).0.to_owned(), works / 48);
    let Some(place) = place.checked_sub(1) else {
        let parent = Parent::Named("Manufacturing");
        return Invented {
            parent,
            is_hub: true,
            ..plain(format!("Soap works {city}"), Lines)
        };
    };
    let name = format!("{} line, {city}", word(&SOAPS, place / shifts));
    match (place % shifts).checked_sub(1) {
        None => Invented {
            description: "Pours, cuts, stamps".into(),
            parent: Parent::Own(works * block),
            ..plain(name, Lines)
        },
        Some(shift) => {
            let name = format!("{name}, {}", word(&SHIFTS, shift));
            Invented {
                parent: Parent::Own(at - shift - 1),
                ..plain(name, Lines)
            }
        }
    }
}

fn project(at: usize) -> Invented {
    let (project, place) = (at / 3, at % 3);
    let name = numbered(
        format!("Project {}", word(&PROJECTS, project)),
        project / PROJECTS.len(),
    );
    match place {
        0 => Invented {
            description: "Steering and everyone who helps".into(),
            parent: Parent::Named("Projects"),
            ..plain(name, Projects)
        },
        1 => Invented {
            parent: Parent::Own(at - 1),
            ..plain(format!("{name}, pilot"), Projects)
        },
        _ => Invented {
            parent: Parent::Own(at - 2),
            ..plain(format!("{name}, rollout"), Projects)
        },
    }
}

fn circle(at: usize) -> Invented {
    let Some(number) = at.checked_sub(REGIONS.len()) else {
        let country = REGIONS.get(at).map_or("", |region| region.country);
        let parent = Parent::Named("Soap circles");
        return Invented {
            parent,
            is_hub: true,
            ..plain(format!("Soap circles, {country}"), Circles)
        };
    };
    let (city, region) = city(number);
    let name = numbered(format!("Soap circle {city}"), number / 48);
    Invented {
        description: format!("Meets in {city}"),
        parent: Parent::Own(region),
        ..plain(name, Circles)
    }
}
