//! Without the feature `digest` there is no such credential.

use super::challenge::Challenge;
use crate::body::Body;
use crate::boxed::BoxError;

/// Never made.
pub(crate) enum Session {}

impl Session {
    pub(crate) async fn authorize(
        &self,
        _: &str,
        _: (&str, &str),
        _: &Body,
    ) -> Result<Option<(String, String)>, BoxError> {
        match *self {}
    }

    pub(crate) fn informed(&self, _: &str, _: &str, _: &str) {
        match *self {}
    }

    pub(crate) fn challenged(&self, _: &str, _: Option<&str>, _: &[Challenge]) -> bool {
        match *self {}
    }
}
