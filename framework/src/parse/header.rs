//! `version.md` and `element.md`.

use super::{
    Problem,
    front::{ElementFields, ParameterFields, VersionFields},
    source::{FRONT, File},
};
use crate::{
    criteria::{Element, Parameter},
    ids::{ElementId, VersionId},
};
use time::{Date, macros::format_description};
use toml::Spanned;

/// What `version.md` says.
pub(crate) struct Header {
    pub title: String,
    pub date: Date,
    pub date_line: usize,
    pub before: Option<VersionId>,
    /// The line of `before`, or 1.
    pub before_line: usize,
    pub parameters: Vec<Parameter>,
    pub summary: String,
}

/// What `element.md` says; the range of criteria is still empty.
pub(crate) struct ElementDraft {
    pub path: String,
    pub element: Element,
    pub order: u32,
    pub order_line: usize,
}

/// Reads `version.md`; `None`, with the problems noted, when too little can be read.
pub(super) fn version(path: &str, id: &VersionId, text: &str, problems: &mut Vec<Problem>) -> Option<Header> {
    let mut file = File::new(path, text, problems);
    let parts = file.split()?;
    let summary = file.part(&(parts.lead.start..text.len()));
    if summary.is_empty() {
        file.report(
            parts.lead.start,
            "The summary is empty. Write what the version is, below the front matter.",
        );
    }
    let fields: VersionFields = file.fields(&parts)?;
    file.need_id(fields.id, id);
    let title = file.need_text(fields.title, "title", FRONT);
    let date = file.need(fields.date, "date", FRONT);
    let mut parameters: Vec<Parameter> = vec![];
    for fields in fields.parameter {
        let at = file.at(&fields);
        if let Some(parameter) = read_parameter(&mut file, fields) {
            if parameters.iter().any(|p| p.id == parameter.id) {
                file.report(
                    at,
                    format!("The parameter “{}” is declared twice. Keep one.", parameter.id),
                );
            }
            parameters.push(parameter);
        }
    }
    let date = date?;
    let date_line = file.line(file.at(&date));
    let Ok(day) = Date::parse(date.get_ref(), format_description!("[year]-[month]-[day]")) else {
        file.report(file.at(&date), "The date is not a day. Write it as \"2026-01-31\".");
        return None;
    };
    Some(Header {
        title: title?,
        date: day,
        date_line,
        before_line: fields.before.as_ref().map_or(1, |before| file.line(file.at(before))),
        before: fields.before.map(Spanned::into_inner),
        parameters,
        summary: summary.to_owned(),
    })
}

fn read_parameter(file: &mut File, fields: Spanned<ParameterFields>) -> Option<Parameter> {
    let place = ("[[parameter]]", file.at(&fields));
    let fields = fields.into_inner();
    let id = file.need(fields.id, "id", place);
    let what = file.need_text(fields.what, "what", place);
    let unset = file.need_text(fields.unset, "unset", place);
    // declared even where something of it is missing, so that nobody is told twice
    Some(Parameter {
        id: id?.into_inner(),
        what: what.unwrap_or_default(),
        unset: unset.unwrap_or_default(),
    })
}

/// Reads `element.md`; `None`, with the problems noted, when too little can be read.
pub(super) fn element(path: &str, id: &ElementId, text: &str, problems: &mut Vec<Problem>) -> Option<ElementDraft> {
    let mut file = File::new(path, text, problems);
    let parts = file.split()?;
    let headings = parts
        .sections
        .iter()
        .map(|section| section.at)
        .chain(parts.other_headings.iter().copied());
    for at in headings {
        file.report(at, "An element has no headings. Write one or two paragraphs.");
    }
    let about = file.part(&(parts.lead.start..text.len()));
    if about.is_empty() {
        file.report(
            parts.lead.start,
            "The text is empty. Write what the element is, below the front matter.",
        );
    }
    let fields: ElementFields = file.fields(&parts)?;
    file.need_id(fields.id, id);
    let title = file.need_text(fields.title, "title", FRONT);
    let order = file.need(fields.order, "order", FRONT)?;
    Some(ElementDraft {
        path: path.to_owned(),
        order_line: file.line(file.at(&order)),
        order: order.into_inner(),
        element: Element {
            id: id.clone(),
            title: title?,
            about: about.to_owned(),
            criteria: 0..0,
        },
    })
}
