//! The year that a pool plans.

use std::collections::BTreeMap;

use super::{round, schedule};
use crate::model::item::Item;
use crate::parallel;
use crate::text::{fold, head};

/// Items that one thread reads at a time.
const STRETCH: usize = 4096;

/// The year that most items name in name or schedule; ties go to the later year, `None` when no year occurs.
///
/// An item counts once for each year: a schedule from 2023年12月 to 2024年1月 counts for the year it
/// names first. Years inside 《》 and ranges of years (2021-2030年) are of documents and do not count.
///
/// # Examples
/// ```
/// use tongchou::{Item, standardise::infer_plan_year};
/// let item = |name: &str| Item { name: name.to_owned(), ..Item::default() };
/// let items = [item("2022年质量考核"), item("2023年档案检查"), item("养老机构检查")];
/// assert_eq!(infer_plan_year(&items), Some(2023));
/// ```
#[must_use]
pub fn infer_plan_year(items: &[Item]) -> Option<i32> {
    let stretches: Vec<&[Item]> = items.chunks(STRETCH).collect();
    let named =
        parallel::map(&stretches, |stretch| stretch.iter().flat_map(years_named).collect::<Vec<i32>>());
    year_of_votes(named.into_iter().flatten().map(|year| (year, 1)))
}

/// The years that an item counts for, each once.
pub fn years_named(item: &Item) -> impl Iterator<Item = i32> + use<> {
    let named = years_possible(&item.name).then(|| round::strip(&fold(head(&item.name))).year).flatten();
    let scheduled = item
        .schedule
        .as_deref()
        .filter(|text| years_possible(text))
        .and_then(|text| schedule::schedule(text, None).year);
    named.into_iter().chain(scheduled.filter(move |&year| Some(year) != named))
}

/// The year with most votes in all; ties go to the later.
#[must_use]
pub fn year_of_votes(votes: impl IntoIterator<Item = (i32, usize)>) -> Option<i32> {
    let mut sums: BTreeMap<i32, usize> = BTreeMap::new();
    for (year, votes) in votes {
        *sums.entry(year).or_default() += votes;
    }
    sums.into_iter().max_by_key(|&(year, votes)| (votes, year)).map(|(year, _)| year)
}

/// Whether a text can name a year at all: most do not, and need not be read.
fn years_possible(text: &str) -> bool {
    text.contains(['年', '2', '２'])
}
