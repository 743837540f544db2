//! One user of the sample: staff, contractors, alumni or customers, and the groups that they are put into.

use std::borrow::Cow;
use std::ops::Range;

use crate::entity::{CustomValue, Status, UserRecord};

use super::company::{Access, GROUPS, PEOPLE, Person};
use super::people::{Name, REGIONS};
use super::random::{Quota, Random, Ranked};
use super::{MAX_USERS, READ_ON, named};

const DAY: i64 = 86_400_000;

/// Groups of the company that customers are put into, not staff.
const OF_CUSTOMERS: [&str; 6] = [
    "Visitors",
    "Remaining Men Together",
    "Community rooms",
    "Support groups",
    "Tuberculosis",
    "Brain parasites",
];

/// Groups with a kind of people of their own.
const OF_THEIR_OWN: [&str; 4] = ["Loyalty members", "Online customers", "Alumni", "Contractors"];

/// Some days and a time of day, in milliseconds.
pub(super) fn days(random: &mut Random, days: Range<u32>) -> i64 {
    let whole = days.start + random.below(days.end.saturating_sub(days.start));
    i64::from(whole) * DAY + i64::from(random.below(86_400)) * 1_000
}

impl Person {
    pub fn email(&self) -> String {
        format!("{}@pssc.example", self.0)
    }

    /// All but the id and the email.
    pub fn record(&self, random: &mut Random) -> UserRecord<'static> {
        let last_login = READ_ON - i64::from(self.4) * DAY + i64::from(random.below(28_800)) * 1_000;
        let created = last_login - days(random, 300..4_000);
        UserRecord {
            username: Some(self.0),
            first_name: Some(self.1),
            last_name: Some(self.2),
            language: Some("en-GB"),
            timezone: Some("Europe/London"),
            created: Some(created),
            modified: Some(created + days(random, 0..300)),
            last_login: Some(last_login),
            status: Status {
                suspended: Some(self.3 == Access::Suspended),
                locked: Some(self.3 == Access::Locked),
                password_reset_required: Some(false),
            },
            custom: vec![("department".into(), CustomValue::Text("Soap".to_owned()))],
            ..UserRecord::default()
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Staff,
    Contractor,
    Alumnus,
    Customer,
}

/// Who is still to come, and where they are put.
#[derive(Default)]
pub(super) struct Staffing {
    kinds: Quotas,
    /// Places in the groups that every sample has, in no order.
    staff_places: Places,
    customer_places: Places,
    homes: Ranked,
    extras: Ranked,
    circles: Ranked,
}

#[derive(Default)]
struct Quotas {
    contractors: Quota,
    alumni: Quota,
    staff: Quota,
    loyalty: Quota,
    online: Quota,
    suspended: Quota,
    locked: Quota,
    invited: Quota,
}

/// Places that are spread over as many people as there are.
#[derive(Default)]
struct Places {
    groups: Vec<u32>,
    of: u32,
}

impl Places {
    /// Cost: O(places).
    fn new(mut groups: Vec<u32>, of: u32, random: &mut Random) -> Self {
        for at in (1..groups.len()).rev() {
            groups.swap(at, random.below(at as u32 + 1) as usize);
        }
        groups.truncate(of as usize);
        Self { groups, of }
    }

    fn take(&mut self, random: &mut Random) -> Option<u32> {
        let is_one = random.below(self.of) < self.groups.len() as u32;
        self.of = self.of.saturating_sub(1);
        if is_one { self.groups.pop() } else { None }
    }
}

/// A number at a million users, at fewer; small groups keep a few even in a small sample.
fn scaled(count: u32, users: u32) -> u32 {
    let share = u64::from(count) * u64::from(users) / u64::from(MAX_USERS);
    let few = (count + 1).ilog2().min(count).min(users / 100);
    (share as u32).max(few)
}

impl Staffing {
    pub fn new(users: u32, homes: Ranked, extras: Ranked, circles: Ranked, random: &mut Random) -> Self {
        let left = users.saturating_sub(PEOPLE.len() as u32);
        let places = |is_wanted: fn(&str) -> bool| -> Vec<u32> {
            let wanted = GROUPS.iter().filter(|group| is_wanted(group.0));
            wanted
                .flat_map(|group| std::iter::repeat_n(named(group.0), scaled(group.2, users) as usize))
                .collect()
        };
        let for_staff = places(|name| !OF_CUSTOMERS.contains(&name) && !OF_THEIR_OWN.contains(&name));
        let for_customers = places(|name| OF_CUSTOMERS.contains(&name));
        let staff = scaled(206_000, users).max(for_staff.len() as u32 * 5 / 4).min(left / 2);
        let contractors = scaled(18_402, users).min(left);
        let alumni = scaled(54_210, users).min(left - contractors);
        let staff_quota = Quota::new(staff, left - contractors - alumni);
        let customers = left - contractors - alumni - staff_quota.count();
        let kinds = Quotas {
            contractors: Quota::new(contractors, left),
            alumni: Quota::new(alumni, left - contractors),
            staff: staff_quota,
            loyalty: Quota::new(scaled(512_880, users), customers),
            online: Quota::new(scaled(344_210, users), customers),
            suspended: Quota::new(scaled(48_210, users), left),
            locked: Quota::new(scaled(9_141, users), left),
            invited: Quota::new(scaled(4_026, users), left),
        };
        let staff_places = Places::new(for_staff, staff_quota.count(), random);
        let customer_places = Places::new(for_customers, customers, random);
        Self {
            kinds,
            staff_places,
            customer_places,
            homes,
            extras,
            circles,
        }
    }

    /// Decides who comes next; `above` tells which group a group was made under. Cost: O(log groups).
    pub fn draft(&mut self, random: &mut Random, above: &[Option<u32>]) -> Draft {
        let kind = if self.kinds.contractors.takes(random) {
            Kind::Contractor
        } else if self.kinds.alumni.takes(random) {
            Kind::Alumnus
        } else if self.kinds.staff.takes(random) {
            Kind::Staff
        } else {
            Kind::Customer
        };
        let mut draft = Draft {
            kind,
            region: random.below(REGIONS.len() as u32) as usize,
            groups: Vec::with_capacity(6),
            is_suspended: self.kinds.suspended.takes(random),
            is_locked: self.kinds.locked.takes(random),
            is_invited: self.kinds.invited.takes(random),
        };
        match kind {
            Kind::Staff => self.put_staff(&mut draft, random, above),
            Kind::Contractor => {
                draft.put(Some(named("Contractors")));
                draft.put(self.homes.draw(random).filter(|_| random.chance(700)));
            }
            Kind::Alumnus => draft.put(Some(named("Alumni"))),
            Kind::Customer => self.put_customer(&mut draft, random),
        }
        draft
    }

    fn put_staff(&mut self, draft: &mut Draft, random: &mut Random, above: &[Option<u32>]) {
        let place = self.staff_places.take(random);
        draft.put(place);
        // A small group is a duty beside the day's work.
        let is_duty = place
            .and_then(|row| GROUPS.get(row as usize))
            .is_none_or(|group| group.2 < 100);
        if is_duty {
            let home = self.homes.draw(random);
            draft.put(home);
            // Some were put into the group above as well, which nesting would have done.
            let again = home.and_then(|row| above.get(row as usize).copied().flatten());
            draft.put(again.filter(|_| random.chance(8)));
        }
        for _ in 0..random.below(5) {
            draft.put(self.extras.draw(random));
        }
    }

    fn put_customer(&mut self, draft: &mut Draft, random: &mut Random) {
        draft.put(self.kinds.loyalty.takes(random).then(|| named("Loyalty members")));
        draft.put(self.kinds.online.takes(random).then(|| named("Online customers")));
        draft.put(self.customer_places.take(random));
        if random.chance(700) {
            draft.put(self.circles.draw(random));
        }
        if random.chance(250) {
            draft.put(self.circles.draw(random));
        }
    }
}

/// Somebody who was decided on.
pub(super) struct Draft {
    kind: Kind,
    pub region: usize,
    pub groups: Vec<u32>,
    is_suspended: bool,
    is_locked: bool,
    is_invited: bool,
}

impl Draft {
    fn put(&mut self, group: Option<u32>) {
        self.groups.extend(group.filter(|group| !self.groups.contains(group)));
    }

    /// Where the mail goes: only those who work here have an address of the house.
    pub fn host(&self) -> &'static str {
        if matches!(self.kind, Kind::Staff | Kind::Contractor) {
            "pssc.example"
        } else {
            "mail.example"
        }
    }

    /// The record, with dates that fit each other.
    pub fn record<'a>(&self, id: &'a str, name: &'a Name, email: &'a str, random: &mut Random) -> UserRecord<'a> {
        let region = REGIONS.get(self.region);
        let is_off = self.is_suspended || self.is_locked;
        let furthest = 1 + random.below(if is_off { 900 } else { 200 });
        let last_login = READ_ON - days(random, if is_off { 30..30 + furthest } else { 0..furthest });
        let created = last_login - days(random, 0..3_600);
        UserRecord {
            id,
            username: Some(&name.username),
            email: Some(email),
            first_name: Some(name.first),
            last_name: Some(name.last),
            language: region.map(|region| region.language),
            timezone: region.map(|region| region.timezone),
            created: Some(created),
            modified: Some(created + (last_login - created) / 2_000 * 1_000),
            last_login: Some(last_login).filter(|_| !self.is_invited),
            expiry: (self.kind == Kind::Contractor).then(|| READ_ON - 30 * DAY + days(random, 0..400) / DAY * DAY),
            status: Status {
                suspended: Some(self.is_suspended),
                locked: Some(self.is_locked),
                password_reset_required: Some(self.is_invited),
            },
            custom: self.custom(random),
        }
    }

    fn custom(&self, random: &mut Random) -> Vec<(Cow<'static, str>, CustomValue)> {
        let department = |name: &str| ("department".into(), CustomValue::Text(name.to_owned()));
        match self.kind {
            Kind::Staff => {
                let name = random.pick(&[
                    "Finance",
                    "Manufacturing",
                    "Retail & wholesale",
                    "Finance",
                    "People operations",
                ]);
                vec![
                    department(name),
                    ("onSite".into(), CustomValue::Boolean(random.chance(640))),
                ]
            }
            Kind::Contractor => vec![department("Contractors")],
            Kind::Customer => vec![("points".into(), CustomValue::Number(f64::from(random.below(400) * 5)))],
            Kind::Alumnus => Vec::new(),
        }
    }
}
