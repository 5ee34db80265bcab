//! One criterion's file.

use super::{
    Problem, anchors,
    front::CriterionFields,
    sections::{ANCHORS, ASKS, BEFORE_LAUNCH, EVIDENCE, MAY_VARY, Sections, WHY},
    source::{FRONT, File, single_spaced},
    tables,
};
use crate::{
    criteria::Criterion,
    ids::{CriterionId, ElementId, ParameterId},
};
use toml::Spanned;

/// A criterion and where in its file things are that only other files can prove wrong.
pub(crate) struct CriterionDraft {
    pub path: String,
    pub criterion: Criterion,
    pub order: u32,
    pub order_line: usize,
    /// The line of the table `[before]`, read or not.
    pub before_line: Option<usize>,
    /// The line of the relation; 1 without one.
    pub relation_line: usize,
    /// The lines of the ids in [`Before::of`].
    pub of_lines: Vec<usize>,
    /// The lines of [`Criterion::parameters`].
    pub parameter_lines: Vec<usize>,
}

/// Reads a criterion; `None`, with the problems noted, when too little can be read to go on.
pub(super) fn read(
    path: &str,
    (id, element): (&CriterionId, &ElementId),
    text: &str,
    problems: &mut Vec<Problem>,
) -> Option<CriterionDraft> {
    let mut file = File::new(path, text, problems);
    let parts = file.split()?;
    let sections = Sections::read(&mut file, &parts);
    let anchors = sections
        .find(ANCHORS)
        .and_then(|section| anchors::read(&mut file, &parts, section));
    let fields: Option<CriterionFields> = file.fields(&parts);

    let core = fields
        .as_ref()
        .and_then(|f| f.core.as_ref())
        .map(|core| *core.get_ref());
    let gate = fields
        .as_ref()
        .and_then(|f| f.gate.as_ref())
        .map(|gate| *gate.get_ref());
    let asks = sections.need(&mut file, ASKS);
    let why = sections.need(&mut file, WHY);
    let evidence = sections.need(&mut file, EVIDENCE);
    sections.need(&mut file, ANCHORS);
    let may_vary = sections.only_if(
        &mut file,
        MAY_VARY,
        // a core criterion may say it too; an adaptable one must
        core.filter(|core| !core).map(|_| true),
        "an adaptable criterion (core = false)",
    );
    let before_launch = sections.only_if(&mut file, BEFORE_LAUNCH, gate, "a gate (gate = true)");

    let fields = fields?;
    if let (Some(false), Some(true), Some(at)) = (core, gate, &fields.gate) {
        file.report(file.at(at), "A gate must be core. Write core = true, or gate = false.");
    }
    file.need_id(fields.id, id);
    let title_at = fields.title.as_ref().map_or(0, |title| file.at(title));
    let title = file
        .need_text(fields.title, "title", FRONT)
        .map(|title| single_spaced(&title));
    sections.count_words(
        &mut file,
        (title.as_deref().unwrap_or_default(), title_at),
        anchors.as_ref(),
    );
    let order = file.need(fields.order, "order", FRONT);
    file.need(fields.core, "core", FRONT);
    file.need(fields.gate, "gate", FRONT);
    let status = file.need(fields.status, "status", FRONT);
    let source = file.need_text(fields.source, "source", FRONT);
    let weight = match fields.weight {
        None => 1.0,
        Some(weight) => {
            if !(weight.get_ref().is_finite() && *weight.get_ref() > 0.0) {
                file.report(
                    file.at(&weight),
                    "A weight is a number above 0. Correct it, or leave it out for 1.",
                );
            }
            weight.into_inner()
        }
    };
    let measure = fields.measure.and_then(|measure| tables::measure(&mut file, measure));
    let before_line = fields.before.as_ref().map(|before| file.line(file.at(before)));
    let mut relation_line = 1;
    let mut of_lines = vec![];
    let before = fields.before.and_then(|before| {
        let (before, lines, line) = tables::before(&mut file, before, id)?;
        relation_line = line;
        of_lines = lines;
        Some(before)
    });
    let parameter_lines = fields.parameters.iter().map(|p| file.line(file.at(p))).collect();
    let parameters: Vec<ParameterId> = fields.parameters.into_iter().map(Spanned::into_inner).collect();
    let order = order?;
    Some(CriterionDraft {
        path: path.to_owned(),
        order_line: file.line(file.at(&order)),
        order: order.into_inner(),
        before_line,
        relation_line,
        of_lines,
        parameter_lines,
        criterion: Criterion {
            id: id.clone(),
            element: element.clone(),
            title: title?,
            core: core?,
            gate: gate?,
            weight,
            not_applicable: fields.not_applicable.unwrap_or(false),
            status: status?.into_inner(),
            source: source?,
            parameters,
            measure,
            before,
            asks: asks?,
            why: why?,
            evidence: evidence?,
            may_vary,
            before_launch,
            anchors: anchors?,
        },
    })
}
