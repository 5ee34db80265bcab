//! What the JSON of a report holds, as JSON Schema: what serde writes of the report value, with its docstrings.

use framework::report::{NationalReport, PracticeReport};
use schemars::{JsonSchema, Schema, generate::SchemaSettings, transform::RecursiveTransform};
use serde_json::Value;
use std::str::FromStr;

/// The media type of a schema.
pub const MEDIA_TYPE: &str = "application/schema+json";

/// A report that has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Described {
    /// One Practice's.
    Practice,
    /// The national one.
    National,
}

impl Described {
    /// Both.
    pub const ALL: [Described; 2] = [Described::Practice, Described::National];

    /// Returns the word for it.
    pub fn code(self) -> &'static str {
        match self {
            Described::Practice => "practice",
            Described::National => "national",
        }
    }

    /// Returns what the schema's file is called: `practice-report.json`.
    pub fn file(self) -> String {
        format!("{}-report.json", self.code())
    }

    /// Returns the schema (2020-12).
    pub fn schema(self) -> Schema {
        match self {
            Described::Practice => written::<PracticeReport>(),
            Described::National => written::<NationalReport>(),
        }
    }

    /// Returns the schema as a file.
    pub fn text(self) -> String {
        format!("{:#}\n", self.schema().as_value())
    }
}

impl FromStr for Described {
    type Err = String;
    fn from_str(text: &str) -> Result<Described, String> {
        let known = Described::ALL.into_iter().find(|described| described.code() == text);
        known.ok_or_else(|| "choose one of: practice, national".to_owned())
    }
}

/// Of what is written, not read: a field that may be null is there all the same.
fn written<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let settings = settings.with_transform(RecursiveTransform(unlink));
    settings.into_generator().into_root_schema_for::<T>()
}

/// Names in docstrings lead to other docstrings; here they lead nowhere.
fn unlink(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get_mut("description") {
        *text = text.replace("[`", "`").replace("`]", "`");
    }
}
