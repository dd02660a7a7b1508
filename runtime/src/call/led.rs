//! Calls that come out of others: the next page, the poll of an operation.

use super::Call;
use crate::data::Location;
use crate::data::OperationSpec;
use http::Method;
use std::time::Duration;

impl Call {
    /// A call of another operation with this one's client, headers and settings.
    pub(crate) fn another(&self, operation: &'static OperationSpec) -> Self {
        let mut call = Self::new(self.shared.clone(), operation);
        call.headers = self.headers.clone();
        call.settings = self.settings.clone();
        call
    }

    /// A call that will be led to a URL: a `GET` without a body, for the replies of the same operation.
    pub(crate) fn following(&self) -> Self {
        let mut call = self.another(self.operation);
        call.values = self.values.clone();
        call.query = self.query.clone();
        call.own().method = Some(Method::GET);
        call
    }

    /// Goes to the URL that a reply names, in place of the operation's own.
    pub(crate) fn follow(&mut self, url: &str) {
        self.own().led = Some(url.to_owned());
    }

    pub(crate) fn is_led(&self) -> bool {
        let own = self.settings.as_ref();
        own.is_some_and(|settings| settings.led.is_some())
    }

    /// The number that a query parameter of the call has.
    pub(crate) fn given(&self, parameter: &str) -> Option<u64> {
        let mut values = self.located(Location::Query);
        let (_, text) = values.find(|(name, _)| *name == parameter)?;
        text.split_once('=')?.1.parse().ok()
    }

    /// Waits as the client's clock does.
    pub(crate) fn pause(&self, duration: Duration) -> crate::boxed::BoxFuture<()> {
        self.shared.wire.clock.sleep(duration)
    }

    pub(crate) fn now(&self) -> Duration {
        self.shared.wire.clock.now()
    }
}
