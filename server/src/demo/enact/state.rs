//! What two Practices state on their agreed ratings before they are finalised: one agrees, one does not.

use super::{Refused, Year, years};
use framework::statement::{Stance, Statement};

/// The Practice, the cycle, and what is stated.
const STATEMENTS: [(&str, &str, Stance, &str); 2] = [
    (
        "llanbreuddwyd",
        "2026",
        Stance::Agrees,
        "We know ourselves in these ratings. The two that were lowered are fair, and the steps for them are in our plan.",
    ),
    (
        "marrowdale",
        "2026",
        Stance::Dissents,
        "We do not agree that the higher caseloads are **unplanned drift**. Two posts were empty from March to August, and our board \
         decided each month to keep women with a practitioner they knew rather than close the door.\n\n\
         We did not ask National Pause beforehand, and should have. We accept the levels, not the explanation.",
    ),
];

impl Year<'_> {
    /// Makes the Practice's statement, where it makes one.
    pub(super) async fn state(&self) -> Result<(), Refused> {
        let here = |(slug, cycle, ..): &&(&str, &str, Stance, &str)| {
            *slug == self.slug.as_str() && *cycle == self.cycle.as_str()
        };
        let Some((_, _, stance, words)) = STATEMENTS.iter().find(here) else {
            return Ok(());
        };
        let statement = Statement {
            stance: *stance,
            words: years::prose(words),
        };
        self.store
            .make_statement(self.lead, &self.slug, &self.cycle, 0, Some(statement), self.day(52))
            .await?;
        Ok(())
    }
}
