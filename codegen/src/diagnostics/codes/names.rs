//! `TW04`: what the names phase says: identifiers.

use crate::diagnostics::code::codes;

codes! {
    NAME_MOVED = "TW0401", Note, "a type's name was taken",
        "Two schemas ask for the same type name, for example a component `PetOwner` and the inline object of the property \
        `owner` of `Pet`. Components come first, then inline types in the order of their places; the later one gets a \
        longer name. Give the schema a name of its own with `x-typewright-name`, or rename it in the configuration.";
}
