/// The texts of the numbers in a JSON text that no 64-bit integer holds, in their order.
///
/// `serde_json` gives such a number as an `f64`. The reader that meets one asks here for its text; a document without
/// any is never looked at. The text has been checked by `serde_json`, so that only strings and numbers need telling apart.
#[derive(Default)]
pub(super) struct Floats<'t> {
    rest: &'t str,
}

impl<'t> Floats<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { rest: text }
    }

    fn skip_string(&mut self) {
        let mut escaped = false;
        let end = self.rest.bytes().position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        });
        self.advance(end.map_or(self.rest.len(), |at| at + 1));
    }

    fn advance(&mut self, count: usize) -> &'t str {
        let (before, after) = self.rest.split_at_checked(count).unwrap_or((self.rest, ""));
        self.rest = after;
        before
    }
}

impl<'t> Iterator for Floats<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        loop {
            let starts = |byte: u8| byte == b'"' || byte == b'-' || byte.is_ascii_digit();
            let start = self.rest.bytes().position(starts)?;
            self.advance(start);
            if self.rest.starts_with('"') {
                self.advance(1);
                self.skip_string();
                continue;
            }
            let belongs = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
            let end = self.rest.bytes().position(|byte| !belongs(byte));
            let number = self.advance(end.unwrap_or(self.rest.len()));
            if is_float(number) {
                return Some(number);
            }
        }
    }
}

fn is_float(number: &str) -> bool {
    number == "-0" || (number.parse::<u64>().is_err() && number.parse::<i64>().is_err())
}

#[cfg(test)]
mod tests {
    use super::Floats;

    #[test]
    fn finds_floats_between_strings_and_integers() {
        let text = r#"{"a\"1.5": [1, -2, 18446744073709551615, 18446744073709551616], "b": "2.5\\", "c": -0, "é": 1E+3}"#;
        let found: Vec<_> = Floats::new(text).collect();
        assert_eq!(found, ["18446744073709551616", "-0", "1E+3"]);
        assert_eq!(Floats::new("1.50").next(), Some("1.50"));
        assert_eq!(Floats::new("").next(), None);
    }
}
