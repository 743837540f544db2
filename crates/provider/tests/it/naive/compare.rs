//! Where an answer departs from what the documentation says it has to be; what the documentation leaves open is not compared.

use provider::answer::Response;
use serde_json::{Map, Value, json};

use super::url::{Url, last};
use super::world::{fold, is_uuid};
use super::{calendar, contensis, passbolt, tulip};

/// What is wrong with an answer, in words.
pub type Difference = String;

fn same<T: PartialEq + std::fmt::Debug>(what: &str, expected: &T, got: &T) -> Result<(), Difference> {
    if expected == got {
        return Ok(());
    }
    Err(format!("{what}:\n    expected {expected:?}\n    got      {got:?}"))
}

fn holds(is_so: bool, what: &str, got: &Value) -> Result<(), Difference> {
    if is_so {
        Ok(())
    } else {
        Err(format!("{what}, got {got}"))
    }
}

fn body(response: &Response) -> Result<Value, Difference> {
    let text = response.body.as_ref().ok_or("no body")?;
    serde_json::from_str(text).map_err(|error| format!("the body is no JSON: {error}: {text}"))
}

/// The same JSON with numbers as doubles, `null`s dropped from objects if they may as well be absent, and without
/// the objects of `status` and `custom` that hold nothing.
fn plain(value: Value, drops_null: bool) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(items) => items.into_iter().map(|item| plain(item, drops_null)).collect(),
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| (name, plain(value, drops_null)));
            let is_said = |(name, value): &(String, Value)| {
                let is_empty = ["status", "custom"].contains(&name.as_str()) && *value == json!({});
                !(is_empty || (drops_null && value.is_null()))
            };
            Value::Object(fields.filter(is_said).collect())
        }
        other => other,
    }
}

pub fn contensis(expected: &contensis::Answer, got: &Response, method: &str, url: &str) -> Result<(), Difference> {
    same("status", &expected.status(), &got.status)?;
    if method == "HEAD" {
        return same("body", &None, &got.body);
    }
    let body = body(got)?;
    match expected {
        contensis::Answer::Page(page) => same("body", &plain(page.clone(), false), &plain(body, false)),
        contensis::Answer::Yes => Err("a body, where there is none".to_owned()),
        contensis::Answer::Unauthorized => {
            let is_message = body.as_object().is_some_and(|it| it.len() == 1) && body["message"].is_string();
            holds(is_message, "a message alone", &body)
        }
        _ => {
            holds(body["logId"].as_str().is_some_and(is_uuid), "a logId", &body)?;
            holds(
                body["message"].as_str().is_some_and(|it| !it.is_empty()),
                "a message",
                &body,
            )?;
            holds(body["type"] == "error", "the type of an error", &body)?;
            culprit(expected, &body["data"], url)
        }
    }
}

/// Whether the position that an error tells is in the parameter that it names, and at the one wrong thing in it.
fn culprit(expected: &contensis::Answer, data: &Value, url: &str) -> Result<(), Difference> {
    if let Some(name) = data["parameter"].as_str() {
        let parameters = Url::new(url).parameters().unwrap_or_default();
        let parameters = parameters
            .into_iter()
            .map(|(name, value)| (fold(&name), value))
            .collect();
        let length = last(&parameters, &fold(name)).unwrap_or_default().chars().count() as u64;
        if !data["position"].is_null() {
            let end = data["position"]
                .as_u64()
                .zip(data["length"].as_u64())
                .map(|(start, span)| start + span);
            holds(
                end.is_some_and(|end| end <= length),
                "a place within the parameter",
                data,
            )?;
        }
    }
    if let contensis::Answer::Bad(Some(fault)) = expected {
        same(
            "parameter",
            &Some("zenql".to_owned()),
            &data["parameter"].as_str().map(fold),
        )?;
        holds(data["position"].is_u64(), "a position", data)?;
        holds(!data["expected"].is_null(), "what was expected", data)?;
        let position = data["position"].as_u64().filter(|_| fault.position.is_some());
        same("position", &fault.position.map(|it| it as u64), &position)?;
    }
    Ok(())
}

pub fn tulip(expected: &tulip::Answer, got: &Response, url: &str) -> Result<(), Difference> {
    let status = match expected {
        tulip::Answer::Error(status, _) => *status,
        _ => 200,
    };
    same("status", &status, &got.status)?;
    let body = body(got)?;
    match expected {
        tulip::Answer::Error(_, codes) => {
            let is_known = body["errorCode"].as_str().is_some_and(|code| codes.contains(&code));
            holds(is_known, &format!("one of {codes:?}"), &body)?;
            holds(
                body["message"].is_string() && body["retryable"].is_boolean(),
                "the model of an error",
                &body,
            )
        }
        tulip::Answer::One(one) => same("body", &stamped(one.clone()), &stamped(body)),
        tulip::Answer::Page(page) => {
            let items = page.items.iter().cloned().map(stamped).collect::<Value>();
            same("items", &items, &stamped(body["items"].clone()))?;
            same("count", &json!(page.count), &body["count"])?;
            let open = ["items", "count", "nextPage", "prevPage", "errors"];
            let stranger = body
                .as_object()
                .and_then(|fields| fields.keys().find(|it| !open.contains(&it.as_str())));
            same("other fields", &None, &stranger)?;
            // A page of no items has no neighbours that the documentation knows of.
            if page.limit == 0 {
                return Ok(());
            }
            let next = page.offset + page.limit;
            neighbour(
                "nextPage",
                (next < page.count).then_some(next),
                (page, url),
                &body["nextPage"],
            )?;
            let is_within = page.offset <= page.count;
            let previous = (page.offset > 0).then(|| page.offset.saturating_sub(page.limit));
            if is_within {
                neighbour("prevPage", previous, (page, url), &body["prevPage"])
            } else {
                Ok(())
            }
        }
    }
}

/// Whether a link has the origin and the path that were asked, begins where it has to and keeps the other parameters;
/// or is absent. Who asks by a path alone names no host, so that the link has none either.
fn neighbour(name: &str, offset: Option<usize>, asked: (&tulip::Page, &str), got: &Value) -> Result<(), Difference> {
    let Some(offset) = offset else {
        return holds(got.is_null(), &format!("no {name}"), got);
    };
    let (page, url) = asked;
    let link = got.as_str().unwrap_or_default();
    same(
        &format!("the path of {name}"),
        &url.split('?').next(),
        &link.split('?').next(),
    )?;
    let parameters = Url::new(link)
        .parameters()
        .map_err(|_| format!("{name} is malformed: {link}"))?;
    same(
        name,
        &Some(offset.to_string().as_str()),
        &last(&parameters, "offset").or(Some("0")),
    )?;
    let limit = last(&parameters, "limit").map_or(100, |limit| limit.parse().unwrap_or(0));
    // The first page may be as short as what is left before.
    let is_limit = limit == page.limit || (name == "prevPage" && limit == page.offset);
    holds(is_limit, &format!("the limit in {name}"), got)?;
    let mut kept = parameters
        .into_iter()
        .filter(|(name, _)| name != "limit" && name != "offset")
        .collect::<Vec<_>>();
    let mut wanted = page.kept.clone();
    kept.sort();
    wanted.sort();
    same(&format!("what {name} keeps"), &wanted, &kept)
}

/// Without what the directory does not know, dates as instants.
fn stamped(mut value: Value) -> Value {
    for item in value.as_array_mut().into_iter().flatten() {
        *item = stamped(item.take());
    }
    for name in ["created", "lastModified"] {
        if let Some(at) = value.pointer_mut(&format!("/{name}/at")) {
            *at = json!(at.as_str().and_then(calendar::read));
        }
    }
    value.as_object_mut().map(|fields| fields.remove("archived"));
    plain(value, true)
}

/// `roles` is the body that lists the roles.
pub fn passbolt(
    expected: &passbolt::Answer,
    got: &Response,
    (url, now, roles): (&str, i64, &Value),
) -> Result<(), Difference> {
    let status = match expected {
        passbolt::Answer::Error(status) => *status,
        _ => 200,
    };
    same("status", &status, &got.status)?;
    let whole = body(got)?;
    let body = plain(whole["body"].clone(), true);
    header(&whole["header"], status, url, now)?;
    match expected {
        passbolt::Answer::Error(_) => Ok(()),
        passbolt::Answer::Roles => {
            let names = body
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|role| role["name"].as_str());
            let names = names.collect::<Vec<_>>();
            holds(
                names.contains(&"admin") && names.contains(&"user"),
                "the built-in roles",
                &body,
            )
        }
        passbolt::Answer::AnyOrder(groups) => {
            let in_order = |groups: &Value| {
                let mut groups = groups
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(Value::to_string)
                    .collect::<Vec<_>>();
                groups.sort();
                groups
            };
            let body = compared(&documented(body, roles)?);
            same(
                "body",
                &in_order(&compared(&plain(groups.clone(), true))),
                &in_order(&body),
            )
        }
        passbolt::Answer::Body(wanted, pagination) => {
            let wanted = compared(&plain(wanted.clone(), true));
            same("body", &wanted, &compared(&documented(body, roles)?))?;
            let got = plain(whole["header"]["pagination"].clone(), true);
            same(
                "pagination",
                &pagination.clone().map_or(Value::Null, |it| plain(it, true)),
                &got,
            )
        }
    }
}

/// The actions of the endpoints, each by its name and its UUID as the documentation gives them.
const ACTIONS: [(&str, &str, &str); 5] = [
    ("/groups.json", "", "3cffe6ef-ea4c-5bc3-869b-945f26e2601a"),
    ("/groups/", ".json", "f0c5d1cd-b3e3-5494-8fb7-73a427790ce2"),
    ("/users.json", "", "d7bc9044-a64e-5421-a4d7-7a94eaa39d37"),
    ("/users/", ".json", "881ab948-e40f-5a72-91aa-54b442270029"),
    ("/roles.json", "", "30237a18-fd12-5935-b1be-1e2a62ccb71d"),
];

fn header(header: &Value, status: u16, url: &str, now: i64) -> Result<(), Difference> {
    let local = Url::new(url).local;
    let path = local.split('?').next().unwrap_or_default().trim_end_matches('/');
    let action = ACTIONS
        .iter()
        .find(|(begin, end, _)| path.starts_with(begin) && path.ends_with(end));
    holds(
        header["id"].as_str().is_some_and(is_uuid),
        "the id of a request",
        header,
    )?;
    holds(
        header["status"] == if status == 200 { "success" } else { "error" },
        "the status in words",
        header,
    )?;
    same("header.code", &json!(status), &header["code"])?;
    same(
        "header.servertime",
        &json!(now.div_euclid(1_000)),
        &header["servertime"],
    )?;
    same("header.url", &json!(local), &header["url"])?;
    same("header.action", &json!(action.map(|(_, _, id)| id)), &header["action"])
}

/// A body in the words of the expected one: without the ids of rows, once they are what they have to be, and with what
/// a user's fields come to.
fn documented(value: Value, roles: &Value) -> Result<Value, Difference> {
    match value {
        Value::Array(items) => items.into_iter().map(|item| documented(item, roles)).collect(),
        Value::Object(mut fields) => {
            if fields.contains_key("user_id") {
                let id = fields.remove("id").unwrap_or_default();
                holds(is_made(&id), "the id of a row as a UUID of version 5", &id)?;
            }
            if fields.contains_key("role_id") {
                user(&mut fields, roles)?;
            }
            let fields = fields
                .into_iter()
                .map(|(name, value)| Ok((name, documented(value, roles)?)));
            Ok(Value::Object(fields.collect::<Result<_, Difference>>()?))
        }
        other => Ok(other),
    }
}

/// A body as it is compared: members and memberships in one order, UUIDs in lower case, and `?` for an id that is no
/// UUID, or that was made of one, since the vendor's model has UUIDs alone.
fn compared(value: &Value) -> Value {
    let Some(fields) = value.as_object() else {
        return value
            .as_array()
            .map_or(value.clone(), |items| items.iter().map(compared).collect());
    };
    let fields = fields.iter().map(|(name, value)| {
        let value = match (name.as_str(), value.as_str()) {
            ("id" | "user_id" | "group_id", Some(id)) if is_uuid(id) && !is_made(value) => json!(id.to_lowercase()),
            ("id" | "user_id" | "group_id", Some(_)) => json!("?"),
            ("users" | "groups_users", _) => {
                let mut items = value.as_array().into_iter().flatten().map(compared).collect::<Vec<_>>();
                items.sort_by_key(Value::to_string);
                Value::Array(items)
            }
            _ => compared(value),
        };
        (name.clone(), value)
    });
    Value::Object(fields.collect())
}

/// Whether this is a UUID of version 5.
fn is_made(id: &Value) -> bool {
    id.as_str().is_some_and(|id| is_uuid(id) && id.as_bytes()[14] == b'5')
}

/// What `active`, `disabled` and the role of a user come to.
fn user(fields: &mut Map<String, Value>, roles: &Value) -> Result<(), Difference> {
    let is_active = fields.remove("active").unwrap_or_default();
    let is_disabled = fields.remove("disabled").is_some();
    holds(is_active.is_boolean(), "whether a user is active", &is_active)?;
    fields.insert("?suspended".to_owned(), json!(is_active == false || is_disabled));
    let role = fields.remove("role_id").unwrap_or_default();
    let named = roles.as_array().into_iter().flatten().find(|it| it["id"] == role);
    let name = named.map_or(Value::Null, |role| role["name"].clone());
    if let Some(role) = fields.get("role") {
        same("the role's own id", &named.map(|it| &it["id"]), &Some(&role["id"]))?;
        let name = role["name"].clone();
        fields.insert("role".to_owned(), json!({"name": name}));
    }
    fields.insert("?role".to_owned(), name);
    Ok(())
}
