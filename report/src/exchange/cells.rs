//! The columns, and one row as text.

use framework::{
    assessment::{Entry, Response},
    exchange::Exchanged,
    ids::CriterionId,
    prose::Prose,
};

macro_rules! columns {
    ($($column:ident $name:literal),+ $(,)?) => {
        /// A column.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Column { $($column),+ }

        impl Column {
            /// Returns its name in the file.
            pub(super) fn name(self) -> &'static str {
                match self { $(Column::$column => $name),+ }
            }
        }

        /// The names of all columns.
        pub(super) const NAMES: &[&str] = &[$($name),+];

        const COUNT: usize = NAMES.len();
    };
}

columns! {
    Practice "practice",
    Cycle "cycle",
    Version "version",
    Criterion "criterion",
    SelfRating "self_rating",
    ReviewRating "review_rating",
    AgreedRating "agreed_rating",
    Reason "not_applicable_reason",
    Measure "measure",
    Evidence "evidence",
    Comment "comment",
    Adaptation "adaptation",
    Class "adaptation_class",
    ReviewComment "review_comment",
    Question "question",
    AgreementComment "agreement_comment",
    FirstRating "first_reviewer_rating",
    FirstComment "first_reviewer_comment",
    FirstQuestion "first_reviewer_question",
    SecondRating "second_reviewer_rating",
    SecondComment "second_reviewer_comment",
    SecondQuestion "second_reviewer_question",
    Region "region",
    // last, since it is never empty: Excel sometimes leaves out a row's empty last cells
    Slug "slug",
}

/// The columns of what the review says, or of what one of two reviewers says: rating, comment, question.
pub(super) struct ReviewColumns(pub(super) Column, pub(super) Column, pub(super) Column);

impl ReviewColumns {
    /// Of the review that counts.
    pub(super) const REVIEW: ReviewColumns =
        ReviewColumns(Column::ReviewRating, Column::ReviewComment, Column::Question);
    /// Of the first reviewer and the second.
    pub(super) const READINGS: [ReviewColumns; 2] = [
        ReviewColumns(Column::FirstRating, Column::FirstComment, Column::FirstQuestion),
        ReviewColumns(Column::SecondRating, Column::SecondComment, Column::SecondQuestion),
    ];
}

impl Column {
    /// Those with what people wrote.
    pub(super) const TEXTS: [Column; 11] = [
        Column::Reason,
        Column::Evidence,
        Column::Comment,
        Column::Adaptation,
        Column::ReviewComment,
        Column::Question,
        Column::AgreementComment,
        Column::FirstComment,
        Column::FirstQuestion,
        Column::SecondComment,
        Column::SecondQuestion,
    ];

    /// Those that a file must have.
    pub(super) const NEEDED: [Column; 5] = [
        Column::Practice,
        Column::Cycle,
        Column::Version,
        Column::Criterion,
        Column::SelfRating,
    ];
}

/// One row: the text of every column, empty where the file does not have it.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells([String; COUNT]);

impl Cells {
    /// Returns the text of a column without white space around it.
    pub(super) fn get(&self, column: Column) -> &str {
        self.0[column as usize].trim()
    }

    pub(super) fn set(&mut self, column: Column, text: String) {
        self.0[column as usize] = text;
    }

    /// Returns the row of cells in the order of [`NAMES`].
    pub(super) fn of_row(row: Vec<String>) -> Cells {
        let mut cells = Cells::default();
        for (cell, text) in cells.0.iter_mut().zip(row) {
            *cell = text;
        }
        cells
    }

    /// In the order of [`NAMES`].
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Returns the row of what was said on a criterion.
    pub(super) fn of(group: &Exchanged, criterion: &CriterionId, entry: &Entry) -> Cells {
        let Entry {
            answer,
            review,
            readings,
            agreement,
        } = entry;
        let text = |prose: &Option<Prose>| prose.as_ref().map(Prose::to_string).unwrap_or_default();
        let (rating, reason) = match &answer.response {
            None => (String::new(), String::new()),
            Some(Response::Rated(rating)) => (rating.to_string(), String::new()),
            Some(Response::NotApplicable(reason)) => ("na".to_owned(), text(reason)),
        };
        let rated = |rating: Option<framework::rating::Rating>| rating.map(|r| r.to_string()).unwrap_or_default();
        let mut cells = Cells::default();
        for (column, value) in [
            (Column::Practice, group.practice.name.clone()),
            (Column::Cycle, group.cycle.to_string()),
            (Column::Version, group.version.to_string()),
            (Column::Criterion, criterion.to_string()),
            (Column::SelfRating, rating),
            (Column::AgreedRating, rated(agreement.rating)),
            (Column::Reason, reason),
            (
                Column::Measure,
                answer.measure.map(|m| m.to_string()).unwrap_or_default(),
            ),
            (Column::Evidence, text(&answer.evidence)),
            (Column::Comment, text(&answer.comment)),
            (Column::Adaptation, text(&answer.adaptation)),
            (
                Column::Class,
                agreement.class.map(|c| c.code().to_owned()).unwrap_or_default(),
            ),
            (Column::AgreementComment, text(&agreement.comment)),
            (Column::Region, group.practice.region.clone()),
            (Column::Slug, group.practice.slug.to_string()),
        ] {
            cells.set(column, value);
        }
        let readings = ReviewColumns::READINGS
            .into_iter()
            .zip(readings.iter().map(|reading| &reading.0));
        for (ReviewColumns(rating, comment, question), review) in readings.chain([(ReviewColumns::REVIEW, review)]) {
            cells.set(rating, rated(review.rating));
            cells.set(comment, text(&review.comment));
            cells.set(question, text(&review.question));
        }
        cells
    }
}
