//! The line on a terminal that says what a long run is doing.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The time that a run takes before the line appears.
const DELAY: Duration = Duration::from_secs(1);
/// The time between two pictures of the spinner.
const TICK: Duration = Duration::from_millis(120);

/// A line that appears if a run takes more than a second, and goes when the value is dropped.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    /// Ends the wait for the line when it is dropped, and the thread that waits.
    appearance: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// A line on stderr, which has to be a terminal.
    pub fn on_stderr() -> Self {
        let bar = ProgressBar::hidden();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg}") {
            bar.set_style(style);
        }
        let (sender, end) = mpsc::channel();
        let line = bar.clone();
        let appear = move || {
            if end.recv_timeout(DELAY) == Err(RecvTimeoutError::Timeout) {
                line.set_draw_target(ProgressDrawTarget::stderr());
                line.enable_steady_tick(TICK);
            }
        };
        Self { bar, appearance: Some((sender, thread::spawn(appear))) }
    }

    /// No line.
    pub fn hidden() -> Self {
        Self { bar: ProgressBar::hidden(), appearance: None }
    }

    /// Sets the text of the line.
    pub fn phase(&self, text: String) {
        self.bar.set_message(text);
    }

    /// Clears the line for good.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }

    /// Clears the line, prints something else, and shows the line again.
    pub fn suspend(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.appearance.take() {
            drop(sender);
            // a line that cannot be shown is no reason to fail
            let _ = thread.join();
        }
        self.bar.finish_and_clear();
    }
}
