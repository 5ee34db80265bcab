//! One criterion's file.

use super::{
    Problem, anchors,
    front::{BeforeFields, CriterionFields, MeasureFields},
    source::{FRONT, File, Parts, Section, single_spaced},
};
use crate::{
    criteria::{Before, Better, Criterion, Measure, Relation},
    ids::{CriterionId, ElementId, ParameterId},
};
use std::ops::Range;
use toml::Spanned;

/// A criterion and where in its file things are that only other files can prove wrong.
pub(crate) struct CriterionDraft {
    pub path: String,
    pub criterion: Criterion,
    pub order: u32,
    pub order_line: usize,
    /// Lacks the table `[before]`; one that cannot be read is there.
    pub has_no_before: bool,
    /// The line of the relation; 1 without one.
    pub relation_line: usize,
    /// The lines of the ids in [`Before::of`].
    pub of_lines: Vec<usize>,
    /// The lines of [`Criterion::parameters`].
    pub parameter_lines: Vec<usize>,
}

const ASKS: &str = "Asks";
const WHY: &str = "Why it matters";
const EVIDENCE: &str = "Evidence to look for";
const MAY_VARY: &str = "What may vary";
const BEFORE_LAUNCH: &str = "Before launch";
const ANCHORS: &str = "Anchors";
const SECTIONS: [&str; 6] = [ASKS, WHY, EVIDENCE, MAY_VARY, BEFORE_LAUNCH, ANCHORS];

/// A title has fewer words than this (CRITERION.md 9).
const TITLE_WORDS: usize = 15;
/// Title and all sections have fewer words than this (CRITERION.md 9).
const ALL_WORDS: usize = 300;

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
    let anchors = sections.find(ANCHORS).and_then(|section| anchors::read(&mut file, &parts, section));
    let fields: Option<CriterionFields> = file.fields(&parts);

    let core = fields.as_ref().and_then(|f| f.core.as_ref()).map(|core| *core.get_ref());
    let gate = fields.as_ref().and_then(|f| f.gate.as_ref()).map(|gate| *gate.get_ref());
    let asks = sections.need(&mut file, ASKS);
    let why = sections.need(&mut file, WHY);
    let evidence = sections.need(&mut file, EVIDENCE);
    sections.need(&mut file, ANCHORS);
    let may_vary = sections.only_if(&mut file, MAY_VARY, core.map(|core| !core), "an adaptable criterion (core = false)");
    let before_launch = sections.only_if(&mut file, BEFORE_LAUNCH, gate, "a gate (gate = true)");

    let fields = fields?;
    if let (Some(false), Some(true), Some(at)) = (core, gate, &fields.gate) {
        file.say(file.at(at), "A gate must be core. Write core = true, or gate = false.");
    }
    file.need_id(fields.id, id);
    let title = file.need_text(fields.title, "title", FRONT);
    count_words(&mut file, title.as_deref(), &sections, anchors.as_ref());
    let order = file.need(fields.order, "order", FRONT);
    file.need(fields.core, "core", FRONT);
    file.need(fields.gate, "gate", FRONT);
    let status = file.need(fields.status, "status", FRONT);
    let source = file.need_text(fields.source, "source", FRONT);
    let weight = match fields.weight {
        None => 1.0,
        Some(weight) => {
            if !(weight.get_ref().is_finite() && *weight.get_ref() > 0.0) {
                file.say(file.at(&weight), "A weight is a number above 0. Correct it, or leave it out for 1.");
            }
            weight.into_inner()
        }
    };
    let measure = fields.measure.and_then(|measure| read_measure(&mut file, measure));
    let has_no_before = fields.before.is_none();
    let mut relation_line = 1;
    let mut of_lines = vec![];
    let before = fields.before.and_then(|before| {
        let (before, lines, line) = read_before(&mut file, before, id)?;
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
        has_no_before,
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

/// The known sections, each with its text.
struct Sections<'a>(Vec<(&'a Section, &'a str)>);

impl<'a> Sections<'a> {
    fn read(file: &mut File<'a>, parts: &'a Parts<'a>) -> Sections<'a> {
        if !file.part(&parts.lead).is_empty() {
            let at = first_word(file, &parts.lead);
            file.say(at, "Text before the first section. Move it under a heading.");
        }
        for at in &parts.other_headings {
            file.say(*at, "A heading of another kind. A criterion has only its sections, each under “## ”.");
        }
        let mut known: Vec<(&Section, &str)> = vec![];
        for section in &parts.sections {
            let name = section.name.trim();
            if !SECTIONS.contains(&name) {
                let message = format!("There is no section “{name}”. The sections are: {}.", SECTIONS.join(", "));
                file.say(section.at, message);
            } else if known.iter().any(|(earlier, _)| earlier.name.trim() == name) {
                file.say(section.at, format!("The section “{name}” a second time. Keep one."));
            } else {
                let text = file.part(&section.body);
                if text.is_empty() {
                    file.say(section.at, format!("The section “{name}” is empty. Write it."));
                }
                known.push((section, text));
            }
        }
        Sections(known)
    }

    fn get(&self, name: &str) -> Option<(&'a Section, &'a str)> {
        self.0.iter().find(|(section, _)| section.name.trim() == name).copied()
    }

    /// A section that says something.
    fn find(&self, name: &str) -> Option<&'a Section> {
        self.get(name).filter(|(_, text)| !text.is_empty()).map(|(section, _)| section)
    }

    /// The text of a section that every criterion has.
    fn need(&self, file: &mut File, name: &str) -> Option<String> {
        let Some((_, text)) = self.get(name) else {
            file.say(0, format!("The section “{name}” is missing. Write it under a heading “## {name}”."));
            return None;
        };
        Some(text.to_owned())
    }

    /// The text of a section that a criterion has if and only if it is `what`; `None` when that is not known.
    fn only_if(&self, file: &mut File, name: &str, wanted: Option<bool>, what: &str) -> Option<String> {
        match (self.get(name), wanted) {
            (None, Some(true)) => {
                let message = format!("The section “{name}” is missing, which {what} must have. Write it under a heading “## {name}”.");
                file.say(0, message);
                None
            }
            (Some((section, _)), Some(false)) => {
                let message = format!("The section “{name}” belongs only to {what}. Remove it, or correct the front matter.");
                file.say(section.at, message);
                None
            }
            (found, _) => found.map(|(_, text)| text.to_owned()),
        }
    }
}

fn first_word(file: &File, part: &Range<usize>) -> usize {
    let text = file.text.get(part.clone()).unwrap_or_default();
    part.start + (text.len() - text.trim_start().len())
}

/// Bullets and dashes standing alone are no words.
fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

fn count_words(file: &mut File, title: Option<&str>, sections: &Sections, anchors: Option<&[String; 5]>) {
    let title = words(title.unwrap_or_default());
    if title >= TITLE_WORDS {
        file.say(0, format!("The title has {title} words. Keep it under {TITLE_WORDS}."));
    }
    let prose = sections.0.iter().filter(|(section, _)| section.name.trim() != ANCHORS);
    let all = title
        + prose.map(|(_, text)| words(text)).sum::<usize>()
        + anchors.into_iter().flatten().map(|text| words(text)).sum::<usize>();
    if all >= ALL_WORDS {
        file.say(0, format!("Title and sections have {all} words. Keep them under {ALL_WORDS}."));
    }
}

fn read_measure(file: &mut File, fields: Spanned<MeasureFields>) -> Option<Measure> {
    let place = ("[measure]", file.at(&fields));
    let fields = fields.into_inner();
    let what = file.need_text(fields.what, "what", place);
    let unit = file.need_text(fields.unit, "unit", place);
    let minimum = file.need(fields.minimum, "minimum", place);
    let maximum = file.need(fields.maximum, "maximum", place);
    let better = file.need(fields.better, "better", place);
    let (minimum, maximum, better) = (minimum?, maximum?.into_inner(), better?.into_inner());
    let bounds = *minimum.get_ref()..=maximum;
    if !(bounds.start().is_finite() && maximum.is_finite() && *bounds.start() < maximum) {
        file.say(file.at(&minimum), "The minimum must be below the maximum. Correct them.");
        return None;
    }
    let levels = match fields.levels {
        Some(levels) => Some(read_levels(file, levels, &bounds, better)?),
        None => None,
    };
    Some(Measure {
        what: what?,
        unit: unit?,
        minimum: minimum.into_inner(),
        maximum,
        better,
        levels,
    })
}

fn read_levels(
    file: &mut File,
    levels: Spanned<Vec<Spanned<f64>>>,
    bounds: &std::ops::RangeInclusive<f64>,
    better: Better,
) -> Option<[f64; 4]> {
    let at = file.at(&levels);
    let levels = levels.into_inner();
    for level in levels.iter().filter(|level| !bounds.contains(level.get_ref())) {
        let (from, to) = (bounds.start(), bounds.end());
        file.say(file.at(level), format!("The level {} is outside {from} to {to}. Correct it or the bounds.", level.get_ref()));
    }
    let values: Vec<f64> = levels.into_iter().map(Spanned::into_inner).collect();
    let Ok(values) = <[f64; 4]>::try_from(values) else {
        file.say(at, "The levels are four numbers, for ratings 5, 4, 3 and 2. Give four, or leave them out.");
        return None;
    };
    let (in_order, way) = match better {
        Better::Lower => (values.is_sorted(), "rise"),
        Better::Higher => (values.iter().rev().is_sorted(), "fall"),
    };
    if !in_order {
        file.say(at, format!("The levels must {way} from that for 5 to that for 2, as `better` says. Correct them."));
    }
    Some(values)
}

/// The relation to the version before, the line of each id in `of`, and the line of the relation.
fn read_before(
    file: &mut File,
    fields: Spanned<BeforeFields>,
    id: &CriterionId,
) -> Option<(Before, Vec<usize>, usize)> {
    let place = ("[before]", file.at(&fields));
    let fields = fields.into_inner();
    let relation = file.need(fields.relation, "relation", place)?;
    let at = file.at(&relation);
    let relation = relation.into_inner();
    let line = file.line(at);
    let (of, of_lines) = match (fields.of, relation) {
        (Some(of), Relation::New) => {
            file.say(file.at(&of), "A new criterion has no forerunner. Leave out `of`, or correct the relation.");
            (vec![], vec![])
        }
        (None, Relation::New) => (vec![], vec![]),
        (None, _) => (vec![id.clone()], vec![line]),
        (Some(of), _) => {
            if of.get_ref().is_empty() {
                file.say(file.at(&of), "`of` is empty. Name a criterion, leave `of` out for the same id, or write “new”.");
            } else if relation.comparable() && of.get_ref().len() > 1 {
                let message = format!("“{}” is to exactly one criterion. Name one, or use another relation.", relation.name());
                file.say(file.at(&of), message);
            }
            let lines = of.get_ref().iter().map(|id| file.line(file.at(id))).collect();
            (of.into_inner().into_iter().map(Spanned::into_inner).collect(), lines)
        }
    };
    if let Some(twice) = of.iter().enumerate().find(|(i, id)| of[..*i].contains(id)) {
        file.say(at, format!("`of` names “{}” twice. Name it once.", twice.1));
    }
    let change = match (fields.change, relation) {
        (Some(change), Relation::Equal) => {
            file.say(file.at(&change), "Nothing changes in an equal criterion. Leave out `change`, or correct the relation.");
            String::new()
        }
        (None, Relation::Equal) => String::new(),
        (change, _) => single_spaced(&file.need_text(change, "change", place)?),
    };
    Some((Before { relation, of, change }, of_lines, line))
}
