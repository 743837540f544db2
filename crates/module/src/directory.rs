//! A directory, for JavaScript.

use std::cell::{Cell, RefCell};

use js_sys::Uint8Array;
use membership::directory;
use membership::entity::{Entity, GroupIndex, UserIndex};
use membership::json::Json;
use membership::sample;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::change::{self, Change};
use crate::chosen::Chosen;
use crate::error::ModuleError;
use crate::query::{Query, find_group, find_user};
use crate::{answer, explanation, finding, page};

/// A directory, with what was worked out for the question before.
#[wasm_bindgen]
pub struct Directory {
    core: directory::Directory,
    chosen: RefCell<Chosen>,
    finding_count: Cell<Option<u32>>,
    /// Kept for its memory.
    answer: RefCell<Vec<GroupIndex>>,
}

impl Directory {
    /// The directory for JavaScript.
    pub fn new(core: directory::Directory) -> Self {
        Self {
            core,
            chosen: RefCell::default(),
            finding_count: Cell::default(),
            answer: RefCell::default(),
        }
    }

    fn user_of(&self, handle: u32) -> Result<UserIndex, ModuleError> {
        let count = self.core.user_count();
        let user = (handle < count).then(|| UserIndex::new(handle));
        user.ok_or_else(|| ModuleError::handle(Entity::User, handle, count))
    }

    fn group_of(&self, handle: u32) -> Result<GroupIndex, ModuleError> {
        let count = self.core.group_count();
        let group = (handle < count).then(|| GroupIndex::new(handle));
        group.ok_or_else(|| ModuleError::handle(Entity::Group, handle, count))
    }
}

#[wasm_bindgen]
impl Directory {
    /// The believable sample.
    pub fn sample(users: u32, seed: u64) -> Result<Self, ModuleError> {
        let sample = sample::directory(users, seed);
        Ok(Self::new(sample.map_err(|error| {
            ModuleError::parameter("users", "a number of users that fits into memory", &error.to_string())
        })?))
    }

    /// What [`Self::to_snapshot`] wrote.
    ///
    /// # Errors
    ///
    /// If the bytes are anything else.
    #[wasm_bindgen(js_name = "fromSnapshot")]
    pub fn from_snapshot(bytes: &Uint8Array) -> Result<Self, ModuleError> {
        let mut at = 0;
        // A piece at a time: WebAssembly's memory never shrinks, so that all bytes would stay.
        let mut source = |piece: &mut [u8]| {
            let end = at + piece.len() as u32;
            bytes.subarray(at, end).copy_to(piece);
            at = end;
        };
        let core = directory::Directory::read_snapshot(bytes.length().into(), &mut source)?;
        Ok(Self::new(core))
    }

    /// The binary form.
    #[wasm_bindgen(js_name = "toSnapshot")]
    pub fn to_snapshot(&self) -> Vec<u8> {
        self.core.to_snapshot()
    }

    /// The directory file.
    #[wasm_bindgen(js_name = "toJson")]
    pub fn to_json(&self) -> String {
        self.core.to_json()
    }

    /// What there is of everything. Cost: that of every kind of finding, once.
    pub fn stats(&self) -> String {
        let core = &self.core;
        let findings = self.finding_count.get().unwrap_or_else(|| {
            let counts = core.finding_counts();
            counts.iter().map(|(_, count)| count).sum()
        });
        self.finding_count.set(Some(findings));
        let mut json = Json::default();
        json.object().key("users").number(core.user_count().into());
        json.key("groups").number(core.group_count().into());
        json.key("memberships").number(core.membership_count());
        json.key("nestings").number(core.nesting_count());
        json.key("findings").number(findings.into()).end();
        json.finish()
    }

    /// The answer of the vendors' documented endpoints; see [`answer::answer`].
    ///
    /// # Errors
    ///
    /// If `caller` names nobody, or `now` is no time.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what may be missing crosses the boundary by value alone"
    )]
    pub fn request(
        &self,
        method: &str,
        url: &str,
        caller: Option<String>,
        now: &str,
    ) -> Result<Vec<String>, ModuleError> {
        answer::answer(&self.core, method, url, caller.as_deref(), now)
    }

    /// Whether a user is in any of the groups; unknown groups match nothing.
    ///
    /// # Errors
    ///
    /// If there is no such user.
    #[wasm_bindgen(js_name = "isMember")]
    #[expect(clippy::needless_pass_by_value, reason = "lists cross the boundary by value alone")]
    pub fn is_member(&self, user: &str, groups: Vec<String>) -> Result<bool, ModuleError> {
        let user = find_user(&self.core, user)?;
        let mut groups = groups.iter().filter_map(|group| self.core.find_group(group));
        Ok(groups.any(|group| self.core.is_member(user, group)))
    }

    /// A page of users.
    ///
    /// # Errors
    ///
    /// As [`page::users`].
    pub fn users(&self, query: &Query) -> Result<String, ModuleError> {
        page::users(&self.core, &mut self.chosen.borrow_mut(), query)
    }

    /// A page of groups.
    ///
    /// # Errors
    ///
    /// As [`page::groups`].
    pub fn groups(&self, query: &Query) -> Result<String, ModuleError> {
        page::groups(&self.core, query)
    }

    /// Why a user is in a group, or what would make it so.
    ///
    /// # Errors
    ///
    /// If there is no such user or group.
    pub fn explain(&self, user: &str, group: &str, limit: u32) -> Result<String, ModuleError> {
        let (user, group) = (find_user(&self.core, user)?, find_group(&self.core, group)?);
        Ok(explanation::explanation(&self.core, user, group, limit as usize))
    }

    /// Every finding.
    pub fn findings(&self) -> String {
        finding::findings(&self.core)
    }

    /// What changes would do.
    ///
    /// # Errors
    ///
    /// The first change that cannot be.
    #[wasm_bindgen(js_name = "whatIf")]
    #[expect(clippy::needless_pass_by_value, reason = "lists cross the boundary by value alone")]
    pub fn what_if(&self, changes: Vec<Change>) -> Result<String, ModuleError> {
        change::impact(&self.core, &changes)
    }

    /// Makes changes, all or none.
    ///
    /// # Errors
    ///
    /// The first change that cannot be.
    #[expect(clippy::needless_pass_by_value, reason = "lists cross the boundary by value alone")]
    pub fn apply(&mut self, changes: Vec<Change>) -> Result<(), ModuleError> {
        change::apply(&mut self.core, &changes)?;
        self.chosen = RefCell::default();
        self.finding_count.set(None);
        Ok(())
    }

    /// The handle of a user.
    #[wasm_bindgen(js_name = "userHandle")]
    pub fn user_handle(&self, user: &str) -> Option<u32> {
        self.core.find_user(user).map(UserIndex::row)
    }

    /// The handle of a group.
    #[wasm_bindgen(js_name = "groupHandle")]
    pub fn group_handle(&self, group: &str) -> Option<u32> {
        self.core.find_group(group).map(GroupIndex::row)
    }

    /// The id of a user.
    ///
    /// # Errors
    ///
    /// If the handle is none.
    #[wasm_bindgen(js_name = "userId")]
    pub fn user_id(&self, handle: u32) -> Result<String, ModuleError> {
        Ok(self.core.user_id(self.user_of(handle)?).to_owned())
    }

    /// The id of a group.
    ///
    /// # Errors
    ///
    /// If the handle is none.
    #[wasm_bindgen(js_name = "groupId")]
    pub fn group_id(&self, handle: u32) -> Result<String, ModuleError> {
        Ok(self.core.group_id(self.group_of(handle)?).to_owned())
    }

    /// For each pair of handles, user and group, whether membership holds: 1 or 0.
    ///
    /// # Errors
    ///
    /// If a handle is none; a last one without its partner is ignored.
    #[wasm_bindgen(js_name = "checkPairs")]
    pub fn check_pairs(&self, pairs: &[u32]) -> Result<Vec<u8>, ModuleError> {
        let read = |pair: &[u32]| match pair {
            [user, group] => Ok((self.user_of(*user)?, self.group_of(*group)?)),
            _ => Err(ModuleError::parameter(
                "pairs",
                "an even number of handles",
                "an odd one",
            )),
        };
        let pairs = pairs.chunks(2).map(read).collect::<Result<Vec<_>, _>>()?;
        Ok(self.core.check_pairs(&pairs).into_iter().map(u8::from).collect())
    }

    /// The members of a group, without those of the excluded groups, ascending.
    ///
    /// # Errors
    ///
    /// If a handle is none.
    #[wasm_bindgen(js_name = "memberHandles")]
    pub fn member_handles(&self, group: u32, inherited: bool, excluded: &[u32]) -> Result<Vec<u32>, ModuleError> {
        let group = self.group_of(group)?;
        let excluded = excluded.iter().map(|group| self.group_of(*group));
        let excluded = excluded.collect::<Result<Vec<_>, _>>()?;
        Ok(self.core.members(Some(group), inherited, &excluded).to_vec())
    }

    /// Where it lies how many groups a user is in, and then which, the nearest first; 0 if the handle is none.
    // A list would be made, passed and freed for each user, which takes longer than finding the groups.
    #[wasm_bindgen(js_name = "groupHandles")]
    pub fn group_handles(&self, user: u32, inherited: bool) -> u32 {
        let Ok(user) = self.user_of(user) else { return 0 };
        let answer = &mut *self.answer.borrow_mut();
        answer.clear();
        answer.push(GroupIndex::new(0));
        self.core.add_groups_of(user, inherited, answer);
        let count = answer.len() as u32 - 1;
        if let Some(first) = answer.first_mut() {
            *first = GroupIndex::new(count);
        }
        answer.as_ptr().addr() as u32
    }
}

/// The memory.
#[wasm_bindgen]
pub fn heap() -> JsValue {
    wasm_bindgen::memory()
}
