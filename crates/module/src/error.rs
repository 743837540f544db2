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

/// An error with all that is known about it, as it is written for JavaScript. Places are in UTF-16 units.
pub struct ModuleError(Json);

impl ModuleError {
    fn new(kind: ErrorKind, message: &str) -> Self {
        let mut json = Json::default();
        json.object().key("kind").text(kind.name());
        json.key("message").text(message);
        Self(json)
    }

    fn number(mut self, key: &str, number: u64) -> Self {
        self.0.key(key).number(number);
        self
    }

    fn found(mut self, found: &str) -> Self {
        self.0.key("found").text(found);
        self
    }

    fn expected(mut self, expected: &[impl AsRef<str>]) -> Self {
        self.0.key("expected").list();
        for text in expected {
            self.0.text(text.as_ref());
        }
        self.0.end_list();
        self
    }

    /// A parameter that is not what it must be.
    pub fn parameter(name: &str, expected: &str, found: &str) -> Self {
        let message = format!("`{name}`: expected {expected}, found `{found}`");
        Self::new(ErrorKind::Parameter, &message)
            .found(found)
            .expected(&[expected])
    }

    /// What a query, or an order, is refused for. Its places are in characters of `text`.
    pub fn query(kind: ErrorKind, text: &str, error: &QueryError) -> Self {
        let units = |from: u32, count: u32| {
            let chars = text.chars().skip(from as usize).take(count as usize);
            chars.map(|char| char.len_utf16() as u64).sum()
        };
        let mut this = Self::new(kind, &error.message())
            .number("position", units(0, error.position))
            .number("length", units(error.position, error.length))
            .found(&error.found)
            .expected(&error.expected);
        this.0.known_text("suggestion", error.suggestion.as_deref());
        this
    }

    /// An identifier that names nobody, or nothing.
    pub fn unknown(entity: Entity, identifier: &str) -> Self {
        let (one, expected) = match entity {
            Entity::User => ("user", "the id, the username or the email of a user"),
            Entity::Group => ("group", "the id or the name of a group"),
        };
        let message = format!("there is no {one} `{identifier}`");
        Self::new(ErrorKind::Identifier, &message)
            .found(identifier)
            .expected(&[expected])
    }

    /// A handle that is none, where there are `count` of its kind.
    pub fn handle(entity: Entity, handle: u32, count: u32) -> Self {
        let one = match entity {
            Entity::User => "user",
            Entity::Group => "group",
        };
        let message = format!("there is no {one} of the handle {handle}");
        Self::new(ErrorKind::Identifier, &message)
            .found(&handle.to_string())
            .expected(&[format!("a handle below {count}")])
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
        let (expected, found) = (error.expected, error.found);
        let message = format!("line {line}, column {column}: expected {expected}, found {found}");
        Self::new(kind, &message)
            .number("position", error.utf16_position)
            .number("line", line.into())
            .number("column", column.into())
            .found(&found)
            .expected(&[expected])
    }
}

impl From<SnapshotError> for ModuleError {
    fn from(error: SnapshotError) -> Self {
        Self::new(ErrorKind::Snapshot, &error.to_string())
    }
}

/// Where an identifier of a change names nobody, that is what is wrong; the place is the change's in the list.
impl From<ChangeError> for ModuleError {
    fn from(error: ChangeError) -> Self {
        let (kind, found) = match &error.reason {
            ChangeReason::UnknownUser(found) | ChangeReason::UnknownGroup(found) => {
                (ErrorKind::Identifier, Some(found))
            }
            _ => (ErrorKind::Change, None),
        };
        let mut this = Self::new(kind, &error.to_string()).number("position", error.position as u64);
        this.0.known_text("found", found.map(String::as_str));
        this
    }
}

impl From<ModuleError> for JsValue {
    fn from(mut error: ModuleError) -> Self {
        error.0.end();
        Self::from_str(&error.0.finish())
    }
}
