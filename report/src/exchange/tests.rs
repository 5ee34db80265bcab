//! What is written is read back the same, and every mistake is told by line and column.

mod identity;
mod mistakes;
mod records;
mod tolerant;

use super::*;
use framework::{exchange::Exchanged, ids::CriterionId, library::Library};

const HEAD: &str = "practice,cycle,version,criterion,self_rating";

fn library() -> &'static Library {
    Library::embedded()
}

fn id(text: &str) -> CriterionId {
    CriterionId::parse(text).unwrap()
}

fn read_text(text: &str) -> Result<Vec<Exchanged>, Vec<String>> {
    read(library(), text.as_bytes()).map_err(|problems| problems.iter().map(Problem::to_string).collect())
}

fn one(text: &str) -> Exchanged {
    let groups = read_text(text).unwrap();
    assert_eq!(groups.len(), 1, "{groups:?}");
    groups.into_iter().next().unwrap()
}
