//! Operations that are pages of a list, and those that go on after their reply: types attached at no cost.

use super::{Call, OutputOf, OutputFuture, Endpoint};
use crate::data::{Follow, Paging};
use crate::polling::PollConfig;

/// An operation whose replies are pages of a list.
pub trait Paged: Endpoint {
    /// How they follow each other.
    const PAGING: &'static Paging;
}

/// An operation whose replies are pages with a list of items.
pub trait PagedItems: Paged {
    /// An item.
    type Item: Unpin;

    /// The items of a page.
    fn items(page: OutputOf<Self>) -> Vec<Self::Item>
    where
        Self: Sized;
}

/// An operation that goes on after its reply.
pub trait LongRunning: Endpoint {
    /// The operation whose reply tells how it ended.
    type Last: Endpoint;

    /// How it is followed.
    const FOLLOW: &'static Follow;
}

impl Call {
    /// Sends the call and follows what it starts to its end.
    #[must_use = "futures do nothing until they are awaited"]
    pub fn wait_for<O: LongRunning>(self, patience: PollConfig) -> OutputFuture<O::Last> {
        match O::FOLLOW {
            Follow::Poll(polling) => self.wait::<O::Last>(polling, patience),
            Follow::Location => self.wait_by_location::<O::Last>(patience),
        }
    }

    /// Follows what was started before to its end: by its id, or by the URL that the server gave.
    #[must_use = "futures do nothing until they are awaited"]
    pub fn resume_for<O: LongRunning>(self, id: &str, patience: PollConfig) -> OutputFuture<O::Last> {
        match O::FOLLOW {
            Follow::Poll(polling) => self.resume::<O::Last>(id, polling, patience),
            Follow::Location => self.resume_by_location::<O::Last>(id, patience),
        }
    }
}
