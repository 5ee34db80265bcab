//! A Practice's years: levels that mostly stay, sometimes slip and somewhat oftener rise.

use super::Size;
use crate::demo::{dice::Dice, years::prose};
use framework::{
    assessment::{AdaptationClass, Agreement, Answer, Entry, Response, Review},
    criteria::{Criterion, Framework},
    ids::CriterionId,
    rating::Rating,
};
use std::collections::{BTreeMap, HashMap};

const WORDS: [&str; 6] = [
    "Ten records were looked at and most show it.",
    "The lead checks it every quarter with the team.",
    "It is in the induction, and practitioners say how they do it.",
    "The log has a line for it each month.",
    "It was talked about in supervision and in the team's meetings.",
    "Women told us so in the listening group.",
];

/// A Practice's years, one after the other.
pub(super) struct Years {
    dice: Dice,
    cycles: usize,
    /// The year of its first assessment.
    first: usize,
    /// A year that it left out, if any.
    missing: Option<usize>,
    /// Slips in a hundred criteria a year.
    slipping: u8,
    levels: HashMap<CriterionId, Level>,
}

#[derive(Clone, Copy)]
enum Level {
    Aside,
    Rated(i8),
}

impl Years {
    /// Returns those of the Practice at a place.
    pub(super) fn of(size: Size, practice: usize) -> Years {
        let mut dice = Dice::of(&["large", &size.seed.to_string(), &practice.to_string()]);
        let late = dice.chance(25);
        let missing = dice.chance(8);
        Years {
            cycles: size.cycles,
            first: if late { dice.below(size.cycles) } else { 0 },
            missing: missing.then(|| dice.below(size.cycles)),
            slipping: [4, 6, 6, 8, 8, 12, 18].get(dice.below(7)).copied().unwrap_or(8),
            levels: HashMap::new(),
            dice,
        }
    }

    /// Returns whether there is an assessment in the year at a place.
    pub(super) fn takes_part(&self, index: usize) -> bool {
        index >= self.first.min(self.cycles - 1) && self.missing != Some(index)
    }

    /// Returns what is said in the next year.
    pub(super) fn next(&mut self, framework: &Framework) -> BTreeMap<CriterionId, Entry> {
        let entry = |criterion: &Criterion| (criterion.id.clone(), self.entry(criterion));
        framework.criteria.iter().map(entry).collect()
    }

    fn entry(&mut self, criterion: &Criterion) -> Entry {
        // a criterion that was renamed goes on from its forerunner
        let of = criterion
            .before
            .as_ref()
            .and_then(|before| before.of.first())
            .unwrap_or(&criterion.id);
        let before = self.levels.get(&criterion.id).or_else(|| self.levels.get(of)).copied();
        let level = self.level(criterion, before);
        self.levels.insert(criterion.id.clone(), level);
        let Level::Rated(level) = level else {
            return set_aside();
        };
        if self.dice.chance(1) {
            return Entry::default();
        }
        let slipped = matches!(before, Some(Level::Rated(before)) if level < before);
        self.rated(level, slipped)
    }

    fn level(&mut self, criterion: &Criterion, before: Option<Level>) -> Level {
        match before {
            Some(Level::Aside) => Level::Aside,
            None if criterion.not_applicable && self.dice.chance(8) => Level::Aside,
            None => Level::Rated(self.dice.pick(&[2, 3, 3, 4, 4, 4, 4, 5])),
            Some(Level::Rated(level)) => {
                let slips = self.dice.chance(self.slipping);
                // the lower it stands, the more is done about it
                let rises = self.dice.chance(if level < 4 { 22 } else { 5 });
                let step = i8::from(rises && !slips) - i8::from(slips);
                Level::Rated((level + step).clamp(1, 5))
            }
        }
    }

    fn rated(&mut self, level: i8, slipped: bool) -> Entry {
        let own = (level + self.dice.pick(&[0, 0, 0, 0, 0, 0, 1, 1, -1])).clamp(1, 5);
        let rating = |level: i8| u8::try_from(level).ok().and_then(Rating::new);
        let evidence = self.dice.chance(25).then(|| self.dice.pick(&WORDS));
        let class = (level < 4 || slipped).then(|| self.class()).flatten();
        Entry {
            answer: Answer {
                response: rating(own).map(Response::Rated),
                evidence: evidence.and_then(prose),
                ..Answer::default()
            },
            review: Review {
                rating: rating(level),
                ..Review::default()
            },
            agreement: Agreement {
                rating: rating(level).filter(|_| own != level),
                class,
                ..Agreement::default()
            },
            ..Entry::default()
        }
    }

    fn class(&mut self) -> Option<AdaptationClass> {
        let classes = [
            Some(AdaptationClass::Consistent),
            Some(AdaptationClass::Consistent),
            Some(AdaptationClass::NotConsistent),
            Some(AdaptationClass::Unplanned),
            Some(AdaptationClass::Unplanned),
            Some(AdaptationClass::Unexplained),
            None,
        ];
        self.dice.pick(&classes)
    }
}

fn set_aside() -> Entry {
    Entry {
        answer: Answer {
            response: Some(Response::NotApplicable(prose("It does not arise here."))),
            ..Answer::default()
        },
        ..Entry::default()
    }
}
