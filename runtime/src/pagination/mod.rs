//! Pages: a call again and again, each time for what comes next.

pub(crate) mod next_page;

use crate::error::{Cause, Error, Fault};
use crate::execute::BodyMode;
use crate::execute::RawResponse;
use crate::futures::{next, Stepped, Steps};
use crate::opaque::OpaqueBox;
use crate::pagination::next_page::{Following, Position};
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
/// where the server leads back to a page that was there before.
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
    steps: Steps<Walk, Page<O>>,
}

impl Call {
    /// The pages of the list that the operation's responses are pages of.
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
        let given = |parameter: &str| self.query_number(parameter);
        let position = Position {
            paging,
            number: parameter.and_then(given).unwrap_or(first),
            limit: paging.limit.and_then(given),
        };
        let current = self.uri().ok();
        let walk = Walk {
            seen: current.iter().map(ToString::to_string).collect(),
            current,
            call: Some(self),
            position,
        };
        Pages {
            steps: Steps::new(walk, step::<O>),
        }
    }

    /// The items of all pages; `items` takes them out of a page.
    #[must_use = "a stream does nothing until it is polled"]
    pub fn items<O: Endpoint, T>(self, items: fn(OutputOf<O>) -> Vec<T>) -> PageItems<O, T> {
        PageItems {
            pages: self.pages(),
            items,
            ready: VecDeque::new(),
        }
    }
}

/// Where the walk through the pages stands.
struct Walk {
    call: Option<Call>,
    position: Position,
    /// Where the last page is, which links may be relative to.
    current: Option<Uri>,
    /// Where all pages so far are: a server that leads back to one would be followed for ever.
    seen: BTreeSet<String>,
}

impl Walk {
    /// The next page, with the call for the one after it made ready.
    async fn page(&mut self, call: Call) -> Result<RawResponse, OpaqueBox<Fault>> {
        let template = call.try_clone();
        let answer = call.execute(BodyMode::Buffered).await?;
        if !answer.is_success() {
            return Ok(answer);
        }
        let following = match self.position.pass(&answer) {
            Ok(following) => following,
            Err(failure) => return Err(answer.context().fault(Cause::Decode(failure))),
        };
        if let (Some(following), Some(call)) = (following, template) {
            self.call = self.follow(call, following);
        }
        Ok(answer)
    }

    fn follow(&mut self, mut call: Call, following: Following) -> Option<Call> {
        match following {
            Following::Parameter(parameter, value) => call.query(parameter, &value),
            Following::Url(url) => {
                let current = self.current.as_ref();
                let joined = current.and_then(|current| uri::join(current, &url));
                call.follow(&joined.map_or(url, |joined| joined.to_string()));
            }
        }
        self.current = call.uri().ok();
        match &self.current {
            Some(next) => self.seen.insert(next.to_string()).then_some(call),
            // The call itself says why it cannot be sent.
            None => Some(call),
        }
    }
}

fn step<O: Endpoint>(mut walk: Walk) -> Stepped<Walk, Page<O>> {
    Box::pin(async move {
        let call = walk.call.take()?;
        let page = decode_outcome::<O>(walk.page(call).await).map(Response::into_body);
        Some((page, walk))
    })
}

impl<O: Endpoint> Pages<O> {
    /// Requests the next page; `None` after the last.
    ///
    /// # Errors
    /// The call of the page failed; the stream has ended then.
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
    /// The next item, for which a page is requested where none is left; `None` after the last.
    ///
    /// # Errors
    /// The call of a page failed; the stream has ended then.
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
