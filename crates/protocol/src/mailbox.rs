//! One message in memory that the console and its worker share, where the browser lets them share any.
//!
//! A posted message is heard in a task of its own, which after a key may wait for the frame of that key; memory can be
//! looked at inside the frame. So an answer is put here, and [`FromWorker::Alive`](crate::FromWorker::Alive) is posted in
//! its place, which brings the console to look even when nothing is drawn.

use js_sys::{Atomics, Int32Array, Reflect, SharedArrayBuffer, Uint8Array, global};
use wasm_bindgen::{JsCast as _, JsValue};

/// Bytes of a mailbox; a page of rows takes a tenth to a third of it.
const SIZE: u32 = 64 * 1024;
/// Where the length of the message stands, which is 0 while there is none: the first number of four bytes.
const LENGTH: u32 = 0;
/// Where it stands how many messages were said before: the second.
const SAID: u32 = 1;
/// Where the message begins.
const BODY: u32 = 8;

/// The memory, as either side has it: the worker puts, the console takes.
pub struct Mailbox {
    memory: SharedArrayBuffer,
    head: Int32Array,
    body: Uint8Array,
}

impl Mailbox {
    /// An empty one; none in a page that its host has not isolated from others, by its headers.
    #[must_use]
    pub fn new() -> Option<Self> {
        let is_isolated = Reflect::get(&global(), &JsValue::from_str("crossOriginIsolated")).ok()?;
        is_isolated
            .is_truthy()
            .then(|| Self::over(SharedArrayBuffer::new(SIZE)))
    }

    /// That of the other side, as [`Mailbox::memory`] gave it.
    #[must_use]
    pub fn from_memory(memory: JsValue) -> Option<Self> {
        memory.dyn_into().ok().map(Self::over)
    }

    fn over(memory: SharedArrayBuffer) -> Self {
        Self {
            head: Int32Array::new(&memory),
            body: Uint8Array::new_with_byte_offset(&memory, BODY),
            memory,
        }
    }

    /// What is posted to the other side, which then has the same mailbox.
    #[must_use]
    pub fn memory(&self) -> &JsValue {
        &self.memory
    }

    /// Puts a message in that follows `said` others. Whether it fits, and the one before has been taken. Cost: O(length).
    #[must_use]
    pub fn put(&self, message: &[u8], said: u32) -> bool {
        let length = message.len() as u32;
        if length > self.body.length() || self.at(LENGTH) != 0 {
            return false;
        }
        self.body.subarray(0, length).copy_from(message);
        // The length comes last: whoever sees it sees what was written before.
        self.set(SAID, said);
        self.set(LENGTH, length);
        true
    }

    /// Takes the message out, once the `heard` ones are all that were said before it: nothing is heard out of its order.
    /// Cost: O(length).
    #[must_use]
    pub fn take(&self, heard: u32) -> Option<Vec<u8>> {
        let length = self.at(LENGTH);
        if length == 0 || self.at(SAID) != heard {
            return None;
        }
        let message = self.body.subarray(0, length).to_vec();
        self.set(LENGTH, 0);
        Some(message)
    }

    fn at(&self, index: u32) -> u32 {
        Atomics::load(&self.head, index).unwrap_or_default() as u32
    }

    fn set(&self, index: u32, value: u32) {
        // It fails outside of the memory alone.
        let _ = Atomics::store(&self.head, index, value as i32);
    }
}
