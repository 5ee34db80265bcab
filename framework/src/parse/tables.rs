//! The tables of a criterion's front matter: how it is counted, and how it relates to the version before.

use super::{
    front::{BeforeFields, MeasureFields},
    source::{File, single_spaced},
};
use crate::{
    criteria::{Before, Better, Measure, Relation},
    ids::CriterionId,
};
use std::ops::RangeInclusive;
use toml::Spanned;

/// Reads `[measure]`.
pub(super) fn measure(file: &mut File, fields: Spanned<MeasureFields>) -> Option<Measure> {
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
        file.report(
            file.at(&minimum),
            "The minimum must be below the maximum. Correct them.",
        );
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
    bounds: &RangeInclusive<f64>,
    better: Better,
) -> Option<[f64; 4]> {
    let at = file.at(&levels);
    let levels = levels.into_inner();
    for level in levels.iter().filter(|level| !bounds.contains(level.get_ref())) {
        let (from, to) = (bounds.start(), bounds.end());
        file.report(
            file.at(level),
            format!(
                "The level {} is outside {from} to {to}. Correct it or the bounds.",
                level.get_ref()
            ),
        );
    }
    let values: Vec<f64> = levels.into_iter().map(Spanned::into_inner).collect();
    let Ok(values) = <[f64; 4]>::try_from(values) else {
        file.report(
            at,
            "The levels are four numbers, for ratings 5, 4, 3 and 2. Give four, or leave them out.",
        );
        return None;
    };
    let (in_order, way) = match better {
        Better::Lower => (values.is_sorted(), "rise"),
        Better::Higher => (values.iter().rev().is_sorted(), "fall"),
    };
    if !in_order {
        file.report(
            at,
            format!("The levels must {way} from that for 5 to that for 2, as `better` says. Correct them."),
        );
    }
    Some(values)
}

/// Returns the relation to the version before, the line of each id in `of`, and the line of the relation.
pub(super) fn before(
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
            file.report(
                file.at(&of),
                "A new criterion has no forerunner. Leave out `of`, or correct the relation.",
            );
            (vec![], vec![])
        }
        (None, Relation::New) => (vec![], vec![]),
        (None, _) => (vec![id.clone()], vec![line]),
        (Some(of), _) => {
            if of.get_ref().is_empty() {
                file.report(
                    file.at(&of),
                    "`of` is empty. Name a criterion, leave `of` out for the same id, or write “new”.",
                );
            } else if relation.comparable() && of.get_ref().len() > 1 {
                let message = format!(
                    "“{}” is to exactly one criterion. Name one, or use another relation.",
                    relation.name()
                );
                file.report(file.at(&of), message);
            }
            let lines = of.get_ref().iter().map(|id| file.line(file.at(id))).collect();
            (of.into_inner().into_iter().map(Spanned::into_inner).collect(), lines)
        }
    };
    if let Some(twice) = of.iter().enumerate().find(|(i, id)| of[..*i].contains(id)) {
        file.report(at, format!("`of` names “{}” twice. Name it once.", twice.1));
    }
    let change = match (fields.change, relation) {
        (Some(change), Relation::Equal) => {
            file.report(
                file.at(&change),
                "Nothing changes in an equal criterion. Leave out `change`, or correct the relation.",
            );
            String::new()
        }
        (None, Relation::Equal) => String::new(),
        (change, _) => single_spaced(&file.need_text(change, "change", place)?),
    };
    Some((Before { relation, of, change }, of_lines, line))
}
