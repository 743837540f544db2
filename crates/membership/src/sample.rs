//! The believable directory: a soap company, its people and its customers, from a seed, at any size.
//!
//! The same size and seed give the same directory on every machine. Beside what is believable it holds, on purpose,
//! at least one finding of every kind.

mod company;
mod groups;
mod people;
mod person;
mod random;

use crate::directory::{Builder, Counts, Directory, Place, TooLarge, Unused, UnusedReason};
use crate::entity::{GroupRecord, UserRecord};
use crate::sort;

use company::{GROUPS, NESTINGS, PEOPLE, Person};
use groups::{Invented, Parent, Pool};
use people::Names;
use person::Staffing;
use random::{Random, Ranked, Uuid};

/// How many users a sample has unless told otherwise.
pub const DEFAULT_USERS: u32 = 1_200;

/// How many users a sample can have.
pub const MAX_USERS: u32 = 1_000_000;

/// The seed of a sample unless told otherwise: everybody sees the same one, in the console, the module and the companion.
pub const DEFAULT_SEED: u64 = 1;

/// How many groups the largest sample has.
const MAX_GROUPS: u32 = 12_480;

/// The day on which every sample was read, 21 November 2026, in milliseconds since 1970 in UTC: there is no clock here.
pub const READ_ON: i64 = 1_795_219_200_000;

/// The ids of Tyler Durden and of the Paper Street Soap Company, whatever the seed.
const FIRST_USER: &str = "5f2d6a8e-1c37-4b90-8e21-0a9d4c7b3f16";
const FIRST_GROUP: &str = "7b1e2c9a-40d5-4f1b-9a6e-2f0c8d51e3ab";

const NOWHERE: Place = Place { line: 0 };

/// Makes a whole sample at once.
///
/// # Errors
///
/// Never at the sizes that there are; see [`Builder`].
pub fn directory(users: u32, seed: u64) -> Result<Directory, TooLarge> {
    Sample::new(users, seed).finish(&mut |_, _| {})
}

/// How much of a sample is made: groups, then users.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Made so far.
    pub done: u32,
    /// To be made in all.
    pub total: u32,
}

/// A sample in the making, so that whoever makes it can tell how far it is.
pub struct Sample {
    users: u32,
    random: Random,
    builder: Builder,
    done: u32,
    group_ids: Vec<Uuid>,
    group_total: u32,
    /// How many managers each group still wants.
    managers_wanted: Vec<u8>,
    /// For each group the one it was made under, if people are put there too.
    above: Vec<Option<u32>>,
    pools: [Vec<u32>; 7],
    hubs: Vec<u32>,
    names: Names,
    staffing: Staffing,
}

impl Sample {
    /// A sample of so many users, [`MAX_USERS`] at the most.
    #[must_use]
    pub fn new(users: u32, seed: u64) -> Self {
        let users = users.min(MAX_USERS);
        let named = GROUPS.len() as u32;
        let invented = u64::from(MAX_GROUPS - named) * u64::from(users) / u64::from(MAX_USERS);
        Self {
            users,
            random: Random::new(seed),
            builder: Builder::new(),
            done: 0,
            group_ids: Vec::new(),
            group_total: named + invented as u32,
            managers_wanted: Vec::new(),
            above: Vec::new(),
            pools: Default::default(),
            hubs: Vec::new(),
            names: Names::new(),
            staffing: Staffing::default(),
        }
    }

    /// Makes at most so many more groups or users.
    ///
    /// # Errors
    ///
    /// Never at the sizes that there are; see [`Builder`].
    ///
    /// Cost: O(`at_most` · log groups).
    pub fn step(&mut self, at_most: u32) -> Result<Progress, TooLarge> {
        let total = self.group_total + self.users;
        let end = self.done.saturating_add(at_most).min(total);
        while self.done < end {
            let number = self.done as usize;
            if number < GROUPS.len() {
                self.named_group(number)?;
            } else if self.done < self.group_total {
                self.invented_group(number - GROUPS.len())?;
            } else {
                self.user((self.done - self.group_total) as usize)?;
            }
            self.done += 1;
            if self.done == self.group_total {
                self.open()?;
            }
        }
        Ok(Progress { done: self.done, total })
    }

    /// What was made so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.builder.counts()
    }

    /// Makes what is left, and the directory, telling how many of how many steps of that are done.
    ///
    /// # Errors
    ///
    /// Never at the sizes that there are; see [`Builder`].
    pub fn finish(mut self, progress: &mut dyn FnMut(u32, u32)) -> Result<Directory, TooLarge> {
        self.step(u32::MAX)?;
        self.mistakes()?;
        self.builder.finish(progress)
    }

    fn named_group(&mut self, number: usize) -> Result<(), TooLarge> {
        let Some(group) = GROUPS.get(number) else { return Ok(()) };
        // Managers of these are told by name.
        self.group(group.0, group.1, 0, None)?;
        if number + 1 == GROUPS.len() {
            for (parent, child) in NESTINGS {
                self.nest(named(parent), named(child))?;
            }
        }
        Ok(())
    }

    fn invented_group(&mut self, number: usize) -> Result<(), TooLarge> {
        let pool = groups::pool(number);
        let at = self.pool(pool).len();
        let Invented {
            name,
            description,
            pool,
            parent,
            is_hub,
        } = groups::invent(pool, at);
        let parent = match parent {
            Parent::None => None,
            Parent::Named(name) => Some(named(name)),
            Parent::Own(at) => self.pool(pool).get(at).copied(),
        };
        let wanted = if is_hub {
            0
        } else {
            self.random.pick(&[0, 0, 0, 1, 1, 1, 1, 2, 2, 3])
        };
        let above = parent.filter(|row| *row >= GROUPS.len() as u32 && !self.hubs.contains(row));
        let row = self.group(&name, &description, wanted, above)?;
        if let Some(parent) = parent {
            self.nest(parent, row)?;
        }
        for &grant in groups::grants(pool, &mut self.random) {
            let among = self.pools.get(grant as usize).map_or(&[][..], Vec::as_slice);
            if !among.is_empty() {
                let parent = self.random.pick(among);
                self.nest(parent, row)?;
            }
        }
        if is_hub {
            self.hubs.push(row);
        }
        if let Some(rows) = self.pools.get_mut(pool as usize) {
            rows.push(row);
        }
        Ok(())
    }

    fn pool(&self, pool: Pool) -> &[u32] {
        self.pools.get(pool as usize).map_or(&[], Vec::as_slice)
    }

    fn group(&mut self, name: &str, description: &str, managers: u8, above: Option<u32>) -> Result<u32, TooLarge> {
        let row = self.group_ids.len() as u32;
        let id = if row == 0 {
            Uuid::of(FIRST_GROUP)
        } else {
            self.random.uuid()
        };
        let created = READ_ON - person::days(&mut self.random, 400..4_000);
        let record = GroupRecord {
            id: id.as_str(),
            name: Some(name),
            description: Some(description),
            kind: Some("contensis"),
            created: Some(created),
            modified: Some(created + person::days(&mut self.random, 0..400)),
            custom: Vec::new(),
        };
        self.builder.group(&record, NOWHERE)?;
        self.group_ids.push(id);
        self.managers_wanted.push(managers);
        self.above.push(above);
        Ok(row)
    }

    fn group_id(&self, row: u32) -> &str {
        self.group_ids.get(row as usize).map_or("", Uuid::as_str)
    }

    fn nest(&mut self, parent: u32, child: u32) -> Result<(), TooLarge> {
        let (parent, child) = (self.group_ids.get(parent as usize), self.group_ids.get(child as usize));
        let (Some(parent), Some(child)) = (parent, child) else {
            return Ok(());
        };
        self.builder.nesting(parent.as_str(), child.as_str(), NOWHERE)
    }

    /// All groups are made: people can come in.
    fn open(&mut self) -> Result<(), TooLarge> {
        let all = |pools: &[Pool]| {
            let mut rows: Vec<_> = pools.iter().flat_map(|pool| self.pool(*pool)).copied().collect();
            rows.retain(|row| !self.hubs.contains(row));
            // In the order in which they were made, so that kinds are mixed among the large ones.
            sort::by_key(&mut rows, |row| u64::from(*row));
            Ranked::new(rows)
        };
        let homes = all(&[Pool::Teams, Pool::Stores, Pool::Lines]);
        let extras = all(&[Pool::Projects, Pool::Keys]);
        let circles = all(&[Pool::Circles, Pool::Lists]);
        self.staffing = Staffing::new(self.users, homes, extras, circles, &mut self.random);
        Ok(())
    }

    fn user(&mut self, number: usize) -> Result<(), TooLarge> {
        match PEOPLE.get(number) {
            Some(person) => self.named_user(person, number),
            None => self.invented_user(),
        }
    }

    fn named_user(&mut self, person: &Person, number: usize) -> Result<(), TooLarge> {
        let id = if number == 0 {
            Uuid::of(FIRST_USER)
        } else {
            self.random.uuid()
        };
        let email = person.email();
        let record = UserRecord {
            id: id.as_str(),
            email: Some(&email),
            ..person.record(&mut self.random)
        };
        self.builder.user(&record, NOWHERE)?;
        for &group in person.5 {
            let (name, is_admin) = group.strip_prefix('*').map_or((group, false), |name| (name, true));
            let group = self.group_ids.get(named(name) as usize).map_or("", Uuid::as_str);
            self.builder.membership(group, id.as_str(), is_admin, NOWHERE)?;
        }
        Ok(())
    }

    fn invented_user(&mut self) -> Result<(), TooLarge> {
        let id = self.random.uuid();
        let draft = self.staffing.draft(&mut self.random, &self.above);
        let name = self.names.draw(draft.region, &mut self.random);
        let email = format!("{}@{}", name.username, draft.host());
        self.builder
            .user(&draft.record(id.as_str(), &name, &email, &mut self.random), NOWHERE)?;
        for &group in &draft.groups {
            let wanted = self.managers_wanted.get_mut(group as usize);
            let is_admin = wanted.is_some_and(|wanted| std::mem::replace(wanted, wanted.saturating_sub(1)) > 0);
            let group = self.group_ids.get(group as usize).map_or("", Uuid::as_str);
            self.builder.membership(group, id.as_str(), is_admin, NOWHERE)?;
        }
        Ok(())
    }

    /// What real directories have too: facts that name nothing, facts told twice, and items that cannot be read.
    fn mistakes(&mut self) -> Result<(), TooLarge> {
        let Some(first) = (self.users > 0).then(|| Uuid::of(FIRST_USER)) else {
            return Ok(());
        };
        let [finance, emea, night, mayhem] = ["Finance", "EMEA", "Night shift", "Project Mayhem"].map(named);
        for group in [finance, night, mayhem] {
            let nobody = self.random.uuid();
            let group = self.group_id(group).to_owned();
            self.builder.membership(&group, nobody.as_str(), false, NOWHERE)?;
        }
        let nothing = self.random.uuid();
        let travel = self.group_id(named("Travel desk")).to_owned();
        self.builder.nesting(&travel, nothing.as_str(), NOWHERE)?;
        let night = self.group_id(night).to_owned();
        self.builder.membership(&night, first.as_str(), false, NOWHERE)?;
        self.nest(finance, emea)?;
        let twin = UserRecord {
            id: first.as_str(),
            username: Some("tdurden2"),
            ..UserRecord::default()
        };
        self.builder.user(&twin, NOWHERE)?;
        self.builder.unusable(Unused {
            place: NOWHERE,
            says: r#"{"username":"kmills","email":null}"#.to_owned(),
            reason: UnusedReason::NoId,
        });
        self.builder.unusable(Unused {
            place: NOWHERE,
            says: r#""lastLogin":"31/02/2026""#.to_owned(),
            reason: UnusedReason::Value("Not a day. The user was read without it.".to_owned()),
        });
        Ok(())
    }
}

/// The row of a group that every sample has.
fn named(name: &str) -> u32 {
    GROUPS.iter().position(|group| group.0 == name).unwrap_or_default() as u32
}
