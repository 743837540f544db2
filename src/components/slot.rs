//! Values that are set, behind one type.
//!
//! As in [`kept`](super::kept): what takes a value and tells its readers is compiled once instead of for each type.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::*;

/// A value that can be set; its readers hear of it each time.
pub struct Slot<T>(RwSignal<Value>, PhantomData<fn() -> T>);

type Value = Arc<dyn Any + Send + Sync>;

impl<T> Clone for Slot<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Slot<T> {}

impl<T: Send + Sync + 'static> Slot<T> {
    /// A slot with a value in it.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(RwSignal::new(Arc::new(value)), PhantomData)
    }

    /// Sets another value; nothing happens after what made it is gone.
    pub fn set(self, value: T) {
        let _ = self.0.try_set(Arc::new(value));
    }

    /// Reads the value; the reader hears when another one is set.
    ///
    /// # Panics
    ///
    /// After what made it is gone.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(as_told(&self.0.get()))
    }

    /// Reads the value as it is now.
    ///
    /// # Panics
    ///
    /// After what made it is gone.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(as_told(&self.0.get_untracked()))
    }

    /// Whether what made it is gone.
    #[must_use]
    pub fn is_disposed(self) -> bool {
        self.0.is_disposed()
    }
}

impl<T: Clone + Send + Sync + 'static> Slot<T> {
    /// A copy of the value; the reader hears when another one is set.
    #[must_use]
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// A copy of the value as it is now.
    #[must_use]
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }

    /// Changes a copy of the value, and sets that.
    ///
    /// # Panics
    ///
    /// After what made it is gone.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        let mut value = self.get_untracked();
        change(&mut value);
        self.set(value);
    }
}

fn as_told<T: 'static>(value: &Value) -> &T {
    match value.downcast_ref() {
        Some(value) => value,
        None => unreachable!("a value keeps its type"),
    }
}
