//! Which columns of a table are shown, in which order, and how wide: what somebody chose, apart from any table.

/// The narrowest and the widest that a column can be made, in pixels.
pub const NARROWEST: u32 = 64;
/// See [`NARROWEST`].
pub const WIDEST: u32 = 800;
/// By how much an arrow key changes a width, in pixels.
pub const STEP: u32 = 8;

/// A column of a table, as far as arranging it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// What it is kept by: a word without spaces, colons, or a dash at its beginning.
    pub key: &'static str,
    /// What it is called.
    pub label: String,
    /// A word about it; none if empty.
    pub note: &'static str,
    /// Whether it is shown where nothing was chosen.
    pub is_usual: bool,
    /// How wide it is where nothing was chosen: its narrowest, as a length, and its share of what room is left.
    pub track: (&'static str, &'static str),
}

/// What was chosen for one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The column.
    pub key: String,
    /// Whether it is shown.
    pub is_shown: bool,
    /// Its width in pixels, if one was chosen.
    pub width: Option<u32>,
}

/// What was chosen for the columns of a table, in their order; nothing where the layout decides.
///
/// INVARIANT: a key stands in it once. Columns that a table lacks at present keep their places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement(Vec<Place>);

impl Arrangement {
    /// Reads what [`Self::written`] gave; what is none is passed over.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut places: Vec<Place> = Vec::new();
        for word in text.split_whitespace() {
            let (name, width) = word.split_once(':').unwrap_or((word, ""));
            let key = name.strip_prefix('-').unwrap_or(name);
            if !key.is_empty() && places.iter().all(|place| place.key != key) {
                places.push(Place {
                    key: key.to_owned(),
                    is_shown: key == name,
                    width: width.parse().ok().map(within),
                });
            }
        }
        Self(places)
    }

    /// A word for each column, in their order: its key, behind a dash where it is not shown, before its width if it has one.
    #[must_use]
    pub fn written(&self) -> String {
        let word = |place: &Place| {
            let dash = if place.is_shown { "" } else { "-" };
            let width = place.width.map(|width| [":", &width.to_string()].concat());
            [dash, &place.key, &width.unwrap_or_default()].concat()
        };
        self.0.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    /// Whether the layout decides.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The columns of a table as they were chosen; one of which nothing is said stands behind the one that it usually follows, and is
    /// shown if it usually is. The first column of a table is always shown, before all others.
    #[must_use]
    pub fn places(&self, known: &[Known]) -> Vec<Place> {
        let mut places = self.complete(known);
        places.retain(|place| known.iter().any(|column| column.key == place.key));
        places
    }

    /// The same with those that the table lacks. Cost: O(c²) for c columns.
    fn complete(&self, known: &[Known]) -> Vec<Place> {
        let mut places = self.0.clone();
        let mut at = 0;
        for column in known {
            match places.iter().position(|place| place.key == column.key) {
                Some(found) => at = found + 1,
                None => {
                    places.insert(at, usual(column));
                    at += 1;
                }
            }
        }
        let first = known.first().map(|first| first.key);
        if let Some(at) = places.iter().position(|place| Some(place.key.as_str()) == first) {
            let first = places.remove(at);
            places.insert(
                0,
                Place {
                    is_shown: true,
                    ..first
                },
            );
        }
        places
    }

    /// The same with a column shown, or not.
    #[must_use]
    pub fn showing(&self, known: &[Known], key: &str, is_shown: bool) -> Self {
        self.changed(known, |places| {
            if let Some(place) = places.iter_mut().find(|place| place.key == key) {
                place.is_shown = is_shown;
            }
        })
    }

    /// The same with another width of a column, or with none chosen.
    #[must_use]
    pub fn sized(&self, known: &[Known], key: &str, width: Option<u32>) -> Self {
        self.changed(known, |places| {
            if let Some(place) = places.iter_mut().find(|place| place.key == key) {
                place.width = width.map(within);
            }
        })
    }

    /// The same with a column where another one is, which makes room.
    #[must_use]
    pub fn moved(&self, known: &[Known], key: &str, to: &str) -> Self {
        self.changed(known, |places| {
            let place = |key: &str| places.iter().position(|place| place.key == key);
            // Nothing comes before the first column, which goes nowhere.
            if let (Some(from @ 1..), Some(to @ 1..)) = (place(key), place(to)) {
                let moved = places.remove(from);
                places.insert(to, moved);
            }
        })
    }

    fn changed(&self, known: &[Known], change: impl FnOnce(&mut Vec<Place>)) -> Self {
        let mut places = self.complete(known);
        change(&mut places);
        Self(places)
    }
}

fn usual(column: &Known) -> Place {
    Place {
        key: column.key.to_owned(),
        is_shown: column.is_usual,
        width: None,
    }
}

fn within(width: u32) -> u32 {
    width.clamp(NARROWEST, WIDEST)
}

/// The tracks of the columns that are shown, and the least room that they take: both as a stylesheet has them.
#[must_use]
pub fn template(known: &[Known], shown: &[Place]) -> (String, String) {
    let mut tracks = String::new();
    let mut room = "0px".to_owned();
    for place in shown {
        let Some(column) = known.iter().find(|column| column.key == place.key) else {
            continue;
        };
        let (least, share) = column.track;
        let width = place.width.map(|width| width.to_string() + "px");
        let track = match &width {
            Some(width) => [" ", width].concat(),
            None => [" minmax(", least, ", ", share, ")"].concat(),
        };
        tracks.push_str(&track);
        room.push_str(" + ");
        room.push_str(width.as_deref().unwrap_or(least));
    }
    (tracks, room)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(keys: &[&'static str]) -> Vec<Known> {
        let column = |key: &&'static str| Known {
            key,
            label: key.to_uppercase(),
            note: "",
            is_usual: !key.starts_with('x'),
            track: ("4rem", "1fr"),
        };
        keys.iter().map(column).collect()
    }

    fn told(arrangement: &Arrangement, keys: &[&'static str]) -> String {
        Arrangement(arrangement.places(&known(keys))).written()
    }

    const ALL: [&str; 4] = ["name", "email", "status", "xid"];

    #[test]
    fn nothing_chosen_is_as_usual() {
        assert_eq!(told(&Arrangement::default(), &ALL), "name email status -xid");
    }

    #[test]
    fn what_is_written_is_read() {
        let text = "name:240 -email status:64 xid";
        assert_eq!(Arrangement::read(text).written(), text);
        assert_eq!(told(&Arrangement::read(text), &ALL), text);
        // What an older or a newer version may have left, or a person.
        let odd = Arrangement::read("  email name:9 email - :5 status:x gone:99999 ");
        assert_eq!(odd.written(), "email name:64 status gone:800");
        assert_eq!(told(&odd, &ALL), "name:64 email status -xid");
    }

    #[test]
    fn columns_are_shown_sized_and_moved() {
        let known = known(&ALL);
        let shown = Arrangement::default()
            .showing(&known, "xid", true)
            .showing(&known, "email", false);
        assert_eq!(shown.written(), "name -email status xid");
        assert_eq!(shown.moved(&known, "xid", "email").written(), "name xid -email status");
        assert_eq!(shown.moved(&known, "email", "xid").written(), "name status xid -email");
        assert_eq!(
            shown.sized(&known, "status", Some(5_000)).written(),
            "name -email status:800 xid"
        );
        // The first one stays first, and on screen.
        assert_eq!(shown.moved(&known, "name", "xid"), shown);
        assert_eq!(shown.moved(&known, "xid", "name"), shown);
        let hidden = shown.showing(&known, "name", false);
        assert!(hidden.places(&known)[0].is_shown);
    }

    #[test]
    fn a_column_that_is_not_there_keeps_its_place() {
        let all = Arrangement::read("name why:300 status -email");
        assert_eq!(told(&all, &["name", "email", "status"]), "name status -email");
        let moved = all.moved(&known(&["name", "email", "status"]), "email", "status");
        assert_eq!(moved.written(), "name why:300 -email status");
    }

    #[test]
    fn tracks_have_their_widths() {
        let known = known(&ALL);
        let shown = Arrangement::read("name email:120").places(&known);
        let shown: Vec<_> = shown.into_iter().filter(|place| place.is_shown).collect();
        let (tracks, room) = template(&known, &shown);
        assert_eq!(tracks, " minmax(4rem, 1fr) 120px minmax(4rem, 1fr)");
        assert_eq!(room, "0px + 4rem + 120px + 4rem");
    }
}
