//! Unions whose branches are tried.

use crate::codec::union::{Destination, Table};
use crate::codec::value::{Replay, Score, Tally};
use crate::codec::{CodecError, Deviations, Value};

/// Reads a value as the branch with the best score; of equals the first.
///
/// The score is better the more of the members are known, at any depth, then the fewer are unknown, and then the fewer
/// deviations there are. The decision is made once for a value and a union, however many branches of enclosing unions are tried.
pub(super) fn read_by_trial(
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
    // Before a branch is chosen, as attempts that were interrupted failed without a fault of the value.
    session.check()?;
    let Some(best) = trial.best else {
        let failure = trial.failure(value);
        session.decide(value, union.id, Err(shortened(&failure)));
        return Err(failure);
    };
    session.decide(value, union.id, Ok(best.index));
    if best.score.has_deviations() {
        // Again, so that its deviations are refused or reported.
        return destination.branch(best.index, &mut replay);
    }
    let (known, unknown) = best.score.members();
    replay.tally().add(known, unknown);
    destination.restore();
    Ok(())
}

/// The branches of a union that were tried for one value.
#[derive(Default)]
struct Trial {
    best: Option<Best>,
    /// Each branch that refuses the value, with the reason.
    refused: Vec<String>,
}

/// The branch with the best score, whose value is saved.
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
                destination.save();
                self.best = Some(Best { index, score });
            }
            Ok(()) => {}
            Err(failure) => self.refuse(index, union, &failure),
        }
    }

    #[cold]
    fn refuse(&mut self, index: usize, union: &Table, failure: &CodecError) {
        let name = union.branches.get(index).map_or("", |branch| branch.name);
        let reason = cut(failure.to_string(), MAX_REASON);
        self.refused.push(format!("{name} ({reason})"));
    }

    #[cold]
    fn failure(&self, value: &Value) -> CodecError {
        let expected = format!("one of: {}", self.refused.join("; "));
        CodecError::new(expected, value.describe())
    }
}

/// Limit of a reason, in characters, as reasons of unions contain those of nested unions.
const MAX_REASON: usize = 200;

fn cut(mut text: String, longest: usize) -> String {
    if let Some((at, _)) = text.char_indices().nth(longest) {
        text.truncate(at);
        text.push('…');
    }
    text
}

/// The failure that is stored for a value without a branch.
fn shortened(failure: &CodecError) -> CodecError {
    let expected = cut(failure.expected().to_owned(), MAX_REASON);
    CodecError::new(expected, failure.actual().to_owned())
}
