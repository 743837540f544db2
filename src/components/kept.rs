//! Values that are worked out from others and kept until those change, behind one type.
//!
//! What keeps a value and tells its readers is compiled once for each type of value. Here all of them lie in boxes of
//! one type, so that this is compiled once.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::*;

use super::slot::Slot;

/// A value that is worked out again when what it is made of has changed; its readers hear of it if it is another one.
pub struct Kept<T>(Memo<Value>, PhantomData<fn() -> T>);

/// Any value that can be compared with another one.
#[derive(Clone)]
struct Value(Arc<dyn Comparable>);

trait Comparable: Any + Send + Sync {
    fn is(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + Send + Sync + 'static> Comparable for T {
    fn is(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.0.is(&*other.0)
    }
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Kept<T> {}

impl<T: PartialEq + Send + Sync + 'static> Kept<T> {
    /// Works a value out from others.
    #[must_use]
    pub fn new(make: impl Fn() -> T + Send + Sync + 'static) -> Self {
        let make: Box<dyn Fn() -> Value + Send + Sync> = Box::new(move || Value(Arc::new(make())));
        Self(Memo::new(move |_| make()), PhantomData)
    }

    /// Reads the value; the reader hears when it changes.
    ///
    /// # Panics
    ///
    /// After what made it is gone.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read_as(&self.0.get(), read)
    }

    /// Reads the value as it is now.
    ///
    /// # Panics
    ///
    /// After what made it is gone.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read_as(&self.0.get_untracked(), read)
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Kept<T> {
    /// A copy of the value; the reader hears when it changes.
    #[must_use]
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// A copy of the value as it is now.
    #[must_use]
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> From<T> for Kept<T> {
    fn from(value: T) -> Self {
        Self::new(move || value.clone())
    }
}

impl From<&str> for Kept<String> {
    fn from(value: &str) -> Self {
        Self::from(value.to_owned())
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> From<Slot<T>> for Kept<T> {
    fn from(slot: Slot<T>) -> Self {
        Self::new(move || slot.get())
    }
}

impl<T: Clone + Default + PartialEq + Send + Sync + 'static> Default for Kept<T> {
    fn default() -> Self {
        Self::from(T::default())
    }
}

fn read_as<T: 'static, R>(value: &Value, read: impl FnOnce(&T) -> R) -> R {
    let value: &dyn Any = &*value.0;
    match value.downcast_ref() {
        Some(value) => read(value),
        None => unreachable!("a value keeps its type"),
    }
}
