//! A document from standard input.

use crate::report::STDIN;
use std::io::{self, Read};
use std::path::Path;
use typewright::host::disk::{decoded, Disk, MAX_BYTES};
use typewright::{Loader, ReadError};

/// Loader of a document from standard input, and of files in the working directory that it refers to.
pub struct Stdin {
    text: Result<String, String>,
    disk: Disk,
}

impl Stdin {
    /// Reads standard input to its end. References may reach the folder `root` instead, if the user set one.
    pub fn read(root: Option<&Path>) -> Self {
        let disk = Disk::new(STDIN);
        Self {
            text: text(io::stdin().lock()),
            disk: match root {
                Some(root) => disk.with_root(root),
                None => disk,
            },
        }
    }
}

fn text(input: impl Read) -> Result<String, String> {
    let mut bytes = Vec::new();
    // one byte more than is allowed tells that there is more
    input.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MAX_BYTES) {
        return Err(format!("it is longer than {} MB", MAX_BYTES >> 20));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(
            "it is empty; `-` takes the document from what is piped into the command".into()
        );
    }
    decoded(bytes)
}

impl Loader for Stdin {
    fn load(&self, path: &str) -> Result<String, ReadError> {
        self.disk.load(path)
    }

    /// The document, or an overlay on this machine.
    fn load_named(&self, name: &str) -> Result<String, ReadError> {
        if name == STDIN {
            return Ok(self.text.clone()?);
        }
        self.disk.load_named(name)
    }

    fn is_confined(&self) -> bool {
        self.disk.is_confined()
    }
}
