//! Groups, users and roles as the vendor shows them.

use membership::directory::{Directory, InstantColumn};
use membership::entity::{GroupIndex, UserIndex};
use membership::instant;
use membership::json::Json;
use uuid::Uuid;

use super::envelope::Refusal;
use super::id;
use super::parameters::Parameters;

/// What a group is to contain beside its own fields.
#[derive(Clone, Copy)]
pub(super) struct GroupParts {
    modifier: bool,
    users: bool,
    memberships: bool,
    /// Of each membership its user, with these parts; without an avatar.
    user: Option<UserParts>,
    /// The caller's own membership.
    mine: bool,
}

impl GroupParts {
    /// Reads what is asked for, under its name or the older one. What is deeper implies what it is in.
    ///
    /// # Errors
    /// If a flag is none.
    pub fn read(parameters: &Parameters<'_>) -> Result<Self, Refusal> {
        let asks = |names: &[&str]| parameters.contain(names).map(|asked| asked == Some(true));
        let profile = asks(&["groups_users.user.profile", "group_user.user.profile"])?;
        let gpgkey = asks(&["groups_users.user.gpgkey", "group_user.user.gpgkey"])?;
        let user = asks(&["groups_users.user", "group_user.user"])? || profile || gpgkey;
        let parts = UserParts {
            profile,
            gpgkey,
            ..UserParts::NONE
        };
        Ok(Self {
            modifier: asks(&["modifier", "modifier.profile"])?,
            users: asks(&["users", "user"])?,
            memberships: asks(&["groups_users", "group_user"])? || user,
            user: user.then_some(parts),
            mine: asks(&["my_group_user"])?,
        })
    }
}

/// What a user is to contain beside their own fields.
#[derive(Clone, Copy)]
pub(super) struct UserParts {
    profile: bool,
    /// Whether the profile has a place for an avatar.
    avatar: bool,
    role: bool,
    gpgkey: bool,
    memberships: bool,
}

impl UserParts {
    const NONE: Self = Self {
        profile: false,
        avatar: false,
        role: false,
        gpgkey: false,
        memberships: false,
    };

    /// Reads what is asked for; what is not mentioned is contained.
    ///
    /// # Errors
    /// If a flag is none.
    pub fn read(parameters: &Parameters<'_>) -> Result<Self, Refusal> {
        let keeps = |name: &str| parameters.contain(&[name]).map(|asked| asked != Some(false));
        // It is a field of every user now, whatever is said about it.
        parameters.contain(&["last_logged_in", "LastLoggedIn"])?;
        Ok(Self {
            profile: keeps("profile")?,
            avatar: true,
            role: keeps("role")?,
            gpgkey: keeps("gpgkey")?,
            memberships: keeps("groups_users")?,
        })
    }
}

/// Writes records into an answer.
pub(super) struct Records<'a> {
    directory: &'a Directory,
    /// The answer, up to where the next record goes.
    pub json: Json,
    administrator: Uuid,
    user: Uuid,
}

impl<'a> Records<'a> {
    pub fn new(directory: &'a Directory, json: Json) -> Self {
        Self {
            directory,
            json,
            administrator: of_role("admin"),
            user: of_role("user"),
        }
    }

    /// Closes the answer.
    pub fn finish(mut self) -> String {
        self.json.end();
        self.json.finish()
    }

    /// Writes a group. Cost: O(1), and O(direct members) if they are asked for.
    pub fn group(&mut self, group: GroupIndex, parts: GroupParts, caller: Option<UserIndex>) {
        let (directory, groups) = (self.directory, self.directory.groups());
        let id = id::of_group(directory, group);
        self.json.object();
        self.id("id", id);
        self.text("name", groups.name.get(group.row()));
        self.json.key("deleted").boolean(false);
        self.instant("created", &groups.created, group.row());
        self.instant("modified", &groups.modified, group.row());
        self.null("created_by").null("modified_by");
        if parts.modifier {
            self.null("modifier");
        }
        if parts.users {
            self.users_of(group, id);
        }
        if parts.memberships {
            self.memberships_of(group, id, parts.user);
        }
        if parts.mine {
            self.json.key("my_group_user");
            match caller.filter(|caller| directory.is_direct_member(*caller, group)) {
                Some(caller) => {
                    let is_manager = directory.is_manager(caller, group);
                    let caller = id::of_user(directory, caller);
                    self.open_membership(id, caller, is_manager).json.end()
                }
                None => self.json.literal("null"),
            };
        }
        self.json.end();
    }

    /// The users of a group, each with the membership.
    fn users_of(&mut self, group: GroupIndex, id: Uuid) {
        self.json.key("users").list();
        for (user, is_manager) in self.directory.direct_members(group) {
            let user = self.open_user(user);
            self.json.key("_joinData");
            self.open_membership(id, user, is_manager).json.end().end();
        }
        self.json.end_list();
    }

    /// The memberships of a group, each with its user if that is asked for.
    fn memberships_of(&mut self, group: GroupIndex, id: Uuid, parts: Option<UserParts>) {
        self.json.key("groups_users").list();
        for (user, is_manager) in self.directory.direct_members(group) {
            self.open_membership(id, id::of_user(self.directory, user), is_manager);
            if let Some(parts) = parts {
                self.json.key("user");
                self.user(user, parts);
            }
            self.json.end();
        }
        self.json.end_list();
    }

    /// Writes a user. Cost: O(1), and O(direct groups) if they are asked for.
    pub fn user(&mut self, user: UserIndex, parts: UserParts) {
        let id = self.open_user(user);
        if parts.memberships {
            self.json.key("groups_users").list();
            for (group, is_manager) in self.directory.direct_groups(user) {
                let group = id::of_group(self.directory, group);
                self.open_membership(group, id, is_manager).json.end();
            }
            self.json.end_list();
        }
        if parts.profile {
            let users = self.directory.users();
            self.json.key("profile").object();
            self.id("id", id::of_profile(id)).id("user_id", id);
            self.text("first_name", users.first_name.get(user.row()).as_deref());
            self.text("last_name", users.last_name.get(user.row()).as_deref());
            self.null("created").null("modified");
            if parts.avatar {
                self.null("avatar");
            }
            self.json.end();
        }
        if parts.gpgkey {
            self.null("gpgkey");
        }
        if parts.role {
            self.json.key("role");
            self.open_role(if self.administers(user) { "admin" } else { "user" })
                .json
                .end();
        }
        self.json.end();
    }

    /// Writes the roles that every instance has, with how many users have each if that is asked for.
    pub fn roles(&mut self, counted: bool) {
        let administrators = u64::from(self.directory.administrators().count());
        let others = u64::from(self.directory.user_count()) - administrators;
        self.json.list();
        for (name, count) in [("admin", administrators), ("guest", 0), ("user", others)] {
            self.open_role(name);
            if counted {
                self.json.key("user_count").number(count);
            }
            self.json.end();
        }
        self.json.end_list();
    }

    /// Opens a user and writes their own fields; returns their id.
    fn open_user(&mut self, user: UserIndex) -> Uuid {
        let (users, row) = (self.directory.users(), user.row());
        let id = id::of_user(self.directory, user);
        let role = if self.administers(user) {
            self.administrator
        } else {
            self.user
        };
        let is_active = users.status.get(row).suspended != Some(true);
        self.json.object();
        self.id("id", id).id("role_id", role);
        self.text("username", users.username.get(row));
        self.json.key("active").boolean(is_active).key("deleted").boolean(false);
        self.null("disabled");
        self.instant("created", &users.created, row);
        self.instant("modified", &users.modified, row);
        self.instant("last_logged_in", &users.last_login, row);
        id
    }

    fn open_membership(&mut self, group: Uuid, user: Uuid, is_manager: bool) -> &mut Self {
        self.json.object();
        self.id("id", id::of_membership(group, user));
        self.id("group_id", group).id("user_id", user);
        self.json.key("is_admin").boolean(is_manager);
        self.null("created")
    }

    fn open_role(&mut self, name: &str) -> &mut Self {
        self.json.object();
        self.id("id", of_role(name)).text("name", Some(name));
        self.null("description").null("created").null("modified")
    }

    /// Whether a user's role is the administrators'.
    fn administers(&self, user: UserIndex) -> bool {
        self.directory.administrators().contains(user.row())
    }

    fn id(&mut self, key: &str, id: Uuid) -> &mut Self {
        self.json.key(key);
        self.json.text(id.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
        self
    }

    fn text(&mut self, key: &str, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.json.key(key).text(text),
            None => return self.null(key),
        };
        self
    }

    fn null(&mut self, key: &str) -> &mut Self {
        self.json.key(key).literal("null");
        self
    }

    /// An instant, to the second, in the vendor's notation of UTC.
    fn instant(&mut self, key: &str, column: &InstantColumn, row: u32) -> &mut Self {
        const SECONDS: usize = "2024-07-08T10:13:20".len();
        let text = column.get(row).map(|instant| {
            let mut text = instant::format(instant);
            text.truncate(SECONDS);
            text + "+00:00"
        });
        self.text(key, text.as_deref())
    }
}

fn of_role(name: &str) -> Uuid {
    id::named(&format!("role.id.{name}"))
}
