//! Names of one plan, told apart.

use std::collections::{BTreeMap, BTreeSet};

use super::phrase::one_line;
use crate::model::plan::{PlanItem, Traced};
use crate::text::fold;

/// Tells plan items of one name apart, so that no two items of one authority's plan carry the same.
///
/// A name that no other item of the authority has stays as it is, and so does that of a lone item to whose name merged
/// ones came: it was submitted so. The others of one name each get what sets them all apart, in brackets: whom they
/// visit, else who leads, when, or what is looked at; else two of these; else the first that sets some apart, and
/// numbers in the order of their first members. Names are the same when their folded forms are. It takes the whole
/// plan, as numbering does; what is written depends on the items alone, not on their order.
///
/// Complexity: O(n log n) comparisons of names, and of labels O(k) for k items of one name.
pub fn tell_apart(items: &mut [PlanItem]) {
    let mut plans: BTreeMap<Option<String>, Vec<(String, usize)>> = BTreeMap::new();
    for (position, item) in items.iter().enumerate() {
        plans.entry(item.jurisdiction.clone()).or_default().push((fold(&item.name.value), position));
    }
    for mut names in plans.into_values() {
        names.sort_unstable();
        let same = |pair: &[(String, usize)]| pair[0].0 == pair[1].0;
        if !names.windows(2).any(same) {
            continue;
        }
        let runs: Vec<&[(String, usize)]> = names.chunk_by(|one, other| one.0 == other.0).collect();
        let mut taken: BTreeSet<String> =
            runs.iter().filter(|run| run.len() == 1).map(|run| run[0].0.clone()).collect();
        let groups: Vec<Vec<usize>> = runs
            .iter()
            .filter(|run| run.len() > 1)
            .map(|run| run.iter().map(|&(_, position)| position).collect())
            .collect();
        // Names that stay are taken before any is made.
        let stay = groups.iter().filter_map(|group| Some(group[only_lone(group, items)?]));
        taken.extend(stay.map(|position| fold(&items[position].name.value)));
        for mut group in groups {
            group.sort_by_key(|&position| first_member(&items[position]).map(str::to_owned));
            let mut labels = labels(&group.iter().map(|&position| &items[position]).collect::<Vec<_>>());
            let lone = only_lone(&group, items);
            if let Some(lone) = lone {
                group.remove(lone);
                labels.remove(lone);
            }
            let told = |label: &Option<Label>| label.as_ref().map(|label| fold(&label.value));
            let mut numbers: BTreeMap<Option<String>, usize> = BTreeMap::new();
            for label in &labels {
                *numbers.entry(told(label)).or_default() += 1;
            }
            // Where several have one label, or none, every one of them gets a number; the lone one is the first.
            for (key, number) in &mut numbers {
                *number = usize::from(key.is_none() || *number > 1);
                *number += usize::from(key.is_none() && lone.is_some());
            }
            for (position, label) in group.into_iter().zip(labels) {
                let number = numbers.entry(told(&label)).or_default();
                *number = name(&mut items[position], label, *number, &mut taken);
            }
        }
    }
}

/// Where the lone item stands in a group of merged ones, if there is one and no more.
fn only_lone(group: &[usize], items: &[PlanItem]) -> Option<usize> {
    let mut lone = (0..group.len()).filter(|&nth| items[group[nth]].members.len() == 1);
    lone.next().filter(|_| lone.next().is_none())
}

fn first_member(item: &PlanItem) -> Option<&str> {
    item.members.iter().map(|member| member.item.as_str()).min()
}

/// Words that tell an item from others of its name, with the members that gave them.
type Label = Traced<String>;

/// What tells an item from another, the best first.
const ASPECTS: [fn(&PlanItem) -> Option<Label>; 4] = [visited, led, scheduled, looked_at];

/// One label for each item of a group; empty ones where nothing sets the item apart.
fn labels(group: &[&PlanItem]) -> Vec<Option<Label>> {
    let by_aspect: Vec<Vec<Option<Label>>> =
        ASPECTS.iter().map(|aspect| group.iter().map(|item| aspect(item)).collect()).collect();
    let all = by_aspect.iter().enumerate().find(|(aspect, labels)| sets_all_apart(labels, *aspect == 0));
    if let Some((_, labels)) = all {
        return labels.clone();
    }
    for (nth, first) in by_aspect.iter().enumerate() {
        for second in &by_aspect[nth + 1..] {
            let both: Vec<Option<Label>> =
                first.iter().zip(second).map(|(one, other)| joined(one.as_ref(), other.as_ref())).collect();
            if sets_all_apart(&both, false) {
                return both;
            }
        }
    }
    let kinds = |labels: &[Option<Label>]| {
        labels.iter().flatten().map(|label| fold(&label.value)).collect::<BTreeSet<_>>().len()
    };
    by_aspect.into_iter().find(|labels| kinds(labels) > 1).unwrap_or_else(|| vec![None; group.len()])
}

/// Whether every label is there and no two are the same; of whom two items visit, neither may name the other's
/// in other words: 各乡镇, 各乡镇、街道.
fn sets_all_apart(labels: &[Option<Label>], are_visited: bool) -> bool {
    let words: Vec<String> = labels.iter().flatten().map(|label| fold(&label.value)).collect();
    let different = words.iter().collect::<BTreeSet<_>>().len() == labels.len();
    if !different || !are_visited {
        return different;
    }
    if words.len() > MOST_COMPARED {
        return false;
    }
    let within = |one: &str, other: &str| one.chars().all(|character| other.contains(character));
    let clash = |one: &str, other: &str| within(one, other) || within(other, one);
    words.iter().enumerate().all(|(nth, one)| words[nth + 1..].iter().all(|other| !clash(one, other)))
}

/// Most labels of whom items visit that are compared with each other.
const MOST_COMPARED: usize = 100;

fn joined(one: Option<&Label>, other: Option<&Label>) -> Option<Label> {
    let (one, other) = (one?, other?);
    let from = one.from.iter().chain(&other.from).cloned().collect();
    Some(Traced { value: format!("{}，{}", one.value, other.value), from })
}

/// A short text without sentences and brackets, as a label.
fn short(text: &str, from: &[String], most: usize) -> Option<Label> {
    const MARKS: &[char] = &['（', '(', '；', ';', '。', '，', ',', '：', ':', '“', '"', '《'];
    let value = one_line(text);
    let length = value.chars().count();
    ((2..=most).contains(&length) && !value.contains(MARKS)).then(|| Traced { value, from: from.to_vec() })
}

fn visited(item: &PlanItem) -> Option<Label> {
    const MOST: usize = 14;
    let phrases: Vec<&str> = item.targets.iter().map(|target| target.value.as_str()).collect();
    let from: Vec<String> = item.targets.iter().flat_map(|target| target.from.iter().cloned()).collect();
    short(&phrases.join("、"), &from, MOST)
}

fn led(item: &PlanItem) -> Option<Label> {
    const MOST: usize = 20;
    item.lead.as_ref().and_then(|lead| short(&lead.value, &lead.from, MOST))
}

fn scheduled(item: &PlanItem) -> Option<Label> {
    const MOST: usize = 12;
    item.schedule.as_ref().and_then(|schedule| short(&schedule.value, &schedule.from, MOST))
}

/// The first clause of the content.
fn looked_at(item: &PlanItem) -> Option<Label> {
    const MOST: usize = 14;
    let content = item.content.first()?;
    let clause = content.value.split(['，', ',', '。', '；', ';', '\n']).next()?;
    short(clause, &content.from, MOST)
}

/// Gives an item its name with the label, and `number` unless that is 0 and no other item has the name; gives the
/// number for the next item of that label.
fn name(item: &mut PlanItem, label: Option<Label>, number: usize, taken: &mut BTreeSet<String>) -> usize {
    let told =
        label.as_ref().map_or_else(|| item.name.value.clone(), |label| with(&item.name.value, &label.value));
    let numbered = |number: usize| if number == 0 { told.clone() } else { with(&told, &numeral(number)) };
    let mut number = number;
    let mut candidate = numbered(number);
    while taken.contains(&fold(&candidate)) {
        number += 1;
        candidate = numbered(number);
    }
    taken.insert(fold(&candidate));
    item.name.value = candidate;
    let mut from: BTreeSet<String> = std::mem::take(&mut item.name.from).into_iter().collect();
    from.extend(label.into_iter().flat_map(|label| label.from));
    item.name.from =
        item.members.iter().map(|member| &member.item).filter(|id| from.contains(*id)).cloned().collect();
    if number == 0 { 0 } else { number + 1 }
}

/// `name（words）`, in the brackets that the name ends with if there are some.
fn with(name: &str, words: &str) -> String {
    match name
        .strip_suffix('）')
        .filter(|front| front.matches('（').count() == front.matches('）').count() + 1)
    {
        Some(front) => format!("{front}，{words}）"),
        None => format!("{name}（{words}）"),
    }
}

/// A Chinese number up to ten; digits above.
fn numeral(number: usize) -> String {
    "一二三四五六七八九十"
        .chars()
        .nth(number.wrapping_sub(1))
        .map_or_else(|| number.to_string(), String::from)
}
