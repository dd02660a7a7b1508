//! Writes JSON.

use crate::codec::json::number::is_number;
use crate::codec::json::string::{plain_run, special_bytes};
use crate::codec::value::float;
use crate::codec::{CodecError, Encode, Encoder, Entries, List, Member};
use serde_json::ser::{CompactFormatter, Formatter};
use std::io;

/// A JSON text that is being written, as an [`Encoder`].
pub(super) struct Writer {
    out: Vec<u8>,
    /// `true` until the value is written: one in each position.
    ready: bool,
}

const CAPACITY: usize = 128;

impl Writer {
    pub(super) fn new() -> Self {
        Self { out: Vec::with_capacity(CAPACITY), ready: true }
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    #[inline]
    fn take(&mut self) -> Result<(), CodecError> {
        if std::mem::replace(&mut self.ready, false) {
            Ok(())
        } else {
            Err(twice())
        }
    }

    /// Writes a value in its place; one that writes nothing is null.
    #[inline]
    pub(super) fn place(&mut self, value: &dyn Encode) -> Result<(), CodecError> {
        self.ready = true;
        value.encode(self)?;
        if self.ready {
            self.out.extend_from_slice(b"null");
        }
        Ok(())
    }

    /// Writes the members that are not left out; says whether the next one is the first of its object.
    #[inline]
    fn members(&mut self, mut is_first: bool, members: &[Member<'_>]) -> Result<bool, CodecError> {
        for member in members.iter().filter(|member| !member.1.is_absent()) {
            self.member(is_first, member.0, member.1)?;
            is_first = false;
        }
        Ok(is_first)
    }

    fn entries(&mut self, mut is_first: bool, entries: &dyn Entries) -> Result<(), CodecError> {
        for (name, value) in (0..entries.count()).filter_map(|at| entries.entry(at)) {
            self.member(is_first, name, value)?;
            is_first = false;
        }
        Ok(())
    }

    /// Writes a member of the object that is open.
    #[inline]
    fn member(&mut self, is_first: bool, name: &str, value: &dyn Encode) -> Result<(), CodecError> {
        if !is_first {
            self.out.push(b',');
        }
        write_text(&mut self.out, name);
        self.out.push(b':');
        let placed = self.place(value);
        placed.map_err(|failure| failure.in_member(name))
    }
}

#[cold]
fn twice() -> CodecError {
    CodecError::new("one value", "a second one")
}

/// Texts of so many bytes are copied at once, as far as they stand for themselves.
const LONG: usize = 64;

/// Writes a text between quotes, with the escapes that RFC 8259 section 7 asks for and no others.
///
/// Most texts are short and have no escapes. They are copied a word at a time, which takes no call.
#[inline]
fn write_text(out: &mut Vec<u8>, text: &str) {
    out.reserve(text.len() + 2 + WORD);
    out.push(b'"');
    let mut rest = text.as_bytes();
    if rest.len() >= LONG {
        return write_long(out, rest);
    }
    while let Some((word, after)) = rest.split_first_chunk::<WORD>() {
        if special_bytes(u64::from_le_bytes(*word)) != 0 {
            return write_escaped(out, rest);
        }
        out.extend_from_slice(word);
        rest = after;
    }
    let word = short_word(rest);
    if special_bytes(word) != 0 {
        return write_escaped(out, rest);
    }
    append(out, word, rest.len());
    out.push(b'"');
}

#[inline(never)]
fn write_long(out: &mut Vec<u8>, text: &[u8]) {
    let (plain, rest) = text.split_at_checked(plain_run(text)).unwrap_or((text, b""));
    out.extend_from_slice(plain);
    write_escaped(out, rest);
}

/// Writes the rest of a text, and the closing quote.
#[inline(never)]
fn write_escaped(out: &mut Vec<u8>, mut rest: &[u8]) {
    while !rest.is_empty() {
        let (word, count) = first_word(rest);
        let special = special_bytes(word);
        let plain = count.min(special.trailing_zeros() as usize / 8);
        append(out, word, plain);
        rest = rest.get(plain..).unwrap_or_default();
        if special != 0 {
            let Some((byte, after)) = rest.split_first() else {
                break;
            };
            escape(out, *byte);
            rest = after;
        }
    }
    out.push(b'"');
}

fn escape(out: &mut Vec<u8>, byte: u8) {
    let letter = match byte {
        b'"' | b'\\' => byte,
        0x08 => b'b',
        0x09 => b't',
        0x0a => b'n',
        0x0c => b'f',
        0x0d => b'r',
        _ => {
            let digit = |value: u8| {
                if value < 10 {
                    b'0' + value
                } else {
                    b'a' + value - 10
                }
            };
            let digits = [digit(byte >> 4), digit(byte & 0xf)];
            out.extend_from_slice(b"\\u00");
            out.extend_from_slice(&digits);
            return;
        }
    };
    out.extend_from_slice(&[b'\\', letter]);
}

impl Encoder for Writer {
    fn null(&mut self) -> Result<(), CodecError> {
        self.take()?;
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn bool(&mut self, value: bool) -> Result<(), CodecError> {
        self.take()?;
        let word: &[u8] = if value { b"true" } else { b"false" };
        self.out.extend_from_slice(word);
        Ok(())
    }

    fn i64(&mut self, value: i64) -> Result<(), CodecError> {
        self.take()?;
        let written = CompactFormatter.write_i64(&mut self.out, value);
        written.map_err(no_room)
    }

    fn u64(&mut self, value: u64) -> Result<(), CodecError> {
        self.take()?;
        let written = CompactFormatter.write_u64(&mut self.out, value);
        written.map_err(no_room)
    }

    fn f64(&mut self, value: f64) -> Result<(), CodecError> {
        self.take()?;
        float::write(&mut self.out, value)
    }

    fn number(&mut self, text: &str) -> Result<(), CodecError> {
        if !is_number(text) {
            return Err(CodecError::new("a number", text.to_owned()));
        }
        self.take()?;
        self.out.extend_from_slice(text.as_bytes());
        Ok(())
    }

    fn text(&mut self, value: &str) -> Result<(), CodecError> {
        self.take()?;
        write_text(&mut self.out, value);
        Ok(())
    }

    fn list(&mut self, items: &dyn List) -> Result<(), CodecError> {
        self.take()?;
        self.out.push(b'[');
        let mut is_first = true;
        let count = items.count();
        for (index, item) in (0..count).filter_map(|at| Some((at, items.item(at)?))) {
            if !is_first {
                self.out.push(b',');
            }
            is_first = false;
            let placed = self.place(item);
            placed.map_err(|failure| failure.at_index(index))?;
        }
        self.out.push(b']');
        Ok(())
    }

    fn object(&mut self, members: &[Member<'_>]) -> Result<(), CodecError> {
        self.take()?;
        self.out.push(b'{');
        self.members(true, members)?;
        self.out.push(b'}');
        Ok(())
    }

    fn object_with_rest(
        &mut self,
        members: &[Member<'_>],
        rest: &dyn Entries,
    ) -> Result<(), CodecError> {
        self.take()?;
        self.out.push(b'{');
        let is_first = self.members(true, members)?;
        self.entries(is_first, rest)?;
        self.out.push(b'}');
        Ok(())
    }

    fn object_with_tag(
        &mut self,
        tag: Member<'_>,
        members: &[Member<'_>],
        rest: &dyn Entries,
    ) -> Result<(), CodecError> {
        self.take()?;
        self.out.push(b'{');
        self.member(true, tag.0, tag.1)?;
        self.members(false, members)?;
        self.entries(false, rest)?;
        self.out.push(b'}');
        Ok(())
    }
}

/// The bytes of a word.
pub(super) const WORD: usize = 8;

const SPACES: u64 = 0x2020_2020_2020_2020;

/// The first bytes as a word, and how many they are; spaces stand for those beyond the end.
#[inline]
pub(super) fn first_word(bytes: &[u8]) -> (u64, usize) {
    match bytes.first_chunk() {
        Some(word) => (u64::from_le_bytes(*word), WORD),
        None => (short_word(bytes), bytes.len()),
    }
}

/// Up to seven bytes as a word, with spaces after them.
#[inline]
pub(super) fn short_word(bytes: &[u8]) -> u64 {
    let count = bytes.len() % WORD;
    let word = match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            // The two overlap, where they agree.
            let last = u64::from(u32::from_le_bytes(*last)) << (8 * (count - 4));
            u64::from(u32::from_le_bytes(*first)) | last
        }
        (None, _) | (_, None) => {
            let byte = |at: usize| bytes.get(at).map_or(0, |byte| u64::from(*byte) << (8 * at));
            byte(0) | byte(1) | byte(2)
        }
    };
    word | SPACES << (8 * count)
}

/// Appends the first bytes of a word: all of it, less what is too much.
#[inline]
pub(super) fn append(out: &mut Vec<u8>, word: u64, count: usize) {
    out.extend_from_slice(&word.to_le_bytes());
    if count < WORD {
        out.truncate(out.len() - WORD + count);
    }
}

/// The failure of a buffer that has no room, which a `Vec` never is.
#[cold]
pub(in crate::codec) fn no_room(error: io::Error) -> CodecError {
    CodecError::new("room for the text", error.to_string())
}

/// A JSON text without spaces as one for people: a line for each item and each member, indented by two spaces.
pub(super) fn indented(compact: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(compact.len() * 2);
    let mut depth = 0_usize;
    let mut rest = compact;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            b'"' => rest = copy_string(&mut out, rest),
            b'[' | b'{' if matches!(rest.first(), Some(b']' | b'}')) => {
                out.extend(rest.first().map(|closing| [*first, *closing]).into_iter().flatten());
                rest = rest.get(1..).unwrap_or_default();
            }
            b'[' | b'{' => {
                depth += 1;
                out.push(*first);
                new_line(&mut out, depth);
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                new_line(&mut out, depth);
                out.push(*first);
            }
            b',' => {
                out.push(b',');
                new_line(&mut out, depth);
            }
            b':' => out.extend_from_slice(b": "),
            other => out.push(*other),
        }
    }
    out
}

/// Copies a string after its first quote, and gives what follows it.
fn copy_string<'t>(out: &mut Vec<u8>, text: &'t [u8]) -> &'t [u8] {
    let mut end = 0;
    loop {
        end += text.get(end..).map_or(0, plain_run);
        match text.get(end) {
            Some(b'\\') => end += 2,
            Some(_) | None => break,
        }
    }
    let (string, rest) = text.split_at_checked(end + 1).unwrap_or((text, b""));
    out.push(b'"');
    out.extend_from_slice(string);
    rest
}

fn new_line(out: &mut Vec<u8>, depth: usize) {
    out.push(b'\n');
    out.extend(std::iter::repeat_n(b' ', 2 * depth));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_bytes_is_a_word() {
        let text = b"01234567";
        for end in 0..text.len() {
            for start in 0..=end {
                let bytes = &text[start..end];
                let (word, count) = first_word(bytes);
                assert_eq!(count, bytes.len());
                let mut padded = bytes.to_vec();
                padded.resize(WORD, b' ');
                assert_eq!(word.to_le_bytes(), padded[..]);
                let mut out = b"x".to_vec();
                append(&mut out, word, count);
                assert_eq!(out, [b"x", bytes].concat());
            }
        }
        assert_eq!(first_word(b"0123456789").1, WORD);
    }
}
