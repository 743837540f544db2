//! The endpoints of Tulip: pages by offset, filters of `eq` and `or`, no nesting.

use serde_json::{Value, json};

use super::contensis::{Caller, LARGEST, number};
use super::evaluate::by_id;
use super::model::{date, object};
use super::url::{Malformed, Parameters, Url, decode, last, last_filled};
use super::world::{World, fold};

/// A page of a list: `limit` items from `offset` on, of so many that match.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub items: Vec<Value>,
    pub count: usize,
    pub limit: usize,
    pub offset: usize,
    /// The parameters that the neighbouring pages keep.
    pub kept: Parameters,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Page(Page),
    One(Value),
    /// A status with one of these codes: the documentation does not say which comes first.
    Error(u16, Vec<&'static str>),
}

const UNKNOWN: (u16, &str) = (404, "generic.notFound");
const INVALID: (u16, &str) = (400, "generic.invalidParams");

/// Answers `GET` to someone who may read users; panics on what is none of the endpoints.
pub fn answer(world: &World, url: &str, caller: Caller) -> Answer {
    if caller == Caller::Nobody {
        return Answer::Error(401, vec!["generic.unauthorized"]);
    }
    match read(world, &Url::new(url)) {
        Ok(answer) => answer,
        Err(wrong) => Answer::Error(wrong[0].0, wrong.iter().map(|(_, code)| *code).collect()),
    }
}

type Refusal = Vec<(u16, &'static str)>;

fn read(world: &World, url: &Url) -> Result<Answer, Refusal> {
    let decoded = url
        .segments
        .iter()
        .map(|segment| decode(segment))
        .collect::<Result<Vec<_>, Malformed>>();
    let parameters = url.parameters().and_then(|parameters| Ok((decoded?, parameters)));
    let (segments, parameters) = parameters.map_err(|Malformed| vec![INVALID])?;
    let segments = segments.iter().map(String::as_str).collect::<Vec<_>>();
    let group = |id: &str| world.group(id).ok_or(vec![UNKNOWN]);
    let user = |id: &str| world.user(id).ok_or(vec![UNKNOWN]);
    match segments[4..] {
        [] if segments[3] == "users" => list_of_users(world, parameters),
        [] => list_of_groups(world, parameters),
        [id] if segments[3] == "users" => Ok(Answer::One(user_body(world, user(id)?))),
        [id] => Ok(Answer::One(group_body(world, group(id)?))),
        [id, "user-groups"] => {
            let listing = Listing::read(parameters, &["userGroupId"], "userGroups.invalidFilter")?;
            let mut groups = world.all_groups();
            let user = user(id)?;
            groups.retain(|group| world.is_direct(user, *group));
            groups.sort_by(|one, other| by_id(&world.groups[*one].id, &world.groups[*other].id));
            let ids = groups.into_iter().map(|group| world.groups[group].id.clone());
            Ok(listing.page(ids.map(|id| json!({"userGroupId": id})).collect()))
        }
        [id, "users"] => {
            let listing = Listing::read(parameters, &["userId"], "users.invalidFilter")?;
            let mut users = world.all_users();
            let group = group(id)?;
            users.retain(|user| world.is_direct(*user, group));
            users.sort_by(|one, other| by_id(&world.users[*one].id, &world.users[*other].id));
            let ids = users.into_iter().map(|user| world.users[user].id.clone());
            Ok(listing.page(ids.map(|id| json!({"userId": id})).collect()))
        }
        _ => panic!("{segments:?} is no endpoint"),
    }
}

fn list_of_users(world: &World, parameters: Parameters) -> Result<Answer, Refusal> {
    let archived = archived(&parameters)?;
    let search = last_filled(&parameters, "search").map(fold);
    let listing = Listing::read(parameters, &["id", "badgeId", "name/full"], "users.invalidFilter")?;
    let mut users = world.all_users();
    users.retain(|row| {
        let user = &world.users[*row];
        let texts = [world.full_name(*row), user.email.clone(), user.username.clone()];
        let holds = |search: &String| texts.iter().flatten().any(|text| fold(text).contains(search));
        (user.suspended == Some(true)) == archived && search.as_ref().is_none_or(holds)
    });
    users.sort_by(|one, other| by_id(&world.users[*one].id, &world.users[*other].id));
    Ok(listing.page(users.into_iter().map(|user| user_body(world, user)).collect()))
}

fn list_of_groups(world: &World, parameters: Parameters) -> Result<Answer, Refusal> {
    let archived = archived(&parameters)?;
    let search = last_filled(&parameters, "search").map(fold);
    let listing = Listing::read(parameters, &["id"], "userGroups.invalidFilter")?;
    let mut groups = world.all_groups();
    groups.retain(|row| {
        let name = &world.groups[*row].name;
        let holds = |search: &String| name.as_ref().is_some_and(|name| fold(name).contains(search));
        !archived && search.as_ref().is_none_or(holds)
    });
    groups.sort_by(|one, other| by_id(&world.groups[*one].id, &world.groups[*other].id));
    Ok(listing.page(groups.into_iter().map(|group| group_body(world, group)).collect()))
}

fn archived(parameters: &Parameters) -> Result<bool, Refusal> {
    match last(parameters, "archived") {
        Some("true") => Ok(true),
        Some("false") | None => Ok(false),
        Some(_) => Err(vec![INVALID]),
    }
}

/// What every list takes: a filter says which fields may equal which values.
struct Listing {
    limit: usize,
    offset: usize,
    filter: Option<Vec<(String, String)>>,
    kept: Parameters,
}

impl Listing {
    fn read(parameters: Parameters, fields: &[&str], code: &'static str) -> Result<Self, Refusal> {
        let limit = number(&parameters, "limit", 0, 1_000, 100);
        let offset = number(&parameters, "offset", 0, LARGEST, 0);
        let filter = last_filled(&parameters, "filter").map(|text| filter(text, fields));
        let invalid = (limit.is_none() || offset.is_none()).then_some(INVALID);
        let unfiltered = (filter == Some(None)).then_some((400, code));
        let kept = parameters
            .into_iter()
            .filter(|(name, _)| name != "limit" && name != "offset")
            .collect();
        match (limit, offset, filter) {
            (Some(limit), Some(offset), filter) if unfiltered.is_none() => Ok(Self {
                limit: limit as usize,
                offset: offset as usize,
                filter: filter.flatten(),
                kept,
            }),
            _ => Err(invalid.into_iter().chain(unfiltered).collect()),
        }
    }

    fn page(self, mut items: Vec<Value>) -> Answer {
        if let Some(filter) = &self.filter {
            items.retain(|item| {
                let says = |field: &str| item.pointer(&format!("/{field}")).and_then(Value::as_str);
                filter.iter().any(|(field, value)| says(field) == Some(value.as_str()))
            });
        }
        Answer::Page(Page {
            count: items.len(),
            items: items.into_iter().skip(self.offset).take(self.limit).collect(),
            limit: self.limit,
            offset: self.offset,
            kept: self.kept,
        })
    }
}

/// Reads `field eq 'value'` joined by `or`, with parentheses: as the pairs of which one has to hold.
fn filter(text: &str, fields: &[&str]) -> Option<Vec<(String, String)>> {
    let mut words = words(text)?;
    words.reverse();
    let pairs = alternatives(&mut words, fields)?;
    words.is_empty().then_some(pairs)
}

#[derive(Debug, PartialEq)]
enum Word {
    Bare(String),
    Quoted(String),
    Open,
    Close,
}

fn words(text: &str) -> Option<Vec<Word>> {
    let text = text.chars().collect::<Vec<_>>();
    let (mut place, mut words) = (0, Vec::new());
    while place < text.len() {
        match text[place] {
            ' ' => place += 1,
            '(' | ')' => {
                words.push(if text[place] == '(' { Word::Open } else { Word::Close });
                place += 1;
            }
            '\'' => {
                let mut quoted = String::new();
                place += 1;
                loop {
                    let is_double = text.get(place + 1) == Some(&'\'');
                    match text.get(place)? {
                        '\'' if is_double => place += 1,
                        '\'' => break,
                        _ => {}
                    }
                    quoted.push(text[place]);
                    place += 1;
                }
                words.push(Word::Quoted(quoted));
                place += 1;
            }
            _ => {
                let bare = text[place..]
                    .iter()
                    .take_while(|it| !" ()'".contains(**it))
                    .collect::<String>();
                place += bare.chars().count();
                words.push(Word::Bare(bare));
            }
        }
    }
    Some(words)
}

/// Takes words from the end of the list, which is their beginning.
fn alternatives(words: &mut Vec<Word>, fields: &[&str]) -> Option<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    loop {
        match words.pop()? {
            Word::Open => {
                pairs.extend(alternatives(words, fields)?);
                if words.pop()? != Word::Close {
                    return None;
                }
            }
            Word::Bare(field) if fields.contains(&field.as_str()) => {
                let is_eq = words.pop()? == Word::Bare("eq".to_owned());
                match words.pop()? {
                    Word::Quoted(value) if is_eq => pairs.push((field, value)),
                    _ => return None,
                }
            }
            _ => return None,
        }
        if words.last() != Some(&Word::Bare("or".to_owned())) {
            return Some(pairs);
        }
        words.pop();
    }
}

fn stamp(instant: Option<i64>) -> Value {
    instant.map_or(Value::Null, |_| json!({"at": date(instant)}))
}

fn user_body(world: &World, row: usize) -> Value {
    let user = &world.users[row];
    let fields = vec![
        ("id", json!(user.id)),
        (
            "name",
            world.full_name(row).map_or(Value::Null, |name| json!({"full": name})),
        ),
        ("badgeId", json!(user.username)),
        ("language", json!(user.language)),
        (
            "email",
            user.email
                .as_ref()
                .map_or(Value::Null, |email| json!({"address": email})),
        ),
        ("created", stamp(user.created)),
        ("lastModified", stamp(user.modified)),
    ];
    object(fields, true)
}

fn group_body(world: &World, row: usize) -> Value {
    let group = &world.groups[row];
    let users = world.all_users().into_iter().filter(|user| world.is_direct(*user, row));
    let fields = vec![
        ("id", json!(group.id)),
        ("name", json!(group.name)),
        ("description", json!(group.description)),
        ("assignedUsersCount", json!(users.count())),
        ("created", stamp(group.created)),
        ("lastModified", stamp(group.modified)),
    ];
    object(fields, true)
}
