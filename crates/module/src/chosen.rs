//! The users that were asked for last: the next question is likely to be about them too, or about some of them.

use std::rc::Rc;

use membership::directory::Directory;
use membership::entity::GroupIndex;
use membership::set::Set;

use crate::error::ModuleError;
use crate::query::Asked;

/// The members of a group, and those of them that a search left.
#[derive(Default)]
pub struct Chosen {
    members: Option<(Choice, Rc<Set>)>,
    /// What was asked of these members last, if anything was.
    found: Option<(Asked, Rc<Set>)>,
}

/// Members of a group, or all users, without those of other groups.
#[derive(PartialEq, Eq)]
pub struct Choice {
    pub group: Option<GroupIndex>,
    pub inherited: bool,
    pub excluded: Vec<GroupIndex>,
}

impl Chosen {
    /// Those of the chosen users who are asked for.
    ///
    /// Cost: O(1) for the users if they were chosen just before, else as [`Directory::members`]; then that of the query, which
    /// looks at nobody but those whom the question before left, where it was about the same users and this one says more.
    ///
    /// # Errors
    ///
    /// As [`Asked::select`].
    pub fn find(&mut self, directory: &Directory, choice: Choice, asked: Asked) -> Result<Rc<Set>, ModuleError> {
        let members = self.members(directory, choice);
        if asked.is_about_all() {
            return Ok(members);
        }
        let within = match self.found.take() {
            Some((before, found)) if asked.narrows(&before) => found,
            _ => members,
        };
        let found = Rc::new(asked.select(directory, &within)?);
        self.found = Some((asked, Rc::clone(&found)));
        Ok(found)
    }

    fn members(&mut self, directory: &Directory, choice: Choice) -> Rc<Set> {
        if let Some((of, set)) = &self.members
            && *of == choice
        {
            return Rc::clone(set);
        }
        let set = Rc::new(directory.members(choice.group, choice.inherited, &choice.excluded));
        self.members = Some((choice, Rc::clone(&set)));
        self.found = None;
        set
    }
}
