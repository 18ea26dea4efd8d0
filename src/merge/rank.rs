//! Which member of a group reads best as its core.

use crate::model::item::Item;
use crate::model::schedule::Round;
use crate::model::standard_item::StandardItem;
use crate::model::target_set::{Sureness, TargetSet};

/// Words that make a name wide.
const WIDE: &[&str] = &["综合", "全面", "大检查", "总体", "年度"];
/// Words that make a name speak of a part.
const PART: &[&str] = &["专项", "问题", "环节", "回头看", "其中", "重点"];

/// Endings of organizers that see to all matters of one place: they ask there what a department asks everywhere.
const OF_A_PLACE: &[&str] = &[
    "街道",
    "街道办",
    "街道办事处",
    "镇",
    "镇政府",
    "镇人民政府",
    "乡",
    "乡政府",
    "乡人民政府",
    "苏木",
    "苏木政府",
    "苏木人民政府",
    "管委会",
    "开发区管理委员会",
    "园区管理委员会",
];

/// How well an item would read as the core of its group; the higher the better.
///
/// For groups whose links do not tell: the item that names more, visits more units, says what is
/// looked at and what kind of activity it is. A name that speaks of a round or a part counts less, a
/// later round less than an earlier one; a nickname less than a proper name,
/// a street or park less than a department. Ties are the caller's (by id).
#[must_use]
pub fn core_rank(item: &Item, standard: &StandardItem, targets: &TargetSet) -> i64 {
    let count =
        |words: &[&str]| words.iter().filter(|word| standard.name.folded.contains(**word)).count() as i64;
    let says = item.content.as_deref().is_some_and(|text| !text.trim().is_empty());
    // Twice as many units weigh the same at any size: 1, 2, 4 … give 1, 2, 3 …
    let units = i64::from((targets.units.len() as u64 + 1).ilog2());
    let known = match targets.sureness {
        Sureness::Exact | Sureness::Sample => 10,
        Sureness::Vague => 5,
        Sureness::Unknown | Sureness::Absent => 0,
    };
    let whole_year = standard.name.folded.contains("年度");
    let is_part = |round: &&Round| !(whole_year && **round == Round::YearEnd);
    let rounds: Vec<&Round> = standard.name.rounds.iter().filter(is_part).collect();
    let later_rounds = rounds.iter().filter(|round| is_later(***round)).count() as i64;
    let headline =
        standard.name.matter.chars().filter(|c| matches!(c, '、' | '和' | '与' | '及' | '暨')).count();
    let organizer = item.organizer.as_deref().map_or("", str::trim);
    let of_a_place = OF_A_PLACE.iter().any(|ending| organizer.ends_with(ending));
    units * 15 + known + headline.min(3) as i64 * 15 + count(WIDE) * 25
        - count(PART) * 20
        - rounds.len().min(2) as i64 * 10
        - later_rounds * 40
        + if says { 40 } else { 0 }
        - if standard.name.nickname { 60 } else { 0 }
        - if of_a_place { 60 } else { 0 }
        + if item.kind.is_some() { 15 } else { 0 }
        + if standard.kind_known { 15 } else { 0 }
}

fn is_later(round: Round) -> bool {
    match round {
        Round::Spring | Round::Summer | Round::FirstHalf | Round::MidTerm => false,
        Round::Autumn | Round::Winter | Round::SecondHalf | Round::YearEnd => true,
        Round::Quarter(number) | Round::Batch(number) => number > 1,
    }
}
