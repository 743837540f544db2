//! Why a user is in a group, or what would make it so.

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::members::Membership;
use membership::path::{PathFinder, nearest};

use crate::json::Json;

/// All that is known about a user and a group, `limit` paths at the most.
///
/// Cost: as [`PathFinder::paths`] and [`nearest`].
pub fn explanation(directory: &Directory, user: UserIndex, group: GroupIndex, limit: usize) -> String {
    let membership = directory.membership(user, group);
    let found = PathFinder::new(directory, group).paths(user, limit);
    let nearest = nearest(directory, user, group, limit);
    Json::object(|json| {
        json.key("member").boolean(membership != Membership::None);
        json.key("source").text(match membership {
            Membership::Direct => "direct",
            Membership::Inherited => "inherited",
            Membership::None => "none",
        });
        json.key("isAdmin").boolean(directory.is_manager(user, group));
        json.key("paths").paths(directory, &found.paths);
        json.key("ways").count(found.ways.into());
        json.key("nearest").paths(directory, &nearest.paths);
    })
}
