//! How likely an item of this year is the successor of one of last year's.
//!
//! The comparison of two items of one pool asks whether they are one matter; this one asks whether a
//! department goes on with what it did. The evidence on the matter is the same, but who proposes and
//! when it takes place tell far more across years than within one: a department has a few items, and
//! keeps their months. And last year's plan often holds names, units and months only.

use super::batch::Batch;
use crate::compare::Comparer;
use crate::model::evidence::{Aspect, MilliBits};
use crate::model::ids::ItemIdx;
use crate::model::schedule::{Certainty, Schedule};
use crate::policy::{Level, Policy};
use crate::text::fold;

/// From this weight on an item may be the successor of another: among the items that compete for one
/// predecessor, that is a match more likely than not.
pub(super) const LINE: MilliBits = 5_000;

/// What name, place and kind say of the matter counts as within one year.
const MATTER: [Aspect; 7] = [
    Aspect::Name,
    Aspect::Concept,
    Aspect::Object,
    Aspect::Venue,
    Aspect::Targets,
    Aspect::Kind,
    Aspect::Notes,
];

/// Scores pairs of both years.
pub(super) struct Succession<'a> {
    comparer: &'a Comparer,
    /// Weights of levels for one matter.
    table: Vec<MilliBits>,
    now: &'a Batch,
    before: &'a Batch,
    names: [Vec<Bigrams>; 2],
    targets: [Vec<Bigrams>; 2],
}

impl<'a> Succession<'a> {
    /// `comparer` holds the items of `now`, then those of `before`. Complexity: linear in all texts.
    pub(super) fn new(comparer: &'a Comparer, now: &'a Batch, before: &'a Batch, policy: &Policy) -> Self {
        let names = |batch: &Batch| batch.standards.iter().map(|form| bigrams(&form.name.matter)).collect();
        let targets =
            |batch: &Batch| batch.items.iter().map(|item| bigrams(&fold(&item.targets.concat()))).collect();
        Self {
            comparer,
            table: policy.weights.table().0,
            now,
            before,
            names: [names(now), names(before)],
            targets: [targets(now), targets(before)],
        }
    }

    /// The levels of all comparisons of a pair.
    pub(super) fn levels(&self, now: usize, before: usize) -> [Level; Aspect::ALL.len()] {
        let before = ItemIdx::new(self.now.items.len() + before);
        self.comparer.score(ItemIdx::new(now), before).levels
    }

    /// Weight for the second being the predecessor of the first. Complexity: O(length of both).
    pub(super) fn weight(&self, now: usize, before: usize) -> MilliBits {
        let levels = self.levels(now, before);
        let of = |aspect: Aspect| self.table[levels[aspect as usize] as usize];
        let mut weight: MilliBits = MATTER.iter().map(|&aspect| of(aspect)).sum();
        // A name found in the other's content counts half; that it is not there counts nothing.
        weight += of(Aspect::Content).max(0) / 2;
        weight += self.organizer(levels[Aspect::Organizer as usize], now, before);
        let (mine, theirs) = (&self.now.standards[now], &self.before.standards[before]);
        weight += months_alike(&mine.schedule, &theirs.schedule);
        weight += match (mine.name.rounds.is_empty(), theirs.name.rounds.is_empty()) {
            (true, true) => 0,
            (false, false) if mine.name.rounds == theirs.name.rounds => 1_500,
            (false, false) => -3_000,
            _ => -300,
        };
        // Finer than the levels, so that of several candidates the closest wins.
        weight
            + 2 * alike(&self.names[0][now], &self.names[1][before])
            + 2 * alike(&self.targets[0][now], &self.targets[1][before])
    }

    fn organizer(&self, level: Level, now: usize, before: usize) -> MilliBits {
        match level {
            Level::OrganizerSame => 4_000,
            Level::OrganizerRelated => 1_500,
            Level::OrganizerCo => 500,
            Level::OrganizerUnknown => {
                // A body that the roster does not know, and its office (指挥部, 指挥部办公室).
                let text = |batch: &Batch, position: usize| {
                    batch.organizers[position].as_ref().map(|organizer| organizer.office.text.clone())
                };
                match (text(self.now, now), text(self.before, before)) {
                    (Some(one), Some(other)) if one.starts_with(&other) || other.starts_with(&one) => 4_000,
                    _ => 0,
                }
            }
            _ => -3_500,
        }
    }
}

/// The months of a schedule, as bits.
pub(super) fn months(schedule: &Schedule) -> u16 {
    let months = schedule.windows.iter().flat_map(|w| w.start().month_index()..=w.end().month_index());
    months.fold(0, |bits, month| bits | 1 << month.rem_euclid(12))
}

/// What the months say.
fn months_alike(one: &Schedule, other: &Schedule) -> MilliBits {
    if one.certainty != Certainty::Exact || other.certainty != Certainty::Exact {
        return 0;
    }
    let (one, other) = (months(one), months(other));
    let (shared, all) = ((one & other).count_ones(), (one | other).count_ones());
    match shared {
        0 => -1_000,
        _ if shared == all => 2_000,
        _ if 2 * shared >= all => 1_000,
        _ => 300,
    }
}

/// Pairs of adjacent characters, sorted.
type Bigrams = Vec<[char; 2]>;

fn bigrams(text: &str) -> Bigrams {
    let characters: Vec<char> = text.chars().filter(|character| character.is_alphanumeric()).collect();
    let mut pairs: Bigrams = characters.windows(2).map(|pair| [pair[0], pair[1]]).collect();
    pairs.sort_unstable();
    pairs
}

/// Dice coefficient of two texts, in thousandths.
fn alike(one: &Bigrams, other: &Bigrams) -> MilliBits {
    if one.is_empty() || other.is_empty() {
        return 0;
    }
    let (mut left, mut right, mut shared) = (0, 0, 0);
    while left < one.len() && right < other.len() {
        match one[left].cmp(&other[right]) {
            std::cmp::Ordering::Less => left += 1,
            std::cmp::Ordering::Greater => right += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                left += 1;
                right += 1;
            }
        }
    }
    (2_000 * shared / (one.len() + other.len())) as MilliBits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_alike_by_adjacent_characters() {
        assert_eq!(alike(&bigrams("森林防火"), &bigrams("森林、防火")), 1_000);
        assert_eq!(alike(&bigrams("森林防火"), &bigrams("养老机构")), 0);
        assert_eq!(alike(&bigrams("森林防火"), &bigrams("森林防灭火")), 571);
        assert_eq!(alike(&bigrams(""), &bigrams("")), 0);
    }
}
