//! Tulip's documented endpoints.

use membership::directory::Directory;

use super::target::Target;
use super::{Call, Response};

/// The answer to a request; none where the path is not one of Tulip's.
pub(super) fn answer(_directory: &Directory, _call: &Call<'_>, _target: &Target<'_>) -> Option<Response> {
    None
}
