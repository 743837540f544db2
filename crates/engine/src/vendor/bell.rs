//! A bell that one task waits for and any number of others ring.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// Rung before anyone waits, it is heard by the next who does; rung twice, it is heard once.
#[derive(Debug, Default)]
pub struct Bell {
    is_rung: Cell<bool>,
    waiting: RefCell<Option<Waker>>,
}

impl Bell {
    /// Wakes whoever waits.
    pub fn ring(&self) {
        self.is_rung.set(true);
        if let Some(waker) = self.waiting.borrow_mut().take() {
            waker.wake();
        }
    }

    /// Waits until it is rung.
    pub async fn rung(&self) {
        poll_fn(|context| {
            if self.is_rung.replace(false) {
                return Poll::Ready(());
            }
            *self.waiting.borrow_mut() = Some(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::task::{Context, Wake};

    use super::*;

    #[derive(Default)]
    struct Woken(AtomicU32);

    impl Wake for Woken {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    #[test]
    fn a_ring_is_heard_once_whenever_it_came() {
        let bell = Bell::default();
        let woken = Arc::new(Woken::default());
        let waker = Waker::from(Arc::clone(&woken));
        let mut context = Context::from_waker(&waker);
        let mut hears = || pin!(bell.rung()).poll(&mut context).is_ready();
        bell.ring();
        bell.ring();
        assert!(hears());
        assert!(!hears());
        bell.ring();
        assert_eq!(woken.0.load(Ordering::Relaxed), 1);
        assert!(hears());
    }
}
