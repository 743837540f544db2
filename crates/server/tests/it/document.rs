//! The OpenAPI document that the companion serves, read so that answers can be held to it.

use serde_json::Value;
use uuid::Uuid;

use crate::service::Answer;

/// The methods that a path of the document may have.
const METHODS: [&str; 5] = ["get", "head", "post", "put", "delete"];

/// The document.
pub struct Document(Value);

/// What the document says of a method on a path.
#[derive(Clone, Copy)]
pub struct Operation<'a> {
    document: &'a Document,
    /// The path with its parameters in braces.
    pub path: &'a str,
    /// In upper case.
    pub method: &'static str,
    item: &'a Value,
    operation: &'a Value,
}

impl Document {
    /// The one in the source, which is the one that is served.
    pub fn new() -> Self {
        Self(serde_json::from_str(include_str!("../../src/openapi.json")).expect("JSON"))
    }

    /// Everything that it says can be asked.
    pub fn operations(&self) -> impl Iterator<Item = Operation<'_>> {
        let paths = self.0["paths"].as_object().expect("paths");
        paths.iter().flat_map(move |(path, item)| {
            let methods = METHODS.into_iter().zip(["GET", "HEAD", "POST", "PUT", "DELETE"]);
            methods.filter_map(move |(key, method)| {
                Some(Operation {
                    document: self,
                    path,
                    method,
                    item,
                    operation: item.get(key)?,
                })
            })
        })
    }

    /// What it says of a request, whose path is as it was sent. `HEAD` is asked wherever `GET` is.
    pub fn operation(&self, method: &str, path: &str) -> Option<Operation<'_>> {
        let path = path.strip_prefix("/api/passbolt").unwrap_or(path);
        let path = path.strip_suffix('/').unwrap_or(path);
        let of = |method: &str| self.operations().find(|it| it.method == method && is_of(it.path, path));
        of(method).or_else(|| of("GET").filter(|_| method == "HEAD"))
    }

    pub fn version(&self) -> &Value {
        &self.0["info"]["version"]
    }

    /// What a reference leads to; anything else is itself.
    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value.get("$ref").and_then(Value::as_str) {
            Some(to) => self
                .0
                .pointer(to.trim_start_matches('#'))
                .unwrap_or_else(|| panic!("{to} leads nowhere")),
            None => value,
        }
    }

    /// What is wrong with a value, by its schema. A keyword that is not known here is a mistake of the document.
    fn check(&self, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        let schema = self.resolve(schema).as_object().expect("a schema");
        let wrong = |what: &str| Err(format!("{at}: {value} {what}"));
        for (keyword, asked) in schema {
            let holds = match keyword.as_str() {
                "type" => match asked {
                    Value::Array(kinds) => kinds.iter().any(|kind| is_a(value, kind)),
                    kind => is_a(value, kind),
                },
                "enum" => asked.as_array().is_some_and(|all| all.contains(value)),
                "oneOf" => {
                    let all = asked.as_array().expect("schemas");
                    all.iter().filter(|one| self.check(one, value, at).is_ok()).count() == 1
                }
                "minimum" => value
                    .as_i64()
                    .is_none_or(|it| asked.as_i64().is_some_and(|least| it >= least)),
                "maximum" => value
                    .as_i64()
                    .is_none_or(|it| asked.as_i64().is_some_and(|most| it <= most)),
                "maxItems" => value
                    .as_array()
                    .is_none_or(|items| asked.as_u64().is_some_and(|most| items.len() as u64 <= most)),
                "format" => value.as_str().is_none_or(|text| match asked.as_str() {
                    Some("uuid") => Uuid::parse_str(text).is_ok(),
                    Some("date-time") => membership::instant::parse(text).is_some(),
                    other => panic!("the format {other:?}"),
                }),
                "required" => {
                    let mut names = asked.as_array().expect("names").iter().filter_map(Value::as_str);
                    value
                        .as_object()
                        .is_none_or(|value| names.all(|name| value.contains_key(name)))
                }
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(asked, item, &format!("{at}/{index}"))?;
                    }
                    true
                }
                "properties" => {
                    for (name, schema) in asked.as_object().expect("properties") {
                        if let Some(value) = value.get(name) {
                            self.check(schema, value, &format!("{at}/{name}"))?;
                        }
                    }
                    true
                }
                "additionalProperties" => {
                    let known = |name: &str| schema.get("properties").is_some_and(|it| it.get(name).is_some());
                    let others = value.as_object().into_iter().flatten().filter(|(name, _)| !known(name));
                    for (name, value) in others {
                        if asked == &Value::Bool(false) {
                            return Err(format!("{at}/{name} is not documented"));
                        }
                        self.check(asked, value, &format!("{at}/{name}"))?;
                    }
                    true
                }
                "description" | "default" => true,
                other => panic!("the keyword {other}"),
            };
            if !holds {
                return wrong(&format!("is not of {keyword} {asked}"));
            }
        }
        Ok(())
    }
}

impl<'a> Operation<'a> {
    /// Name, place and schema of each parameter.
    pub fn parameters(self) -> impl Iterator<Item = (&'a str, &'a str, &'a Value)> {
        let lists = [&self.item["parameters"], &self.operation["parameters"]];
        let all = lists.into_iter().filter_map(Value::as_array).flatten();
        all.map(move |parameter| {
            let parameter = self.document.resolve(parameter);
            let text = |key: &str| parameter[key].as_str().expect("a text");
            (text("name"), text("in"), self.document.resolve(&parameter["schema"]))
        })
    }

    /// Which of the tags of the document it has.
    pub fn tag(self) -> &'a str {
        self.operation["tags"][0].as_str().expect("a tag")
    }

    /// Whether an answer is documented: its status, and its body by the schema of that, or that it has none, as that of
    /// every `HEAD`.
    pub fn check(self, method: &str, answer: &Answer) -> Result<(), String> {
        let responses = &self.operation["responses"];
        let response = responses
            .get(answer.status.to_string())
            .or_else(|| responses.get("default"));
        let response = response.ok_or_else(|| format!("{} is not documented", answer.status))?;
        if method == "HEAD" {
            return Ok(());
        }
        let Some(content) = self.document.resolve(response).get("content") else {
            return match answer.text.as_str() {
                "" => Ok(()),
                text => Err(format!("a body that is not documented: {text}")),
            };
        };
        let (kind, schema) = content.as_object().and_then(|it| it.iter().next()).expect("a kind");
        let told = answer.header("content-type").unwrap_or_default();
        if told.split(';').next() != Some(kind) {
            return Err(format!("{told:?} is not {kind}"));
        }
        if kind != "application/json" {
            return Ok(());
        }
        let body: Value = serde_json::from_str(&answer.text).map_err(|error| format!("no JSON: {error}"))?;
        self.document.check(&schema["schema"], &body, "")
    }
}

/// Whether a path is of a template, in which a parameter is a segment, or what stands before the end of one.
pub fn is_of(template: &str, path: &str) -> bool {
    let (mut asked, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (asked.next(), given.next()) {
            (None, None) => return true,
            (Some(asked), Some(given)) => {
                let fits = match asked.strip_prefix('{').and_then(|it| it.split_once('}')) {
                    Some(("path", "")) => return true,
                    Some((_, end)) => given.ends_with(end),
                    None => asked == given,
                };
                if !fits {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

fn is_a(value: &Value, kind: &Value) -> bool {
    match kind.as_str() {
        Some("string") => value.is_string(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("boolean") => value.is_boolean(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        Some("null") => value.is_null(),
        other => panic!("the type {other:?}"),
    }
}

#[test]
fn values_are_told_from_those_that_no_schema_has() {
    let document = Document::new();
    let check = |name: &str, value: Value| document.check(&document.0["components"]["schemas"][name], &value, "");
    let stamp = |at: Value| serde_json::json!({"id": "a", "created": {"at": at}});
    assert_eq!(check("TulipUser", stamp("2026-01-31T00:00:00Z".into())), Ok(()));
    for wrong in [
        stamp("yesterday".into()),
        stamp(3.into()),
        serde_json::json!({"id": null}),
    ] {
        assert!(check("TulipUser", wrong.clone()).is_err(), "{wrong}");
    }
    assert!(check("TulipUser", serde_json::json!({"id": "a", "password": "b"})).is_err());
    assert!(check("TulipUser", serde_json::json!({})).is_err());
    assert!(check("PassboltRole", serde_json::json!({"id": "a"})).is_err());
}
