//! A hierarchy as a picture: groups in layers, and what leads from one to another.

use serde::{Deserialize, Serialize};

use crate::{EntityName, GroupDetail, GroupName, TreePage, TreeQuestion};

/// The groups above and below one, as layers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureQuestion {
    /// A group identifier; the largest group at the top level without one.
    pub group: Option<String>,
    /// A user identifier, whose paths are lit.
    pub user: Option<String>,
    /// How many groups at the most.
    pub limit: u32,
    /// How many nestings above and below it, but for the user's paths; any number if 0.
    pub levels: u32,
}

/// The same as rows of a tree. The worker keeps what is open in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HierarchyListQuestion {
    /// A group identifier, with which the tree begins; with all at the top level without one.
    pub group: Option<String>,
    /// A user identifier, whose part in each group is told.
    pub user: Option<String>,
    /// How many levels are open before anything is opened or closed; all of them if 0.
    pub levels: u32,
    /// Which rows.
    pub tree: TreeQuestion,
}

/// Some rows of that tree.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HierarchyList {
    /// The rows.
    pub page: TreePage,
    /// What else there is to say of each.
    pub more: Vec<HierarchyRow>,
    /// How many groups are there only because something below them matches.
    pub kept: u32,
    /// How many groups the tree has.
    pub of: u32,
    /// How many levels it has.
    pub levels: u32,
    /// What the user is called where space is short; empty without one.
    pub user: String,
}

/// What a row says beside what every tree says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HierarchyRow {
    /// How the user is in the group.
    pub relation: PictureRelation,
    /// How many manage the group; none where the directory does not know managers.
    pub managers: Option<u32>,
    /// The name of the one who does, if it is one.
    pub manager: String,
}

/// What there is to say of a group beside a hierarchy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsideQuestion {
    /// A group identifier.
    pub group: String,
    /// The user identifier, if paths of one are lit.
    pub user: Option<String>,
}

/// A group, where it stands, and a user in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Aside {
    /// Its facts and its loop.
    pub group: GroupDetail,
    /// The names of those who manage it, the first few; all of them are counted in the facts.
    pub managers: Vec<EntityName>,
    /// The groups that it is nested right in, by name, each with the one that that stands under.
    pub parents: Vec<(GroupName, Option<GroupName>)>,
    /// The place among these of the one under which its row stands in the list, if it stands under one.
    pub row: Option<u32>,
    /// The user, if one was named.
    pub user: Option<EntityName>,
    /// How the user is in the group.
    pub relation: PictureRelation,
}

/// Groups in layers, each containing groups of later layers; a user behind them all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The groups.
    pub nodes: Vec<PictureNode>,
    /// The nestings between them.
    pub edges: Vec<PictureEdge>,
    /// The place in `nodes` of the group that the picture is of.
    pub focus: u32,
    /// How many layers of groups there are.
    pub layers: u32,
    /// How many groups above or below that one are not shown.
    pub rest: u32,
    /// The user whose paths are lit.
    pub user: Option<PictureUser>,
}

/// A group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureNode {
    /// The id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Direct members.
    pub direct: u32,
    /// All members.
    pub total: u32,
    /// Whether somebody manages it.
    pub has_manager: bool,
    /// Whether it is in a cycle, or in itself.
    pub in_cycle: bool,
    /// How the user is in it.
    pub relation: PictureRelation,
    /// Its layer, from 0.
    pub layer: u32,
    /// Its place in the layer, from 0; points of edges that pass have places, too.
    pub lane: u32,
    /// Groups that it is nested right in and that are not shown.
    pub more_parents: u32,
    /// Groups that are nested right in it and not shown.
    pub more_children: u32,
}

/// How the user is in a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PictureRelation {
    /// Not at all, or there is no user.
    #[default]
    None,
    /// The group names the user.
    Direct,
    /// Through nesting.
    Inherited,
}

/// A nesting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureEdge {
    /// The place in `nodes` of the group that contains.
    pub parent: u32,
    /// The place in `nodes` of the group that is contained.
    pub child: u32,
    /// Whether both contain each other.
    pub in_cycle: bool,
    /// Whether it leads back to an earlier layer.
    pub closes_cycle: bool,
    /// Whether it is on a path of the user.
    pub is_lit: bool,
    /// Its places in the layers strictly between its ends, from the earlier one on.
    pub lanes: Vec<u32>,
}

/// The user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureUser {
    /// The id.
    pub id: String,
    /// What the user is called where space is short.
    pub name: String,
    /// The place in the layer behind all groups.
    pub lane: u32,
    /// The groups shown that name the user: places in `nodes`, each with the places in the layers between.
    pub groups: Vec<(u32, Vec<u32>)>,
    /// How many other groups name the user.
    pub elsewhere: u32,
}
