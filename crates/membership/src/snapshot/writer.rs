//! Writes sections, or measures them.

/// Sections one after another.
pub(crate) struct Writer {
    /// Nothing as long as sections are measured alone.
    bytes: Option<Vec<u8>>,
    length: usize,
}

impl Writer {
    /// One that only counts, so that the bytes can then be written to a place of the right size.
    pub fn measure() -> Self {
        let (bytes, length) = (None, 0);
        Self { bytes, length }
    }

    /// One that writes about so many bytes.
    pub fn with_capacity(length: usize) -> Self {
        let (bytes, length) = (Some(Vec::with_capacity(length)), 0);
        Self { bytes, length }
    }

    /// How many bytes there are so far.
    pub fn length(&self) -> usize {
        self.length
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes.unwrap_or_default()
    }

    /// Writes a word that is no section.
    pub fn word(&mut self, word: u64) {
        self.raw(&word.to_le_bytes());
    }

    /// A section of bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.word(bytes.len() as u64);
        self.raw(bytes);
        self.pad();
    }

    /// A section of numbers.
    pub fn numbers(&mut self, numbers: &[u32]) {
        let length = 4 * numbers.len();
        self.word(length as u64);
        self.length += length;
        if let Some(bytes) = &mut self.bytes {
            append(bytes, numbers);
        }
        self.pad();
    }

    /// A section of words.
    pub fn words(&mut self, words: impl ExactSizeIterator<Item = u64>) {
        self.word(8 * words.len() as u64);
        words.for_each(|word| self.word(word));
    }

    /// Two sections: the lengths of texts, and the texts.
    pub fn texts<'t>(&mut self, texts: impl Iterator<Item = &'t str> + Clone) {
        let lengths: Vec<_> = texts.clone().map(|text| text.len() as u32).collect();
        self.numbers(&lengths);
        self.word(lengths.iter().map(|length| u64::from(*length)).sum());
        texts.for_each(|text| self.raw(text.as_bytes()));
        self.pad();
    }

    fn raw(&mut self, new: &[u8]) {
        self.length += new.len();
        if let Some(bytes) = &mut self.bytes {
            bytes.extend_from_slice(new);
        }
    }

    fn pad(&mut self) {
        let rest = self.length.next_multiple_of(8) - self.length;
        self.raw([0; 8].get(..rest).unwrap_or_default());
    }
}

/// Room first, then all numbers into it, which compiles to a copy.
fn append(bytes: &mut Vec<u8>, numbers: &[u32]) {
    let start = bytes.len();
    bytes.resize(start + 4 * numbers.len(), 0);
    let places = bytes.get_mut(start..).unwrap_or_default();
    for (place, number) in places.as_chunks_mut::<4>().0.iter_mut().zip(numbers) {
        *place = number.to_le_bytes();
    }
}
