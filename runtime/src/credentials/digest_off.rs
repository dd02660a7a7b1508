//! Without the feature `digest` there is no such credential.

use super::challenge::Challenge;

/// Never made.
pub(crate) enum Session {}

impl Session {
    pub(crate) fn authorize(&self, _: &str, _: &str, _: &str) -> Option<(String, String)> {
        match *self {}
    }

    pub(crate) fn challenged(&self, _: &str, _: Option<&str>, _: &[Challenge]) -> bool {
        match *self {}
    }
}
