//! Ids as Passbolt has them, UUIDs: an id of the directory that is one stays, for any other a UUIDv5 stands in.

use membership::entity::is_uuid;
use uuid::Uuid;

/// The namespace of the vendor's own UUIDv5s: those of its actions, and of the roles in its tests.
const NAMESPACE: Uuid = Uuid::from_u128(0xd544_7ca1_950f_459d_8b20_86dd_fdd0_f922);

/// The UUIDv5 of what a name identifies, in lower case. Cost: O(length).
#[must_use]
pub fn named(name: &str) -> String {
    Uuid::new_v5(&NAMESPACE, name.as_bytes()).to_string()
}

/// A user's.
#[must_use]
pub fn of_user(id: &str) -> String {
    told(id).unwrap_or_else(|| named(&format!("user.id.{id}")))
}

/// A group's.
#[must_use]
pub fn of_group(id: &str) -> String {
    told(id).unwrap_or_else(|| named(&format!("group.id.{id}")))
}

/// A membership's, of the ids of both.
#[must_use]
pub fn of_membership(group: &str, user: &str) -> String {
    named(&format!("group_user.id.{group}.{user}"))
}

/// An id that is a UUID, in lower case.
#[must_use]
pub fn told(id: &str) -> Option<String> {
    is_uuid(id).then(|| id.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_and_roles_have_the_vendors_own_ids() {
        assert_eq!(named("GroupsIndex.index"), "3cffe6ef-ea4c-5bc3-869b-945f26e2601a");
        assert_eq!(named("role.id.admin"), "0d51c3a8-5e67-5e3d-882f-e1868966d817");
    }

    #[test]
    fn an_id_that_is_a_uuid_stays() {
        let id = "0A1B2C3D-0000-4000-8000-00000000000A";
        assert_eq!(of_user(id), id.to_lowercase());
        assert_eq!(of_group(id), id.to_lowercase());
        assert_ne!(of_user("1"), of_group("1"));
    }
}
