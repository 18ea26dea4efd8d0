//! A plain stand-in for the stages before merging: enough of each field for groups of the pool.

use crate::lexicon::Lexicon;
use crate::model::frequency::Frequency;
use crate::model::ids::VenueIdx;
use crate::model::item::Item;
use crate::model::kind::Kind;
use crate::model::ratio::Ratio;
use crate::model::schedule::{Certainty, PlanDay, Round, Schedule, Window};
use crate::model::standard_item::{NameParts, StandardItem};
use crate::model::target_set::{Sureness, TargetSet};
use crate::text::fold;

pub(super) fn standard(item: &Item, lexicon: &Lexicon) -> StandardItem {
    let folded = fold(&item.name);
    let told = item.kind.as_deref().and_then(Kind::from_label).or_else(|| {
        lexicon.words.kinds.iter().find(|(form, _)| folded.ends_with(form.as_str())).map(|(_, kind)| *kind)
    });
    StandardItem {
        name: NameParts {
            nickname: false,
            matter: folded.as_str().into(),
            rounds: rounds(&folded),
            year: None,
            kind_words: [].into(),
            folded,
        },
        kind: told.unwrap_or(Kind::Inspection),
        kind_known: told.is_some(),
        schedule: item.schedule.as_deref().map(schedule).unwrap_or_default().into(),
        frequency: item.frequency.as_deref().map(frequency).unwrap_or_default(),
        ratio: Ratio::default(),
        citations: [].into(),
        protections: Vec::new(),
        content: item.content.as_deref().map(fold).unwrap_or_default().into(),
        method: item.method.as_deref().map(fold).unwrap_or_default().into(),
        notes: item.notes.as_deref().map(fold).unwrap_or_default().into(),
    }
}

pub(super) fn targets(item: &Item, lexicon: &Lexicon) -> TargetSet {
    let folded: String = item.targets.iter().map(|phrase| fold(phrase)).collect();
    let mut venues: Vec<VenueIdx> =
        lexicon.venues.mentions(&folded).map(|mention| VenueIdx::from(mention.entry)).collect();
    venues.sort_unstable();
    venues.dedup();
    let sureness = if folded.is_empty() { Sureness::Absent } else { Sureness::Vague };
    TargetSet { sureness, venues, ..TargetSet::default() }
}

fn rounds(name: &str) -> Vec<Round> {
    const WORDS: &[(&str, Round)] = &[
        ("上半年", Round::FirstHalf),
        ("下半年", Round::SecondHalf),
        ("半年", Round::FirstHalf),
        ("年终", Round::YearEnd),
        ("年度", Round::YearEnd),
        ("春季", Round::Spring),
        ("秋季", Round::Autumn),
    ];
    let mut rest = name.to_owned();
    let mut rounds = Vec::new();
    for (word, round) in WORDS {
        if rest.contains(word) {
            rest = rest.replace(word, "");
            rounds.push(*round);
        }
    }
    rounds.sort_unstable();
    rounds.dedup();
    rounds
}

fn frequency(text: &str) -> Frequency {
    let folded = fold(text);
    let per = [("周", 52), ("月", 12), ("季", 4), ("半年", 2)];
    let times = folded.chars().find_map(|c| c.to_digit(10).or_else(|| (c == '两').then_some(2)));
    let factor = per.iter().find(|(word, _)| folded.contains(word)).map_or(1, |(_, factor)| *factor);
    Frequency { max_per_year: times.map(|times| times * factor), ..Frequency::default() }
}

/// Months and days as `4月-10月`, `3月15日-6月15日`, `5月、10月`; anything else hangs on an event.
fn schedule(text: &str) -> Schedule {
    let mut windows = Vec::new();
    for piece in fold(text).replace('至', "-").split(['、', ',']) {
        let points: Vec<Option<(u32, Option<u32>)>> = piece.split('-').map(point).collect();
        let Some(points) = points.into_iter().collect::<Option<Vec<_>>>() else {
            return Schedule { certainty: Certainty::EventBased, ..Schedule::default() };
        };
        let (first, last) = (points[0], points[points.len() - 1]);
        windows.push(Window::new(
            PlanDay::new(0, first.0, first.1.unwrap_or(1)),
            PlanDay::new(0, last.0, last.1.unwrap_or(31)),
        ));
    }
    windows.sort_unstable();
    Schedule { windows, certainty: Certainty::Exact, year: None }
}

fn point(text: &str) -> Option<(u32, Option<u32>)> {
    let (month, day) = text.split_once('月').unwrap_or((text, ""));
    let month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    match day.strip_suffix('日') {
        Some(day) => Some((month, Some(day.parse().ok()?))),
        None => day.is_empty().then_some((month, None)),
    }
}
