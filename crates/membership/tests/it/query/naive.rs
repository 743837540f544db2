//! A deliberately naive evaluator: one record at a time, from the rules alone, sharing nothing with the core's but the
//! tree and the directory's single facts.

use std::collections::BTreeSet;

use super::now;
use membership::directory::Directory;
use membership::entity::{CustomRef, Entity, GroupIndex, UserIndex};
use membership::query::{Comparison, Expr, Field, Moment, Operand, Operator, Query, Test, Value};

/// The rows that a query is true of.
pub fn select(directory: &Directory, query: &Query) -> Vec<u32> {
    let rows = match query.subject {
        Entity::User => directory.user_count(),
        Entity::Group => directory.group_count(),
    };
    let holds = |row: &u32| {
        query
            .expr
            .as_ref()
            .is_none_or(|expr| holds(directory, query.subject, expr, *row))
    };
    (0..rows).filter(holds).collect()
}

fn holds(directory: &Directory, subject: Entity, expr: &Expr, row: u32) -> bool {
    match expr {
        Expr::And(terms) => terms.iter().all(|term| holds(directory, subject, term, row)),
        Expr::Or(terms) => terms.iter().any(|term| holds(directory, subject, term, row)),
        Expr::Not(inner) => !holds(directory, subject, inner, row),
        Expr::Test(test) => match fact(directory, subject, &test.field, row) {
            Fact::One(value) => is_true(&test.comparison, value.as_ref()),
            Fact::Names(related) => names(directory, test, &related),
            Fact::Several(texts) => has_words(test, &texts),
        },
    }
}

/// What a record says about a field.
enum Fact {
    One(Option<Known>),
    /// Rows of those who are related.
    Names(BTreeSet<u32>),
    Several(Vec<String>),
}

#[derive(Clone, Debug)]
enum Known {
    Text(String),
    Number(f64),
    Boolean(bool),
    Instant(i64),
}

fn lower(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'ς' { 'σ' } else { c })
        .collect()
}

fn split(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn fact(directory: &Directory, subject: Entity, field: &Field, row: u32) -> Fact {
    match subject {
        Entity::User => user_fact(directory, field, UserIndex::new(row)),
        Entity::Group => group_fact(directory, field, GroupIndex::new(row)),
    }
}

fn text(value: Option<&str>) -> Fact {
    Fact::One(value.map(|text| Known::Text(lower(text))))
}

fn count(value: usize) -> Fact {
    Fact::One(Some(Known::Number(value as f64)))
}

fn custom(value: Option<CustomRef<'_>>) -> Fact {
    Fact::One(value.map(|value| match value {
        CustomRef::Text(text) => Known::Text(lower(text)),
        CustomRef::Number(number) => Known::Number(number),
        CustomRef::Boolean(boolean) => Known::Boolean(boolean),
    }))
}

fn user_fact(directory: &Directory, field: &Field, user: UserIndex) -> Fact {
    let (users, row) = (directory.users(), user.row());
    let flags = users.status.get(row);
    let flag = |value: Option<bool>| Fact::One(value.map(Known::Boolean));
    let date = |value: Option<i64>| Fact::One(value.map(Known::Instant));
    let direct: BTreeSet<u32> = directory.direct_groups(user).map(|(group, _)| group.row()).collect();
    let all: BTreeSet<u32> = direct
        .iter()
        .flat_map(|group| with_ancestors(directory, *group))
        .collect();
    let names = [&users.first_name, &users.last_name].map(|column| column.get(row));
    let [first_name, last_name] = names.each_ref().map(Option::as_deref);
    let texts = [first_name, last_name, users.username.get(row), users.email.get(row)];
    match field {
        Field::Id => text(users.id.get(row)),
        Field::Username => text(users.username.get(row)),
        Field::Email => text(users.email.get(row)),
        Field::FirstName => text(first_name),
        Field::LastName => text(last_name),
        Field::FullName => {
            let names: Vec<&str> = [first_name, last_name]
                .into_iter()
                .flatten()
                .filter(|name| !name.is_empty())
                .collect();
            text(Some(names.join(" ").as_str()).filter(|_| !names.is_empty()))
        }
        Field::Created => date(users.created.get(row)),
        Field::LastLogin => date(users.last_login.get(row)),
        Field::Suspended => flag(flags.suspended),
        Field::Locked => flag(flags.locked),
        Field::Status => text(Some(match (flags.suspended, flags.locked) {
            (Some(true), _) => "suspended",
            (_, Some(true)) => "locked",
            _ => "active",
        })),
        Field::Custom(name) => custom(users.custom.named(name).and_then(|column| column.get(row))),
        Field::Any => Fact::Several(texts.into_iter().flatten().map(lower).collect()),
        Field::GroupCount => count(direct.len()),
        Field::InheritedGroupCount => count(all.difference(&direct).count()),
        Field::IsAdministrator => {
            let named = |group: &u32| directory.group_name(GroupIndex::new(*group)) == "System Administrators";
            Fact::One(Some(Known::Boolean(all.iter().any(named))))
        }
        Field::MemberOf => Fact::Names(all),
        Field::DirectMemberOf => Fact::Names(direct),
        Field::ManagerOf => Fact::Names(
            directory
                .direct_groups(user)
                .filter(|(_, manages)| *manages)
                .map(|(g, _)| g.row())
                .collect(),
        ),
        other => panic!("{other} is not generated"),
    }
}

fn group_fact(directory: &Directory, field: &Field, group: GroupIndex) -> Fact {
    let (groups, row) = (directory.groups(), group.row());
    let everyone: BTreeSet<u32> = (0..directory.user_count())
        .filter(|user| {
            let direct = directory.direct_groups(UserIndex::new(*user));
            direct
                .map(|(group, _)| group.row())
                .any(|group| with_ancestors(directory, group).contains(&row))
        })
        .collect();
    let direct: BTreeSet<u32> = directory.direct_members(group).map(|(user, _)| user.row()).collect();
    let managers = directory.direct_members(group).filter(|(_, manages)| *manages);
    let hierarchy = directory.hierarchy();
    let rows = |groups: &[GroupIndex]| groups.iter().map(|group| group.row()).collect::<BTreeSet<u32>>();
    let above: BTreeSet<u32> = with_ancestors(directory, row)
        .into_iter()
        .filter(|group| *group != row)
        .collect();
    let below = || {
        let others = (0..directory.group_count()).filter(|other| *other != row);
        others
            .filter(|other| with_ancestors(directory, *other).contains(&row))
            .collect::<BTreeSet<u32>>()
    };
    match field {
        Field::Name => text(groups.name.get(row)),
        Field::Description => text(groups.description.get(row)),
        Field::Type => text(groups.kind.get(row)),
        Field::UserCount => count(direct.len()),
        Field::InheritedUserCount => count(everyone.difference(&direct).count()),
        Field::ManagerCount => count(managers.count()),
        Field::ChildGroupCount => count(hierarchy.children(group).len()),
        Field::InCycle => {
            let in_cycle = above
                .iter()
                .any(|other| with_ancestors(directory, *other).contains(&row));
            Fact::One(Some(Known::Boolean(in_cycle)))
        }
        Field::HasMember => Fact::Names(everyone),
        Field::HasDirectMember => Fact::Names(direct),
        Field::HasManager => Fact::Names(managers.map(|(user, _)| user.row()).collect()),
        Field::ChildOf => Fact::Names(rows(hierarchy.parents(group))),
        Field::ParentOf => Fact::Names(rows(hierarchy.children(group))),
        Field::DescendantOf => Fact::Names(above),
        Field::AncestorOf => Fact::Names(below()),
        other => panic!("{other} is not generated"),
    }
}

fn with_ancestors(directory: &Directory, group: u32) -> BTreeSet<u32> {
    let mut found = BTreeSet::from([group]);
    let mut open = vec![group];
    while let Some(group) = open.pop() {
        for parent in directory.hierarchy().parents(GroupIndex::new(group)) {
            if found.insert(parent.row()) {
                open.push(parent.row());
            }
        }
    }
    found
}

fn names(directory: &Directory, test: &Test, related: &BTreeSet<u32>) -> bool {
    let is_related = |operand: &Operand| {
        let Value::Text(identifier) = &operand.value else {
            panic!("an identifier")
        };
        let about_users = matches!(
            test.field,
            Field::HasMember | Field::HasDirectMember | Field::HasManager
        );
        let row = match about_users {
            true => directory.find_user(identifier).map(UserIndex::row),
            false => directory.find_group(identifier).map(GroupIndex::row),
        };
        related.contains(&row.expect("a known identifier"))
    };
    match &test.comparison {
        Comparison::Is(Operator::Equal, operand) => is_related(operand),
        Comparison::In(operands) => operands.iter().any(is_related),
        other => panic!("{other:?} does not fit"),
    }
}

fn has_words(test: &Test, texts: &[String]) -> bool {
    let Comparison::Is(
        Operator::FreeText,
        Operand {
            value: Value::Text(words),
            ..
        },
    ) = &test.comparison
    else {
        panic!("`*` knows FREETEXT alone")
    };
    let has = |word: &String| texts.iter().any(|text| split(text).contains(word));
    !texts.is_empty() && split(&lower(words)).iter().all(has)
}

fn is_true(comparison: &Comparison, known: Option<&Known>) -> bool {
    let Some(known) = known else {
        return matches!(comparison, Comparison::Null | Comparison::Empty);
    };
    match comparison {
        Comparison::Null => false,
        Comparison::Empty => matches!(known, Known::Text(text) if text.is_empty()),
        Comparison::In(operands) => operands.iter().any(|operand| relates(Operator::Equal, known, operand)),
        Comparison::Between(low, high) => {
            relates(Operator::GreaterOrEqual, known, low) && relates(Operator::LessOrEqual, known, high)
        }
        Comparison::Is(operator, operand) => relates(*operator, known, operand),
    }
}

fn relates(operator: Operator, known: &Known, operand: &Operand) -> bool {
    let as_written = match known {
        Known::Text(text) => text.clone(),
        Known::Number(number) => number.to_string(),
        Known::Boolean(boolean) => boolean.to_string(),
        Known::Instant(_) => String::new(),
    };
    let written = match &operand.value {
        Value::Text(text) => lower(text),
        Value::Number(number) => number.value.to_string(),
        Value::Boolean(boolean) => boolean.to_string(),
        Value::Date(_) => String::new(),
    };
    let order = match (known, &operand.value) {
        (Known::Instant(instant), Value::Date(moment)) => Some(instant.cmp(&resolved(*moment))),
        (Known::Number(number), _) => written.parse::<f64>().ok().and_then(|value| number.partial_cmp(&value)),
        (Known::Boolean(boolean), _) => written.parse::<bool>().ok().map(|value| boolean.cmp(&value)),
        (Known::Text(text), _) => Some(text.chars().cmp(written.chars())),
        (Known::Instant(_), _) => None,
    };
    match operator {
        Operator::Contains => as_written.contains(&written),
        Operator::StartsWith => as_written.starts_with(&written),
        Operator::EndsWith => as_written.ends_with(&written),
        Operator::FreeText => split(&written).iter().all(|word| split(&as_written).contains(word)),
        Operator::Equal => order.is_some_and(std::cmp::Ordering::is_eq),
        Operator::Less => order.is_some_and(std::cmp::Ordering::is_lt),
        Operator::LessOrEqual => order.is_some_and(std::cmp::Ordering::is_le),
        Operator::Greater => order.is_some_and(std::cmp::Ordering::is_gt),
        Operator::GreaterOrEqual => order.is_some_and(std::cmp::Ordering::is_ge),
    }
}

fn resolved(moment: Moment) -> i64 {
    moment.instant(now())
}
