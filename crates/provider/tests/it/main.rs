//! The provider's tests, in one binary.

mod asking;
mod contensis;
mod load;
mod passbolt;
mod tulip;
