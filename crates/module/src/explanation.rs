//! Why a user is in a group, or what would make it so.

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::json::Json;
use membership::members::Membership;
use membership::path::{PathFinder, nearest};

use crate::record;

/// All that is known about a user and a group, `limit` paths at the most.
///
/// Cost: as [`PathFinder::paths`] and [`nearest`].
pub fn explanation(directory: &Directory, user: UserIndex, group: GroupIndex, limit: usize) -> String {
    let membership = directory.membership(user, group);
    let found = PathFinder::new(directory, group).paths(user, limit);
    let nearest = nearest(directory, user, group, limit);
    let mut json = Json::default();
    json.object().key("member").boolean(membership != Membership::None);
    json.key("source").text(match membership {
        Membership::Direct => "direct",
        Membership::Inherited => "inherited",
        Membership::None => "none",
    });
    json.key("isAdmin").boolean(directory.is_manager(user, group));
    record::paths(json.key("paths"), directory, &found.paths);
    json.key("ways").number(found.ways.into());
    record::paths(json.key("nearest"), directory, &nearest.paths);
    json.end();
    json.finish()
}
