//! A service of notes. `notes.yaml` describes its API, from which the build script generates the types, the traits of handlers
//! and the routes; here are the handlers.

/// The generated client and server.
pub mod api {
    include!(concat!(env!("OUT_DIR"), "/notes.rs"));
}

use api::server::{
    Changes, CreateNoteReply, DeleteNoteParameters, DeleteNoteReply, GetNoteParameters,
    GetNoteReply, ListNotesOkHeaders, ListNotesParameters, ListNotesReply, Notes, Security,
    WatchChangesReply,
};
use api::types::{Change, ChangeKind, Note, NoteInput, Problem};
use futures_util::stream;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::broadcast::{self, error::RecvError};
use typewright_runtime::server::{Context, Denial, EventReplies, RequestCredential};

/// The number of changes that a slow reader may be behind before it misses some.
const BACKLOG: usize = 64;

/// Who calls: an author, by name.
#[derive(Clone, Debug)]
pub struct Author(pub String);

/// The service. Clones share their notes.
#[derive(Clone)]
pub struct Service {
    /// Authors by their keys.
    authors: Arc<BTreeMap<String, Author>>,
    notes: Arc<Mutex<BTreeMap<i64, Note>>>,
    changes: broadcast::Sender<Change>,
}

impl Service {
    /// Creates a service without notes, for authors with these keys.
    pub fn new<'a>(authors: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let authors = authors.into_iter();
        let authors = authors.map(|(key, name)| (key.to_owned(), Author(name.to_owned())));
        Self {
            authors: Arc::new(authors.collect()),
            notes: Arc::default(),
            changes: broadcast::Sender::new(BACKLOG),
        }
    }

    fn notes(&self) -> MutexGuard<'_, BTreeMap<i64, Note>> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn announce(&self, kind: ChangeKind, id: i64) {
        // Nobody may be listening.
        let _ = self.changes.send(Change::new(kind, id));
    }
}

impl Security for Service {
    type Principal = Author;

    async fn key(&self, credential: RequestCredential) -> Result<Author, Denial> {
        let author = self.authors.get(credential.secret());
        author.cloned().ok_or_else(|| Denial::unauthorized().reason("nobody has this key"))
    }
}

impl Notes for Service {
    async fn list_notes(
        &self,
        parameters: ListNotesParameters,
        _: Context<Author>,
    ) -> ListNotesReply {
        let is_of = |note: &&Note| match &parameters.author {
            Some(author) => note.author == *author,
            None => true,
        };
        let notes: Vec<Note> = self.notes().values().rev().filter(is_of).cloned().collect();
        let total = i64::try_from(notes.len()).unwrap_or(i64::MAX);
        let limit = usize::try_from(parameters.limit_or_default()).unwrap_or_default();
        ListNotesReply::Ok(notes.into_iter().take(limit).collect(), ListNotesOkHeaders::new(total))
    }

    async fn create_note(&self, body: NoteInput, context: Context<Author>) -> CreateNoteReply {
        let author = context.principal().map(|author| author.0.clone()).unwrap_or_default();
        let mut notes = self.notes();
        let id = notes.keys().next_back().map_or(1, |last| last + 1);
        let note = Note::new(id, author, body.text);
        notes.insert(id, note.clone());
        self.announce(ChangeKind::Created, id);
        CreateNoteReply::Created(note)
    }

    async fn get_note(&self, parameters: GetNoteParameters, _: Context<Author>) -> GetNoteReply {
        match self.notes().get(&parameters.id) {
            Some(note) => GetNoteReply::Ok(note.clone()),
            None => GetNoteReply::NotFound(missing()),
        }
    }

    async fn delete_note(
        &self,
        parameters: DeleteNoteParameters,
        context: Context<Author>,
    ) -> DeleteNoteReply {
        let mut notes = self.notes();
        let author = context.principal().map(|author| author.0.as_str());
        let is_author = notes.get(&parameters.id).is_some_and(|note| Some(&*note.author) == author);
        if !is_author {
            return DeleteNoteReply::NotFound(missing());
        }
        notes.remove(&parameters.id);
        self.announce(ChangeKind::Deleted, parameters.id);
        DeleteNoteReply::NoContent
    }
}

fn missing() -> Problem {
    Problem::new("There is no such note.", 404)
}

impl Changes for Service {
    async fn watch_changes(&self, _: Context<Author>) -> WatchChangesReply {
        let changes = stream::unfold(self.changes.subscribe(), |mut receiver| async {
            loop {
                match receiver.recv().await {
                    Ok(change) => return Some((change, receiver)),
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return None,
                }
            }
        });
        WatchChangesReply::Ok(EventReplies::from_data(changes))
    }
}
