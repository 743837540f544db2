//! What was not as it should be while a vendor was read, a window at a time.

use membership::sort;
use protocol::{Incident, IncidentPage, IncidentReason};

use super::Desk;

impl Desk {
    /// Takes the incidents: what loses something comes first, and groups are called by their names. Cost: O(i log i).
    pub(super) fn take_incidents(&mut self, mut incidents: Vec<Incident>) {
        sort::by_key(&mut incidents, |incident| u64::from(!incident.loses));
        for incident in &mut incidents {
            let group = incident.group.as_deref().and_then(|id| self.directory.find_group(id));
            let name = group.map(|group| self.directory.group_name(group).to_owned());
            incident.group = name.or(incident.group.take());
        }
        self.incidents = incidents;
    }

    /// What was not as it should be, in the order in which it is listed.
    #[must_use]
    pub fn all_incidents(&self) -> &[Incident] {
        &self.incidents
    }

    /// Cost: O(incidents).
    pub(super) fn incidents(&self, only: Option<IncidentReason>, offset: usize, limit: usize) -> IncidentPage {
        let mut reasons: Vec<(IncidentReason, u32)> = Vec::new();
        for incident in &self.incidents {
            let reason = incident.kind.reason();
            match reasons.iter_mut().find(|(other, _)| *other == reason) {
                Some((_, count)) => *count += 1,
                None => reasons.push((reason, 1)),
            }
        }
        // The most frequent first; of equally frequent ones the first of the enum.
        sort::by_key(&mut reasons, |(reason, count)| {
            u64::from(u32::MAX - count) << 32 | *reason as u64
        });
        let wanted = |incident: &&Incident| only.is_none_or(|only| incident.kind.reason() == only);
        IncidentPage {
            total: self.incidents.iter().filter(wanted).count() as u32,
            losing: self.incidents.iter().filter(|incident| incident.loses).count() as u32,
            reasons,
            rows: self
                .incidents
                .iter()
                .filter(wanted)
                .skip(offset)
                .take(limit)
                .cloned()
                .collect(),
        }
    }
}
