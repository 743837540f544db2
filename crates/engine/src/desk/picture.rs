//! A group's hierarchy as a picture: the groups above and below it in layers, and the paths of a user.

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::layers::{Edge, Layers, Node, Reach, UserNode};
use membership::members::Membership;
use protocol::{
    AsideQuestion, HierarchyListQuestion, Kind, Picture, PictureEdge, PictureNode, PictureQuestion, PictureRelation,
    PictureUser, Problem,
};

use super::names::group_name;
use super::{Ask, Desk, answered};

/// The most groups of one picture.
const GROUPS: u32 = 60;

/// Answers what the Hierarchy screen asks.
///
/// # Errors
/// Says what is wrong with the question.
pub fn answer_picture(desk: &mut Desk, kind: Kind, question: &[u8], now: i64) -> Result<Vec<u8>, Problem> {
    match kind {
        Kind::Picture => answered::<PictureQuestion>(desk, question, now),
        Kind::HierarchyList => answered::<HierarchyListQuestion>(desk, question, now),
        Kind::Aside => answered::<AsideQuestion>(desk, question, now),
        _ => Err(Problem::NotRead),
    }
}

impl Ask for PictureQuestion {
    /// Cost: that of [`Layers::new`].
    fn answer(&self, desk: &mut Desk, _now: i64) -> Result<Picture, Problem> {
        let Some(layers) = layers(desk, self)? else {
            return Ok(Picture::default());
        };
        let directory = &desk.directory;
        let user = self.user.as_deref().and_then(|user| directory.find_user(user));
        Ok(Picture {
            nodes: layers.nodes.iter().map(|node| picture_node(directory, node)).collect(),
            edges: layers.edges.iter().map(picture_edge).collect(),
            focus: layers.focus,
            layers: layers.layers,
            rest: layers.rest,
            user: user.zip(layers.user.as_ref()).map(|(user, node)| {
                let id = directory.user_id(user).to_owned();
                picture_user(id, short_name(directory, user), node)
            }),
        })
    }
}

/// What a question draws; none of a directory without groups. Cost: that of [`Layers::new`].
pub fn layers(desk: &Desk, of: &PictureQuestion) -> Result<Option<Layers>, Problem> {
    let directory = &desk.directory;
    let user = of.user.as_deref().map(|user| desk.find_user(user)).transpose()?;
    let focus = match &of.group {
        Some(group) => Some(desk.find_group(group)?),
        None => largest(directory),
    };
    let reach = Reach {
        groups: of.limit.min(GROUPS),
        levels: if of.levels == 0 { u32::MAX } else { of.levels },
    };
    Ok(focus.map(|focus| Layers::near(directory, focus, reach, user)))
}

/// The group at the top level with the most members. Cost: O(groups at the top level).
fn largest(directory: &Directory) -> Option<GroupIndex> {
    let roots = directory.hierarchy().roots();
    roots.iter().copied().max_by_key(|root| directory.member_count(*root))
}

fn picture_node(directory: &Directory, node: &Node) -> PictureNode {
    let name = group_name(directory, node.group);
    PictureNode {
        id: name.id,
        name: name.name,
        direct: directory.direct_count(node.group),
        total: directory.member_count(node.group),
        has_manager: directory.manager_count(node.group) > 0,
        in_cycle: directory.hierarchy().in_cycle(node.group),
        relation: relation(node.membership),
        layer: node.layer,
        lane: node.lane,
        more_parents: node.more_parents,
        more_children: node.more_children,
    }
}

/// How a user is in a group.
pub fn relation(membership: Membership) -> PictureRelation {
    match membership {
        Membership::None => PictureRelation::None,
        Membership::Direct => PictureRelation::Direct,
        Membership::Inherited => PictureRelation::Inherited,
    }
}

/// What a user is called where space is short: the username, or the name where there is none.
pub fn short_name(directory: &Directory, user: UserIndex) -> String {
    let username = directory.users().username.get(user.row());
    username
        .filter(|name| !name.is_empty())
        .map_or_else(|| directory.user_name(user).into_owned(), str::to_owned)
}

fn picture_edge(edge: &Edge) -> PictureEdge {
    PictureEdge {
        parent: edge.parent,
        child: edge.child,
        in_cycle: edge.in_cycle,
        closes_cycle: edge.closes_cycle,
        is_lit: edge.is_lit,
        lanes: edge.lanes.clone(),
    }
}

fn picture_user(id: String, name: String, node: &UserNode) -> PictureUser {
    PictureUser {
        id,
        name,
        lane: node.lane,
        groups: node.groups.iter().map(|edge| (edge.node, edge.lanes.clone())).collect(),
        elsewhere: node.elsewhere,
    }
}
