//! From verbatim text to standard form: what each field of an item says.
//!
//! | field | becomes | by |
//! |---|---|---|
//! | name | year, rounds, kind words, matter | [`name_parts`] |
//! | kind, name | [`Kind`](crate::model::kind::Kind) | [`kind`] |
//! | schedule | windows in the plan year | [`schedule`] |
//! | frequency | visits a year | [`frequency`] |
//! | ratio | share or number of targets | [`ratio`] |
//! | basis | documents, numbers, articles, ranks | [`citations`] |
//! | name, method, content, organizer | reasons to stand alone | [`protections`] |
//! | jurisdiction, organizer | the area it is planned for, without a roster | [`Areas`] |
//!
//! Every parser folds its text first ([`fold`]), reads at most
//! [`SCAN_LIMIT`](crate::text::SCAN_LIMIT) characters in one pass, never fails and never guesses
//! silently: what is not understood is unknown or empty. Targets are another room's.

mod areas;
mod citation;
mod event;
mod frequency;
mod kind;
mod matter;
mod name;
mod place;
mod places;
mod protection;
mod rank;
mod ratio;
mod round;
mod schedule;
mod standardiser;
mod token;
mod year;

pub use areas::{Area, Areas};
pub use citation::citations;
pub use frequency::frequency;
pub use kind::kind;
pub use name::name_parts;
pub use places::Places;
pub use protection::{Protectable, protections};
pub use ratio::ratio;
pub use schedule::schedule;
pub use standardiser::Standardiser;
pub use year::{infer_plan_year, year_of_votes, years_named};

use crate::lexicon::Lexicon;
use crate::model::frequency::Frequency;
use crate::model::item::Item;
use crate::model::ratio::Ratio;
use crate::model::standard_item::StandardItem;
use crate::text::{fold, head};

/// What standardisation needs to know besides the item.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The words of the field.
    pub lexicon: &'a Lexicon,
    /// The year planned, where known; see [`infer_plan_year`].
    pub plan_year: Option<i32>,
    /// Folded names of the jurisdictions, taken out of names: 敖林区, 巴音朔尔市 …
    pub places: &'a Places,
}

/// An item in standard form.
///
/// A frequency missing in its own field is read from the schedule or ratio cell (6月-9月;至少2次), a
/// ratio from the schedule, frequency or targets.
///
/// # Examples
/// ```
/// use tongchou::{Item, lexicon::Lexicon};
/// use tongchou::standardise::{Context, Places, standardise};
/// let lexicon = Lexicon::builtin();
/// let context = Context { lexicon: &lexicon, plan_year: Some(2023), places: &Places::default() };
/// let item = Item {
///     name: "夏粮收购监督检查".to_owned(),
///     schedule: Some("6月-9月; 至少2次".to_owned()),
///     ..Item::default()
/// };
/// let standard = standardise(&item, &context);
/// assert_eq!(&*standard.name.matter, "粮食收购");
/// assert_eq!(standard.frequency.min_per_year, Some(2));
/// assert_eq!(standard.schedule.windows.len(), 1);
/// ```
#[must_use]
pub fn standardise(item: &Item, context: &Context<'_>) -> StandardItem {
    Standardiser::new(context).standardise(item)
}

/// The frequency of the first cell that names one; the first is the frequency's own.
fn frequency_of([own, others @ ..]: [&str; 3]) -> Frequency {
    let found = frequency::parse(own, true);
    if !own.is_empty() {
        return found;
    }
    others
        .into_iter()
        .filter(|text| text.contains(['次', '轮', '批', '遍', '每', '按']))
        .map(|text| frequency::parse(text, false))
        .find(|frequency| frequency.per_year().is_some())
        .unwrap_or(found)
}

/// The ratio of the first cell that names one; the first is the ratio's own.
fn ratio_of([own, others @ ..]: [&str; 3], targets: &[String]) -> Ratio {
    let found = ratio::parse(own, true);
    if !own.is_empty() {
        return found;
    }
    let named = |ratio: &Ratio| ratio.whole || ratio.bound.is_some();
    others
        .into_iter()
        .filter(|text| text.contains(['%', '‰', '成', '分', '抽', '查', '覆', '半']))
        .map(|text| ratio::parse(text, false))
        .find(named)
        .or_else(|| {
            targets
                .iter()
                .filter(|target| target.contains(['%', '％', '抽', '覆']))
                .map(|target| ratio::parse(&fold(head(target)), false))
                .find(named)
        })
        .unwrap_or(found)
}
