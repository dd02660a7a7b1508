//! Unions whose branches have to be tried.

use crate::codec::union::{Destination, Table};
use crate::codec::value::{Replay, Score, Tally};
use crate::codec::{CodecError, Deviations, Value};

/// Reads a value by the branch of these that knows it best; of equals the first.
///
/// A branch knows a value better the more of its members it names, at any depth, then the fewer it passes over, and then
/// the fewer values it has to keep that it does not list. A value is judged once for a union, however many branches of
/// unions around it are tried.
pub(super) fn tried(
    mut replay: Replay<'_>,
    union: &Table,
    branches: &[usize],
    destination: &mut dyn Destination,
) -> Result<(), CodecError> {
    if let [only] = branches {
        return destination.branch(*only, &mut replay);
    }
    let (value, session) = (replay.value(), replay.session());
    if let Some(decision) = session.decision(value, union.id) {
        return destination.branch(decision?, &mut replay);
    }
    let mut trial = Trial::default();
    for &index in branches {
        session.check()?;
        trial.attempt(index, replay, union, destination);
    }
    // Before a branch is chosen: those that were left early failed for no fault of the value.
    session.check()?;
    let Some(best) = trial.best else {
        let failure = trial.failure(value);
        session.decide(value, union.id, Err(shortened(&failure)));
        return Err(failure);
    };
    session.decide(value, union.id, Ok(best.index));
    if best.score.has_deviations() {
        // Once more, so that its deviations are refused or reported.
        return destination.branch(best.index, &mut replay);
    }
    let (known, unknown) = best.score.members();
    replay.tally().add(known, unknown);
    destination.take_back();
    Ok(())
}

/// The branches of a union that were tried for one value.
#[derive(Default)]
struct Trial {
    best: Option<Best>,
    /// Each branch that does not take the value, with the reason.
    refused: Vec<String>,
}

/// The branch that knows the value best; its reading is set aside.
struct Best {
    index: usize,
    score: Score,
}

impl Trial {
    fn attempt(
        &mut self,
        index: usize,
        replay: Replay<'_>,
        union: &Table,
        destination: &mut dyn Destination,
    ) {
        let tally = Tally::new(replay.session(), Deviations::counted());
        let mut attempt = Replay::new(replay.value(), &tally);
        let result = destination.branch(index, &mut attempt);
        let score = tally.score();
        match result {
            Ok(()) if self.best.as_ref().is_none_or(|best| score > best.score) => {
                destination.set_aside();
                self.best = Some(Best { index, score });
            }
            Ok(()) => {}
            Err(failure) => self.refuse(index, union, &failure),
        }
    }

    #[cold]
    fn refuse(&mut self, index: usize, union: &Table, failure: &CodecError) {
        let name = union.branches.get(index).map_or("", |branch| branch.name);
        let reason = cut(failure.to_string(), REASON);
        self.refused.push(format!("{name} ({reason})"));
    }

    #[cold]
    fn failure(&self, value: &Value) -> CodecError {
        let expected = format!("one of: {}", self.refused.join("; "));
        CodecError::new(expected, value.describe())
    }
}

/// Longer reasons are cut here, in characters: those of unions hold the reasons of the unions within.
const REASON: usize = 200;

fn cut(mut text: String, longest: usize) -> String {
    if let Some((at, _)) = text.char_indices().nth(longest) {
        text.truncate(at);
        text.push('…');
    }
    text
}

/// A failure that is kept for each value that has no branch.
fn shortened(failure: &CodecError) -> CodecError {
    let expected = cut(failure.expected().to_owned(), REASON);
    CodecError::new(expected, failure.found().to_owned())
}
