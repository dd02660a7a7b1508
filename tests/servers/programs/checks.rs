//! Checks that the programs share: each prints a line, and the reason if it fails.
#![allow(dead_code, reason = "not every program needs all of it")]

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::future::Future;
use std::panic::Location;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use typewright_runtime::client::{BuildError, Decoding};
use typewright_runtime::value::CodecError;
use typewright_runtime::{AnyError, Error, ErrorKind};

/// The time that one check may take.
const LIMIT: Duration = Duration::from_secs(30);

/// Why a check failed.
pub struct Reason(String);

/// The end of a story: a check of it failed, and those after it need what it would have given.
pub struct Broken;

pub type Outcome<T = ()> = Result<T, Reason>;
pub type Story = Result<(), Broken>;

/// The checks of one server.
pub struct Checks {
    server: &'static str,
    passed: u32,
    failed: u32,
    deviations: Arc<Mutex<BTreeSet<String>>>,
}

impl Checks {
    pub fn new(server: &'static str) -> Self {
        Self { server, passed: 0, failed: 0, deviations: Arc::default() }
    }

    /// Tolerates what the document does not say, and keeps a list of it.
    pub fn decoding(&self) -> Decoding {
        let deviations = Arc::clone(&self.deviations);
        Decoding::observing(move |deviation| {
            let (operation, path) = (deviation.operation, &deviation.path);
            let line = format!("{operation} {path}: {}", deviation.actual);
            if let Ok(mut seen) = deviations.lock() {
                seen.insert(line);
            }
        })
    }

    /// Runs a check, and prints what came of it.
    pub async fn check<T>(
        &mut self,
        what: &str,
        step: impl Future<Output = Outcome<T>>,
    ) -> Result<T, Broken> {
        let late = |_| Err(Reason(format!("took more than {LIMIT:?}")));
        match tokio::time::timeout(LIMIT, step).await.unwrap_or_else(late) {
            Ok(value) => {
                self.passed += 1;
                println!("ok      {}: {what}", self.server);
                Ok(value)
            }
            Err(Reason(reason)) => {
                self.failed += 1;
                println!("FAILED  {}: {what}: {reason}", self.server);
                Err(Broken)
            }
        }
    }

    /// The last check: the replies deviated from the document in these ways, each told once, and in no other.
    pub async fn deviated(&mut self, expected: &[&str]) -> Story {
        let seen = self.deviations.lock();
        let seen = seen.map_or_else(|_| Vec::new(), |seen| seen.iter().cloned().collect());
        let count = expected.len();
        let what = format!("deviations from the document that were tolerated: {count}");
        self.check(&what, async { same(seen, expected) }).await
    }

    /// Prints the sum, which is the program's exit status too.
    pub fn end(self) -> ExitCode {
        let (passed, failed) = (self.passed, self.failed);
        println!("{}: {passed} passed, {failed} failed", self.server);
        ExitCode::from(u8::from(self.failed > 0))
    }
}

/// The URL of the server, which is the program's one argument.
pub fn server_url() -> String {
    std::env::args().nth(1).unwrap_or_default()
}

/// Both are the same.
#[track_caller]
pub fn same<A: PartialEq<B> + Debug, B: Debug>(actual: A, expected: B) -> Outcome {
    if actual == expected {
        return Ok(());
    }
    let line = Location::caller().line();
    Err(Reason(format!("line {line}: {actual:?} in place of {expected:?}")))
}

/// The text has this part.
#[track_caller]
pub fn has(text: &str, part: &str) -> Outcome {
    if text.contains(part) {
        return Ok(());
    }
    let line = Location::caller().line();
    Err(Reason(format!("line {line}: {part:?} is not in {text:?}")))
}

/// A value that has to be there.
#[track_caller]
pub fn there<T>(value: Option<T>) -> Outcome<T> {
    let line = Location::caller().line();
    value.ok_or_else(|| Reason(format!("line {line}: a value is missing")))
}

/// The failure of a call, which has to be of this kind and with this status.
#[track_caller]
pub fn refused<T, F>(
    reply: Result<T, Error<F>>,
    kind: ErrorKind,
    status: u16,
) -> Outcome<Error<F>> {
    let error = failure(reply)?;
    let actual = error.status().map(|status| status.as_u16());
    same((error.kind(), actual), (kind, Some(status)))?;
    Ok(error)
}

/// The failure of a call whose reply is a success that is not what the document says, here at `path`; the reply is kept.
#[track_caller]
pub fn unreadable<T, F>(reply: Result<T, Error<F>>, status: u16, path: &str) -> Outcome<Error<F>> {
    let error = refused(reply, ErrorKind::Decode, status)?;
    same(error.path().unwrap_or_default(), path)?;
    same(error.raw_body().is_empty(), false)?;
    Ok(error)
}

/// The failure of a call that was not sent.
#[track_caller]
pub fn unsent<T, F>(reply: Result<T, Error<F>>, kind: ErrorKind) -> Outcome {
    let error = failure(reply)?;
    same((error.kind(), error.attempts()), (kind, 0))
}

#[track_caller]
fn failure<T, F>(reply: Result<T, Error<F>>) -> Outcome<Error<F>> {
    let line = Location::caller().line();
    reply.err().ok_or_else(|| Reason(format!("line {line}: the call succeeded")))
}

impl<F> From<Error<F>> for Reason {
    fn from(error: Error<F>) -> Self {
        Self(format!("{error:#}: {}", error.excerpt()))
    }
}

impl From<AnyError> for Reason {
    fn from(error: AnyError) -> Self {
        Self(format!("{error:#}: {}", error.excerpt()))
    }
}

impl From<BuildError> for Reason {
    fn from(error: BuildError) -> Self {
        Self(error.to_string())
    }
}

impl From<CodecError> for Reason {
    fn from(error: CodecError) -> Self {
        Self(error.to_string())
    }
}

impl From<String> for Reason {
    fn from(reason: String) -> Self {
        Self(reason)
    }
}
