//! Names for values that become components, from the steps to them.

use indexmap::IndexSet;

/// Steps of a pointer that do not describe its target.
const GENERIC_STEPS: [&str; 16] = [
    "paths",
    "components",
    "schemas",
    "properties",
    "items",
    "responses",
    "content",
    "schema",
    "parameters",
    "headers",
    "definitions",
    "$defs",
    "requestBody",
    "requestBodies",
    "additionalProperties",
    "x-webhooks",
];

/// File names that do not describe their contents.
const GENERIC_FILES: [&str; 6] = ["index", "openapi", "swagger", "schema", "schemas", "components"];

/// The name for the value at a place.
pub(super) fn plain(path: &str, steps: &[String]) -> String {
    if let [section, name] = steps {
        if section == super::STREAM_SECTION {
            return format!("StreamResultOf{}", capital(clean(name)));
        }
    }
    let last = steps.last().map(|last| clean(last)).filter(|last| !last.is_empty());
    let is_named = match steps.len().checked_sub(2).and_then(|at| steps.get(at)) {
        None => true,
        Some(container) => {
            GENERIC_STEPS.contains(&container.as_str())
                && !matches!(container.as_str(), "properties" | "content")
        }
    };
    match last.filter(|last| {
        is_named && !GENERIC_STEPS.contains(&last.as_str()) && last.parse::<u32>().is_err()
    }) {
        Some(last) => last,
        None => {
            let parts: Vec<String> = steps
                .iter()
                .filter(|step| !GENERIC_STEPS.contains(&step.as_str()))
                .flat_map(|step| step.split(|letter: char| !letter.is_alphanumeric()))
                .filter(|word| !word.is_empty())
                .map(capital)
                .collect();
            if parts.is_empty() {
                stem(path)
            } else {
                parts.concat()
            }
        }
    }
}

/// The component that contains a place.
pub(super) fn owner(steps: &[String]) -> Option<&str> {
    match steps {
        [first, section, name, _, ..] if first == "components" && section == "schemas" => {
            Some(name)
        }
        [first, name, _, ..] if first == "definitions" => Some(name),
        _ => None,
    }
}

/// The name; if it is in use, prefixed with the name of the component, file or folder that contains the value.
pub(super) fn unused(plain: &str, path: &str, steps: &[String], used: &IndexSet<String>) -> String {
    if !used.contains(plain) {
        return plain.to_owned();
    }
    let owner = owner(steps).map(clean).unwrap_or_default();
    let mut folders: Vec<&str> =
        path.split('/').filter(|part| !part.is_empty() && *part != "..").collect();
    let file = stem(path);
    folders.pop();
    let folder = folders.pop().map(clean).unwrap_or_default();
    for prefix in [owner, file, folder] {
        let longer = format!("{}{}", capital(&prefix), capital(plain));
        if !prefix.is_empty() && prefix != plain && !used.contains(&longer) {
            return longer;
        }
    }
    (2..)
        .map(|count| format!("{plain}{count}"))
        .find(|name| !used.contains(name))
        .unwrap_or_default()
}

/// The name of a file without its extensions, or of its folder for a generic name.
fn stem(path: &str) -> String {
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default();
    let folder = parts.next().filter(|_| GENERIC_FILES.contains(&stem));
    let name = clean(folder.unwrap_or(stem));
    if name.is_empty() {
        "Document".to_owned()
    } else {
        name
    }
}

/// The text with the characters that names of components may have.
fn clean(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|letter| if letter.is_alphanumeric() || "._-".contains(letter) { letter } else { '_' })
        .collect();
    clean.trim_matches('_').to_owned()
}

fn capital(word: impl AsRef<str>) -> String {
    let mut letters = word.as_ref().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::{plain, unused};

    fn name(path: &str, steps: &[&str]) -> String {
        let steps: Vec<String> = steps.iter().map(ToString::to_string).collect();
        plain(path, &steps)
    }

    #[test]
    fn places_name_what_they_hold() {
        assert_eq!(name("schemas/Pet.yaml", &[]), "Pet");
        assert_eq!(name("pet/index.yaml", &[]), "pet");
        assert_eq!(name("common.yaml", &["components", "schemas", "Error"]), "Error");
        assert_eq!(name("common.yaml", &["Error"]), "Error");
        assert_eq!(
            name("m.yaml", &["components", "schemas", "Pet", "properties", "tag"]),
            "PetTag"
        );
        let steps = [
            "paths",
            "/pets/{id}",
            "get",
            "responses",
            "200",
            "content",
            "application/json",
            "schema",
        ];
        assert_eq!(name("m.yaml", &steps), "PetsIdGet200ApplicationJson");
        assert_eq!(name("menu_{id}.yaml", &[]), "menu__id");
    }

    #[test]
    fn taken_names_get_the_file_in_front() {
        let taken = ["Error".to_owned(), "CommonError".to_owned()].into_iter().collect();
        assert_eq!(unused("Error", "store/common.yaml", &[], &taken), "StoreError");
        assert_eq!(unused("Error", "Error.yaml", &[], &taken), "Error2");
        let steps = ["components", "schemas", "Page", "$defs", "Error"].map(str::to_owned);
        assert_eq!(unused("Error", "api.yaml", &steps, &taken), "PageError");
    }
}
