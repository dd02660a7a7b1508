//! Names for components that had none: from the place that they come from, in its own words.

use indexmap::IndexSet;

/// Steps of a pointer that say nothing of what is there.
const EMPTY: [&str; 16] = [
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

/// File names that say nothing of what is there.
const EMPTY_FILES: [&str; 6] = [
    "index",
    "openapi",
    "swagger",
    "schema",
    "schemas",
    "components",
];

/// The name that a place suggests.
pub(super) fn plain(path: &str, steps: &[String]) -> String {
    if let [section, name] = steps {
        if section == super::STREAM_SECTION {
            return format!("StreamResultOf{}", capital(clean(name)));
        }
    }
    let last = steps
        .last()
        .map(|last| clean(last))
        .filter(|last| !last.is_empty());
    let named = match steps.len().checked_sub(2).and_then(|at| steps.get(at)) {
        None => true,
        Some(container) => {
            EMPTY.contains(&container.as_str())
                && !matches!(container.as_str(), "properties" | "content")
        }
    };
    match last
        .filter(|last| named && !EMPTY.contains(&last.as_str()) && last.parse::<u32>().is_err())
    {
        Some(last) => last,
        None => {
            let words: Vec<String> = steps
                .iter()
                .filter(|step| !EMPTY.contains(&step.as_str()))
                .flat_map(|step| step.split(|letter: char| !letter.is_alphanumeric()))
                .filter(|word| !word.is_empty())
                .map(capital)
                .collect();
            if words.is_empty() {
                stem(path)
            } else {
                words.concat()
            }
        }
    }
}

/// The component that a place of a document stands in.
pub(super) fn owner(steps: &[String]) -> Option<&str> {
    match steps {
        [first, section, name, _, ..] if first == "components" && section == "schemas" => {
            Some(name)
        }
        [first, name, _, ..] if first == "definitions" => Some(name),
        _ => None,
    }
}

/// The name, or where it is taken the name with that of the component, file or folder in front that it stands in.
pub(super) fn free(
    plain: &str,
    (path, steps): (&str, &[String]),
    taken: &IndexSet<String>,
) -> String {
    if !taken.contains(plain) {
        return plain.to_owned();
    }
    let owner = owner(steps).map(clean).unwrap_or_default();
    let mut folders: Vec<&str> = path
        .split('/')
        .filter(|part| !part.is_empty() && *part != "..")
        .collect();
    let file = stem(path);
    folders.pop();
    let folder = folders.pop().map(clean).unwrap_or_default();
    for front in [owner, file, folder] {
        let longer = format!("{}{}", capital(&front), capital(plain));
        if !front.is_empty() && front != plain && !taken.contains(&longer) {
            return longer;
        }
    }
    (2..)
        .map(|count| format!("{plain}{count}"))
        .find(|name| !taken.contains(name))
        .unwrap_or_default()
}

/// The file's name without its endings, or its folder's where that says more.
fn stem(path: &str) -> String {
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default();
    let folder = parts.next().filter(|_| EMPTY_FILES.contains(&stem));
    let name = clean(folder.unwrap_or(stem));
    if name.is_empty() {
        "Document".to_owned()
    } else {
        name
    }
}

/// Only what names of components may have.
fn clean(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() || "._-".contains(letter) {
                letter
            } else {
                '_'
            }
        })
        .collect();
    clean.trim_matches('_').to_owned()
}

fn capital(word: impl AsRef<str>) -> String {
    let mut letters = word.as_ref().chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::{free, plain};

    fn name(path: &str, steps: &[&str]) -> String {
        let steps: Vec<String> = steps.iter().map(ToString::to_string).collect();
        plain(path, &steps)
    }

    #[test]
    fn places_name_what_they_hold() {
        assert_eq!(name("schemas/Pet.yaml", &[]), "Pet");
        assert_eq!(name("pet/index.yaml", &[]), "pet");
        assert_eq!(
            name("common.yaml", &["components", "schemas", "Error"]),
            "Error"
        );
        assert_eq!(name("common.yaml", &["Error"]), "Error");
        assert_eq!(
            name(
                "m.yaml",
                &["components", "schemas", "Pet", "properties", "tag"]
            ),
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
        let taken = ["Error".to_owned(), "CommonError".to_owned()]
            .into_iter()
            .collect();
        assert_eq!(
            free("Error", ("store/common.yaml", &[]), &taken),
            "StoreError"
        );
        assert_eq!(free("Error", ("Error.yaml", &[]), &taken), "Error2");
        let steps = ["components", "schemas", "Page", "$defs", "Error"].map(str::to_owned);
        assert_eq!(free("Error", ("api.yaml", &steps), &taken), "PageError");
    }
}
