//! Scopes: assigned names, and the resolution of collisions.

use super::register::Register;
use super::Ident;
use crate::diagnostics::codes::names::NAME_MOVED;
use crate::diagnostics::{Diagnostics, Place};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization as _;

/// The identifiers of one scope, such as the fields of a record.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    taken: BTreeSet<String>,
    /// `true` for files: names that differ only in case collide, as they do in many file systems.
    folds: bool,
    /// Name of a scope that is filled step by step.
    name: Option<&'static str>,
    /// Nodes by the names that a lock keeps for them in such a scope.
    held: BTreeMap<String, String>,
}

/// A request for a name.
#[derive(Clone, Debug)]
pub struct NameRequest {
    /// Identity of the document's node and its role, under which a lock keeps the name; empty for a name that callers do not
    /// see.
    pub node: String,
    /// Order of claims: lower rank first, then lower key. Neither depends on the order of the document.
    pub rank: u8,
    /// Order within a rank: a name on the wire, or a pointer.
    pub key: String,
    /// `true` if the document or the configuration demands the first candidate.
    pub explicit: bool,
    /// Candidate names, best first.
    pub candidates: Vec<String>,
    /// Place in the document, for diagnostics.
    pub place: Place,
}

impl NameRequest {
    /// Ranks a name of the document: first explicitly requested names, then wire names that are identifiers unchanged.
    pub fn rank(explicit: bool, wire: &str, preferred: &str) -> u8 {
        match (explicit, wire == preferred) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        }
    }

    /// The name to prefer.
    fn preferred(&self) -> &str {
        self.candidates.first().map_or("", String::as_str)
    }
}

impl Scope {
    /// Creates a scope with reserved words.
    pub fn reserving(reserved: &[&[&str]]) -> Self {
        let reserved = reserved.iter().copied().flatten();
        Self { taken: reserved.map(|word| (*word).to_owned()).collect(), ..Self::default() }
    }

    /// Creates a scope of files with reserved words.
    pub fn files(reserved: &[&[&str]]) -> Self {
        let scope = Self::reserving(reserved);
        Self { folds: true, ..scope }
    }

    /// Makes it a scope that is filled step by step, in which later nodes keep their locked names.
    pub fn shared(self, name: &'static str, register: &Register) -> Self {
        let mut held = BTreeMap::new();
        for (node, locked) in register.locked_in(name) {
            held.entry(self.key(locked)).or_insert_with(|| node.to_owned());
        }
        Self { name: Some(name), held, ..self }
    }

    /// Adds an identifier to the scope.
    pub fn take(&mut self, ident: &Ident) {
        let key = self.key(ident.text());
        self.taken.insert(key);
    }

    /// `true` if the identifier made of a text is unused.
    pub fn is_free(&self, text: &str) -> bool {
        let ident = Ident::new(text);
        let is_reserved = ident.text() != text && self.taken.contains(text);
        !is_reserved && !self.taken.contains(&self.key(ident.text()))
    }

    /// `true` if the identifier is unused, and not kept for another node than that of the request.
    fn is_free_for(&self, request: &NameRequest, text: &str) -> bool {
        let holder = self.held.get(&self.key(Ident::new(text).text()));
        let is_held = holder.is_some_and(|holder| *holder != request.node);
        let is_explicit = request.explicit && text == request.preferred();
        self.is_free(text) && (is_explicit || !is_held)
    }

    /// Claims the first unused candidate; if there is none, the first candidate with the lowest number that makes it
    /// unique.
    pub fn claim(&mut self, candidates: &[String]) -> Ident {
        let free = candidates.iter().find(|candidate| self.is_free(candidate));
        let first = candidates.first().map_or("", String::as_str);
        let text = free.cloned().unwrap_or_else(|| numbered(first, |text| self.is_free(text)));
        let ident = Ident::new(&text);
        self.take(&ident);
        ident
    }

    /// Claims several names, independently of their order here, and reports those that got a number.
    pub fn settle(&mut self, requests: &[NameRequest], register: &mut Register) -> Vec<Ident> {
        let claims = self.claims(requests, register);
        for (claim, request) in claims.iter().zip(requests) {
            if claim.numbered {
                note(claim, request, &mut register.diagnostics);
            }
        }
        claims.into_iter().map(|claim| claim.ident).collect()
    }

    /// The same with the result of each claim and without reports of numbers.
    pub fn claims(&mut self, requests: &[NameRequest], register: &mut Register) -> Vec<Claim> {
        let order = in_order(requests, register);
        let mut idents: Vec<(usize, Ident)> = Vec::with_capacity(order.len());
        for (at, request) in order {
            let ident = self.claim_request(request, register);
            register.record(self.name, request, &ident);
            idents.push((at, ident));
        }
        idents.sort_by_key(|(at, _)| *at);
        let claims = idents.into_iter().zip(requests).map(|((_, ident), request)| {
            let preferred = request.preferred();
            let moved = Ident::new(preferred) != ident && !self.is_free(preferred);
            let is_candidate = |candidate: &String| Ident::new(candidate) == ident;
            let numbered = moved && !request.candidates.iter().any(is_candidate);
            Claim { ident, moved, numbered }
        });
        claims.collect()
    }

    fn claim_request(&mut self, request: &NameRequest, register: &Register) -> Ident {
        let locked = register.locked(&request.node);
        let explicit = request.candidates.iter().take(usize::from(request.explicit));
        let others = request.candidates.iter().skip(usize::from(request.explicit));
        let candidates =
            explicit.map(String::as_str).chain(locked).chain(others.map(String::as_str));
        let is_free = |text: &str| self.is_free_for(request, text);
        let free = candidates.into_iter().find(|candidate| is_free(candidate));
        let text = free.map_or_else(|| numbered(request.preferred(), is_free), str::to_owned);
        let ident = Ident::new(&text);
        self.take(&ident);
        ident
    }

    /// Returns the form in which names are compared.
    fn key(&self, text: &str) -> String {
        if self.folds && !text.is_ascii() {
            let folded = text.to_uppercase().to_lowercase();
            return folded.nfkc().collect();
        }
        if self.folds {
            return text.to_ascii_lowercase();
        }
        text.to_owned()
    }
}

/// Returns the requests with their positions in the order in which they are fulfilled: locked names in the order of their
/// nodes, then the others by rank and key. An explicit name comes before the locked one that it displaces.
fn in_order<'r>(requests: &'r [NameRequest], register: &Register) -> Vec<(usize, &'r NameRequest)> {
    let locked = requests.iter().filter_map(|request| register.locked(&request.node));
    let locked: BTreeSet<&str> = locked.collect();
    let mut order: Vec<(usize, &NameRequest)> = requests.iter().enumerate().collect();
    order.sort_by_cached_key(|(_, request)| {
        let displaces = request.explicit && locked.contains(request.preferred());
        let node = register.locked(&request.node).map(|_| &request.node);
        (!displaces, node.is_none(), node, request.rank, &request.key)
    });
    order
}

/// Appends the lowest number that makes a name free.
fn numbered(text: &str, is_free: impl Fn(&str) -> bool) -> String {
    let joint = if text.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
    let numbered = (2..).map(|number: u32| format!("{text}{joint}{number}"));
    numbered.into_iter().find(|text| is_free(text)).unwrap_or_default()
}

/// Reports a name that had to change because of another.
pub fn note(claim: &Claim, request: &NameRequest, diagnostics: &mut Diagnostics) {
    let preferred = request.preferred();
    let message = format!("the name `{preferred}` is taken, so this is called `{}`", claim.ident);
    diagnostics.push(NAME_MOVED, request.place.clone(), message);
}

/// Result of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The identifier.
    pub ident: Ident,
    /// `true` if it is not the first candidate.
    pub moved: bool,
    /// `true` if a number was appended.
    pub numbered: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(scope: &mut Scope, text: &str) -> String {
        scope.claim(&[text.to_owned()]).to_string()
    }

    #[test]
    fn the_second_of_a_name_moves() {
        let mut scope = Scope::reserving(&[&["new"]]);
        assert_eq!(claim(&mut scope, "new"), "new2");
        assert_eq!(claim(&mut scope, "id"), "id");
        assert_eq!(claim(&mut scope, "id"), "id2");
        assert_eq!(claim(&mut scope, "id2"), "id2_2");
    }

    #[test]
    fn a_spare_name_comes_before_a_number() {
        let mut scope = Scope::default();
        scope.claim(&["Pet".to_owned()]);
        let claim = scope.claim(&["Pet".to_owned(), "PetObject".to_owned()]);
        assert_eq!(claim.to_string(), "PetObject");
    }

    #[test]
    fn what_becomes_one_identifier_is_one_name() {
        let mut scope = Scope::default();
        assert_eq!(claim(&mut scope, "self"), "self_");
        assert_eq!(claim(&mut scope, "self_"), "self_2");
        // To the compiler, the kelvin sign is the letter K, and a letter with a combining accent is the accented
        // letter.
        assert_eq!(claim(&mut scope, "K"), "K");
        assert_eq!(claim(&mut scope, "\u{212a}"), "K2");
        assert_eq!(claim(&mut scope, "é"), "é");
        assert_eq!(claim(&mut scope, "e\u{301}"), "é2");
        // A keyword is one name with or without `r#`.
        assert_eq!(claim(&mut scope, "type"), "r#type");
        assert_eq!(claim(&mut scope, "type"), "type2");
    }

    #[test]
    fn files_that_differ_in_case_only_are_one() {
        let mut scope = Scope::files(&[&["con"]]);
        for (text, file) in [
            ("con", "con2"),
            ("straße", "straße"),
            ("strasse", "strasse2"),
            ("k", "k"),
            ("\u{212a}", "K2"),
            ("ﬁ", "ﬁ"),
            ("fi", "fi2"),
        ] {
            assert_eq!(claim(&mut scope, text), file);
        }
    }

    #[test]
    fn the_order_of_wishes_decides_nothing() {
        let request = |key: &str, preferred: &str| NameRequest {
            node: key.to_owned(),
            explicit: false,
            rank: NameRequest::rank(false, key, preferred),
            key: key.to_owned(),
            candidates: vec![preferred.to_owned(), format!("{preferred}_field")],
            place: Place::Nowhere,
        };
        let requests = [request("ID", "id"), request("id", "id"), request("Id", "id")];
        let mut register = Register::default();
        let names = Scope::default().settle(&requests, &mut register);
        let names: Vec<_> = names.iter().map(Ident::text).collect();
        assert_eq!(names, ["id_field", "id", "id2"]);
        assert_eq!(register.diagnostics.iter().count(), 1);
    }
}
