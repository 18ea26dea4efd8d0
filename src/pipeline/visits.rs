//! What each item costs those it visits.

use super::organizers::OrganizerNames;
use super::prepare::Prepared;
use crate::model::schedule::{Certainty, Schedule};
use crate::model::standard_item::StandardItem;
use crate::model::target_set::TargetSet;
use crate::targets::BurdenInput;

/// The visits of all items, in their order.
pub(super) fn inputs<'a>(prepared: &'a Prepared<'_>, names: &'a OrganizerNames<'_>) -> Vec<BurdenInput<'a>> {
    let batch = &prepared.batch;
    (0..batch.items.len())
        .map(|position| {
            let standard = &batch.standards[position];
            let targets = &batch.targets[position];
            BurdenInput {
                organizer: names.names[position].as_deref().unwrap_or_default(),
                units: &targets.units,
                visits: visits_a_year(standard),
                share: share(standard, targets),
                months: months(&standard.schedule),
            }
        })
        .collect()
}

/// Visits a year to each unit, in thousandths: the frequency, else the number of rounds, else one.
///
/// A frequency in the text counts the organizer's rounds; more windows than visits mean that many rounds.
fn visits_a_year(standard: &StandardItem) -> u64 {
    let rounds = match standard.schedule.certainty {
        Certainty::Exact => standard.schedule.windows.len() as u64,
        _ => 1,
    };
    standard.frequency.per_year().map_or(rounds.max(1), u64::from) * 1000
}

/// The share of the units that is visited, in basis points.
fn share(standard: &StandardItem, targets: &TargetSet) -> u16 {
    let ratio = &standard.ratio;
    if ratio.whole {
        return 10_000;
    }
    let of_count = |count: u32| match targets.units.len() as u64 {
        0 => None,
        units => Some((u64::from(count) * 10_000 / units).min(10_000) as u16),
    };
    // The lower end is what the text promises at least; a ceiling alone (不超过5%) is what it allows.
    ratio
        .min_share
        .or(ratio.max_share)
        .or_else(|| ratio.min_count.or(ratio.max_count).and_then(of_count))
        .or(targets.sample_share)
        .or_else(|| targets.sample_count.and_then(of_count))
        .unwrap_or(10_000)
}

/// The months of the windows, as bits; none when the schedule does not tell.
fn months(schedule: &Schedule) -> u16 {
    if schedule.certainty != Certainty::Exact {
        return 0;
    }
    let mut bits = 0;
    for window in &schedule.windows {
        for month in window.start().month_index()..=window.end().month_index() {
            bits |= 1 << month.rem_euclid(12);
        }
    }
    bits
}
