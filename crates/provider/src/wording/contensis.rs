//! In Contensis' words, which know nesting, ZenQL and groups that are taken away, but no managers.

use membership::directory::Directory;
use membership::entity::GroupIndex;
use membership::query::{Expr, OrderTerm, Query};

use super::term::{Says, terms, without_own_fields};
use super::{GroupKind, GroupList, GroupOrder, Lack, Reads, UserList, View, Wording};
use crate::contensis::{self, List};

/// By name, which is the console's order where nothing else is asked for.
const BY_NAME: &str = "lastName,firstName";

pub(super) fn wording(directory: &Directory, view: &View<'_>) -> Wording {
    match *view {
        View::Users(list) => users(directory, &list),
        View::GroupsOf(user) => Wording::exact(contensis::user_groups(directory.user_id(user), true, &List::default())),
        View::User(user) => Wording::exact(contensis::user(directory.user_id(user))),
        View::Check(check) => Wording {
            reads: Reads::Status,
            ..Wording::exact(contensis::check(check.identifier, check.groups))
        },
        View::Groups(list) => groups(&list),
        View::Group(group) => Wording::exact(contensis::group(directory.group_id(group))),
    }
}

/// A query that speaks of membership is a path with a group in it, or groups that are taken away, as far as it can be.
fn users(directory: &Directory, list: &UserList<'_>) -> Wording {
    let mut asked = Asked {
        group: list.group.map(|group| (group, list.include_inherited)),
        excluded: list.excluded.to_vec(),
    };
    let mut lacks = Vec::new();
    let zenql = if list.query.is_own() {
        asked.read(directory, list.query, &mut lacks)
    } else {
        list.zenql.to_owned()
    };
    let order = order(list, &mut lacks);
    let parameters = List {
        order: &order,
        q: list.q,
        zenql: &zenql,
        ..List::default()
    };
    let request = match asked.group {
        Some((group, include_inherited)) => {
            let excluded = asked.excluded.iter().map(|group| directory.group_id(*group).to_owned());
            let excluded: Vec<_> = excluded.collect();
            contensis::members(directory.group_id(group), include_inherited, &excluded, &parameters)
        }
        None => contensis::users(&parameters),
    };
    Wording::lacking(request, lacks)
}

/// What is asked beside order and search.
struct Asked {
    /// Whose members, and whether through nesting too.
    group: Option<(GroupIndex, bool)>,
    excluded: Vec<GroupIndex>,
}

impl Asked {
    /// Takes from a query what can be said otherwise, and returns the rest as far as the vendor understands it.
    fn read(&mut self, directory: &Directory, query: &Query, lacks: &mut Vec<Lack>) -> String {
        let mut terms = terms(directory, query);
        // The group first: only of the members of one can others be taken away.
        if self.group.is_none() {
            let place = terms
                .iter()
                .position(|term| matches!(term.says, Says::MemberOf { .. } | Says::Administrator(_)));
            self.group = place.and_then(|place| match terms.remove(place).says {
                Says::MemberOf { group, directly } => Some((group, !directly)),
                Says::Administrator(group) => Some((group, true)),
                _ => None,
            });
        }
        let (mut kept, mut left) = (Vec::new(), Vec::new());
        for term in terms {
            match (term.says, without_own_fields(term.expr)) {
                (Says::NotMemberOf(group), _) if self.group.is_some() => self.excluded.push(group),
                (_, Some(expr)) => kept.push(expr),
                (_, None) => left.push(term.expr.to_string()),
            }
        }
        if !left.is_empty() {
            lacks.push(Lack::Conditions(left));
        }
        let known = query.order.iter().filter(|term| !term.field.is_own());
        let rest = Query {
            subject: query.subject,
            expr: Expr::and(kept),
            order: known.cloned().collect(),
        };
        rest.to_string()
    }
}

/// The parameter `order`: as it is written where the vendor knows the fields.
fn order(list: &UserList<'_>, lacks: &mut Vec<Lack>) -> String {
    let is_own = |term: &OrderTerm| term.field.is_own();
    if list.terms.iter().any(is_own) {
        lacks.push(Lack::Order);
    } else if list.order.is_empty() && list.query.order.is_empty() {
        return BY_NAME.to_owned();
    } else {
        return list.order.to_owned();
    }
    let known = list.terms.iter().filter(|term| !is_own(term) && !list.order.is_empty());
    let known = known.map(|term| format!("{}{}", if term.descending { "-" } else { "" }, term.field));
    known.collect::<Vec<_>>().join(",")
}

fn groups(list: &GroupList<'_>) -> Wording {
    let mut lacks = Vec::new();
    let zenql = match list.only {
        Some(GroupKind::Empty) => "userCount = 0",
        Some(GroupKind::NoManager) => "userCount > 0",
        Some(GroupKind::Cycle) => "childGroupCount > 0",
        None => "",
    };
    if list.only.is_some() {
        lacks.push(Lack::Only);
    }
    let order = match list.order {
        GroupOrder::Name => "",
        GroupOrder::Direct => "-userCount,name",
        GroupOrder::Total => {
            lacks.push(Lack::Order);
            ""
        }
    };
    let parameters = List {
        order,
        q: list.find,
        zenql,
        ..List::default()
    };
    Wording::lacking(contensis::groups(&parameters), lacks)
}
