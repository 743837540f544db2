//! The provider's tests, in one binary.

mod contensis;
