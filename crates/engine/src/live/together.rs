//! Several things at once, on one thread: all of them, whichever is first, and only so many.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Poll, Waker};

/// Something that is under way.
pub type Doing<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Does all of them at once; what they came to is in their order.
pub async fn all<T>(doing: Vec<Doing<'_, T>>) -> Vec<T> {
    let mut doing: Vec<(Option<Doing<'_, T>>, Option<T>)> = doing.into_iter().map(|one| (Some(one), None)).collect();
    poll_fn(|context| {
        for (one, done) in &mut doing {
            if let Some(Poll::Ready(value)) = one.as_mut().map(|one| one.as_mut().poll(context)) {
                *one = None;
                *done = Some(value);
            }
        }
        if doing.iter().any(|(one, _)| one.is_some()) {
            Poll::Pending
        } else {
            Poll::Ready(())
        }
    })
    .await;
    doing.into_iter().filter_map(|(_, done)| done).collect()
}

/// Waits until one of them is done, and takes it out; without any it waits for ever.
pub async fn first<T>(doing: &mut Vec<Doing<'_, T>>) -> T {
    poll_fn(|context| {
        for place in 0..doing.len() {
            if let Some(Poll::Ready(value)) = doing.get_mut(place).map(|one| one.as_mut().poll(context)) {
                drop(doing.swap_remove(place));
                return Poll::Ready(value);
            }
        }
        Poll::Pending
    })
    .await
}

/// So many turns, which are taken in the order of asking.
#[derive(Debug)]
pub struct Turns {
    free: Cell<usize>,
    waiting: RefCell<VecDeque<Waker>>,
}

/// A turn, until it is dropped.
pub struct Turn<'a>(&'a Turns);

impl Turns {
    /// So many at once.
    pub fn new(free: usize) -> Self {
        Self {
            free: Cell::new(free),
            waiting: RefCell::default(),
        }
    }

    /// Waits for a turn.
    pub async fn take(&self) -> Turn<'_> {
        poll_fn(|context| match self.free.get().checked_sub(1) {
            Some(left) => {
                self.free.set(left);
                Poll::Ready(Turn(self))
            }
            None => {
                self.waiting.borrow_mut().push_back(context.waker().clone());
                Poll::Pending
            }
        })
        .await
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.free.set(self.0.free.get() + 1);
        // All of them look again: the one that is next may have been given up meanwhile.
        for waiting in self.0.waiting.take() {
            waiting.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::Context;

    use super::*;

    fn now<T>(doing: impl Future<Output = T>) -> Option<T> {
        match pin!(doing).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => Some(value),
            Poll::Pending => None,
        }
    }

    #[test]
    fn all_are_done_in_their_order() {
        let doing: Vec<Doing<'_, u8>> = vec![Box::pin(async { 1 }), Box::pin(async { 2 })];
        assert_eq!(now(all(doing)), Some(vec![1, 2]));
        let never: Vec<Doing<'_, u8>> = vec![Box::pin(async { 1 }), Box::pin(std::future::pending())];
        assert_eq!(now(all(never)), None);
    }

    #[test]
    fn the_first_is_taken_out() {
        let mut doing: Vec<Doing<'_, u8>> = vec![Box::pin(std::future::pending()), Box::pin(async { 2 })];
        assert_eq!((now(first(&mut doing)), doing.len()), (Some(2), 1));
        assert_eq!(now(first(&mut doing)), None);
    }

    #[test]
    fn a_turn_is_free_again_once_it_was_dropped() {
        let turns = Turns::new(1);
        let turn = now(turns.take());
        assert!(turn.is_some() && now(turns.take()).is_none());
        drop(turn);
        assert!(now(turns.take()).is_some());
    }
}
