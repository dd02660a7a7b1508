//! A record and an enum, written as the generator writes them.

use typewright_runtime::codegen::v1;

#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    pub custom_data: Option<Vec<Label>>,
    pub bucket_id: String,
    pub hour: Option<i64>,
    pub parent: Option<String>,
    pub note: v1::Maybe<String>,
    pub state: Option<State>,
    pub size: i64,
    pub additional: v1::Map<v1::Value>,
}

impl v1::Decode for Job {
    #[inline]
    fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        let mut custom_data = None;
        let mut bucket_id = None;
        let mut hour = v1::Coded::<v1::Text<i64>>::new();
        let mut parent = v1::Maybe::Absent;
        let mut note = v1::Maybe::Absent;
        let mut state = None;
        let mut size = None;
        let mut additional = v1::Map::new();
        let fields: &mut [v1::Field<'_>] = &mut [
            ("customData", &mut custom_data),
            ("bucketId", &mut bucket_id),
            ("hour", &mut hour),
            ("parent", &mut parent),
            ("note", &mut note),
            ("state", &mut state),
            ("size", &mut size),
        ];
        v1::read_object_with_rest(decoder, fields, &mut additional)?;
        Ok(Self {
            custom_data,
            bucket_id: v1::required("bucketId", bucket_id)?,
            hour: hour.value(),
            parent: parent.required("parent")?,
            note,
            state,
            size: v1::required("size", size)?,
            additional,
        })
    }
}

impl v1::Encode for Job {
    #[inline]
    fn encode(&self, encoder: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {
        let fields: &[v1::Member<'_>] = &[
            ("customData", &self.custom_data),
            ("bucketId", &self.bucket_id),
            ("hour", &v1::coded::<v1::Text<i64>>(&self.hour)),
            ("parent", &v1::nullable(&self.parent)),
            ("note", &self.note),
            ("state", &self.state),
            ("size", &self.size),
        ];
        v1::write_object_with_rest(encoder, fields, &self.additional)
    }
}

/// A pair; its codec refuses other members.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub key: String,
    pub value: Option<String>,
}

impl v1::Decode for Label {
    #[inline]
    fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        let mut key = None;
        let mut value = None;
        let fields: &mut [v1::Field<'_>] = &mut [("key", &mut key), ("value", &mut value)];
        v1::read_closed_object(decoder, fields)?;
        Ok(Self {
            key: v1::required("key", key)?,
            value,
        })
    }
}

impl v1::Encode for Label {
    #[inline]
    fn encode(&self, encoder: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {
        let fields: &[v1::Member<'_>] = &[("key", &self.key), ("value", &self.value)];
        encoder.object(fields)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum State {
    Queued,
    Done,
    Unlisted(String),
}

impl State {
    pub fn as_str(&self) -> &str {
        match self {
            Self::Queued => "Queued",
            Self::Done => "Done",
            Self::Unlisted(text) => text,
        }
    }
}

impl From<&str> for State {
    fn from(text: &str) -> Self {
        match text {
            "Queued" => Self::Queued,
            "Done" => Self::Done,
            _ => Self::Unlisted(text.to_owned()),
        }
    }
}

impl v1::Decode for State {
    #[inline]
    fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        v1::read_text(decoder, |text| Self::from(text))
    }
}

impl v1::Encode for State {
    #[inline]
    fn encode(&self, encoder: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {
        encoder.text(self.as_str())
    }
}

macro_rules! serde_types {
    ($($name:ident)*) => {$(
        impl<'de> v1::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: v1::serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                v1::deserialize(input)
            }
        }

        impl v1::serde::Serialize for $name {
            #[inline]
            fn serialize<S: v1::serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                v1::serialize(self, output)
            }
        }
    )*};
}

serde_types! { Job Label State }

pub const JOB: &str = r#"{"customData":[{"key":"a","value":"b"},{"key":"c"}],"bucketId":"5f","hour":"8","parent":null,"note":null,"state":"Queued","size":3,"extra":{"z":1.50,"a":[1e3,-0,12345678901234567890123]}}"#;

pub fn job() -> Job {
    v1::from_json(JOB.as_bytes()).unwrap()
}
