//! What was not as it should be while a vendor was read, a window at a time.

use membership::sort;
use protocol::{Incident, IncidentPage};

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

    /// Cost: O(incidents).
    pub(super) fn incidents(&self, offset: usize, limit: usize) -> IncidentPage {
        IncidentPage {
            total: self.incidents.len() as u32,
            losing: self.incidents.iter().filter(|incident| incident.loses).count() as u32,
            rows: self.incidents.iter().skip(offset).take(limit).cloned().collect(),
        }
    }
}
