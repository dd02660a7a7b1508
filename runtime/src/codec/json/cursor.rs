//! The position in a JSON text, and the steps from token to token.

use crate::codec::CodecError;
use std::borrow::Cow;

/// How deep lists and objects may be nested: 127 levels, as in `serde_json`.
const LEVELS: u8 = 127;

/// A JSON text (RFC 8259), and how far it has been read.
///
/// Positions only move forward, but for [`Cursor::back_to`]; failures say where the cursor stands.
pub(super) struct Cursor<'j> {
    text: &'j str,
    at: usize,
    /// `true` if bytes that are not UTF-8 follow the text.
    broken: bool,
    /// How many lists and objects are open.
    depth: u8,
    /// The last string that had escapes.
    pub(super) scratch: String,
}

/// Wording of the failures, which is that of `serde_json`.
pub(super) mod fault {
    pub(crate) const END_OF_VALUE: &str = "EOF while parsing a value";
    pub(crate) const END_OF_LIST: &str = "EOF while parsing a list";
    pub(crate) const END_OF_OBJECT: &str = "EOF while parsing an object";
    pub(crate) const END_OF_STRING: &str = "EOF while parsing a string";
    pub(crate) const NO_VALUE: &str = "expected value";
    pub(crate) const NO_WORD: &str = "expected ident";
    pub(crate) const NO_NAME: &str = "key must be a string";
    pub(crate) const NO_COLON: &str = "expected `:`";
    pub(crate) const NO_ITEM: &str = "expected `,` or `]`";
    pub(crate) const NO_MEMBER: &str = "expected `,` or `}`";
    pub(crate) const COMMA: &str = "trailing comma";
    pub(crate) const TRAILING: &str = "trailing characters";
    pub(crate) const NUMBER: &str = "invalid number";
    pub(crate) const CONTROL: &str =
        "control character (\\u0000-\\u001F) found while parsing a string";
    pub(crate) const ESCAPE: &str = "invalid escape";
    pub(crate) const SURROGATE: &str = "lone leading surrogate in hex escape";
    pub(crate) const HEX_END: &str = "unexpected end of hex escape";
    pub(crate) const UTF_8: &str = "invalid unicode code point";
    pub(crate) const DEPTH: &str = "recursion limit exceeded";
}

impl<'j> Cursor<'j> {
    /// The start of a text.
    #[inline]
    pub(super) fn new(text: &'j str) -> Self {
        Self { text, at: 0, broken: false, depth: 0, scratch: String::new() }
    }

    /// The start of bytes. A byte-order mark is passed over, as RFC 8259 section 8.1 allows. Bytes that are not UTF-8 end
    /// the text, so that the failure has the path and the place of the value that they stand in.
    pub(super) fn of_bytes(bytes: &'j [u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::new(text),
            Err(error) => {
                let start = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let mut cursor = Self::new(std::str::from_utf8(start).unwrap_or_default());
                cursor.broken = true;
                cursor
            }
        }
    }

    /// The next byte, unless the text ends.
    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The bytes that are left.
    #[inline]
    pub(super) fn rest(&self) -> &'j [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    #[inline]
    pub(super) fn advance(&mut self, count: usize) {
        self.at += count;
    }

    #[inline]
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Goes back to where a value began.
    #[inline]
    pub(super) fn back_to(&mut self, position: usize) {
        self.at = position;
    }

    /// The text from a position to the cursor.
    #[inline]
    pub(super) fn since(&self, start: usize) -> &'j str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Passes over white space, and gives the next byte.
    #[inline]
    pub(super) fn next_token(&mut self) -> Option<u8> {
        match self.peek() {
            Some(byte) if byte > b' ' => Some(byte),
            Some(_) => self.token_after_space(),
            None => None,
        }
    }

    #[inline(never)]
    fn token_after_space(&mut self) -> Option<u8> {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\t' | b'\r');
        let rest = self.rest();
        let space = rest.iter().position(|byte| !is_space(byte));
        self.at += space.unwrap_or(rest.len());
        self.peek()
    }

    /// The first byte of a value.
    #[inline]
    pub(super) fn first_of_value(&mut self) -> Result<u8, CodecError> {
        match self.next_token() {
            Some(byte) => Ok(byte),
            None => Err(self.fault(fault::END_OF_VALUE)),
        }
    }

    /// Passes over a word, whose first letter has been seen.
    #[inline]
    pub(super) fn word(&mut self, word: &'static str) -> Result<(), CodecError> {
        if self.rest().starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(());
        }
        Err(self.no_word(word))
    }

    #[cold]
    fn no_word(&mut self, word: &str) -> CodecError {
        let same = self.rest().iter().zip(word.as_bytes());
        self.at += same.take_while(|(left, right)| left == right).count();
        match self.peek() {
            Some(_) => self.fault(fault::NO_WORD),
            None => self.fault(fault::END_OF_VALUE),
        }
    }

    /// Enters a list or an object, whose bracket has been seen.
    #[inline]
    pub(super) fn enter(&mut self) -> Result<(), CodecError> {
        if self.depth >= LEVELS {
            return Err(self.fault(fault::DEPTH));
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    /// Leaves a list or an object, whose closing bracket has been seen.
    #[inline]
    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.at += 1;
    }

    /// Goes to the next item of the list that was entered; `false` at its end, which is passed over.
    #[inline]
    pub(super) fn next_item(&mut self, is_first: bool) -> Result<bool, CodecError> {
        match self.next_token() {
            Some(b']') => {
                self.leave();
                Ok(false)
            }
            Some(b',') if !is_first => {
                self.at += 1;
                match self.next_token() {
                    Some(b']') => Err(self.fault(fault::COMMA)),
                    Some(_) => Ok(true),
                    None => Err(self.fault(fault::END_OF_VALUE)),
                }
            }
            Some(_) if is_first => Ok(true),
            Some(_) => Err(self.fault(fault::NO_ITEM)),
            None => Err(self.fault(fault::END_OF_LIST)),
        }
    }

    /// Goes to the value of the next member of the object that was entered, and gives the member's name; `None` at the end
    /// of the object, which is passed over.
    #[inline]
    pub(super) fn next_member(
        &mut self,
        is_first: bool,
    ) -> Result<Option<Cow<'j, str>>, CodecError> {
        if !self.next_name(is_first)? {
            return Ok(None);
        }
        let name = self.name()?;
        self.colon()?;
        Ok(Some(name))
    }

    /// Goes to the quote that begins the name of the next member; `false` at the end of the object.
    #[inline]
    pub(super) fn next_name(&mut self, is_first: bool) -> Result<bool, CodecError> {
        match self.next_token() {
            Some(b',') if !is_first => {
                self.at += 1;
                match self.next_token() {
                    Some(b'"') => Ok(true),
                    Some(b'}') => Err(self.fault(fault::COMMA)),
                    Some(_) => Err(self.fault(fault::NO_NAME)),
                    None => Err(self.fault(fault::END_OF_VALUE)),
                }
            }
            Some(b'"') if is_first => Ok(true),
            Some(b'}') => {
                self.leave();
                Ok(false)
            }
            Some(_) if is_first => Err(self.fault(fault::NO_NAME)),
            Some(_) => Err(self.fault(fault::NO_MEMBER)),
            None => Err(self.fault(fault::END_OF_OBJECT)),
        }
    }

    /// Passes over the colon after a name.
    #[inline]
    pub(super) fn colon(&mut self) -> Result<(), CodecError> {
        match self.next_token() {
            Some(b':') => {
                self.at += 1;
                Ok(())
            }
            Some(_) => Err(self.fault(fault::NO_COLON)),
            None => Err(self.fault(fault::END_OF_OBJECT)),
        }
    }

    /// Refuses anything but white space after the value.
    pub(super) fn end(&mut self) -> Result<(), CodecError> {
        match self.next_token() {
            None if !self.broken => Ok(()),
            Some(_) | None => Err(self.fault(fault::TRAILING)),
        }
    }

    /// A failure of the text at the next byte.
    #[cold]
    #[inline(never)]
    pub(super) fn fault(&self, what: &'static str) -> CodecError {
        let is_at_end = self.at >= self.text.len();
        if is_at_end && self.broken {
            return self.fault_after(1, fault::UTF_8);
        }
        self.fault_after(usize::from(!is_at_end), what)
    }

    /// A failure of the text that was just read.
    #[cold]
    #[inline(never)]
    pub(super) fn fault_behind(&self, what: &'static str) -> CodecError {
        self.fault_after(0, what)
    }

    /// A failure so many bytes on.
    #[cold]
    #[inline(never)]
    pub(super) fn fault_after(&self, count: usize, what: &'static str) -> CodecError {
        CodecError::malformed(what).placed(|| self.place(self.at + count))
    }

    /// Says where the cursor stands, in a failure that does not say yet where it is.
    #[cold]
    #[inline(never)]
    pub(super) fn placed(&self, failure: CodecError) -> CodecError {
        failure.placed(|| self.place(self.at))
    }

    /// The place in messages: the line, counted from 1, and the number of bytes before the place in its line.
    fn place(&self, at: usize) -> String {
        let bytes = self.text.as_bytes();
        let before = bytes.get(..at).unwrap_or(bytes);
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let start = before.iter().rposition(|byte| *byte == b'\n');
        let column = at - start.map_or(0, |newline| newline + 1);
        format!("line {line} column {column}")
    }
}
