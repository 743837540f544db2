//! What went wrong, on its way to JavaScript: a JSON text that the face throws as a `ModuleError`.

use membership::entity::Entity;
use membership::json::JsonError;
use membership::query::QueryError;
use wasm_bindgen::JsValue;

use crate::json::Json;

/// Whom an error concerns: the text that was read, the query, a parameter and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// A text that is not JSON.
    Json,
    /// JSON that is no directory.
    Shape,
    /// A query.
    Query,
    /// A parameter that is wrong as it is written.
    Parameter,
    /// A user, a group or a handle that is not there.
    Identifier,
}

impl ErrorKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Shape => "shape",
            Self::Query => "query",
            Self::Parameter => "parameter",
            Self::Identifier => "identifier",
        }
    }
}

/// An error with all that is known about it. Places are in UTF-16 units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleError {
    kind: ErrorKind,
    message: String,
    position: Option<u64>,
    length: Option<u64>,
    line: Option<u32>,
    column: Option<u32>,
    found: Option<String>,
    expected: Vec<String>,
    suggestion: Option<String>,
}

impl ModuleError {
    fn new(kind: ErrorKind, message: String) -> Self {
        Self {
            kind,
            message,
            position: None,
            length: None,
            line: None,
            column: None,
            found: None,
            expected: Vec::new(),
            suggestion: None,
        }
    }

    /// A parameter that is not what it must be.
    pub fn parameter(name: &str, expected: &str, found: &str) -> Self {
        Self {
            found: Some(found.to_owned()),
            expected: vec![expected.to_owned()],
            ..Self::new(
                ErrorKind::Parameter,
                format!("`{name}`: expected {expected}, found `{found}`"),
            )
        }
    }

    /// What a query, or an order, is refused for. Its places are in characters of `text`.
    pub fn query(kind: ErrorKind, text: &str, error: &QueryError) -> Self {
        let units = |from: u32, count: u32| {
            let chars = text.chars().skip(from as usize).take(count as usize);
            Some(chars.map(|char| char.len_utf16() as u64).sum())
        };
        Self {
            position: units(0, error.position),
            length: units(error.position, error.length),
            found: Some(error.found.clone()),
            expected: error.expected.clone(),
            suggestion: error.suggestion.clone(),
            ..Self::new(kind, error.message())
        }
    }

    /// An identifier that names nobody, or nothing.
    pub fn unknown(entity: Entity, identifier: &str) -> Self {
        let (one, expected) = match entity {
            Entity::User => ("user", "the id, the username or the email of a user"),
            Entity::Group => ("group", "the id or the name of a group"),
        };
        Self {
            found: Some(identifier.to_owned()),
            expected: vec![expected.to_owned()],
            ..Self::new(ErrorKind::Identifier, format!("there is no {one} `{identifier}`"))
        }
    }

    /// A handle that is none, where there are `count` of its kind.
    pub fn handle(entity: Entity, handle: u32, count: u32) -> Self {
        let one = match entity {
            Entity::User => "user",
            Entity::Group => "group",
        };
        Self {
            found: Some(handle.to_string()),
            expected: vec![format!("a handle below {count}")],
            ..Self::new(
                ErrorKind::Identifier,
                format!("there is no {one} of the handle {handle}"),
            )
        }
    }

    fn json(&self) -> String {
        Json::object(|json| {
            json.key("kind").text(self.kind.name());
            json.key("message").text(&self.message);
            let line = self.line.map(u64::from);
            let column = self.column.map(u64::from);
            let numbers = [
                ("position", self.position),
                ("length", self.length),
                ("line", line),
                ("column", column),
            ];
            for (key, number) in numbers {
                if let Some(number) = number {
                    json.key(key).count(number);
                }
            }
            json.optional("found", self.found.as_deref());
            json.key("expected")
                .items(|json| self.expected.iter().for_each(|text| json.text(text)));
            json.optional("suggestion", self.suggestion.as_deref());
        })
    }
}

impl From<JsonError> for ModuleError {
    fn from(error: JsonError) -> Self {
        let (line, column) = (error.line, error.utf16_column);
        let kind = if error.is_json {
            ErrorKind::Shape
        } else {
            ErrorKind::Json
        };
        let message = format!(
            "line {line}, column {column}: expected {}, found {}",
            error.expected, error.found
        );
        Self {
            position: Some(error.utf16_position),
            line: Some(line),
            column: Some(column),
            found: Some(error.found),
            expected: vec![error.expected],
            ..Self::new(kind, message)
        }
    }
}

impl From<ModuleError> for JsValue {
    fn from(error: ModuleError) -> Self {
        Self::from_str(&error.json())
    }
}
