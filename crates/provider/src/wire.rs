//! Vendors' records as they come over the wire, read leniently: only an id is required, and what is wrong is told, field by
//! field.

pub mod contensis;
pub mod passbolt;
pub mod tulip;

use std::borrow::Cow;

use membership::entity::CustomValue;
use membership::instant;
use serde_json::Value;

use crate::exchange::Task;
use crate::incident::{Incident, IncidentKind};
use crate::load::Stage;

/// How much of what was found is told, in characters.
const SHOWN: usize = 80;

/// A field that is of another type than it should be.
pub struct Problem {
    field: String,
    expected: &'static str,
    found: String,
}

/// A page as a vendor's envelope tells it.
#[derive(Default)]
pub struct Page<'a> {
    /// The records.
    pub items: &'a [Value],
    /// How many the whole list has.
    pub total: Option<u64>,
    /// How many items a full page has.
    pub size: u64,
    /// Where the vendor says that the next one is.
    pub next: Option<&'a str>,
}

impl<'a> Page<'a> {
    /// A single record.
    pub fn of_one(record: &'a Value) -> Self {
        Self {
            items: std::slice::from_ref(record),
            total: Some(1),
            size: 1,
            next: None,
        }
    }
}

/// What was not as it should be, so far.
#[derive(Debug, Default)]
pub struct Incidents(pub Vec<Incident>);

impl Incidents {
    /// Adds an incident.
    pub fn tell(&mut self, stage: Stage, group: Option<&str>, kind: IncidentKind) {
        let group = group.map(str::to_owned);
        self.0.push(Incident { stage, group, kind });
    }

    /// Adds what is wrong with the fields of an item.
    pub fn problems(&mut self, stage: Stage, id: &str, problems: Vec<Problem>) {
        for Problem { field, expected, found } in problems {
            let id = id.to_owned();
            self.tell(
                stage,
                None,
                IncidentKind::Type {
                    id,
                    field,
                    expected,
                    found,
                },
            );
        }
    }
}

/// The items of an envelope, or what stands there instead.
pub fn items<'a>(body: &'a Value, name: &str) -> Result<&'a [Value], String> {
    match body.get(name) {
        Some(Value::Array(items)) => Ok(items),
        Some(other) => Err(format!("`{name}` is {}, not a list", described(other))),
        None => Err(format!("there is no `{name}` in it")),
    }
}

/// An item of a list, which has an id.
pub struct Item<'a> {
    value: &'a Value,
    /// Its id, or that of what it points to.
    pub id: String,
    prefix: &'static str,
    /// What is wrong with the fields that were read so far.
    pub problems: Vec<Problem>,
}

impl<'a> Item<'a> {
    /// An item; one without an id is told and not used.
    pub fn new(value: &'a Value, task: &Task, id: &str, incidents: &mut Incidents) -> Option<Self> {
        let id = match value.get(id) {
            Some(Value::String(id)) if !id.is_empty() => id.clone(),
            Some(Value::Number(id)) if id.is_u64() || id.is_i64() => id.to_string(),
            _ => {
                let item = shown(value);
                incidents.tell(task.stage, task.group.as_deref(), IncidentKind::NoId { item });
                return None;
            }
        };
        let (prefix, problems) = ("", Vec::new());
        Some(Self {
            value,
            id,
            prefix,
            problems,
        })
    }

    /// Tells what is wrong with the fields that were read; the id is left.
    pub fn tell(self, task: &Task, incidents: &mut Incidents) -> String {
        incidents.problems(task.stage, &self.id, self.problems);
        self.id
    }

    /// A record within the item, whose fields are named after it.
    pub fn inner(&self, prefix: &'static str, value: &'a Value) -> Self {
        let (id, problems) = (self.id.clone(), Vec::new());
        Self {
            value,
            id,
            prefix,
            problems,
        }
    }

    /// A text; null and absent are the same.
    pub fn text(&mut self, field: &str) -> Option<&'a str> {
        self.read(field, "text", Value::as_str)
    }

    /// True or false.
    pub fn flag(&mut self, field: &str) -> Option<bool> {
        self.read(field, "true or false", Value::as_bool)
    }

    /// A count.
    pub fn count(&mut self, field: &str) -> Option<u64> {
        self.read(field, "a whole number", Value::as_u64)
    }

    /// An instant; an empty text is none.
    pub fn instant(&mut self, field: &str) -> Option<i64> {
        if self.value.get(field).and_then(Value::as_str) == Some("") {
            return None;
        }
        self.read(field, "a date", |value| instant::parse(value.as_str()?))
    }

    /// A record.
    pub fn object(&mut self, field: &str) -> Option<&'a Value> {
        self.read(field, "an object", |value| value.is_object().then_some(value))
    }

    /// A list; empty where there is none.
    pub fn list(&mut self, field: &str) -> &'a [Value] {
        self.read(field, "a list", |value| value.as_array().map(Vec::as_slice))
            .unwrap_or_default()
    }

    /// A text of a record within the item.
    pub fn nested_text(&mut self, field: &'static str, inner: &str) -> Option<&'a str> {
        self.nested(field, |item| item.text(inner))
    }

    /// An instant of a record within the item.
    pub fn nested_instant(&mut self, field: &'static str, inner: &str) -> Option<i64> {
        self.nested(field, |item| item.instant(inner))
    }

    /// The vendor's own fields; whatever is no text, number or boolean is kept as its JSON.
    pub fn custom(&mut self, field: &str) -> Vec<(Cow<'a, str>, CustomValue)> {
        let Some(Value::Object(fields)) = self.object(field) else {
            return Vec::new();
        };
        let values = fields
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| {
                let value = match value {
                    Value::String(text) => CustomValue::Text(text.clone()),
                    Value::Bool(truth) => CustomValue::Boolean(*truth),
                    Value::Number(number) => match number.as_f64() {
                        Some(number) => CustomValue::Number(number),
                        None => CustomValue::Text(number.to_string()),
                    },
                    other => CustomValue::Text(other.to_string()),
                };
                (Cow::Borrowed(name.as_str()), value)
            });
        values.collect()
    }

    fn nested<T>(&mut self, field: &'static str, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut inner = self.object(field).map(|value| self.inner(field, value))?;
        let found = read(&mut inner);
        self.problems.append(&mut inner.problems);
        found
    }

    fn read<T>(&mut self, field: &str, expected: &'static str, read: impl FnOnce(&'a Value) -> Option<T>) -> Option<T> {
        let value = self.value.get(field).filter(|value| !value.is_null())?;
        let found = read(value);
        if found.is_none() {
            let dot = if self.prefix.is_empty() { "" } else { "." };
            let field = format!("{}{dot}{field}", self.prefix);
            let found = shown(value);
            self.problems.push(Problem { field, expected, found });
        }
        found
    }
}

/// A value on one line, shortened.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    let mut short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

fn described(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
