//! Directories of three sizes from nothing but numbers, for benches.

use membership::directory::{Builder, Place};
use membership::entity::{GroupRecord, Status, UserRecord};

/// Users; a tenth as many groups. The first has five memberships a user, the others ten.
pub const SIZES: [u32; 3] = [10_000, 100_000, 1_000_000];
const LEVELS: u32 = 14;

/// A directory with a tree of groups fourteen levels deep, every fifth group with a second parent, and memberships most of
/// which are near each other. Ids are numbers from 0.
pub fn invent(users: u32) -> Builder {
    let groups = users / 10;
    let memberships = users * if users == SIZES[0] { 5 } else { 10 };
    let (mut random, mut builder) = (Random(7), Builder::new());
    let place = Place::default();
    for user in 0..users {
        let (id, first, last) = (user.to_string(), random.name(), random.name());
        let username = format!("{}.{}{}", first.to_lowercase(), last.to_lowercase(), user % 1000);
        let record = UserRecord {
            id: &id,
            email: Some(&format!("{username}@example.com")),
            username: Some(&username),
            first_name: Some(&first),
            last_name: Some(&last),
            created: Some(1_500_000_000_000 + i64::from(random.below(1 << 30)) * 200),
            last_login: Some(1_700_000_000_000 + i64::from(random.below(1 << 30)) * 80),
            status: Status {
                suspended: Some(random.below(50) == 0),
                ..Status::default()
            },
            ..UserRecord::default()
        };
        builder.user(&record, place).expect("room");
    }
    let mut levels = vec![0];
    for group in 0..groups {
        let id = group.to_string();
        let name = format!("{} {} {group}", random.name(), random.name());
        let record = GroupRecord {
            id: &id,
            name: Some(&name),
            ..GroupRecord::default()
        };
        builder.group(&record, place).expect("room");
        if group > 0 {
            let mut nest = |parent: u32| builder.nesting(&parent.to_string(), &id, place).expect("room");
            let parents = (0..).map(|_| random.below(group));
            let parent = parents.into_iter().find(|parent| levels[*parent as usize] + 1 < LEVELS);
            let parent = parent.expect("the first group is one");
            nest(parent);
            levels.push(levels[parent as usize] + 1);
            let other = random.below(group);
            if group % 5 == 0 && other != parent && levels[other as usize] < levels[group as usize] {
                nest(other);
            }
        }
    }
    for at in 0..memberships {
        let (user, far) = (at % users, random.below(4) == 0);
        let home = user / 10;
        let group = if far {
            random.below(groups)
        } else {
            (home + random.below(200)) % groups
        };
        let is_admin = random.below(40) == 0;
        builder
            .membership(&group.to_string(), &user.to_string(), is_admin, place)
            .expect("room");
    }
    builder
}

/// Numbers without any order, always the same.
pub struct Random(pub u64);

impl Random {
    /// One from 0 to below `end`.
    pub fn below(&mut self, end: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (((self.0 >> 33) * u64::from(end)) >> 31) as u32
    }

    /// One of the words.
    pub fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len() as u32) as usize]
    }

    fn name(&mut self) -> String {
        let first = [
            "An", "Be", "Ca", "Do", "El", "Fi", "Gu", "Jö", "Ka", "Lu", "Ma", "No", "Pa", "Ro", "Sa", "Ti",
        ];
        let middle = ["ra", "le", "mi", "no", "du", "la", "ri", "se", "to", "vi"];
        let last = ["n", "na", "ne", "r", "ra", "s", "la", "lle", "tt", "ck", ""];
        [self.of(&first), self.of(&middle), self.of(&middle), self.of(&last)].concat()
    }
}
