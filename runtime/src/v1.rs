//! The contract with generated code, version 1: names are added here, never changed or taken away.

pub use serde;

pub use crate::codec::{
    coded, coded_maybe, coded_nullable, deserialize, from_json, nullable, read_by_kind,
    read_closed_object, read_i64, read_object, read_object_with_rest, read_tagged, read_text,
    read_trial, read_tuple, read_tuple_with_rest, required, serialize, to_json, to_json_pretty,
    write_object_with_rest, write_tagged, Base64, Base64Url, Boxed, Branch, Codec, Coded, CodedRef,
    CodedRest, CodedValues, Date, DateTime, Each, Entries, Failure, Field, Fields, Items, Kind,
    List, Map, Maybe, Member, Members, Null, Nullable, Number, Own, Read, Rest, Sink, Source,
    Target, Text, Value, Values, ViaSerde, ViaText, Visit, Write,
};
