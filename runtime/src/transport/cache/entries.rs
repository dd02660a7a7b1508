//! The responses that a cache holds, within its limit of bytes.

use bytes::Bytes;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most responses of one URL: requests of which each is another, such as signed ones, would else displace those of other URLs.
const VARIANTS: usize = 16;
/// Bytes that an entry takes beside its texts.
const OVERHEAD: usize = 256;

/// The headers by which requests are told apart: names with their values, in order.
pub(super) type Selection = Vec<(HeaderName, Vec<HeaderValue>)>;

/// The parts of a request by which responses are told apart.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) url: String,
    /// `Accept`, and the headers with credentials.
    pub(super) headers: Selection,
}

/// A response that is held.
pub(super) struct Stored {
    pub(super) key: Key,
    /// The request's values of the headers in `Vary`.
    pub(super) varied: Selection,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Stored {
    fn size(&self) -> usize {
        let of_value = |name: &HeaderName, value: &HeaderValue| name.as_str().len() + value.len();
        let selections = self.key.headers.iter().chain(&self.varied);
        let selected = selections
            .flat_map(|(name, values)| values.iter().map(move |value| of_value(name, value)));
        let headers = self.headers.iter().map(|(name, value)| of_value(name, value));
        let texts: usize = selected.chain(headers).sum();
        // The URL is held twice: as the key, and in the order of use.
        OVERHEAD + texts + self.body.len() + 2 * self.key.url.len()
    }
}

struct Entry {
    stored: Arc<Stored>,
    size: usize,
    /// The number of the entry's last use.
    used: u64,
}

pub(super) struct Entries {
    max_bytes: usize,
    bytes: usize,
    /// Number of uses so far.
    uses: u64,
    by_url: BTreeMap<String, Vec<Entry>>,
    /// URLs by the number of the last use of an entry.
    by_use: BTreeMap<u64, String>,
}

impl Entries {
    pub(super) fn new(max_bytes: usize) -> Self {
        Self { max_bytes, bytes: 0, uses: 0, by_url: BTreeMap::new(), by_use: BTreeMap::new() }
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The most bytes that one entry can have.
    pub(super) fn largest(&self) -> usize {
        self.max_bytes / 8
    }

    pub(super) fn clear(&mut self) {
        *self = Self::new(self.max_bytes);
    }

    /// The response to a request, which counts as its use.
    pub(super) fn get(&mut self, key: &Key, headers: &HeaderMap) -> Option<Arc<Stored>> {
        let entries = self.by_url.get_mut(&key.url)?;
        let is_match = |entry: &&mut Entry| {
            let is_same = |(name, values): &(HeaderName, Vec<HeaderValue>)| {
                headers.get_all(name).iter().eq(values)
            };
            entry.stored.key == *key && entry.stored.varied.iter().all(is_same)
        };
        let entry = entries.iter_mut().find(is_match)?;
        self.by_use.remove(&entry.used);
        self.uses += 1;
        entry.used = self.uses;
        self.by_use.insert(self.uses, key.url.clone());
        Some(Arc::clone(&entry.stored))
    }

    /// Holds a response in place of those to the same request; older ones make room for it.
    pub(super) fn insert(&mut self, stored: Stored) {
        self.remove_where(&stored.key.url, |other| {
            other.key == stored.key && other.varied == stored.varied
        });
        let size = stored.size();
        if size > self.largest() {
            return;
        }
        let variants = self.by_url.get(&stored.key.url).filter(|entries| entries.len() >= VARIANTS);
        let oldest = variants.and_then(|entries| entries.iter().map(|entry| entry.used).min());
        if let Some(oldest) = oldest {
            self.remove_entries(&stored.key.url, |entry| entry.used == oldest);
        }
        while self.bytes + size > self.max_bytes {
            let Some((used, url)) = self.by_use.pop_first() else {
                break;
            };
            self.remove_entries(&url, |entry| entry.used == used);
        }
        self.uses += 1;
        self.bytes += size;
        self.by_use.insert(self.uses, stored.key.url.clone());
        let entry = Entry { size, used: self.uses, stored: Arc::new(stored) };
        self.by_url.entry(entry.stored.key.url.clone()).or_default().push(entry);
    }

    /// Forgets what is held of a URL.
    pub(super) fn remove(&mut self, url: &str) {
        self.remove_entries(url, |_| true);
    }

    /// Forgets the response to such a request.
    pub(super) fn remove_where(&mut self, url: &str, is_removed: impl Fn(&Stored) -> bool) {
        self.remove_entries(url, |entry| is_removed(&entry.stored));
    }

    fn remove_entries(&mut self, url: &str, is_removed: impl Fn(&Entry) -> bool) {
        let Some(entries) = self.by_url.get_mut(url) else {
            return;
        };
        let (bytes, by_use) = (&mut self.bytes, &mut self.by_use);
        entries.retain(|entry| {
            let is_removed = is_removed(entry);
            if is_removed {
                *bytes -= entry.size;
                by_use.remove(&entry.used);
            }
            !is_removed
        });
        if entries.is_empty() {
            self.by_url.remove(url);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(url: &str) -> Key {
        Key { url: url.to_owned(), headers: Vec::new() }
    }

    fn stored(url: &str, bytes: usize) -> Stored {
        let body = vec![b'x'; bytes].into();
        Stored { key: key(url), varied: Vec::new(), headers: HeaderMap::new(), body }
    }

    #[test]
    fn the_least_recently_used_makes_room() {
        let mut entries = Entries::new(16_000);
        let has =
            |entries: &mut Entries, url: &str| entries.get(&key(url), &HeaderMap::new()).is_some();
        for number in 0..8 {
            entries.insert(stored(&format!("/{number}"), 1700));
        }
        assert!(has(&mut entries, "/0"));
        entries.insert(stored("/8", 1700));
        assert!(has(&mut entries, "/0") && has(&mut entries, "/8"));
        assert!(!has(&mut entries, "/1"));
        assert!(entries.bytes() <= 16_000, "{}", entries.bytes());
        entries.insert(stored("/large", 2000));
        assert!(!has(&mut entries, "/large"));
        for number in 0..9 {
            entries.remove(&format!("/{number}"));
        }
        assert_eq!((entries.bytes(), entries.by_use.len(), entries.by_url.len()), (0, 0, 0));
    }

    #[test]
    fn a_url_has_a_limit_of_its_own() {
        let mut entries = Entries::new(1 << 20);
        let traced =
            |trace: usize| (HeaderName::from_static("x-trace"), vec![HeaderValue::from(trace)]);
        for trace in 0..40 {
            entries.insert(Stored { varied: vec![traced(trace)], ..stored("/", 10) });
        }
        let held = (0..40).filter(|trace| {
            let (name, values) = traced(*trace);
            let headers = values.into_iter().map(|value| (name.clone(), value)).collect();
            entries.get(&key("/"), &headers).is_some()
        });
        assert_eq!(held.collect::<Vec<_>>(), (24..40).collect::<Vec<_>>());
    }

    #[test]
    fn an_entry_replaces_that_of_the_same_request() {
        let mut entries = Entries::new(16_000);
        entries.insert(stored("/", 1000));
        let before = entries.bytes();
        entries.insert(stored("/", 500));
        assert_eq!(entries.bytes(), before - 500);
        // One that is too large leaves none that is outdated.
        entries.insert(stored("/", 3000));
        assert_eq!(entries.bytes(), 0);
        entries.insert(stored("/", 1));
        entries.clear();
        assert_eq!(entries.bytes(), 0);
    }
}
