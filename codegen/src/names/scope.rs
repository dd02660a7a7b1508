//! Scopes: assigned names, and the resolution of collisions.

use super::Ident;
use crate::diagnostics::codes::names::NAME_MOVED;
use crate::diagnostics::{Diagnostics, Place};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization as _;

/// The identifiers of one scope, such as the fields of a record.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    taken: BTreeSet<String>,
    /// `true` for files: names that differ only in case collide, as they do in many file systems.
    folds: bool,
}

/// A request for a name.
#[derive(Clone, Debug)]
pub struct NameRequest {
    /// Order of claims: lower rank first, then lower key. Neither depends on the order of the document.
    pub rank: u8,
    /// Order within a rank: a name on the wire, or a pointer.
    pub key: String,
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
}

impl Scope {
    /// Creates a scope with reserved words.
    pub fn reserving(reserved: &[&[&str]]) -> Self {
        let reserved = reserved.iter().copied().flatten();
        Self { taken: reserved.map(|word| (*word).to_owned()).collect(), folds: false }
    }

    /// Creates a scope of files with reserved words.
    pub fn files(reserved: &[&[&str]]) -> Self {
        let scope = Self::reserving(reserved);
        Self { folds: true, ..scope }
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

    /// Claims the first unused candidate; if there is none, the first candidate with the lowest number that makes it
    /// unique.
    pub fn claim(&mut self, candidates: &[String]) -> Claim {
        let first = candidates.first().map_or("", String::as_str);
        let free = candidates.iter().find(|candidate| self.is_free(candidate));
        let moved = free.is_none_or(|free| free != first);
        let numbered = free.is_none();
        let text = free.cloned().unwrap_or_else(|| self.numbered(first));
        let ident = Ident::new(&text);
        self.take(&ident);
        Claim { ident, moved, numbered }
    }

    /// Claims several names, independently of their order here, and reports those that got a number.
    pub fn settle(
        &mut self,
        requests: &[NameRequest],
        diagnostics: &mut Diagnostics,
    ) -> Vec<Ident> {
        let claims = self.claims(requests);
        for (claim, request) in claims.iter().zip(requests) {
            if claim.numbered {
                note(claim, request, diagnostics);
            }
        }
        claims.into_iter().map(|claim| claim.ident).collect()
    }

    /// The same with the result of each claim and without reports.
    pub fn claims(&mut self, requests: &[NameRequest]) -> Vec<Claim> {
        let mut order: Vec<(usize, &NameRequest)> = requests.iter().enumerate().collect();
        order.sort_by(|(_, a), (_, b)| (a.rank, &a.key).cmp(&(b.rank, &b.key)));
        let mut claims: Vec<(usize, Claim)> =
            order.into_iter().map(|(at, request)| (at, self.claim(&request.candidates))).collect();
        claims.sort_by_key(|(at, _)| *at);
        claims.into_iter().map(|(_, claim)| claim).collect()
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

    fn numbered(&self, text: &str) -> String {
        let joint = if text.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
        let numbered = (2..).map(|number: u32| format!("{text}{joint}{number}"));
        numbered.into_iter().find(|text| self.is_free(text)).unwrap_or_default()
    }
}

/// Reports a name that had to change because of another.
pub fn note(claim: &Claim, request: &NameRequest, diagnostics: &mut Diagnostics) {
    let preferred = request.candidates.first().map_or("", String::as_str);
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
        scope.claim(&[text.to_owned()]).ident.to_string()
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
        assert_eq!(claim.ident.to_string(), "PetObject");
        assert!(claim.moved && !claim.numbered);
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
            rank: NameRequest::rank(false, key, preferred),
            key: key.to_owned(),
            candidates: vec![preferred.to_owned(), format!("{preferred}_field")],
            place: Place::Nowhere,
        };
        let requests = [request("ID", "id"), request("id", "id"), request("Id", "id")];
        let mut diagnostics = Diagnostics::new();
        let names = Scope::default().settle(&requests, &mut diagnostics);
        let names: Vec<_> = names.iter().map(Ident::text).collect();
        assert_eq!(names, ["id_field", "id", "id2"]);
        assert_eq!(diagnostics.iter().count(), 1);
    }
}
