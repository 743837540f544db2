//! Which nesting of a loop takes least away, weighed a little further with every question.

use membership::cut::{Cut, CutSearch};
use membership::directory::Directory;
use membership::entity::GroupIndex;
use membership::sort;
use protocol::{BestCut, CutAnswer, CutQuestion, LoopGroup, Problem};

use super::names::{FEW, group_name, user_name};
use super::{Ask, Desk};

/// How many users, groups and nestings are looked at for one answer: some milliseconds' worth.
const WORK: u32 = 30_000;
/// The most groups of a loop that are spelled out.
const SPELLED: usize = 12;

/// The nestings of one loop, as far as they were weighed.
pub struct Weighing {
    component: u32,
    steps: u32,
    search: CutSearch,
}

impl Ask for CutQuestion {
    fn answer(&self, desk: &mut Desk, _now: i64) -> Result<Option<CutAnswer>, Problem> {
        let group = desk.find_group(&self.group)?;
        Ok(desk.cut(group))
    }
}

impl Desk {
    fn cut(&mut self, group: GroupIndex) -> Option<CutAnswer> {
        let directory = &self.directory;
        let component = directory.hierarchy().component(group);
        if self.weighing.as_ref().is_none_or(|known| known.component != component) {
            self.weighing = Some(Weighing {
                component,
                steps: 0,
                search: CutSearch::new(directory, group)?,
            });
        }
        let weighing = self.weighing.as_mut()?;
        if !weighing.search.is_done() {
            weighing.search.step(directory, WORK);
            weighing.steps += 1;
        }
        let search = &weighing.search;
        let spelled = search.spelled().iter().take(SPELLED);
        Some(CutAnswer {
            spelled: spelled
                .map(|group| LoopGroup {
                    group: group_name(directory, *group),
                    direct: directory.direct_count(*group),
                })
                .collect(),
            length: search.spelled().len() as u32,
            groups: directory.hierarchy().component_groups(component).len() as u32,
            members: directory.member_count(group),
            weighed: search.weighed(),
            steps: weighing.steps,
            is_done: search.is_done(),
            best: search.best().map(|cut| best(directory, search, cut)),
        })
    }
}

fn best(directory: &Directory, search: &CutSearch, cut: &Cut) -> BestCut {
    let mut groups = cut.groups.clone();
    sort::by_key(&mut groups, |(_, users)| u64::from(u32::MAX - users));
    let place = search.spelled().iter().position(|group| *group == cut.child);
    let losers = if search.is_done() {
        search.losers(FEW)
    } else {
        Vec::new()
    };
    BestCut {
        parent: group_name(directory, cut.parent),
        child: group_name(directory, cut.child),
        place: place.unwrap_or_default() as u32,
        left: cut.left,
        lost: cut.lost as f64,
        users: cut.users,
        groups: groups
            .iter()
            .take(FEW)
            .map(|(group, users)| (group_name(directory, *group), *users))
            .collect(),
        groups_total: groups.len() as u32,
        losers: losers
            .into_iter()
            .map(|(user, groups)| {
                let groups = groups.iter().take(FEW).map(|group| group_name(directory, *group));
                (user_name(directory, user), groups.collect())
            })
            .collect(),
    }
}
