//! A hierarchy as a picture: groups in layers, and what leads from one to another.

use serde::{Deserialize, Serialize};

/// The groups above and below one, as layers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureQuestion {
    /// A group identifier; the largest group at the top level without one.
    pub group: Option<String>,
    /// A user identifier, whose paths are lit.
    pub user: Option<String>,
    /// How many groups at the most.
    pub limit: u32,
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
