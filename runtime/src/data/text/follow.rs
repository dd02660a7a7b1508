//! Pages and operations that go on after their reply.

use super::settings::split;
use super::words::Line;
use super::SpecError;
use crate::data::{Follow, NextPage, Paging, Polling, Until};

/// How pages follow each other.
pub(super) fn paging(line: &mut Line) -> Result<Paging, SpecError> {
    const PARAMETER: &str = "the parameter is missing";
    const POINTER: &str = "the pointer is missing";
    let next = match line.word("the way to the next page is missing")? {
        "number" => NextPage::Number {
            parameter: line.word(PARAMETER)?,
            first: number(line)?,
        },
        "offset" => NextPage::Offset {
            parameter: line.word(PARAMETER)?,
        },
        "index" => NextPage::Index {
            parameter: line.word(PARAMETER)?,
        },
        "last" => NextPage::LastItem {
            parameter: line.word(PARAMETER)?,
            pointer: line.word(POINTER)?,
        },
        "token" => NextPage::Token {
            parameter: line.word(PARAMETER)?,
            pointer: line.word(POINTER)?,
        },
        "link" => NextPage::Link {
            pointer: line.word(POINTER)?,
        },
        "header" => NextPage::Header,
        other => return Err(line.wrong(other, "no pages follow each other so")),
    };
    let mut paging = Paging::new(next, "");
    while let Some(word) = line.next() {
        match split(word) {
            ("items", Some(pointer)) => paging.items = pointer,
            ("limit", Some(parameter)) => paging.limit = Some(parameter),
            ("more", Some(pointer)) => paging.more = Some(pointer),
            ("total", Some(pointer)) => paging.total = Some(pointer),
            _ => return Err(line.wrong(word.text, "pages have no such setting")),
        }
    }
    Ok(paging)
}

fn number(line: &mut Line) -> Result<u64, SpecError> {
    let word = line.word("the number of the first page is missing")?;
    word.parse()
        .map_err(|_| line.wrong(word, "this is no number of a page"))
}

/// How an operation is followed to its end.
pub(super) fn follow(line: &mut Line) -> Result<Follow, SpecError> {
    let parameter = line.word("what is asked is missing")?;
    let (mut id, mut done, mut error, mut state) = (None, None, None, None);
    let (mut success, mut failure) = (Vec::new(), Vec::new());
    while let Some(word) = line.next() {
        match split(word) {
            ("id", Some(pointer)) => id = Some(pointer),
            ("done", Some(pointer)) => done = Some(pointer),
            ("error", Some(pointer)) => error = Some(pointer),
            ("state", Some(pointer)) => state = Some(pointer),
            ("success", Some(name)) => success.push(name),
            ("failure", Some(name)) => failure.push(name),
            _ => return Err(line.wrong(word.text, "waiting has no such setting")),
        }
    }
    let until = match (done, error, state) {
        (Some(done), Some(error), None) => Until::Done { done, error },
        (None, None, Some(state)) => Until::State {
            state,
            success: success.leak(),
            failure: failure.leak(),
        },
        (None, None, None) if parameter == "location" && id.is_none() => {
            return Ok(Follow::Location);
        }
        _ => return Err(line.wrong(parameter, "how the end is known is missing")),
    };
    let id = id.ok_or_else(|| line.wrong(parameter, "the pointer of the id is missing"))?;
    Ok(Follow::Poll(Polling {
        elsewhere: None,
        parameter,
        id,
        until,
    }))
}
