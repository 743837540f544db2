//! The provider's tests, in one binary.

mod asking;
mod contensis;
mod passbolt;
mod tulip;
