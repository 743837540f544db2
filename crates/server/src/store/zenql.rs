//! ZenQL to SQL: each comparison becomes a condition that is true or false and never unknown, so that `NOT` is plain.

mod compare;

use std::collections::{BTreeSet, HashMap};
use std::{ptr, slice};

use membership::entity::Entity;
use membership::query::{Comparison, Expr, Field, Operand, Operator, Query, Test, Value};

use super::search;
use super::sql::{ALWAYS, Dialect, Sql};
pub use compare::words;
use compare::{Texts, boolean, folded, number, ordered, text, truth, word};

/// What a query's names stand for in one database: looked up before it is translated.
#[derive(Debug, Default)]
pub struct Names {
    /// The place of the user of each identifier.
    pub users: HashMap<String, i64>,
    /// The place of the group of each identifier.
    pub groups: HashMap<String, i64>,
    /// The place of each custom field of the query's subject, by the name in the query.
    pub fields: HashMap<String, i64>,
    /// The place of the group whose members are administrators.
    pub administrators: Option<i64>,
}

/// What the values of a field name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Users.
    User,
    /// Groups.
    Group,
}

/// What the values of a field name, if they name anything.
pub fn named(field: &Field) -> Option<Named> {
    Some(match field {
        Field::MemberOf
        | Field::DirectMemberOf
        | Field::ManagerOf
        | Field::ChildOf
        | Field::ParentOf
        | Field::AncestorOf
        | Field::DescendantOf => Named::Group,
        Field::HasMember | Field::HasDirectMember | Field::HasManager => Named::User,
        _ => return None,
    })
}

/// Every test of a condition, from left to right.
pub fn tests(expr: &Expr) -> Vec<&Test> {
    match expr {
        Expr::And(terms) | Expr::Or(terms) => terms.iter().flat_map(tests).collect(),
        Expr::Not(inner) => tests(inner),
        Expr::Test(test) => vec![test],
    }
}

/// The values of a comparison.
pub fn operands(comparison: &Comparison) -> &[Operand] {
    match comparison {
        Comparison::Is(_, operand) => slice::from_ref(operand),
        Comparison::In(operands) => operands,
        Comparison::Between(..) | Comparison::Null | Comparison::Empty => &[],
    }
}

/// Writes conditions about one kind of record, whose table has the alias `u` or `g`.
pub struct Translation<'a> {
    /// What the query is about.
    pub subject: Entity,
    /// What its names stand for.
    pub names: &'a Names,
    /// The time, in milliseconds since 1970 in UTC.
    pub now: i64,
    /// How the condition is asked.
    pub way: Way,
}

/// How a condition is asked that may be true of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// All that it is true of are found.
    Find,
    /// Of one record after the other.
    Walk,
}

/// How a field's values lie in the table.
enum Column {
    /// A text: its column without `_fold`.
    Text(&'static str),
    /// A text that is never missing and that a `CASE` makes.
    Word(&'static str),
    /// A whole number; the expression may be `NULL`.
    Integer(String),
    /// 0 or 1; the expression may be `NULL`.
    Flag(String),
    /// An instant.
    Instant(&'static str),
    /// The vendor's own.
    Custom(String),
    /// `*`: these texts together.
    Any(&'static [&'static str]),
    /// Users or groups that stand to others.
    Related,
}

const STANDING: &str = "CASE WHEN u.suspended = 1 THEN 'suspended' WHEN u.locked = 1 THEN 'locked' ELSE 'active' END";
// `CROSS JOIN` keeps SQLite to the order that is written: it guesses that few of the nestings or memberships are there, and
// would look through all of them.
/// Everything from groups downwards, with themselves; `{}` selects their places.
const BELOW: &str = "WITH RECURSIVE below(place) AS ({} UNION SELECT n.child_place \
                     FROM below b CROSS JOIN nestings n WHERE n.parent_place = b.place)";
/// Everything from a group upwards, with the group itself.
const ABOVE: &str = "WITH RECURSIVE above(place) AS (SELECT CAST({} AS BIGINT) UNION SELECT n.parent_place \
                     FROM above a CROSS JOIN nestings n WHERE n.child_place = a.place)";

/// The places of the users in a group, given as a parameter, and in all groups below it.
pub fn members_below(group: &str) -> String {
    format!(
        "{} SELECT m.user_place FROM below b CROSS JOIN memberships m WHERE m.group_place = b.place",
        BELOW.replace("{}", &one(group))
    )
}

/// The condition that a user's place is one of these. PostgreSQL takes any group for a large one, and would read all users; of an
/// array it looks up each place.
pub fn by_array(places: &str) -> String {
    format!("u.place = ANY (ARRAY({places}))")
}

/// The places of all groups that a user, given as a parameter, is in.
pub fn groups_above(user: &str) -> String {
    groups_by(&format!("user_place = {user}"))
}

/// The places of all groups that memberships of a condition lead to.
pub fn groups_by(condition: &str) -> String {
    format!(
        "WITH RECURSIVE above(place) AS (SELECT group_place FROM memberships WHERE {condition} \
         UNION SELECT n.parent_place FROM above a CROSS JOIN nestings n WHERE n.child_place = a.place) SELECT place FROM above"
    )
}

/// The places of a group and of all groups below it.
pub fn below(group: &str) -> String {
    format!("{} SELECT place FROM below", BELOW.replace("{}", &one(group)))
}

/// The places of these groups, of which there is one at least, and of all groups below them.
pub fn below_all(groups: &[i64]) -> String {
    let groups: Vec<String> = groups.iter().map(|group| format!("({group})")).collect();
    let groups = format!("SELECT CAST(column1 AS BIGINT) FROM (VALUES {}) g", groups.join(", "));
    format!("{} SELECT place FROM below", BELOW.replace("{}", &groups))
}

fn one(group: &str) -> String {
    format!("SELECT CAST({group} AS BIGINT)")
}

/// The places of a group and of all groups above it.
pub fn above(group: &str) -> String {
    format!("{} SELECT place FROM above", ABOVE.replace("{}", group))
}

impl Translation<'_> {
    /// Adds the condition of a query, or one that always holds.
    pub fn query(&self, query: &Query, sql: &mut Sql) {
        let terms = match &query.expr {
            Some(Expr::And(terms)) => terms.as_slice(),
            Some(term) => slice::from_ref(term),
            None => &[],
        };
        let is_found = self.way == Way::Find && sql.dialect == Dialect::Postgres;
        // One of them: of the places found so, another array would be looked through for each.
        let first = terms.iter().find(|term| is_found && self.group(term).is_some());
        sql.chain(terms, "AND", &mut |sql, term| match self.group(term) {
            Some(place) if first.is_some_and(|first| ptr::eq(first, term)) => {
                let members = members_below(&sql.parameter(place));
                sql.push(&by_array(&members));
            }
            _ => self.expr(term, sql),
        });
    }

    /// The one group, if a term is that a user is in it.
    fn group(&self, term: &Expr) -> Option<i64> {
        match term {
            Expr::Test(test) if test.field == Field::MemberOf => match self.places(test)[..] {
                [place] => Some(place),
                _ => None,
            },
            _ => None,
        }
    }

    fn expr(&self, expr: &Expr, sql: &mut Sql) {
        match expr {
            Expr::And(terms) => _ = sql.chain(terms, "AND", &mut |sql, term| self.expr(term, sql)),
            Expr::Or(terms) => _ = sql.chain(terms, "OR", &mut |sql, term| self.expr(term, sql)),
            Expr::Not(inner) => {
                // Two negations are none; how many there are decides, not how deep they are.
                let mut inner = inner;
                let mut negated = true;
                while let Expr::Not(next) = &**inner {
                    inner = next;
                    negated = !negated;
                }
                sql.push(if negated { "NOT (" } else { "(" });
                self.expr(inner, sql);
                sql.push(")");
            }
            Expr::Test(test) => self.test(test, sql),
        }
    }

    fn test(&self, test: &Test, sql: &mut Sql) {
        let comparison = &test.comparison;
        match self.column(&test.field) {
            Column::Text(column) => {
                self.narrow(column, comparison, sql);
                text(&Texts::of(&self.qualified(column)), comparison, sql);
                sql.push(")");
            }
            Column::Word(expression) => {
                // A literal has the database's own collation, where a column has the binary one.
                let expression = match sql.dialect {
                    Dialect::Sqlite => expression.to_owned(),
                    Dialect::Postgres => format!("({expression}) COLLATE \"C\""),
                };
                word(&expression, comparison, sql);
            }
            Column::Integer(expression) => ordered(&expression, comparison, &number, sql),
            Column::Flag(expression) => ordered(&expression, comparison, &boolean, sql),
            Column::Instant(column) => {
                let instant = |value: &Value| match value {
                    Value::Date(moment) => Some(moment.instant(self.now).into()),
                    _ => None,
                };
                ordered(&self.qualified(column), comparison, &instant, sql);
            }
            Column::Custom(name) => self.custom(&name, comparison, sql),
            Column::Any(columns) => self.any(columns, comparison, sql),
            Column::Related => self.related(test, sql),
        }
    }

    /// Begins a condition on a text by one that the joined names answer sooner, where they do.
    fn narrow(&self, column: &str, comparison: &Comparison, sql: &mut Sql) {
        sql.push("(");
        let is_name = ["first_name", "last_name", "username", "email"].contains(&column);
        if let Comparison::Is(Operator::Contains | Operator::EndsWith, operand) = comparison
            && is_name
            && self.way == Way::Find
        {
            let text = folded(operand);
            if search::is_looked_up(&text) {
                sql.push("u.place IN (");
                search::users_with(&text, sql);
                sql.push(") AND ");
            }
        }
    }

    /// The table's alias.
    fn alias(&self) -> &'static str {
        match self.subject {
            Entity::User => "u",
            Entity::Group => "g",
        }
    }

    fn qualified(&self, column: &str) -> String {
        format!("{}.{column}", self.alias())
    }

    fn column(&self, field: &Field) -> Column {
        let flag = |column: &str| Column::Flag(self.qualified(column));
        let count = |text: &str| Column::Integer(format!("({text})"));
        match field {
            Field::Id => Column::Text("id"),
            Field::Username => Column::Text("username"),
            Field::Email => Column::Text("email"),
            Field::FirstName => Column::Text("first_name"),
            Field::LastName => Column::Text("last_name"),
            Field::FullName => Column::Text("full_name"),
            Field::Language => Column::Text("language"),
            Field::Timezone => Column::Text("timezone"),
            Field::Name => Column::Text("name"),
            Field::Description => Column::Text("description"),
            Field::Type => Column::Text("type"),
            Field::Status => Column::Word(STANDING),
            Field::Created => Column::Instant("created"),
            Field::Modified => Column::Instant("modified"),
            Field::LastLogin => Column::Instant("last_login"),
            Field::Expiry => Column::Instant("expiry"),
            Field::Suspended => flag("suspended"),
            Field::Locked => flag("locked"),
            Field::PasswordResetRequired => flag("password_reset_required"),
            Field::InCycle => flag("in_cycle"),
            Field::Depth => Column::Integer(self.qualified("depth")),
            Field::IsAdministrator => Column::Flag(self.administrator()),
            Field::GroupCount => count(GROUP_COUNT),
            Field::InheritedGroupCount => count(&format!(
                "SELECT count(*) FROM ({}) i) - ({GROUP_COUNT}",
                groups_above("u.place")
            )),
            Field::UserCount => Column::Integer("g.user_count".to_owned()),
            Field::InheritedUserCount => count("g.member_count - g.user_count"),
            Field::ManagerCount => {
                count("SELECT count(*) FROM memberships m WHERE m.group_place = g.place AND m.is_manager = 1")
            }
            Field::ChildGroupCount => count(CHILD_COUNT),
            Field::Custom(name) => Column::Custom(name.clone()),
            Field::Any if self.subject == Entity::User => {
                Column::Any(&["first_name", "last_name", "username", "email"])
            }
            Field::Any => Column::Any(&["name", "description"]),
            Field::MemberOf
            | Field::DirectMemberOf
            | Field::ManagerOf
            | Field::HasMember
            | Field::HasDirectMember
            | Field::HasManager
            | Field::ChildOf
            | Field::ParentOf
            | Field::AncestorOf
            | Field::DescendantOf => Column::Related,
        }
    }

    fn administrator(&self) -> String {
        match self.names.administrators {
            Some(group) => format!(
                "CASE WHEN u.place IN ({}) THEN 1 ELSE 0 END",
                members_below(&group.to_string())
            ),
            None => "0".to_owned(),
        }
    }

    /// The identifiers stand for places; each field is a relation to one of them.
    fn related(&self, test: &Test, sql: &mut Sql) {
        sql.chain(&self.places(test), "OR", &mut |sql, place| {
            let place = sql.parameter(*place);
            sql.push(&relation(&test.field, &place));
        });
    }

    fn places(&self, test: &Test) -> Vec<i64> {
        let places = operands(&test.comparison).iter();
        let places = places.filter_map(|operand| match (&operand.value, named(&test.field)?) {
            (Value::Text(text), Named::User) => self.names.users.get(text).copied(),
            (Value::Text(text), Named::Group) => self.names.groups.get(text).copied(),
            _ => None,
        });
        places.collect::<BTreeSet<i64>>().into_iter().collect()
    }

    fn any(&self, columns: &[&str], comparison: &Comparison, sql: &mut Sql) {
        let Comparison::Is(Operator::FreeText, operand) = comparison else {
            sql.push("1 = 0");
            return;
        };
        let columns: Vec<String> = columns.iter().map(|column| self.qualified(column)).collect();
        let value = folded(operand);
        let words = words(&value);
        if words.is_empty() {
            let present = |sql: &mut Sql, column: &String| _ = sql.push(column).push(" IS NOT NULL");
            sql.chain(&columns, "OR", &mut { present });
            return;
        }
        sql.chain(&words, "AND", &mut |sql, word| {
            let needle = sql.parameter(format!(" {word} "));
            sql.chain(&columns, "OR", &mut |sql, column| {
                let texts = Texts::of(column);
                let contains = sql.dialect.contains(&texts.words, &needle);
                sql.push(&format!("({} IS NOT NULL AND {contains})", texts.fold));
            });
        });
    }

    fn custom(&self, name: &str, comparison: &Comparison, sql: &mut Sql) {
        let is_empty = *comparison == Comparison::Empty;
        let about_missing = is_empty || *comparison == Comparison::Null;
        let Some(field) = self.names.fields.get(name) else {
            sql.push(if about_missing { ALWAYS } else { "1 = 0" });
            return;
        };
        let (table, owner) = match self.subject {
            Entity::User => ("user_custom", "user_place = u.place"),
            Entity::Group => ("group_custom", "group_place = g.place"),
        };
        sql.push(if about_missing { "NOT EXISTS (" } else { "EXISTS (" });
        sql.push(&format!("SELECT 1 FROM {table} c WHERE c.{owner} AND c.field_place = "));
        sql.bind(*field).push(" AND (");
        if about_missing {
            sql.push(if is_empty {
                "c.kind <> 2 OR c.text_fold <> ''"
            } else {
                ALWAYS
            });
        } else {
            self.custom_value(comparison, sql);
        }
        sql.push("))");
    }

    /// Texts are compared as texts. Numbers and booleans are compared as what they are, or searched as they are written.
    fn custom_value(&self, comparison: &Comparison, sql: &mut Sql) {
        let searches = matches!(
            comparison,
            Comparison::Is(
                Operator::Contains | Operator::StartsWith | Operator::EndsWith | Operator::FreeText,
                _
            )
        );
        if searches {
            return text(&Texts::of("c.text"), comparison, sql);
        }
        sql.push("(c.kind = 2 AND ");
        text(&Texts::of("c.text"), comparison, sql);
        sql.push(") OR (c.kind = 1 AND ");
        ordered("c.number", comparison, &number, sql);
        sql.push(") OR (c.kind = 0 AND ");
        let boolean = |value: &Value| truth(value).map(|truth| f64::from(u8::from(truth)).into());
        ordered("c.number", comparison, &boolean, sql);
        sql.push(")");
    }
}

const GROUP_COUNT: &str = "SELECT count(*) FROM memberships m WHERE m.user_place = u.place";
const CHILD_COUNT: &str = "SELECT count(*) FROM nestings n WHERE n.parent_place = g.place";

/// The condition that a record stands to `place` as the field says.
pub fn relation(field: &Field, place: &str) -> String {
    match field {
        Field::MemberOf => format!("u.place IN ({})", members_below(place)),
        Field::DirectMemberOf => format!("u.place IN (SELECT user_place FROM memberships WHERE group_place = {place})"),
        Field::ManagerOf => {
            format!("u.place IN (SELECT user_place FROM memberships WHERE group_place = {place} AND is_manager = 1)")
        }
        Field::HasMember => format!("g.place IN ({})", groups_above(place)),
        Field::HasDirectMember => {
            format!("g.place IN (SELECT group_place FROM memberships WHERE user_place = {place})")
        }
        Field::HasManager => {
            format!("g.place IN (SELECT group_place FROM memberships WHERE user_place = {place} AND is_manager = 1)")
        }
        Field::ChildOf => format!("g.place IN (SELECT child_place FROM nestings WHERE parent_place = {place})"),
        Field::ParentOf => format!("g.place IN (SELECT parent_place FROM nestings WHERE child_place = {place})"),
        // A group is never its own ancestor or descendant, also in a cycle.
        Field::DescendantOf => format!("(g.place <> {place} AND g.place IN ({}))", below(place)),
        Field::AncestorOf => format!("(g.place <> {place} AND g.place IN ({}))", above(place)),
        _ => "1 = 0".to_owned(),
    }
}
