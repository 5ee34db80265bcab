//! The fields of the front matter. All are optional here, so that everything missing can be told at once.

use crate::{
    criteria::{Better, Relation, SourceStatus},
    ids::{CriterionId, ElementId, ParameterId, VersionId},
};
use serde::Deserialize;
use toml::Spanned;

type Field<T> = Option<Spanned<T>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CriterionFields {
    pub id: Field<CriterionId>,
    pub title: Field<String>,
    pub order: Field<u32>,
    pub core: Field<bool>,
    pub gate: Field<bool>,
    pub weight: Field<f64>,
    pub not_applicable: Option<bool>,
    pub status: Field<SourceStatus>,
    pub source: Field<String>,
    #[serde(default)]
    pub parameters: Vec<Spanned<ParameterId>>,
    pub measure: Field<MeasureFields>,
    pub before: Field<BeforeFields>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MeasureFields {
    pub what: Field<String>,
    pub unit: Field<String>,
    pub minimum: Field<f64>,
    pub maximum: Field<f64>,
    pub better: Field<Better>,
    pub levels: Field<Vec<Spanned<f64>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BeforeFields {
    pub relation: Field<Relation>,
    pub of: Field<Vec<Spanned<CriterionId>>>,
    pub change: Field<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ElementFields {
    pub id: Field<ElementId>,
    pub title: Field<String>,
    pub order: Field<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VersionFields {
    pub id: Field<VersionId>,
    pub title: Field<String>,
    pub date: Field<String>,
    pub before: Field<VersionId>,
    #[serde(default)]
    pub parameter: Vec<Spanned<ParameterFields>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ParameterFields {
    pub id: Field<ParameterId>,
    pub what: Field<String>,
    pub unset: Field<String>,
}
