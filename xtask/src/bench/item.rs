//! What is measured of a directory, and what it is meant to be.

/// One thing that is measured; times are in milliseconds unless said otherwise.
pub struct Item {
    /// What the measuring process calls it.
    pub key: &'static str,
    pub title: &'static str,
    /// The most that it should be at M and L.
    pub target: Option<(f64, f64)>,
    /// How many times as much `Map` and `Set`, and typed arrays, should take at M and L.
    pub against: Option<[(f64, f64); 2]>,
    /// About the least that the machine allows at L.
    pub limit: Option<f64>,
}

const fn item(key: &'static str, title: &'static str) -> Item {
    Item {
        key,
        title,
        target: None,
        against: None,
        limit: None,
    }
}

/// What others can do, too.
pub const SHARED: [Item; 11] = [
    Item {
        target: Some((100.0, 1000.0)),
        against: Some([(5.0, 5.0), (4.0, 4.0)]),
        limit: Some(130.0),
        ..item("read", "read a file, ids are integers")
    },
    item("read-text", "read a file, ids are UUIDs"),
    Item {
        target: Some((4.0, 10.0)),
        against: Some([(90.0, 90.0), (1.8, 3.0)]),
        limit: Some(4.0),
        ..item("checks", "100,000 inherited checks")
    },
    Item {
        target: Some((0.3, 3.0)),
        against: Some([(40.0, 40.0), (1.4, 1.4)]),
        limit: Some(0.4),
        ..item("list", "inherited members minus excluded")
    },
    Item {
        target: Some((0.5, 1.0)),
        against: Some([(12.0, 12.0), (1.0, 1.0)]),
        limit: Some(0.2),
        ..item("groups", "groups of a user, µs")
    },
    item("typing", "five keys on first name"),
    Item {
        target: Some((0.4, 4.0)),
        against: Some([(40.0, 80.0), (3.0, 3.0)]),
        limit: Some(0.23),
        ..item("key-first", "worst key on first name")
    },
    Item {
        limit: Some(1.1),
        ..item("key-email", "worst key on email")
    },
    Item {
        target: Some((2.0, 15.0)),
        against: Some([(30.0, 30.0), (3.0, 3.0)]),
        ..item("key-any", "worst key on any of four fields")
    },
    item("sort", "first page by a column, first time"),
    item("sort-again", "first page by a column, again"),
];

/// Memory after reading; of ours what is alive, see [`OURS`].
pub const MEMORY: Item = item("memory", "memory after reading, MB");

/// What only ours does, or is measured of ours alone.
pub const OURS: [Item; 9] = [
    Item {
        target: Some((20.0, 200.0)),
        limit: Some(110.0),
        ..item("live", "memory after a warm start, MB")
    },
    Item {
        target: Some((25.0, 220.0)),
        ..item("open", "warm start: a snapshot to its first page")
    },
    item("save", "write a snapshot"),
    item("snapshot", "size of a snapshot, MB"),
    item("page", "a page of 50 members with path and ways"),
    item("explain", "all paths of 50 members, one after the other"),
    item("findings", "all findings"),
    item("what-if", "what a nesting would do, 8 % of users below it"),
    MEMORY,
];
