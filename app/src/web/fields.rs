//! A posted form whose fields are named after criteria: `caseload-ceiling.comment`.

use axum::extract::{FromRequest, RawForm, Request};
use framework::ids::CriterionId;
use std::collections::BTreeMap;

use super::{Refusal, metered::FIELDS};

/// The fields of a posted form; where a name comes twice, the last one counts.
#[derive(Clone, Debug, Default)]
pub struct Fields(BTreeMap<String, String>);

impl Fields {
    /// Returns a field's text; empty when it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.sent(name).unwrap_or_default()
    }

    /// Returns a field's text, if it was sent.
    pub fn sent(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Returns a criterion's field.
    pub fn of(&self, criterion: &CriterionId, field: &str) -> &str {
        self.get(&field_name(criterion, field))
    }

    /// Was any field of this criterion sent? The hidden revision always is.
    pub fn has(&self, criterion: &CriterionId) -> bool {
        self.0.contains_key(&field_name(criterion, "revision"))
    }

    /// Returns the revision that a criterion's part of the form was made from; 0 when it makes no sense.
    pub fn revision(&self, criterion: &CriterionId) -> i32 {
        self.of(criterion, "revision").parse().unwrap_or(0)
    }

    /// Returns all fields, to send them once more.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Returns the fields as a query: `?kind=answers&page=2`; nothing where no field has a text.
    pub fn query<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(fields.into_iter().filter(|(_, text)| !text.is_empty()));
        let query = query.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }

    /// Reads fields from a URL-encoded text.
    pub fn parse(encoded: &str) -> Fields {
        Fields(form_urlencoded::parse(encoded.as_bytes()).into_owned().collect())
    }

    /// Reads a form as it was sent; nothing where it has more fields than any form here.
    pub fn read(sent: &[u8]) -> Option<Fields> {
        let fields = sent.split(|byte| *byte == b'&').count();
        (fields <= FIELDS).then(|| Fields(form_urlencoded::parse(sent).into_owned().collect()))
    }

    /// Writes them as a form does.
    pub fn encoded(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.0)
            .finish()
    }
}

impl FromIterator<(String, String)> for Fields {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(pairs: T) -> Fields {
        Fields(pairs.into_iter().collect())
    }
}

/// `caseload-ceiling.comment`
pub fn field_name(criterion: &CriterionId, field: &str) -> String {
    format!("{criterion}.{field}")
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        match RawForm::from_request(request, state).await {
            Ok(RawForm(bytes)) => Fields::read(&bytes).ok_or_else(|| Refusal::Unreadable("too many fields".to_owned())),
            Err(rejection) => Err(Refusal::Unreadable(rejection.body_text())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_has_only_so_many_fields() {
        let form = |fields: usize| vec!["a=b"; fields].join("&");
        assert!(Fields::read(form(FIELDS).as_bytes()).is_some());
        assert!(Fields::read(form(FIELDS + 1).as_bytes()).is_none());
        assert_eq!(Fields::read(b"").unwrap().iter().count(), 0);
    }
}
