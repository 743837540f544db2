//! Changes as JavaScript tells them, and what they would do.

use membership::change;
use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::json::Json;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::ModuleError;
use crate::record;

#[wasm_bindgen]
extern "C" {
    /// `Change` of the declarations, which the face has checked; `group` and `user` stand for a parent and a child too.
    pub type Change;

    #[wasm_bindgen(method, getter, structural)]
    fn op(this: &Change) -> String;
    #[wasm_bindgen(method, getter, structural)]
    fn group(this: &Change) -> String;
    #[wasm_bindgen(method, getter, structural)]
    fn member(this: &Change) -> String;
    #[wasm_bindgen(method, getter, structural, js_name = "isAdmin")]
    fn is_admin(this: &Change) -> bool;
}

/// A change with the texts that the core's borrows.
struct Told {
    op: String,
    group: String,
    /// A user, or a child group.
    member: String,
    is_admin: bool,
}

impl Told {
    fn change(&self) -> Result<change::Change<'_>, ModuleError> {
        let (group, member, is_admin) = (&*self.group, &*self.member, self.is_admin);
        Ok(match &*self.op {
            "addMember" => change::Change::AddMember {
                group,
                user: member,
                is_admin,
            },
            "removeMember" => change::Change::RemoveMember { group, user: member },
            "setManager" => change::Change::SetManager {
                group,
                user: member,
                is_admin,
            },
            "nest" => change::Change::Nest {
                parent: group,
                child: member,
            },
            "unnest" => change::Change::Unnest {
                parent: group,
                child: member,
            },
            other => return Err(ModuleError::parameter("op", "a kind of change", other)),
        })
    }
}

/// What changes would do, together. Cost: as [`Directory::impact`].
///
/// # Errors
///
/// The first change that cannot be.
pub fn impact(directory: &Directory, changes: &[Change]) -> Result<String, ModuleError> {
    let told = told(changes);
    let changes = told.iter().map(Told::change).collect::<Result<Vec<_>, _>>()?;
    let impact = directory.impact(&changes)?;
    let mut json = Json::default();
    json.object();
    rows(json.key("gained"), directory, &impact.gained);
    rows(json.key("lost"), directory, &impact.lost);
    rows(json.key("managersGained"), directory, &impact.managers_gained);
    rows(json.key("managersLost"), directory, &impact.managers_lost);
    record::paths(json.key("cyclesMade"), directory, &impact.cycles_made);
    record::paths(json.key("cyclesBroken"), directory, &impact.cycles_broken);
    json.end();
    Ok(json.finish())
}

/// Makes changes, all or none. Cost: as [`Directory::apply`].
///
/// # Errors
///
/// The first change that cannot be.
pub fn apply(directory: &mut Directory, changes: &[Change]) -> Result<(), ModuleError> {
    let told = told(changes);
    let changes = told.iter().map(Told::change).collect::<Result<Vec<_>, _>>()?;
    Ok(directory.apply(&changes)?)
}

fn told(changes: &[Change]) -> Vec<Told> {
    let tell = |change: &Change| Told {
        op: change.op(),
        group: change.group(),
        member: change.member(),
        is_admin: change.is_admin(),
    };
    changes.iter().map(tell).collect()
}

fn rows(json: &mut Json, directory: &Directory, pairs: &[(UserIndex, GroupIndex)]) {
    json.list();
    for (user, group) in pairs {
        json.object().key("user").text(directory.user_id(*user));
        json.key("group").text(directory.group_id(*group)).end();
    }
    json.end_list();
}
