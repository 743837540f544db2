//! The whole directory in numbers, counted once.

use membership::directory::Directory;
use membership::entity::{GroupIndex, Standing};
use membership::finding::DEEPEST;
use membership::sort;
use protocol::{Overview, OverviewQuestion, Problem};

use super::group::brief;
use super::{Ask, Desk};

impl Ask for OverviewQuestion {
    fn answer(&self, desk: &mut Desk, _now: i64) -> Result<Overview, Problem> {
        if let Some(known) = desk
            .overview
            .as_ref()
            .filter(|known| known.largest.len() == self.largest.min(known.groups) as usize)
        {
            return Ok(known.clone());
        }
        let overview = overview(&desk.directory, self.largest as usize);
        desk.overview = Some(overview.clone());
        Ok(overview)
    }
}

/// Cost: O(users + memberships + groups · log groups).
fn overview(directory: &Directory, largest: usize) -> Overview {
    let users = directory.users();
    let mut groups: Vec<GroupIndex> = directory.all_groups().collect();
    let mut overview = Overview {
        users: directory.user_count(),
        groups: directory.group_count(),
        roots: directory.hierarchy().roots().len() as u32,
        direct: directory.membership_count(),
        administrators: directory.administrators().count(),
        deep: DEEPEST,
        ..Overview::default()
    };
    let mut managers = 0;
    for user in directory.all_users() {
        let is_active = users.status.get(user.row()).standing() == Standing::Active;
        overview.active += u32::from(is_active);
        managers += u32::from(directory.direct_groups(user).any(|(_, is_manager)| is_manager));
    }
    overview.managers = directory.knows_managers().then_some(managers);
    for group in &groups {
        let (total, depth) = (directory.member_count(*group), directory.hierarchy().depth(*group));
        overview.inherited += u64::from(total - directory.direct_count(*group));
        overview.sizes[size(total)] += 1;
        overview.deepest = overview.deepest.max(depth);
        if overview.depths.len() <= depth as usize {
            overview.depths.resize(depth as usize + 1, 0);
        }
        overview.depths[depth as usize] += 1;
    }
    overview.half = half(&overview.depths);
    // Those of one size stay in the order of the facts.
    sort::by_key(&mut groups, |group| {
        u64::from(u32::MAX - directory.member_count(*group))
    });
    let in_cycle = |group: &GroupIndex| directory.hierarchy().in_cycle(*group);
    let largest = groups.iter().take(largest);
    overview.largest = largest.map(|group| brief(directory, *group, in_cycle(group))).collect();
    overview
}

/// Which column a size belongs to: that of its number of digits, and of none.
fn size(total: u32) -> usize {
    match total {
        0 => 0,
        total => (total.ilog10() as usize + 1).min(6),
    }
}

/// The level down to which half of the groups stand.
fn half(depths: &[u32]) -> u32 {
    let groups: u32 = depths.iter().sum();
    let mut so_far = 0;
    let level = depths.iter().position(|count| {
        so_far += count;
        so_far >= groups.div_ceil(2)
    });
    level.unwrap_or_default() as u32
}
