//! The provider's tests, in one binary.

mod asking;
mod contensis;
mod fuzz;
mod inquiry;
mod load;
mod naive;
mod passbolt;
mod serving;
mod tulip;
mod wording;
