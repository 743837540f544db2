//! Whom a few letters mean, as the vendor's own search finds them.

use protocol::{Entity, EntityName, FindQuestion, Found, FoundGroup, FoundUser, Problem, SuggestionQuestion};
use provider::inquiry::{Group, User};

use super::lists::name_of;
use super::users::user_row;
use super::{Live, PAGE};

impl Live {
    pub(super) async fn suggest(&self, asked: &SuggestionQuestion) -> Result<Vec<EntityName>, Problem> {
        let limit = asked.limit.min(PAGE);
        match asked.among {
            Entity::Group => {
                let found = self.search_groups(&asked.text, 0, limit).await?;
                Ok(found.rows.iter().map(group).collect())
            }
            Entity::User => {
                let found = self.search_users(&asked.text, limit).await?;
                Ok(found.rows.iter().map(user).collect())
            }
        }
    }

    pub(super) async fn find(&self, asked: &FindQuestion) -> Result<Found, Problem> {
        let limit = asked.limit.min(PAGE);
        let groups = self.search_groups(&asked.text, 0, limit).await?;
        let users = self.search_users(&asked.text, limit).await?;
        let found_group = |group: &Group| FoundGroup {
            id: group.id.clone(),
            name: name_of(group).to_owned(),
            ..FoundGroup::default()
        };
        let found_user = |found: &User| {
            let EntityName { id, name, detail } = user(found);
            FoundUser {
                id,
                name,
                detail,
                status: user_row(found).status,
                groups: None,
            }
        };
        Ok(Found {
            groups: groups.rows.iter().map(found_group).collect(),
            groups_total: groups.total,
            users: users.rows.iter().map(found_user).collect(),
            users_total: (!users.goes_on).then_some(users.total),
            among: None,
        })
    }
}

fn group(group: &Group) -> EntityName {
    EntityName {
        id: group.id.clone(),
        name: name_of(group).to_owned(),
        detail: String::new(),
    }
}

fn user(user: &User) -> EntityName {
    let row = user_row(user);
    EntityName {
        id: row.id,
        name: row.name,
        detail: if row.username.is_empty() {
            row.email
        } else {
            row.username
        },
    }
}
