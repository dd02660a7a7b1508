//! Pages of lists, each requested by a call derived from the one before.

pub(crate) mod next_page;

use crate::error::{Cause, Error, Fault};
use crate::execute::BodyMode;
use crate::execute::RawResponse;
use crate::futures::{next, Stepped, Steps};
use crate::opaque::OpaqueBox;
use crate::pagination::next_page::{NextRequest, Position};
use crate::request::Call;
use crate::response::{decode_outcome, Endpoint, ErrorOf, OutputOf, Response};
use crate::spec::{NextPage, Paging};
use crate::uri;
use futures_core::Stream;
use http::Uri;
use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

type Page<O> = Result<OutputOf<O>, Error<ErrorOf<O>>>;

/// The pages of a list as a [`Stream`], each requested when it is polled for. The stream ends after the last page, at the first failure, and
/// if the server leads back to an earlier page.
///
/// ```
/// use typewright_runtime::pagination::Pages;
/// # use typewright_runtime::codegen::v1::Endpoint;
///
/// # async fn count<O: Endpoint>(mut pages: Pages<O>) -> u32 {
/// // `pages` is `client.list_pets().pages()`, where the document describes the list.
/// let mut count = 0;
/// while let Some(page) = pages.next().await {
///     count += u32::from(page.is_ok());
/// }
/// # count
/// # }
/// # struct Pets;
/// # impl Endpoint for Pets {
/// #     type Output = typewright_runtime::codegen::v1::Json<Vec<String>>;
/// #     type Error = typewright_runtime::codegen::v1::Undocumented;
/// #     fn spec() -> &'static typewright_runtime::codegen::v1::OperationSpec { unimplemented!() }
/// # }
/// # drop(count::<Pets>);
/// ```
pub struct Pages<O: Endpoint> {
    steps: Steps<PageState, Page<O>>,
}

impl Call {
    /// The pages of the list that the operation returns.
    #[must_use = "a stream does nothing until it is polled"]
    pub fn pages<O: Endpoint>(mut self) -> Pages<O> {
        let paging = self.operation().paging.unwrap_or_else(|| {
            self.fail("the operation", "its responses are no pages of a list");
            Paging::DEFAULT
        });
        let (parameter, first) = match paging.next {
            NextPage::Number { parameter, first } => (Some(parameter), first),
            NextPage::Index { parameter } => (Some(parameter), 1),
            NextPage::Offset { parameter } => (Some(parameter), 0),
            NextPage::LastItem { .. }
            | NextPage::Token { .. }
            | NextPage::Link { .. }
            | NextPage::Header => (None, 0),
        };
        let query_number = |parameter: &str| self.query_number(parameter);
        let position = Position {
            paging,
            number: parameter.and_then(query_number).unwrap_or(first),
            limit: paging.limit.and_then(query_number),
        };
        let current = self.uri().ok();
        let state = PageState {
            visited: current.iter().map(ToString::to_string).collect(),
            current,
            call: Some(self),
            position,
        };
        Pages { steps: Steps::new(state, step::<O>) }
    }

    /// The items of all pages, which `items` extracts from a page.
    #[must_use = "a stream does nothing until it is polled"]
    pub fn items<O: Endpoint, T>(self, items: fn(OutputOf<O>) -> Vec<T>) -> PageItems<O, T> {
        PageItems { pages: self.pages(), items, ready: VecDeque::new() }
    }
}

/// The state between two pages.
struct PageState {
    call: Option<Call>,
    position: Position,
    /// The URL of the last page, which links may be relative to.
    current: Option<Uri>,
    /// The URLs of all pages so far, so that a server that leads back to one is not followed for ever.
    visited: BTreeSet<String>,
}

impl PageState {
    /// Requests a page, and prepares the call of the next one.
    async fn request(&mut self, call: Call) -> Result<RawResponse, OpaqueBox<Fault>> {
        let template = call.try_clone();
        let response = call.execute(BodyMode::Buffered).await?;
        if !response.is_success() {
            return Ok(response);
        }
        let next = match self.position.advance(&response) {
            Ok(next) => next,
            Err(failure) => return Err(response.context().fault(Cause::Decode(failure))),
        };
        if let (Some(next), Some(call)) = (next, template) {
            self.call = self.next_call(call, next);
        }
        Ok(response)
    }

    /// The call of the next page; `None` if it is an earlier one.
    fn next_call(&mut self, mut call: Call, next: NextRequest) -> Option<Call> {
        match next {
            NextRequest::Parameter(parameter, value) => call.query(parameter, &value),
            NextRequest::Url(url) => {
                let current = self.current.as_ref();
                let joined = current.and_then(|current| uri::join(current, &url));
                call.follow(&joined.map_or(url, |joined| joined.to_string()));
            }
        }
        self.current = call.uri().ok();
        match &self.current {
            Some(url) => self.visited.insert(url.to_string()).then_some(call),
            // The call fails with the reason when it is sent.
            None => Some(call),
        }
    }
}

fn step<O: Endpoint>(mut state: PageState) -> Stepped<PageState, Page<O>> {
    Box::pin(async move {
        let call = state.call.take()?;
        let page = decode_outcome::<O>(state.request(call).await).map(Response::into_body);
        Some((page, state))
    })
}

impl<O: Endpoint> Pages<O> {
    /// Requests the next page; `None` after the last.
    ///
    /// # Errors
    /// The call of the page failed, which ends the stream.
    pub async fn next(&mut self) -> Option<Page<O>> {
        next(&mut self.steps).await
    }
}

impl<O: Endpoint> Stream for Pages<O> {
    type Item = Page<O>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Page<O>>> {
        Pin::new(&mut self.steps).poll_next(context)
    }
}

impl<O: Endpoint> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}

/// The items of all pages of a list as a [`Stream`], page after page; a page is requested when its first item is polled for.
///
/// ```
/// use typewright_runtime::pagination::PageItems;
/// # use typewright_runtime::codegen::v1::{Endpoint, Error, ErrorOf};
///
/// # async fn names<O: Endpoint>(mut items: PageItems<O, String>) -> Result<Vec<String>, Error<ErrorOf<O>>> {
/// // `items` is `client.list_names().items()`, where the document describes the list.
/// let mut names = Vec::new();
/// while let Some(name) = items.next().await {
///     names.push(name?);
/// }
/// # Ok(names)
/// # }
/// # struct Pets;
/// # impl Endpoint for Pets {
/// #     type Output = typewright_runtime::codegen::v1::Json<Vec<String>>;
/// #     type Error = typewright_runtime::codegen::v1::Undocumented;
/// #     fn spec() -> &'static typewright_runtime::codegen::v1::OperationSpec { unimplemented!() }
/// # }
/// # drop(names::<Pets>);
/// ```
pub struct PageItems<O: Endpoint, T> {
    pages: Pages<O>,
    items: fn(OutputOf<O>) -> Vec<T>,
    ready: VecDeque<T>,
}

impl<O: Endpoint, T: Unpin> PageItems<O, T> {
    /// The next item, for which a page is requested if necessary; `None` after the last.
    ///
    /// # Errors
    /// The call of a page failed, which ends the stream.
    pub async fn next(&mut self) -> Option<Result<T, Error<ErrorOf<O>>>> {
        next(self).await
    }
}

impl<O: Endpoint, T: Unpin> Stream for PageItems<O, T> {
    type Item = Result<T, Error<ErrorOf<O>>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match Pin::new(&mut self.pages).poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(Some(Ok(page))) => self.ready = (self.items)(page).into(),
            }
        }
    }
}

impl<O: Endpoint, T> fmt::Debug for PageItems<O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PageItems")
    }
}
