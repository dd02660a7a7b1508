use serde_json::ser::{CompactFormatter, Formatter};

use super::number::is_number;
use super::string::plain_run;
use crate::codec::value::float;
use crate::codec::{CodecError, Encode, Encoder, Entries, List, Member};

/// A JSON text that is being written, as an [`Encoder`].
pub(super) struct Writer {
    out: Vec<u8>,
    /// How many lists and objects are open; `None` where lines are not to be broken.
    depth: Option<usize>,
    /// Whether a value may be written: one in each place.
    ready: bool,
}

const CAPACITY: usize = 128;

impl Writer {
    /// Writes without spaces.
    pub(super) fn compact() -> Self {
        Self::new(None)
    }

    /// Writes a line for each item and each member, indented by two spaces.
    pub(super) fn pretty() -> Self {
        Self::new(Some(0))
    }

    fn new(depth: Option<usize>) -> Self {
        Self {
            out: Vec::with_capacity(CAPACITY),
            depth,
            ready: true,
        }
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

    fn open(&mut self, bracket: u8) {
        self.out.push(bracket);
        self.depth = self.depth.map(|depth| depth + 1);
    }

    fn close(&mut self, bracket: u8, is_empty: bool) {
        self.depth = self.depth.map(|depth| depth - 1);
        if !is_empty {
            self.new_line();
        }
        self.out.push(bracket);
    }

    #[inline]
    fn new_line(&mut self) {
        if let Some(depth) = self.depth {
            self.out.push(b'\n');
            self.out.extend(std::iter::repeat_n(b' ', 2 * depth));
        }
    }

    /// Goes to the place of the next item or member.
    #[inline]
    fn separate(&mut self, is_first: bool) {
        if !is_first {
            self.out.push(b',');
        }
        self.new_line();
    }

    #[inline]
    fn member(&mut self, is_first: bool, member: Member<'_>) -> Result<(), CodecError> {
        let (name, value) = member;
        self.separate(is_first);
        write_text(&mut self.out, name);
        let colon: &[u8] = if self.depth.is_some() { b": " } else { b":" };
        self.out.extend_from_slice(colon);
        let placed = self.place(value);
        placed.map_err(|failure| failure.in_member(name))
    }
}

#[cold]
fn twice() -> CodecError {
    CodecError::new("one value", "a second one")
}

/// Writes a text between quotes, with the escapes that RFC 8259 section 7 asks for and no others.
#[inline]
fn write_text(out: &mut Vec<u8>, text: &str) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    let mut rest = text.as_bytes();
    loop {
        let (plain, after) = rest.split_at_checked(plain_run(rest)).unwrap_or((rest, b""));
        out.extend_from_slice(plain);
        let Some((special, after)) = after.split_first() else {
            break;
        };
        escape(out, *special);
        rest = after;
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
            let digit = |value: u8| if value < 10 { b'0' + value } else { b'a' + value - 10 };
            let digits = [digit(byte >> 4), digit(byte & 0xf)];
            out.extend_from_slice(b"\\u00");
            out.extend_from_slice(&digits);
            return;
        }
    };
    out.extend_from_slice(&[b'\\', letter]);
}

/// The failure of a writer that has no room, which a `Vec` never is.
#[cold]
fn unwritten(error: &std::io::Error) -> CodecError {
    CodecError::new("room for the text", error.to_string())
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
        written.map_err(|error| unwritten(&error))
    }

    fn u64(&mut self, value: u64) -> Result<(), CodecError> {
        self.take()?;
        let written = CompactFormatter.write_u64(&mut self.out, value);
        written.map_err(|error| unwritten(&error))
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
        let count = items.count();
        self.open(b'[');
        let mut is_first = true;
        for (index, item) in (0..count).filter_map(|at| Some((at, items.item(at)?))) {
            self.separate(is_first);
            is_first = false;
            let placed = self.place(item);
            placed.map_err(|failure| failure.at_index(index))?;
        }
        self.close(b']', is_first);
        Ok(())
    }

    fn object_with_rest(
        &mut self,
        members: &[Member<'_>],
        rest: &dyn Entries,
    ) -> Result<(), CodecError> {
        self.take()?;
        self.open(b'{');
        let mut is_first = true;
        for member in members.iter().filter(|member| !member.1.is_absent()) {
            self.member(is_first, *member)?;
            is_first = false;
        }
        for member in (0..rest.count()).filter_map(|at| rest.entry(at)) {
            self.member(is_first, member)?;
            is_first = false;
        }
        self.close(b'}', is_first);
        Ok(())
    }
}
