//! What became of last year's plan.

use std::collections::BTreeMap;

use super::Consolidator;
use super::decide::compare_all;
use super::prepare::Prepared;
use super::run::Run;
use crate::compare::{Comparer, Hypothesis, Subject};
use crate::error::Result;
use crate::model::evidence::MilliBits;
use crate::model::item::{Field, Item};
use crate::model::plan::{CarriedItem, DroppedItem, PlanItem, YearOnYear};
use crate::text::fold;

/// Matches plan items to last year's, one to one, the best pair first.
///
/// The pool of both years is compared by the same model; a plan item is as close to one of last
/// year's as its closest member. A pair counts from the review line on: that each item has at most one
/// counterpart makes a match far likelier than between two items of one pool.
pub(super) fn compare(
    consolidator: &Consolidator,
    prepared: &Prepared<'_>,
    items: &[PlanItem],
    run: &Run<'_>,
) -> Result<Option<YearOnYear>> {
    let Some(last_year) = &prepared.last_year else { return Ok(None) };
    let current = prepared.batch.items.len();
    let subjects: Vec<Subject<'_>> =
        prepared.batch.subjects().into_iter().chain(last_year.subjects()).collect();
    let comparer =
        Comparer::new(&subjects, std::sync::Arc::clone(&consolidator.lexicon), &consolidator.policy);
    let jurisdictions: Vec<(u32, u32)> = subjects.iter().map(|subject| subject.jurisdiction).collect();
    let plan_item_of: BTreeMap<&str, usize> = items
        .iter()
        .enumerate()
        .flat_map(|(number, item)| item.members.iter().map(move |member| (member.item.as_str(), number)))
        .collect();
    let mut matches: Vec<(MilliBits, usize, usize, usize)> = compare_all(&comparer, &jurisdictions, run)?
        .into_iter()
        .filter(|pair| pair.a.as_usize() < current && pair.b.as_usize() >= current)
        .filter(|pair| pair.score.hypothesis == Hypothesis::Matter)
        .map(|pair| {
            let item = pair.a.as_usize();
            let number = plan_item_of[prepared.batch.items[item].id.as_str()];
            (-pair.score.total, number, item, pair.b.as_usize() - current)
        })
        .collect();
    matches.sort_unstable();
    let mut plan_taken = vec![false; items.len()];
    let mut last_taken = vec![false; last_year.items.len()];
    let mut carried = Vec::new();
    for (_, number, item, last) in matches {
        if plan_taken[number] || last_taken[last] {
            continue;
        }
        plan_taken[number] = true;
        last_taken[last] = true;
        let (now, before) = (&prepared.batch.items[item], &last_year.items[last]);
        carried.push(CarriedItem {
            plan_item: items[number].id.clone(),
            item: now.id.clone(),
            last_year: before.id.clone(),
            last_year_name: before.name.clone(),
            changed: changed(now, before),
        });
    }
    carried.sort_by(|one, other| one.last_year.cmp(&other.last_year));
    Ok(Some(YearOnYear {
        carried,
        new: (0..items.len())
            .filter(|&number| !plan_taken[number])
            .map(|number| items[number].id.clone())
            .collect(),
        dropped: (0..last_year.items.len())
            .filter(|&number| !last_taken[number])
            .map(|number| &last_year.items[number])
            .map(|item| DroppedItem { id: item.id.clone(), name: item.name.clone() })
            .collect(),
    }))
}

/// Fields that both years state and state differently, the year itself aside.
fn changed(now: &Item, before: &Item) -> Vec<Field> {
    let plain = |text: &str| {
        let folded = fold(text);
        let digits_of_year = |window: &str| {
            window.len() == 4 && window.starts_with("20") && window.bytes().all(|b| b.is_ascii_digit())
        };
        let mut kept = String::with_capacity(folded.len());
        let mut rest = folded.as_str();
        while let Some(character) = rest.chars().next() {
            if rest.is_char_boundary(4.min(rest.len())) && rest.len() >= 4 && digits_of_year(&rest[..4]) {
                rest = &rest[4..];
                continue;
            }
            kept.push(character);
            rest = &rest[character.len_utf8()..];
        }
        kept
    };
    let list = |texts: &[String]| texts.iter().map(|text| plain(text)).collect::<Vec<_>>().join("、");
    let optional = |text: &Option<String>| text.as_deref().map(plain).unwrap_or_default();
    [
        (Field::Name, plain(&now.name), plain(&before.name)),
        (Field::Organizer, optional(&now.organizer), optional(&before.organizer)),
        (Field::Targets, list(&now.targets), list(&before.targets)),
        (Field::Schedule, optional(&now.schedule), optional(&before.schedule)),
        (Field::Frequency, optional(&now.frequency), optional(&before.frequency)),
        (Field::Content, optional(&now.content), optional(&before.content)),
    ]
    .into_iter()
    .filter(|(_, now, before)| !now.is_empty() && !before.is_empty() && now != before)
    .map(|(field, ..)| field)
    .collect()
}
