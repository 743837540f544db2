//! The console's own vendor code reads each vendor's endpoints of the companion, and has the facts that filled the database.

use std::collections::BTreeSet;

use axum::http::header::HOST;
use membership::directory::Directory;
use membership::instant;
use provider::connection::{Connection, Credentials, Incoming, Outgoing, Secret, System};
use provider::load::{Load, Next};
use server::store::{self, stand_in};

use crate::service::{ORIGIN, Service};
use crate::store::{Database, SELDOM};

/// Requests that are out at once.
const MOST: usize = 4;

/// A reading that nothing is wrong with, of a companion in which nobody else asks.
async fn read(service: &Service, connection: Connection) -> Directory {
    let mut load = Load::new(connection, MOST);
    let (mut out, mut now) = (Vec::new(), 1_000_000);
    loop {
        match load.next(now) {
            Next::Send(number, request) => out.push((number, request)),
            Next::Await => {
                let (number, request) = out.pop().expect("an answer is awaited");
                let answer = sent(service, &request).await;
                now += 1;
                load.answered(number, Some(&answer), now, 0.5);
            }
            Next::Pause(until) => now = until,
            Next::SignedOut => panic!("the credentials are good"),
            Next::Done => break,
        }
    }
    let (directory, incidents) = load.finish(&mut |_, _| {}).expect("it is small");
    assert_eq!(incidents, []);
    directory
}

async fn sent(service: &Service, request: &Outgoing) -> Incoming {
    let path = request.url.strip_prefix(ORIGIN).expect("nothing is sent elsewhere");
    let mut headers: Vec<(&str, &str)> = request
        .headers
        .iter()
        .map(|(name, value)| (*name, value.reveal()))
        .collect();
    headers.push((HOST.as_str(), "companion.test"));
    let body = request.body.as_ref().map_or("", Secret::reveal);
    let answer = service.send(request.method, path, &headers, body.as_bytes()).await;
    let answer = answer.expect("an address");
    Incoming {
        status: answer.status,
        retry_after: answer.header("retry-after").map(str::to_owned),
        content_type: answer.header("content-type").map(str::to_owned),
        body: answer.body.to_string().into_bytes(),
    }
}

/// What a vendor's model can tell of a directory, without the order of the telling.
fn told(directory: &Directory, system: System) -> BTreeSet<String> {
    let is = |other: System| system == other;
    let (users, groups) = (directory.users(), directory.groups());
    let user_id = |id: &str| {
        if is(System::Passbolt) {
            stand_in::of_user(id)
        } else {
            id.to_owned()
        }
    };
    let group_id = |id: &str| {
        if is(System::Passbolt) {
            stand_in::of_group(id)
        } else {
            id.to_owned()
        }
    };
    let date = |at: Option<i64>| {
        // Passbolt tells seconds.
        let unit = if is(System::Passbolt) { 1_000 } else { 1 };
        at.map(|at| instant::format(at - at.rem_euclid(unit)))
    };
    let text = |text: Option<&str>| text.map(str::to_owned);
    let mut facts = BTreeSet::new();
    for user in directory.all_users() {
        let row = user.row();
        let mut fact = vec![Some(user_id(directory.user_id(user))), text(users.username.get(row))];
        fact.extend([date(users.created.get(row)), date(users.modified.get(row))]);
        let (first, last) = (
            text(users.first_name.get(row).as_deref()),
            text(users.last_name.get(row).as_deref()),
        );
        let status = users.status.get(row);
        if is(System::Tulip) {
            let names: Vec<String> = [first, last]
                .into_iter()
                .flatten()
                .filter(|name| !name.is_empty())
                .collect();
            fact.extend([
                Some(names.join(" ")),
                text(users.email.get(row)),
                text(users.language.get(row)),
            ]);
        } else {
            fact.extend([first, last, date(users.last_login.get(row))]);
        }
        if is(System::Contensis) {
            let custom: BTreeSet<String> = users.custom.row(row).map(|field| format!("{field:?}")).collect();
            fact.extend([
                text(users.email.get(row)),
                text(users.language.get(row)),
                text(users.timezone.get(row)),
            ]);
            fact.extend([date(users.expiry.get(row)), Some(format!("{status:?} {custom:?}"))]);
        } else {
            fact.push(Some(format!("suspended: {}", status.suspended == Some(true))));
        }
        facts.insert(format!("user {fact:?}"));
    }
    for group in directory.all_groups() {
        let row = group.row();
        let id = group_id(directory.group_id(group));
        let mut fact = vec![
            text(groups.name.get(row)),
            date(groups.created.get(row)),
            date(groups.modified.get(row)),
        ];
        if !is(System::Passbolt) {
            fact.push(text(groups.description.get(row)));
        }
        if is(System::Contensis) {
            let custom: BTreeSet<String> = groups.custom.row(row).map(|field| format!("{field:?}")).collect();
            fact.extend([text(groups.kind.get(row)), Some(format!("{custom:?}"))]);
            let children = directory.hierarchy().children(group).iter();
            facts.extend(children.map(|child| format!("{id} contains {}", directory.group_id(*child))));
        }
        facts.insert(format!("group {id} {fact:?}"));
        for (user, is_manager) in directory.direct_members(group) {
            let manages = if is(System::Passbolt) && is_manager {
                "managed by"
            } else {
                "has"
            };
            facts.insert(format!("{id} {manages} {}", user_id(directory.user_id(user))));
        }
    }
    facts
}

async fn agree(directory: &Directory, name: &str) {
    for database in Database::both(directory, name).await {
        let service = Service::new(&database.store, 0);
        let grant = async |system| database.store.grant(system, None, 0).await.expect("granted");
        let (client, key, token) = (
            grant(store::System::Contensis).await,
            grant(store::System::Tulip).await,
            grant(store::System::Passbolt).await,
        );
        for (system, credentials) in [
            (
                System::Contensis,
                Credentials::Client {
                    id: client.id.clone(),
                    secret: Secret::new(client.secret.clone()),
                },
            ),
            (
                System::Tulip,
                Credentials::Key {
                    key: key.id.clone(),
                    secret: Secret::new(key.secret.clone()),
                },
            ),
            (System::Passbolt, Credentials::Token(Secret::new(token.secret.clone()))),
        ] {
            let connection = Connection {
                system,
                base: ORIGIN.to_owned(),
                credentials,
            };
            let again = read(&service, connection).await;
            assert_eq!(told(&again, system), told(directory, system), "{system:?}");
        }
    }
}

#[tokio::test]
async fn the_sample_is_read_as_it_was_filled_in() {
    let directory = membership::sample::directory(1_200, 7).expect("a sample");
    agree(&directory, "contract_sample").await;
}

#[tokio::test]
async fn what_is_seldom_is_read_as_it_was_filled_in() {
    let directory = membership::json::read(SELDOM.as_bytes()).expect("a directory");
    agree(&directory, "contract_seldom").await;
}
