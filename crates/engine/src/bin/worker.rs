//! The worker: starts listening; nothing else.

fn main() {
    engine::worker::start();
}
