//! Looking closely at drift: any two cycles, over some criteria, in some Practices. What pages show is worked out in two steps:
//! [`compare`] goes over all Practices once, [`Comparison::explore`] adds up those that a filter leaves.

mod compare;
mod criteria;
mod criterion;
mod filter;
mod grid;
mod memory;
mod years;

pub use compare::{Cell, Column, Comparison, Explored, PracticeLine, compare};
pub use criteria::{Break, CriteriaByCycle, CriterionCell, CriterionRow, CycleColumn, criteria_by_cycle};
pub use criterion::{CriterionLine, practices_on};
pub use filter::{Age, Criteria, Filter, SlipFilter, Span};
pub use grid::Grid;
pub use memory::Memory;
pub use years::{Step, Trend, YearPoint, overall_by_year, trend};

use crate::ids::{CycleId, VersionId};

/// A cycle and the version it runs under.
pub type CycleVersion = (CycleId, VersionId);
