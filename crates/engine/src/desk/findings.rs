//! The findings: looked for a little further with every question for the summary, then listed and searched.

mod row;

use std::collections::BTreeSet;

use membership::directory::Directory;
use membership::finding::{self, FindingSearch, Findings};
use membership::set::Set;
use membership::text::fold;
use protocol::{
    Entity, FindingDetail, FindingKind, FindingListQuestion, FindingPage, FindingPlace, FindingQuestion,
    FindingsQuestion, FindingsSummary, KindSummary, Problem,
};

use super::group::brief;
use super::names::user_row;
use super::{Ask, Desk};
use row::{name_of, place_of, row};

/// How many rows are looked at for one answer: some milliseconds' worth, so that nobody waits for it.
const WORK: u32 = 20_000;
/// The most rows of one window.
const WINDOW: u32 = 1_000;
/// How many names stand for the findings of a kind.
const NAMES: u32 = 4;
/// The most users and groups of one finding that are listed.
const LISTED: usize = 100;

/// The findings of one reading, as far as they were looked for.
pub struct Inspection {
    /// When the first question came, in milliseconds since 1970.
    began: i64,
    steps: u32,
    kinds: Vec<Inspected>,
    matches: Option<Matches>,
}

/// The findings of one kind.
struct Inspected {
    kind: FindingKind,
    /// None when it is done.
    search: Option<FindingSearch>,
    found: Findings,
    /// By what they are known in the next reading.
    identities: BTreeSet<u64>,
    /// The places of those that the earlier reading did not have: the first, and how many.
    fresh: (u32, u32),
}

/// What the findings of another reading are compared with: no name and no text, only numbers.
pub struct Earlier {
    began: i64,
    /// Of each kind how many there were, and by what they are known.
    kinds: Vec<(u32, BTreeSet<u64>)>,
}

/// What is searched for, and the findings that match.
struct Matches {
    q: String,
    users: Set,
    groups: Set,
    unused: Set,
    /// Of each kind how many were looked at, and the places of those that match.
    kinds: Vec<(u32, Vec<u32>)>,
}

impl Inspection {
    fn new(now: i64) -> Self {
        let kind = |kind: FindingKind| Inspected {
            kind,
            search: Some(FindingSearch::new(of_core(kind))),
            found: Findings::new(of_core(kind)),
            identities: BTreeSet::new(),
            fresh: (0, 0),
        };
        Self {
            began: now,
            steps: 0,
            kinds: FindingKind::all().map(kind).collect(),
            matches: None,
        }
    }

    /// What the next reading compares with; nothing where this one was not looked at whole.
    pub fn known(self) -> Option<Earlier> {
        let began = self.began;
        self.is_done().then(|| Earlier {
            began,
            kinds: self
                .kinds
                .into_iter()
                .map(|kind| (kind.found.len(), kind.identities))
                .collect(),
        })
    }

    fn is_done(&self) -> bool {
        self.kinds.iter().all(|kind| kind.search.is_none())
    }

    /// Looks a little further, at a certain kind first.
    fn go_on(&mut self, directory: &Directory, first: Option<FindingKind>, earlier: Option<&Earlier>) {
        if self.is_done() {
            return;
        }
        self.steps += 1;
        let mut work = WORK;
        while work > 0 {
            let is_open = |kind: &&mut Inspected| kind.search.is_some();
            let wished = self
                .kinds
                .iter_mut()
                .filter(is_open)
                .find(|kind| Some(kind.kind) == first);
            let place = wished.map(|kind| kind.kind as usize);
            let place = place.or_else(|| self.kinds.iter().position(|kind| kind.search.is_some()));
            let Some(kind) = place.and_then(|place| self.kinds.get_mut(place)) else {
                break;
            };
            work = kind.go_on(directory, work, earlier);
        }
    }

    /// The places of the findings of a kind that match; none where nothing is searched for, so that all do.
    fn matching(&mut self, directory: &Directory, q: &str, kind: FindingKind) -> Option<&[u32]> {
        let q = q.trim();
        if q.is_empty() {
            return None;
        }
        if self.matches.as_ref().is_none_or(|matches| matches.q != q) {
            self.matches = Some(Matches::new(directory, q));
        }
        let matches = self.matches.as_mut()?;
        let found = &self.kinds[kind as usize].found;
        let (looked, places) = &mut matches.kinds[kind as usize];
        let (users, groups, unused) = (&matches.users, &matches.groups, &matches.unused);
        places.extend((*looked..found.len()).filter(|place| found.concerns(*place, users, groups, unused)));
        *looked = found.len();
        Some(places)
    }

    /// How many findings of a kind match.
    pub fn count(&mut self, directory: &Directory, q: &str, kind: FindingKind) -> u32 {
        let matching = self.matching(directory, q, kind).map(|places| places.len() as u32);
        matching.unwrap_or_else(|| self.kinds[kind as usize].found.len())
    }

    /// Some findings of a kind that match, from one on.
    pub fn window(
        &mut self,
        directory: &Directory,
        q: &str,
        kind: FindingKind,
        offset: u32,
        limit: u32,
    ) -> Vec<finding::Finding> {
        let places: Vec<u32> = match self.matching(directory, q, kind) {
            Some(places) => {
                let places = places.iter().skip(offset as usize);
                places.take(limit as usize).copied().collect()
            }
            None => (offset..offset.saturating_add(limit)).collect(),
        };
        let found = &self.kinds[kind as usize].found;
        places.into_iter().map_while(|place| found.get(place)).collect()
    }
}

impl Inspected {
    /// Looks further; what is left of the work.
    fn go_on(&mut self, directory: &Directory, work: u32, earlier: Option<&Earlier>) -> u32 {
        let Some(search) = &mut self.search else { return work };
        let before = earlier.and_then(|earlier| earlier.kinds.get(self.kind as usize));
        let (found, identities, fresh) = (&mut self.found, &mut self.identities, &mut self.fresh);
        let left = search.step(directory, work, &mut |finding| {
            let identity = finding.identity(directory);
            identities.insert(identity);
            if before.is_some_and(|(_, known)| !known.contains(&identity)) {
                if fresh.1 == 0 {
                    fresh.0 = found.len();
                }
                fresh.1 += 1;
            }
            found.push(&finding);
        });
        if left.is_some() {
            self.search = None;
        }
        left.unwrap_or_default()
    }
}

impl Matches {
    /// Cost: that of searching all names, and O(facts that could not be used).
    fn new(directory: &Directory, q: &str) -> Self {
        let needle = fold(q);
        let facts = directory.unused();
        let says = |row: u32| {
            let fact = facts.get(row as usize);
            fact.is_some_and(|fact| fold(&fact.says).contains(&*needle))
        };
        Self {
            q: q.to_owned(),
            users: directory.find_users(q),
            groups: directory.find_groups(q),
            unused: Set::from_fn(facts.len() as u32, says),
            kinds: vec![(0, Vec::new()); FindingKind::COUNT],
        }
    }
}

/// The core's word for a kind.
fn of_core(kind: FindingKind) -> finding::FindingKind {
    finding::FindingKind::ALL[kind as usize]
}

/// The findings as far as they were looked for, which begins now where it has not.
pub fn inspection(inspection: &mut Option<Box<Inspection>>, now: i64) -> &mut Inspection {
    inspection.get_or_insert_with(|| Box::new(Inspection::new(now)))
}

impl Ask for FindingsQuestion {
    fn answer(&self, desk: &mut Desk, now: i64) -> Result<FindingsSummary, Problem> {
        let (directory, earlier) = (&desk.directory, desk.earlier.as_ref());
        let inspection = inspection(&mut desk.inspection, now);
        inspection.go_on(directory, self.first, earlier);
        let kinds = FindingKind::all().map(|kind| {
            let matching = inspection.count(directory, &self.q, kind);
            let few = inspection.window(directory, &self.q, kind, 0, NAMES);
            let inspected = &inspection.kinds[kind as usize];
            let (first_fresh, fresh) = inspected.fresh;
            let first_fresh = inspected.found.get(first_fresh).filter(|_| fresh > 0);
            KindSummary {
                kind,
                is_done: inspected.search.is_none(),
                total: inspected.found.len(),
                matching,
                fresh,
                first_fresh: first_fresh.map_or_else(String::new, |finding| finding.message(directory)),
                earlier: earlier.map_or(0, |earlier| earlier.kinds[kind as usize].0),
                names: few.iter().map(|finding| name_of(directory, finding)).collect(),
            }
        });
        Ok(FindingsSummary {
            kinds: kinds.collect(),
            steps: inspection.steps,
            is_done: inspection.is_done(),
            earlier: earlier.map(|earlier| earlier.began as f64),
        })
    }
}

impl Ask for FindingListQuestion {
    fn answer(&self, desk: &mut Desk, now: i64) -> Result<FindingPage, Problem> {
        let directory = &desk.directory;
        let inspection = inspection(&mut desk.inspection, now);
        let window = inspection.window(directory, &self.q, self.kind, self.offset, self.limit.min(WINDOW));
        Ok(FindingPage {
            kind: self.kind,
            offset: self.offset,
            total: inspection.count(directory, &self.q, self.kind),
            of: inspection.kinds[self.kind as usize].found.len(),
            rows: window.iter().map(|finding| row(directory, finding)).collect(),
        })
    }
}

impl Ask for FindingQuestion {
    fn answer(&self, desk: &mut Desk, now: i64) -> Result<Option<FindingDetail>, Problem> {
        let directory = &desk.directory;
        let inspection = inspection(&mut desk.inspection, now);
        let Some(at) = position(directory, &inspection.kinds[self.kind as usize].found, &self.place)? else {
            return Ok(None);
        };
        let of = inspection.count(directory, &self.q, self.kind);
        let number = match inspection.matching(directory, &self.q, self.kind) {
            Some(places) => places.binary_search(&at).ok().map(|number| number as u32),
            None => Some(at),
        };
        let mut neighbour = |number: Option<u32>| {
            let found = inspection.window(directory, &self.q, self.kind, number?, 1);
            found.first().map(|finding| place_of(directory, finding))
        };
        let before = neighbour(number.and_then(|number| number.checked_sub(1)));
        let after = neighbour(number.map(|number| number + 1));
        let finding = inspection.kinds[self.kind as usize].found.get(at);
        Ok(finding.map(|finding| FindingDetail {
            message: finding.message(directory),
            users_total: finding.users.len() as u32,
            groups_total: finding.groups.len() as u32,
            users: finding
                .users
                .iter()
                .take(LISTED)
                .map(|user| user_row(directory, *user))
                .collect(),
            groups: finding
                .groups
                .iter()
                .take(LISTED)
                .map(|group| brief(directory, *group, self.kind == FindingKind::Cycle))
                .collect(),
            number: number.map_or(0, |number| number + 1),
            of,
            before,
            after,
        }))
    }
}

/// Where a finding stands in the list of its kind.
fn position(directory: &Directory, found: &Findings, place: &FindingPlace) -> Result<Option<u32>, Problem> {
    if place.is_empty() {
        return Ok(None);
    }
    let known = |id: &str, entity: Entity| super::unknown(entity, id);
    let user = match place.user.as_str() {
        "" => None,
        id => Some(directory.user_by_id(id).ok_or_else(|| known(id, Entity::User))?),
    };
    let group = match place.group.as_str() {
        "" => None,
        id => Some(directory.group_by_id(id).ok_or_else(|| known(id, Entity::Group))?),
    };
    Ok(found.position(&place.what, place.fact.checked_sub(1), user, group))
}
