//! Charts for measures: over time (METHODS.md 6) and between Practices of different size (METHODS.md 7).

pub mod funnel;
pub mod xmr;
