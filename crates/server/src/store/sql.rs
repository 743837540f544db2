//! A piece of SQL that is being written: text, and the values that are bound in it, never pasted.

use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, Arguments};

/// Which database is spoken to; both read the same statements but for a few functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite.
    Sqlite,
    /// PostgreSQL, and databases that speak as it does.
    Postgres,
}

impl Dialect {
    /// A condition: the text `column` contains the text `needle`, byte for byte.
    pub fn contains(self, column: &str, needle: &str) -> String {
        match self {
            Self::Sqlite => format!("instr({column}, {needle}) > 0"),
            Self::Postgres => format!("strpos({column}, {needle}) > 0"),
        }
    }
}

/// A text as PostgreSQL's patterns have it, which know some characters as signs.
pub fn pattern(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// A condition that is true of everything.
pub const ALWAYS: &str = "1 = 1";

/// A value that is bound.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A place, a count, an instant or a boolean.
    Integer(i64),
    /// A number.
    Number(f64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(integer: i64) -> Self {
        Self::Integer(integer)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// A statement, or a part of one.
#[derive(Clone, Debug)]
pub struct Sql {
    /// Which database it is written for.
    pub dialect: Dialect,
    text: String,
    values: Vec<Value>,
}

impl Sql {
    /// An empty one.
    pub fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            text: String::new(),
            values: Vec::new(),
        }
    }

    /// Adds text, which is always our own.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Binds a value where the text has come to.
    pub fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        let parameter = self.parameter(value);
        self.push(&parameter)
    }

    /// Binds a value and returns how it is named, for use inside a function's parentheses, or more than once.
    ///
    /// No text in a database has a null byte, and PostgreSQL takes none as a parameter. The next character stands for it:
    /// it is equal to no text, nor in any, and sorts alike, unless a text has that control character itself.
    pub fn parameter(&mut self, value: impl Into<Value>) -> String {
        let mut value = value.into();
        if let Value::Text(text) = &mut value
            && text.contains('\0')
        {
            *text = text.replace('\0', "\u{1}");
        }
        self.values.push(value);
        let number = self.values.len();
        match self.dialect {
            // SQLite takes `$1` for a name, and looks through all names for each.
            Dialect::Sqlite => format!("?{number}"),
            Dialect::Postgres => format!("${number}"),
        }
    }

    /// Adds the values, separated by commas; `NULL`, which is in no list, where there are none.
    pub fn list<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) -> &mut Self {
        let parameters: Vec<String> = values.into_iter().map(|value| self.parameter(value)).collect();
        self.push(if parameters.is_empty() { "NULL" } else { "" });
        self.push(&parameters.join(", "))
    }

    /// Adds pieces joined by `AND` or `OR`, in parentheses that halve them again and again: databases limit how deep a
    /// condition is, not how long.
    pub fn chain<T>(&mut self, items: &[T], joint: &str, write: &mut dyn FnMut(&mut Self, &T)) -> &mut Self {
        match items {
            [] => self.push(if joint == "AND" { ALWAYS } else { "1 = 0" }),
            [item] => {
                write(self, item);
                self
            }
            items => {
                let (left, right) = items.split_at(items.len() / 2);
                self.push("(").chain(left, joint, write);
                self.push(" ").push(joint).push(" ");
                self.chain(right, joint, write).push(")")
            }
        }
    }

    /// The statement as it is sent.
    pub fn query(&self) -> Query<'_, Any, AnyArguments<'_>> {
        let mut arguments = AnyArguments::default();
        for value in &self.values {
            // Binding only fails for types that a database does not have; it has these three.
            let _ = match value {
                Value::Text(text) => arguments.add(text.as_str()),
                Value::Integer(integer) => arguments.add(*integer),
                Value::Number(number) => arguments.add(*number),
            };
        }
        sqlx::query_with(&self.text, arguments)
    }

    /// The same, with text of our own before it.
    pub fn after(&self, before: &str, what: &str, joint: &str) -> Self {
        let text = format!("{before}{what}{joint}{}", self.text);
        Self { text, ..self.clone() }
    }

    /// Whether it is a condition that is true of everything, since there are no others in it.
    pub fn holds_always(&self) -> bool {
        self.text.split(" AND ").all(|term| term == ALWAYS)
    }

    /// How many values are bound: SQLite takes 32,766, PostgreSQL 65,535.
    pub fn value_count(&self) -> usize {
        self.values.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbered_as_they_come() {
        let mut sql = Sql::new(Dialect::Sqlite);
        sql.push("a = ")
            .bind("x")
            .push(" AND b IN (")
            .list([1_i64, 2])
            .push(")");
        assert_eq!(sql.text, "a = ?1 AND b IN (?2, ?3)");
        assert_eq!(sql.values, ["x".into(), Value::Integer(1), Value::Integer(2)]);
        let mut null = Sql::new(Dialect::Postgres);
        null.bind("a\0b");
        assert_eq!(null.values, ["a\u{1}b".into()]);
        let mut none = Sql::new(Dialect::Postgres);
        assert_eq!(none.list(Vec::<i64>::new()).text, "NULL");
    }

    #[test]
    fn what_holds_always_has_no_other_condition() {
        let condition = |text: &str| Sql::new(Dialect::Sqlite).push(text).holds_always();
        assert!(condition("1 = 1") && condition("1 = 1 AND 1 = 1"));
        assert!(!condition("1 = 1 AND u.place = 1") && !condition("(1 = 1 OR u.place = 1)") && !condition("1 = 0"));
    }

    #[test]
    fn chains_are_as_deep_as_their_logarithm() {
        let mut sql = Sql::new(Dialect::Sqlite);
        let items: Vec<u32> = (0..4096).collect();
        sql.chain(&items, "OR", &mut |sql, _| _ = sql.push("x"));
        let mut depth = 0_i32;
        let depths = sql.text.chars().map(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth
        });
        assert_eq!(depths.max(), Some(12));
        assert_eq!(
            Sql::new(Dialect::Sqlite).chain(&[0; 0], "AND", &mut |_, _| {}).text,
            "1 = 1"
        );
    }
}
