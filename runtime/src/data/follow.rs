//! Pages and long-running operations as data.

use super::OperationSpec;

/// How the pages of a list follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// What leads to the next page.
    pub next: NextPage,
    /// The JSON pointer (RFC 6901) of the list in a page: `/results`; empty where the page is the list.
    pub items: &'static str,
    /// The query parameter that says how many items a page may have.
    pub limit: Option<&'static str>,
    /// The JSON pointer of a boolean that says whether there are more pages.
    pub more: Option<&'static str>,
    /// The JSON pointer of the number of items of all pages together.
    pub total: Option<&'static str>,
}

impl Paging {
    /// Pages that are lists, each leading to the next in the `Link` header.
    pub const DEFAULT: Self = Self::new(NextPage::Header, "");

    /// Pages whose list is at this JSON pointer.
    #[must_use]
    pub const fn new(next: NextPage, items: &'static str) -> Self {
        Self {
            next,
            items,
            limit: None,
            more: None,
            total: None,
        }
    }

    /// A page with fewer items than this query parameter asks for is the last.
    #[must_use]
    pub const fn limit(mut self, parameter: &'static str) -> Self {
        self.limit = Some(parameter);
        self
    }

    /// A page where this JSON pointer holds `false` is the last.
    #[must_use]
    pub const fn more(mut self, pointer: &'static str) -> Self {
        self.more = Some(pointer);
        self
    }

    /// Where items are counted, the list ends when as many have come as this JSON pointer holds.
    #[must_use]
    pub const fn total(mut self, pointer: &'static str) -> Self {
        self.total = Some(pointer);
        self
    }
}

/// What leads from one page to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// The number of the page, in a query parameter.
    Number {
        /// The parameter.
        parameter: &'static str,
        /// The number of the first page.
        first: u64,
    },
    /// How many items come before the page, in a query parameter.
    Offset {
        /// The parameter.
        parameter: &'static str,
    },
    /// The place of the page's first item, counted from 1, in a query parameter (RFC 7644, section 3.4.2.4).
    Index {
        /// The parameter.
        parameter: &'static str,
    },
    /// What names the last item of the page before, in a query parameter.
    LastItem {
        /// The parameter.
        parameter: &'static str,
        /// The JSON pointer within an item of what names it.
        pointer: &'static str,
    },
    /// A text from the page before, in a query parameter.
    Token {
        /// The parameter.
        parameter: &'static str,
        /// The JSON pointer of the text.
        pointer: &'static str,
    },
    /// A URL in the page: a text, or a list of links with `rel` and `href`.
    Link {
        /// The JSON pointer of the URL or the list.
        pointer: &'static str,
    },
    /// The `Link` header with `rel=next` (RFC 8288).
    Header,
}

/// How a long-running operation is followed to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Polling {
    /// The operation that tells how far it is, where that is none of the API's own: a `GET` of another server.
    pub elsewhere: Option<&'static OperationSpec>,
    /// The path or query parameter of that operation that takes the id.
    pub parameter: &'static str,
    /// The JSON pointer of the id in the first reply.
    pub id: &'static str,
    /// How its end is known.
    pub until: Until,
}

/// How an operation that goes on after its reply is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follow {
    /// By asking about it.
    Poll(Polling),
    /// By asking where `Location` or `Operation-Location` leads, as long as the answer is 202.
    Location,
}

/// How the end of a long-running operation is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// A boolean, and an object that is there where it failed.
    Done {
        /// The JSON pointer of the boolean.
        done: &'static str,
        /// The JSON pointer of the error.
        error: &'static str,
    },
    /// A text that names its state.
    State {
        /// The JSON pointer of the text.
        state: &'static str,
        /// The states in which it has ended well.
        success: &'static [&'static str],
        /// The states in which it has ended otherwise.
        failure: &'static [&'static str],
    },
}
