//! The fields of users and groups as they lie in a snapshot.

use super::{CustomColumn, CustomColumns, Groups, InstantColumn, StatusColumn, Users};
use crate::snapshot::{Reader, SnapshotError, Writer};
use crate::text::{NameColumn, TextColumn};

impl Users {
    pub(in crate::directory) fn pack(&self, out: &mut Writer) {
        for column in [&self.id, &self.username, &self.email] {
            column.pack(out);
        }
        self.first_name.pack(out);
        self.last_name.pack(out);
        self.language.pack(out);
        self.timezone.pack(out);
        for column in [&self.created, &self.modified, &self.last_login, &self.expiry] {
            column.pack(out);
        }
        out.bytes(&self.status.flags);
        self.custom.pack(out);
    }

    pub(in crate::directory) fn unpack(rows: u32, reader: &mut Reader<'_>) -> Self {
        let this = Self {
            id: TextColumn::unpack(rows, reader),
            username: TextColumn::unpack(rows, reader),
            email: TextColumn::unpack(rows, reader),
            first_name: NameColumn::unpack(rows, reader),
            last_name: NameColumn::unpack(rows, reader),
            language: TextColumn::unpack(rows, reader),
            timezone: TextColumn::unpack(rows, reader),
            created: InstantColumn::unpack(rows, reader),
            modified: InstantColumn::unpack(rows, reader),
            last_login: InstantColumn::unpack(rows, reader),
            expiry: InstantColumn::unpack(rows, reader),
            status: StatusColumn { flags: reader.bytes() },
            custom: CustomColumns::unpack(rows, reader),
        };
        if this.status.flags.len() != rows as usize {
            reader.refuse(SnapshotError::Content("status"));
        }
        this
    }
}

impl Groups {
    pub(in crate::directory) fn pack(&self, out: &mut Writer) {
        for column in [&self.id, &self.name, &self.description, &self.kind] {
            column.pack(out);
        }
        self.created.pack(out);
        self.modified.pack(out);
        self.custom.pack(out);
    }

    pub(in crate::directory) fn unpack(rows: u32, reader: &mut Reader<'_>) -> Self {
        Self {
            id: TextColumn::unpack(rows, reader),
            name: TextColumn::unpack(rows, reader),
            description: TextColumn::unpack(rows, reader),
            kind: TextColumn::unpack(rows, reader),
            created: InstantColumn::unpack(rows, reader),
            modified: InstantColumn::unpack(rows, reader),
            custom: CustomColumns::unpack(rows, reader),
        }
    }
}

impl InstantColumn {
    fn pack(&self, out: &mut Writer) {
        out.words(self.values.iter().map(|value| *value as u64));
    }

    fn unpack(rows: u32, reader: &mut Reader<'_>) -> Self {
        let values: Vec<_> = reader.words().into_iter().map(|word| word as i64).collect();
        if values.len() > rows as usize {
            reader.refuse(SnapshotError::Content("dates"));
        }
        Self { values }
    }
}

impl CustomColumns {
    fn pack(&self, out: &mut Writer) {
        out.texts(self.columns.iter().map(CustomColumn::name));
        for column in &self.columns {
            column.texts.pack(out);
            let rows: Vec<_> = column.numbers.iter().map(|(row, _)| *row).collect();
            out.numbers(&rows);
            out.words(column.numbers.iter().map(|(_, value)| value.to_bits()));
            let rows: Vec<_> = column.booleans.iter().map(|(row, _)| *row).collect();
            out.numbers(&rows);
            let values: Vec<_> = column.booleans.iter().map(|(_, value)| u8::from(*value)).collect();
            out.bytes(&values);
        }
    }

    fn unpack(rows: u32, reader: &mut Reader<'_>) -> Self {
        let mut columns = Vec::new();
        for name in reader.texts() {
            let texts = TextColumn::unpack(rows, reader);
            let (of_numbers, numbers) = (reader.numbers(), reader.words());
            let (of_booleans, booleans) = (reader.numbers(), reader.bytes());
            let fits = is_list(rows, &of_numbers, numbers.len()) && is_list(rows, &of_booleans, booleans.len());
            if !fits {
                reader.refuse(SnapshotError::Content("custom fields"));
            }
            columns.push(CustomColumn {
                name,
                texts,
                numbers: of_numbers
                    .into_iter()
                    .zip(numbers.into_iter().map(f64::from_bits))
                    .collect(),
                booleans: of_booleans
                    .into_iter()
                    .zip(booleans.into_iter().map(|byte| byte != 0))
                    .collect(),
            });
        }
        Self { columns }
    }
}

/// Whether there are so many rows, and they ascend.
fn is_list(rows: u32, list: &[u32], count: usize) -> bool {
    let ascends = list.is_sorted_by(|row, next| row < next) && list.last().is_none_or(|last| *last < rows);
    ascends && list.len() == count
}
