//! What went wrong, on its way to JavaScript: a JSON text that the face throws as a `ModuleError`.

use membership::change::{ChangeError, ChangeReason};
use membership::entity::Entity;
use membership::json::{Json, JsonError};
use membership::query::QueryError;
use membership::snapshot::SnapshotError;
use wasm_bindgen::JsValue;

/// Whom an error concerns: the text that was read, the query, a parameter and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// A text that is not JSON.
    Json,
    /// JSON that is no directory.
    Shape,
    /// Bytes that are no snapshot.
    Snapshot,
    /// A query.
    Query,
    /// A parameter that is wrong as it is written.
    Parameter,
    /// A user, a group or a handle that is not there.
    Identifier,
    /// A change that cannot be.
    Change,
}

impl ErrorKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Shape => "shape",
            Self::Snapshot => "snapshot",
            Self::Query => "query",
            Self::Parameter => "parameter",
            Self::Identifier => "identifier",
            Self::Change => "change",
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
        let mut json = Json::default();
        json.object().key("kind").text(self.kind.name());
        json.key("message").text(&self.message);
        let numbers = [
            ("position", self.position),
            ("length", self.length),
            ("line", self.line.map(u64::from)),
            ("column", self.column.map(u64::from)),
        ];
        for (key, number) in numbers {
            if let Some(number) = number {
                json.key(key).number(number);
            }
        }
        json.known_text("found", self.found.as_deref());
        if !self.expected.is_empty() {
            json.key("expected").list();
            for text in &self.expected {
                json.text(text);
            }
            json.end_list();
        }
        json.known_text("suggestion", self.suggestion.as_deref());
        json.end();
        json.finish()
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

impl From<SnapshotError> for ModuleError {
    fn from(error: SnapshotError) -> Self {
        Self::new(ErrorKind::Snapshot, error.to_string())
    }
}

/// Where an identifier of a change names nobody, that is what is wrong; the place is the change's in the list.
impl From<ChangeError> for ModuleError {
    fn from(error: ChangeError) -> Self {
        let unknown = match &error.reason {
            ChangeReason::UnknownUser(user) => Self::unknown(Entity::User, user),
            ChangeReason::UnknownGroup(group) => Self::unknown(Entity::Group, group),
            _ => Self::new(ErrorKind::Change, String::new()),
        };
        Self {
            position: Some(error.position as u64),
            message: error.to_string(),
            ..unknown
        }
    }
}

impl From<ModuleError> for JsValue {
    fn from(error: ModuleError) -> Self {
        Self::from_str(&error.json())
    }
}
