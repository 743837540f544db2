//! The facts that can be used, and every question about members answered by walking the graph anew.

use super::model::{Facts, Group, User};

/// Users and groups by their place in the directory's order, and facts between those places.
#[derive(Clone, Debug, Default)]
pub struct World {
    pub users: Vec<User>,
    pub groups: Vec<Group>,
    /// Group, user, and whether the user manages the group.
    memberships: Vec<(usize, usize, bool)>,
    /// Parent and child.
    nestings: Vec<(usize, usize)>,
}

impl World {
    /// What the facts come to: the first record of an id stays, and what names nothing, or a group in itself, is left out.
    pub fn new(facts: &Facts) -> Self {
        let mut world = Self::default();
        for user in &facts.users {
            if world.user(&user.id).is_none() {
                world.users.push(user.clone());
            }
        }
        for group in &facts.groups {
            if world.group(&group.id).is_none() {
                world.groups.push(group.clone());
            }
        }
        for fact in &facts.memberships {
            if let (Some(group), Some(user)) = (world.group(&fact.group), world.user(&fact.user)) {
                world.memberships.push((group, user, fact.is_admin));
            }
        }
        for fact in &facts.nestings {
            match (world.group(&fact.parent), world.group(&fact.child)) {
                (Some(parent), Some(child)) if parent != child => world.nestings.push((parent, child)),
                _ => {}
            }
        }
        world
    }

    /// The user of an id.
    pub fn user(&self, id: &str) -> Option<usize> {
        self.users.iter().position(|user| is_same_id(&user.id, id))
    }

    /// The group of an id.
    pub fn group(&self, id: &str) -> Option<usize> {
        self.groups.iter().position(|group| is_same_id(&group.id, id))
    }

    /// The user of an id, else of a username, else of an email.
    pub fn user_called(&self, text: &str) -> Option<usize> {
        let called = |name: &Option<String>| name.as_ref().is_some_and(|name| fold(name) == fold(text));
        let by_username = || self.users.iter().position(|user| called(&user.username));
        let by_email = || self.users.iter().position(|user| called(&user.email));
        self.user(text).or_else(by_username).or_else(by_email)
    }

    /// The group of an id, else of a name.
    pub fn group_called(&self, text: &str) -> Option<usize> {
        let called = |group: &Group| group.name.as_ref().is_some_and(|name| fold(name) == fold(text));
        self.group(text).or_else(|| self.groups.iter().position(called))
    }

    pub fn is_direct(&self, user: usize, group: usize) -> bool {
        self.memberships.iter().any(|it| (it.0, it.1) == (group, user))
    }

    pub fn is_manager(&self, user: usize, group: usize) -> bool {
        self.memberships.contains(&(group, user, true))
    }

    /// Direct or inherited.
    pub fn is_member(&self, user: usize, group: usize) -> bool {
        self.is_direct(user, group)
            || self
                .descendants(group)
                .into_iter()
                .any(|below| self.is_direct(user, below))
    }

    pub fn is_inherited(&self, user: usize, group: usize) -> bool {
        self.is_member(user, group) && !self.is_direct(user, group)
    }

    pub fn is_child(&self, child: usize, parent: usize) -> bool {
        self.nestings.contains(&(parent, child))
    }

    /// Every group below, without the group itself.
    pub fn descendants(&self, group: usize) -> Vec<usize> {
        let mut visited = vec![group];
        self.visit(group, &mut visited);
        visited.retain(|it| *it != group);
        visited
    }

    fn visit(&self, group: usize, visited: &mut Vec<usize>) {
        for (parent, child) in &self.nestings {
            if *parent == group && !visited.contains(child) {
                visited.push(*child);
                self.visit(*child, visited);
            }
        }
    }

    pub fn is_descendant(&self, below: usize, above: usize) -> bool {
        self.descendants(above).contains(&below)
    }

    /// Whether a group is below itself by way of others.
    pub fn is_in_cycle(&self, group: usize) -> bool {
        self.descendants(group)
            .into_iter()
            .any(|below| self.is_descendant(group, below))
    }

    /// The longest way up to a root, where all groups of a cycle count as one.
    pub fn depth(&self, group: usize) -> usize {
        let is_one =
            |other: usize| other == group || (self.is_descendant(other, group) && self.is_descendant(group, other));
        let above = self
            .nestings
            .iter()
            .filter(|(parent, child)| is_one(*child) && !is_one(*parent));
        above.map(|(parent, _)| self.depth(*parent) + 1).max().unwrap_or(0)
    }

    pub fn is_administrator(&self, user: usize) -> bool {
        let named = |group: &Group| {
            group
                .name
                .as_ref()
                .is_some_and(|name| fold(name) == "system administrators")
        };
        let group = self.groups.iter().position(named);
        group.is_some_and(|group| self.is_member(user, group))
    }

    pub fn full_name(&self, user: usize) -> Option<String> {
        let user = &self.users[user];
        let names = [&user.first_name, &user.last_name];
        let names = names.into_iter().flatten().filter(|name| !name.is_empty());
        let names = names.cloned().collect::<Vec<_>>();
        (!names.is_empty()).then(|| names.join(" "))
    }

    pub fn all_users(&self) -> Vec<usize> {
        (0..self.users.len()).collect()
    }

    pub fn all_groups(&self) -> Vec<usize> {
        (0..self.groups.len()).collect()
    }
}

/// The lower case of each code point alone, with ς read as σ.
pub fn fold(text: &str) -> String {
    let lower = text.chars().flat_map(char::to_lowercase);
    lower.map(|it| if it == 'ς' { 'σ' } else { it }).collect()
}

/// Whether this is 8-4-4-4-12 hexadecimal digits.
pub fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len).collect::<Vec<_>>();
    lengths == [8, 4, 4, 4, 12] && text.chars().all(|it| it == '-' || it.is_ascii_hexdigit())
}

/// UUIDs without case, other ids exactly.
pub fn is_same_id(one: &str, other: &str) -> bool {
    one == other || (is_uuid(one) && is_uuid(other) && one.eq_ignore_ascii_case(other))
}
