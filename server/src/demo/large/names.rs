//! Names of invented places: no such places are meant.

use framework::{
    ids::{BadName, PracticeSlug},
    sheet::PracticeInfo,
};

#[rustfmt::skip]
const BEGINNINGS: [&str; 60] = [
    "Alder", "Amber", "Apple", "Ash", "Barley", "Beck", "Bell", "Birch", "Black", "Bramble", "Briar", "Bright", "Brook", "Cedar", "Chalk",
    "Clay", "Clover", "Copper", "Corn", "Crane", "Dale", "Dove", "Dusk", "Elder", "Elm", "Fair", "Fern", "Finch", "Flint", "Fox", "Frost",
    "Glen", "Gold", "Gorse", "Grey", "Hare", "Hawk", "Hazel", "Heron", "Holly", "Iron", "Ivy", "Juniper", "Kestrel", "Lark", "Laurel",
    "Linden", "Maple", "Marl", "Mill", "Moss", "Oaken", "Otter", "Pebble", "Raven", "Rowan", "Sedge", "Thorn", "Willow", "Wren",
];

#[rustfmt::skip]
const ENDINGS: [&str; 40] = [
    "bank", "barrow", "bay", "beck", "bourne", "bridge", "brook", "bury", "cliffe", "combe", "cote", "croft", "dale", "dean", "den", "down",
    "field", "fold", "ford", "gate", "grove", "ham", "haven", "hill", "holme", "hurst", "ley", "low", "marsh", "mead", "mere", "moor",
    "mouth", "ness", "ridge", "side", "stead", "thorpe", "wick", "worth",
];

const REGIONS: [&str; 10] = [
    "East Midlands",
    "East of England",
    "London",
    "North East",
    "North West",
    "South East",
    "South West",
    "Wales",
    "West Midlands",
    "Yorkshire and the Humber",
];

const QUARTERS: [&str; 5] = ["", "North", "South", "East", "West"];

/// Returns the Practice at a place: 12,000 names, then with a number.
///
/// # Errors
/// Never: all these names have the form of a short name.
pub(super) fn practice(index: usize) -> Result<PracticeInfo, BadName> {
    // neighbours in the list differ in both parts
    let pair = index % (BEGINNINGS.len() * ENDINGS.len());
    let round = index / (BEGINNINGS.len() * ENDINGS.len());
    let beginning = BEGINNINGS[pair % BEGINNINGS.len()];
    let ending = ENDINGS[(pair / BEGINNINGS.len() + pair) % ENDINGS.len()];
    let quarter = QUARTERS[round % QUARTERS.len()];
    let number = match round / QUARTERS.len() {
        0 => String::new(),
        more => format!(" {}", more + 1),
    };
    let name = format!("{quarter} {beginning}{ending}{number}").trim().to_owned();
    Ok(PracticeInfo {
        slug: PracticeSlug::parse(&name.to_lowercase().replace(' ', "-"))?,
        name,
        region: REGIONS[(index * 7 + index / 10) % REGIONS.len()].to_owned(),
    })
}
