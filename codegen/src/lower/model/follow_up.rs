//! How operations go on: to the next page, and to their end.

use super::{Presence, Type};
use crate::api::model::{Pagination, Polling};
use crate::names::Ident;

/// The pages of an operation.
#[derive(Clone, Debug)]
pub struct Pages {
    /// How they follow each other.
    pub paging: Pagination,
    /// How the items are taken out of a page, where that is known.
    pub items: Option<PageItems>,
}

/// How items are taken out of a page.
#[derive(Clone, Debug)]
pub struct PageItems {
    /// The type of a page.
    pub page: Type,
    /// The fields from the page inwards; none where the page is the list.
    pub steps: Vec<Step>,
    /// The type of an item.
    pub item: Type,
}

/// A field on the way from a page to its list.
#[derive(Clone, Debug)]
pub struct Step {
    /// The field.
    pub field: Ident,
    /// Whether it may be missing or null.
    pub presence: Presence,
}

/// How an operation that goes on after its reply is followed.
#[derive(Clone, Debug)]
pub enum FollowUp {
    /// By asking about it.
    Poll {
        /// What is asked.
        get: PollRequest,
        /// How.
        polling: Box<Polling>,
    },
    /// By asking where the `Location` of a 202 leads.
    Location,
}

/// What is asked about an operation.
#[derive(Clone, Debug)]
pub enum PollRequest {
    /// An operation of the API, by the type of its calls.
    Operation(Ident),
    /// A `GET` of another server, which answers as the operation itself.
    Elsewhere(ServerData),
}

/// A `GET` of another server.
#[derive(Clone, Debug)]
pub struct ServerData {
    /// The server.
    pub origin: String,
    /// The path template.
    pub path: String,
}
