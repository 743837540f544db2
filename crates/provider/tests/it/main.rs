//! The provider's tests, in one binary.

mod asking;
mod contensis;
mod fuzz;
mod load;
mod naive;
mod passbolt;
mod tulip;
