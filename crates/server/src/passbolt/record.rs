//! Groups, users and roles as the vendor shows them.

use std::collections::{BTreeSet, HashMap, HashSet};

use membership::entity::Entity;
use membership::instant;
use serde::Serialize;

use super::envelope::Refusal;
use super::parameters::Parameters;
use crate::store::{Answer, Group, Membership, Store, User, stand_in};

/// What a group is to contain beside its own fields.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct GroupParts {
    modifier: bool,
    users: bool,
    memberships: bool,
    /// Of each membership its user, with these parts.
    user: Option<UserParts>,
    /// The caller's own membership.
    mine: bool,
}

impl GroupParts {
    /// The memberships, each with its user and their profile: what a change of a group is answered with.
    pub(super) const CHANGED: Self = Self {
        modifier: false,
        users: false,
        memberships: true,
        user: Some(UserParts {
            profile: true,
            avatar: false,
            role: false,
            gpgkey: false,
            memberships: false,
        }),
        mine: false,
    };

    /// Reads what is asked for, under its name or the older one. What is deeper implies what it is in.
    ///
    /// # Errors
    /// If a flag is none.
    pub(super) fn read(parameters: &Parameters<'_>) -> Result<Self, Refusal> {
        let asks = |names: &[&str]| parameters.contain(names).map(|asked| asked == Some(true));
        let profile = asks(&["groups_users.user.profile", "group_user.user.profile"])?;
        let gpgkey = asks(&["groups_users.user.gpgkey", "group_user.user.gpgkey"])?;
        let user = asks(&["groups_users.user", "group_user.user"])? || profile || gpgkey;
        Ok(Self {
            modifier: asks(&["modifier", "modifier.profile"])?,
            users: asks(&["users", "user"])?,
            memberships: asks(&["groups_users", "group_user"])? || user,
            user: user.then_some(UserParts {
                profile,
                gpgkey,
                ..UserParts::default()
            }),
            mine: asks(&["my_group_user"])?,
        })
    }
}

/// What a user is to contain beside their own fields.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct UserParts {
    profile: bool,
    /// Whether the profile has a place for an avatar.
    avatar: bool,
    role: bool,
    gpgkey: bool,
    memberships: bool,
}

impl UserParts {
    /// Reads what is asked for; what is not mentioned is contained.
    ///
    /// # Errors
    /// If a flag is none.
    pub(super) fn read(parameters: &Parameters<'_>) -> Result<Self, Refusal> {
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

#[derive(Serialize)]
pub(super) struct GroupRecord<'a> {
    id: &'a str,
    name: Option<&'a str>,
    deleted: bool,
    created: Option<String>,
    modified: Option<String>,
    created_by: (),
    modified_by: (),
    #[serde(skip_serializing_if = "Option::is_none")]
    modifier: Option<()>,
    #[serde(skip_serializing_if = "Option::is_none")]
    users: Option<Vec<UserRecord<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    groups_users: Option<Vec<MembershipRecord<'a>>>,
    /// Asked for, and there.
    #[serde(skip_serializing_if = "Option::is_none")]
    my_group_user: Option<Option<MembershipRecord<'a>>>,
}

#[derive(Serialize)]
pub(super) struct UserRecord<'a> {
    id: &'a str,
    role_id: &'a str,
    username: Option<&'a str>,
    active: bool,
    deleted: bool,
    disabled: (),
    created: Option<String>,
    modified: Option<String>,
    last_logged_in: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    groups_users: Option<Vec<MembershipRecord<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<ProfileRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gpgkey: Option<()>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<RoleRecord>,
    #[serde(rename = "_joinData", skip_serializing_if = "Option::is_none")]
    join: Option<Box<MembershipRecord<'a>>>,
}

#[derive(Serialize)]
struct MembershipRecord<'a> {
    id: String,
    group_id: &'a str,
    user_id: &'a str,
    is_admin: bool,
    created: (),
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<UserRecord<'a>>,
}

#[derive(Serialize)]
struct ProfileRecord<'a> {
    id: String,
    user_id: &'a str,
    first_name: Option<&'a str>,
    last_name: Option<&'a str>,
    created: (),
    modified: (),
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar: Option<()>,
}

#[derive(Serialize)]
pub(super) struct RoleRecord {
    id: String,
    name: &'static str,
    description: (),
    created: (),
    modified: (),
    #[serde(skip_serializing_if = "Option::is_none")]
    user_count: Option<i64>,
}

/// All that the records of one answer are made of, read beforehand.
pub(super) struct Records {
    /// The memberships of each group or of each user that is asked for, by place.
    memberships: HashMap<i64, Vec<Membership>>,
    /// The caller's own memberships, by group.
    mine: HashMap<i64, Membership>,
    /// The members of the groups.
    users: HashMap<i64, User>,
    administrators: HashSet<i64>,
    administrator_role: String,
    user_role: String,
}

impl Records {
    /// What groups, by place, are shown with. Cost: O(what is shown), five statements at the most for some thousand
    /// groups.
    pub(super) async fn of_groups(
        store: &Store,
        groups: &[i64],
        parts: GroupParts,
        caller: Option<i64>,
    ) -> Answer<Self> {
        let mut records = Self::new();
        if let Some(caller) = caller.filter(|_| parts.mine) {
            let mine = store.memberships(Entity::User, &[caller]).await?;
            records.mine = mine.into_iter().map(|it| (it.group, it)).collect();
        }
        if !parts.users && !parts.memberships {
            return Ok(records);
        }
        let memberships = store.memberships(Entity::Group, groups).await?;
        if parts.users || parts.user.is_some() {
            let users: BTreeSet<i64> = memberships.iter().map(|it| it.user).collect();
            records.users = store.users_at(&users.into_iter().collect::<Vec<_>>()).await?;
            records.administrators = store.administrator_places().await?;
        }
        for membership in memberships {
            records
                .memberships
                .entry(membership.group)
                .or_default()
                .push(membership);
        }
        Ok(records)
    }

    /// What users, by place, are shown with. Cost: O(what is shown), three statements at the most for some thousand users.
    pub(super) async fn of_users(store: &Store, users: &[i64], parts: UserParts) -> Answer<Self> {
        let mut records = Self::new();
        records.administrators = store.administrator_places().await?;
        if parts.memberships {
            for membership in store.memberships(Entity::User, users).await? {
                records.memberships.entry(membership.user).or_default().push(membership);
            }
        }
        Ok(records)
    }

    fn new() -> Self {
        Self {
            memberships: HashMap::new(),
            mine: HashMap::new(),
            users: HashMap::new(),
            administrators: HashSet::new(),
            administrator_role: role_id("admin"),
            user_role: role_id("user"),
        }
    }

    /// A group.
    pub(super) fn group<'a>(&'a self, group: &'a Group, parts: GroupParts) -> GroupRecord<'a> {
        let members = || self.memberships.get(&group.place).into_iter().flatten();
        let with_join = |membership: &'a Membership| {
            let user = self.users.get(&membership.user)?;
            let join = Some(Box::new(self.membership(membership, None)));
            Some(UserRecord {
                join,
                ..self.user(user, UserParts::default())
            })
        };
        GroupRecord {
            id: &group.uuid,
            name: group.name.as_deref(),
            deleted: false,
            created: group.created.map(date),
            modified: group.modified.map(date),
            created_by: (),
            modified_by: (),
            modifier: parts.modifier.then_some(()),
            users: parts.users.then(|| members().filter_map(with_join).collect()),
            groups_users: parts
                .memberships
                .then(|| members().map(|it| self.membership(it, parts.user)).collect()),
            my_group_user: parts
                .mine
                .then(|| self.mine.get(&group.place).map(|it| self.membership(it, None))),
        }
    }

    /// A user.
    pub(super) fn user<'a>(&'a self, user: &'a User, parts: UserParts) -> UserRecord<'a> {
        let is_administrator = self.administrators.contains(&user.place);
        let memberships = || self.memberships.get(&user.place).into_iter().flatten();
        UserRecord {
            id: &user.uuid,
            role_id: if is_administrator {
                &self.administrator_role
            } else {
                &self.user_role
            },
            username: user.username.as_deref(),
            active: user.status.suspended != Some(true),
            deleted: false,
            disabled: (),
            created: user.created.map(date),
            modified: user.modified.map(date),
            last_logged_in: user.last_login.map(date),
            groups_users: parts
                .memberships
                .then(|| memberships().map(|it| self.membership(it, None)).collect()),
            profile: parts.profile.then(|| ProfileRecord {
                id: stand_in::named(&format!("profile.id.{}", user.uuid)),
                user_id: &user.uuid,
                first_name: user.first_name.as_deref(),
                last_name: user.last_name.as_deref(),
                created: (),
                modified: (),
                avatar: parts.avatar.then_some(()),
            }),
            gpgkey: parts.gpgkey.then_some(()),
            role: parts
                .role
                .then(|| role(if is_administrator { "admin" } else { "user" }, None)),
            join: None,
        }
    }

    fn membership<'a>(&'a self, membership: &'a Membership, user: Option<UserParts>) -> MembershipRecord<'a> {
        let of_user = |parts| Some(self.user(self.users.get(&membership.user)?, parts));
        MembershipRecord {
            id: stand_in::of_membership(&membership.group_uuid, &membership.user_uuid),
            group_id: &membership.group_uuid,
            user_id: &membership.user_uuid,
            is_admin: membership.is_manager,
            created: (),
            user: user.and_then(of_user),
        }
    }
}

/// A role that every instance has, and how many users have it if that is asked for.
pub(super) fn role(name: &'static str, user_count: Option<i64>) -> RoleRecord {
    RoleRecord {
        id: role_id(name),
        name,
        description: (),
        created: (),
        modified: (),
        user_count,
    }
}

fn role_id(name: &str) -> String {
    stand_in::named(&format!("role.id.{name}"))
}

/// An instant, to the second, in the vendor's notation of UTC.
fn date(at: i64) -> String {
    const SECONDS: usize = "2024-07-08T10:13:20".len();
    let mut text = instant::format(at);
    text.truncate(SECONDS);
    text + "+00:00"
}
