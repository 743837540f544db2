//! The provider's words as the console's, and the other way round for credentials.

use protocol as to;
use provider::connection::{Credentials, Secret};
use provider::error::ProviderError;
use provider::incident::{Incident, IncidentKind};
use provider::load::{Stage, StageProgress};

/// Credentials as the console sent them; `granted` are those of the companion, if it granted some.
#[must_use]
pub fn credentials(sent: to::Credentials, granted: Option<Credentials>) -> Option<Credentials> {
    let secret = |text: to::Secret| Secret::new(text.0);
    Some(match sent {
        to::Credentials::Held => Credentials::Held,
        to::Credentials::Granted => return granted,
        to::Credentials::Token(token) => Credentials::Token(secret(token)),
        to::Credentials::Client { id, secret: of } => Credentials::Client { id, secret: secret(of) },
        to::Credentials::Key { key, secret: of } => Credentials::Key {
            key,
            secret: secret(of),
        },
    })
}

/// A reading that nobody is signed in for.
pub fn nobody() -> to::VendorProgress {
    to::VendorProgress {
        lists: Vec::new(),
        standing: to::Standing::SignedOut(to::Failure::SignIn),
        requests: 0,
        incidents: 0,
        latest: Vec::new(),
    }
}

/// How far a list has come.
pub fn list(stage: &StageProgress, per_second: u32) -> to::ListProgress {
    to::ListProgress {
        list: of_list(stage.stage),
        items: stage.items,
        done: stage.done,
        total: stage.total,
        per_second,
    }
}

fn of_list(stage: Stage) -> to::List {
    match stage {
        Stage::Users => to::List::Users,
        Stage::Groups => to::List::Groups,
        Stage::Children => to::List::Children,
        Stage::Members => to::List::Members,
    }
}

/// Why a request was not answered as it should be.
pub fn failure(error: &ProviderError) -> to::Failure {
    match error {
        ProviderError::SignIn => to::Failure::SignIn,
        ProviderError::Forbidden => to::Failure::Forbidden,
        ProviderError::Missing => to::Failure::Missing,
        ProviderError::Busy { retry_after } => to::Failure::Busy {
            retry_after: retry_after.map(|millis| u64::try_from(millis).unwrap_or_default()),
        },
        ProviderError::Refused { reason } => to::Failure::Refused { reason: reason.clone() },
        ProviderError::Unreadable { what } => to::Failure::Unreadable { what: what.clone() },
        ProviderError::Offline => to::Failure::Offline,
    }
}

/// Something that was not as it should be; its group by id.
#[must_use]
pub fn incident(incident: &Incident) -> to::Incident {
    to::Incident {
        list: of_list(incident.stage),
        group: incident.group.clone(),
        kind: kind(&incident.kind),
        loses: incident.kind.loses(),
    }
}

fn kind(kind: &IncidentKind) -> to::IncidentKind {
    match kind.clone() {
        IncidentKind::Lost(error) => to::IncidentKind::Lost(failure(&error)),
        IncidentKind::Unread => to::IncidentKind::Unread,
        IncidentKind::Repeats { page, earlier } => to::IncidentKind::Repeats { page, earlier },
        IncidentKind::TotalChanged { from, to } => to::IncidentKind::TotalChanged { from, to },
        IncidentKind::Counted { came, total } => to::IncidentKind::Counted { came, total },
        IncidentKind::Elsewhere { link } => to::IncidentKind::Elsewhere { link },
        IncidentKind::Circle { link } => to::IncidentKind::Circle { link },
        IncidentKind::NoId { item } => to::IncidentKind::NoId { item },
        IncidentKind::Type {
            id,
            field,
            expected,
            found,
        } => to::IncidentKind::Type {
            id,
            field,
            expected: expected.to_owned(),
            found,
        },
    }
}
