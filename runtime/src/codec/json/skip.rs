//! Skips JSON values.

use crate::codec::json::cursor::{fault, Cursor};
use crate::codec::CodecError;

/// Where the cursor stands between the values that are passed over.
enum Next {
    /// At the first byte of a value.
    Value,
    /// After a value.
    After,
}

impl Cursor<'_> {
    /// Passes over a value of any depth, and checks that it is well-formed.
    pub(super) fn skip_value(&mut self) -> Result<(), CodecError> {
        let mut open = Brackets::default();
        let mut next = Next::Value;
        loop {
            next = match next {
                Next::Value => self.skip_start(&mut open)?,
                Next::After if open.is_empty() => return Ok(()),
                Next::After => self.skip_on(&mut open)?,
            };
        }
    }

    /// Passes over a scalar, or over the bracket that begins a list or an object.
    fn skip_start(&mut self, open: &mut Brackets) -> Result<Next, CodecError> {
        match self.first_of_value()? {
            b'"' => self.skip_string()?,
            b'-' | b'0'..=b'9' => self.numeral().map(drop)?,
            b't' => self.word("true")?,
            b'f' => self.word("false")?,
            b'n' => self.word("null")?,
            b'[' => return self.skip_into_list(open),
            b'{' => return self.skip_into_object(open),
            _ => return Err(self.fault(fault::NO_VALUE)),
        }
        Ok(Next::After)
    }

    fn skip_into_list(&mut self, open: &mut Brackets) -> Result<Next, CodecError> {
        self.advance(1);
        match self.next_token() {
            Some(b']') => {
                self.advance(1);
                Ok(Next::After)
            }
            Some(_) => {
                open.push(false);
                Ok(Next::Value)
            }
            None => Err(self.fault(fault::END_OF_LIST)),
        }
    }

    fn skip_into_object(&mut self, open: &mut Brackets) -> Result<Next, CodecError> {
        self.advance(1);
        match self.next_token() {
            Some(b'}') => {
                self.advance(1);
                Ok(Next::After)
            }
            Some(_) => {
                open.push(true);
                self.skip_name()
            }
            None => Err(self.fault(fault::END_OF_OBJECT)),
        }
    }

    fn skip_name(&mut self) -> Result<Next, CodecError> {
        match self.next_token() {
            Some(b'"') => self.skip_string()?,
            Some(_) => return Err(self.fault(fault::NO_NAME)),
            None => return Err(self.fault(fault::END_OF_OBJECT)),
        }
        self.colon()?;
        Ok(Next::Value)
    }

    /// Goes from one value to the next, or out of the list or the object.
    fn skip_on(&mut self, open: &mut Brackets) -> Result<Next, CodecError> {
        let is_object = open.is_object();
        match (self.next_token(), is_object) {
            (Some(b','), true) => {
                self.advance(1);
                self.skip_name()
            }
            (Some(b','), false) => {
                self.advance(1);
                Ok(Next::Value)
            }
            (Some(b'}'), true) | (Some(b']'), false) => {
                self.advance(1);
                open.pop();
                Ok(Next::After)
            }
            (Some(_), true) => Err(self.fault(fault::NO_MEMBER)),
            (Some(_), false) => Err(self.fault(fault::NO_ITEM)),
            (None, true) => Err(self.fault(fault::END_OF_OBJECT)),
            (None, false) => Err(self.fault(fault::END_OF_LIST)),
        }
    }
}

/// The lists and objects that are open, a bit each; memory is taken beyond 64 levels only.
#[derive(Default)]
struct Brackets {
    innermost: u64,
    count: usize,
    outer: Vec<u64>,
}

impl Brackets {
    fn is_empty(&self) -> bool {
        self.count == 0
    }

    fn is_object(&self) -> bool {
        self.innermost & 1 == 1
    }

    fn push(&mut self, is_object: bool) {
        if self.count > 0 && self.count.is_multiple_of(64) {
            self.outer.push(self.innermost);
        }
        self.innermost = self.innermost << 1 | u64::from(is_object);
        self.count += 1;
    }

    fn pop(&mut self) {
        self.innermost >>= 1;
        self.count = self.count.saturating_sub(1);
        if self.count > 0 && self.count.is_multiple_of(64) {
            self.innermost = self.outer.pop().unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_beyond_a_word_are_kept() {
        let kinds: Vec<bool> = (0..300_u32).map(|at| at * at % 7 < 3).collect();
        let mut open = Brackets::default();
        for kind in &kinds {
            open.push(*kind);
        }
        for kind in kinds.iter().rev() {
            assert!(!open.is_empty());
            assert_eq!(open.is_object(), *kind);
            open.pop();
        }
        assert!(open.is_empty());
    }
}
