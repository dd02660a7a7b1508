//! The words behind the first of a line.

use super::words::{Line, Word};
use super::SpecError;
use crate::data::{Content, MediaCodec, Parameter, PartSpec, SecurityNeed, Status, Style};

/// A word as a setting and its value.
pub(super) fn split(word: Word) -> (&'static str, Option<&'static str>) {
    if word.quoted {
        return ("", None);
    }
    match word.text.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (word.text, None),
    }
}

pub(super) fn flag(word: &'static str, line: &Line) -> Result<bool, SpecError> {
    match word {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(line.wrong(word, "this is neither `true` nor `false`")),
    }
}

pub(super) fn style(word: &'static str, line: &Line) -> Result<Style, SpecError> {
    Ok(match word {
        "matrix" => Style::Matrix,
        "label" => Style::Label,
        "simple" => Style::Simple,
        "form" => Style::Form,
        "spaceDelimited" => Style::SpaceDelimited,
        "pipeDelimited" => Style::PipeDelimited,
        "tabDelimited" => Style::TabDelimited,
        "deepObject" => Style::DeepObject,
        "cookie" => Style::Cookie,
        _ => return Err(line.wrong(word, "there is no such style")),
    })
}

/// The styles of lists within a list: `spaceDelimited/pipeDelimited`.
pub(super) fn styles(words: &'static str, line: &Line) -> Result<&'static [Style], SpecError> {
    let styles = words.split('/').map(|word| style(word, line));
    let styles = styles.collect::<Result<Vec<_>, _>>()?;
    Ok(styles.leak())
}

fn codec(word: &'static str, line: &Line) -> Result<MediaCodec, SpecError> {
    Ok(match word {
        "json" => MediaCodec::Json,
        "form" => MediaCodec::Form,
        "formdata" => MediaCodec::FormData,
        "multipart" => MediaCodec::Multipart,
        "text" => MediaCodec::Text,
        "events" => MediaCodec::EventStream,
        "lines" => MediaCodec::JsonLines,
        "bytes" => MediaCodec::Bytes,
        _ => return Err(line.wrong(word, "there is no such codec")),
    })
}

/// The statuses that a word is for: `404`, `4XX` or `default`.
pub(super) fn status(word: &str) -> Option<Status> {
    if word == "default" {
        return Some(Status::Default);
    }
    if let Some(class) = word.strip_suffix("XX") {
        return class.parse().ok().map(Status::Range);
    }
    let is_code = word.bytes().all(|byte| byte.is_ascii_digit());
    word.parse().ok().filter(|_| is_code).map(Status::Exact)
}

/// A media type with its codec; `None` at the end of the line.
pub(super) fn content(line: &mut Line) -> Result<Option<Content>, SpecError> {
    let Some(media_type) = line.next().map(|word| word.text) else {
        return Ok(None);
    };
    let codec = if line.skip("as") {
        let word = line.word("the codec is missing")?;
        codec(word, line)?
    } else {
        MediaCodec::of(media_type)
    };
    Ok(Some(Content::new(media_type, codec)))
}

/// A part by its settings, the rest of the line.
pub(super) fn part(name: &'static str, mut line: Line) -> Result<PartSpec, SpecError> {
    let mut part = PartSpec::new(name);
    let (mut explode, mut reserved) = (None, false);
    let mut nested: &[Style] = &[];
    let mut styled = None;
    while let Some(word) = line.next() {
        match split(word) {
            ("type", Some(media_type)) => part = part.content_type(media_type),
            ("style", Some(word)) => styled = Some(style(word, &line)?),
            ("explode", Some(word)) => explode = Some(flag(word, &line)?),
            ("reserved", None) => reserved = true,
            ("nested", Some(words)) => nested = styles(words, &line)?,
            ("headers", None) => part.headers = headers(&mut line)?,
            _ => return Err(line.wrong(word.text, "a part has no such setting")),
        }
    }
    if let Some(style) = styled {
        let parameter = Parameter::query(name).style(style);
        part = part.style(style, explode.unwrap_or(parameter.explode));
    }
    if !nested.is_empty() {
        part = part.nested(nested);
    }
    Ok(if reserved {
        part.allow_reserved()
    } else {
        part
    })
}

/// Names and values by turns.
fn headers(line: &mut Line) -> Result<&'static [(&'static str, &'static str)], SpecError> {
    let mut headers = Vec::new();
    while let Some(name) = line.next() {
        headers.push((name.text, line.word("the value of the header is missing")?));
    }
    Ok(headers.leak())
}

/// One alternative of `security`: up to the next `|`.
pub(super) fn alternative(line: &mut Line) -> Result<Vec<SecurityNeed>, SpecError> {
    let mut needs = Vec::new();
    if line.skip("none") {
        return Ok(needs);
    }
    loop {
        let scheme = line.word("the scheme is missing")?;
        let mut scopes = Vec::new();
        while let Some(scope) = line.next_unless(&["+", "|"]) {
            scopes.push(scope);
        }
        let scopes = scopes.leak();
        needs.push(SecurityNeed { scheme, scopes });
        if !line.skip("+") {
            return Ok(needs);
        }
    }
}
