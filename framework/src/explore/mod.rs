//! Looking closely at drift: any two cycles, over some criteria, in some Practices. [`Explorer`] is asked; each kind of question
//! has a file that works it out.

mod compare;
mod criteria;
mod criterion;
mod explorer;
mod filter;
mod grid;
mod years;

pub use compare::{Cell, Column, Comparison, Explored, PracticeLine};
pub use criteria::{Break, CriteriaByCycle, CriterionCell, CriterionRow, CycleColumn};
pub use criterion::CriterionLine;
pub use explorer::Explorer;
pub use filter::{Age, Criteria, Filter, SlipFilter, Span};
pub use years::{Step, Trend, YearPoint};

use crate::ids::{CycleId, VersionId};

/// A cycle and the version it runs under.
pub type CycleVersion = (CycleId, VersionId);
