//! Windows, frequency, basis and targets of small groups.

use super::stand_in;
use crate::lexicon::Lexicon;
use crate::merge::{Context, Member, merge};
use crate::model::citation::{Citation, Rank};
use crate::model::ids::UnitIdx;
use crate::model::item::Item;
use crate::model::plan::PlanItem;
use crate::model::relation::Relation::{self, Covered, Duplicate, Joint, Split};
use crate::model::unit_set::UnitSet;

fn item(id: &str, name: &str) -> Item {
    Item { id: id.to_owned(), name: name.to_owned(), ..Item::default() }
}

fn timed(id: &str, name: &str, schedule: &str, frequency: &str) -> Item {
    Item { schedule: Some(schedule.to_owned()), frequency: Some(frequency.to_owned()), ..item(id, name) }
}

/// Merges items, the first of which is the core; all visit the same two units.
fn merged(items: &[(Item, Relation)]) -> PlanItem {
    let lexicon = Lexicon::builtin();
    let known: Vec<_> = items
        .iter()
        .map(|(item, _)| {
            let mut standard = stand_in::standard(item, &lexicon);
            let citation = |title: &str, rank| Citation {
                title: title.to_owned(),
                number: None,
                articles: Vec::new(),
                rank,
            };
            standard.citations =
                vec![citation("消防法", Rank::Law), citation("县消防办法", Rank::County)].into();
            let mut targets = stand_in::targets(item, &lexicon);
            targets.units = UnitSet::from_units([UnitIdx::from(1), UnitIdx::from(2)]);
            (standard, targets)
        })
        .collect();
    let members: Vec<Member<'_>> = items
        .iter()
        .zip(&known)
        .enumerate()
        .map(|(position, ((item, relation), (standard, targets)))| Member {
            item,
            standard,
            targets,
            organizer: None,
            co_organizers: &[],
            functions: &[],
            relation: (position > 0).then_some(*relation),
            evidence: None,
        })
        .collect();
    merge(&members, &Context { lexicon: &lexicon, plan_year: Some(2025) })
}

/// Schedule, frequency and visits of items given as name, schedule, frequency and relation.
fn time(group: &[(&str, &str, &str, Relation)]) -> (String, String, Option<u32>) {
    let items: Vec<(Item, Relation)> = group
        .iter()
        .enumerate()
        .map(|(position, (name, schedule, frequency, relation))| {
            (timed(&position.to_string(), name, schedule, frequency), *relation)
        })
        .collect();
    let plan = merged(&items);
    let text =
        |traced: Option<crate::model::plan::Traced<String>>| traced.map(|t| t.value).unwrap_or_default();
    (text(plan.schedule), text(plan.frequency), plan.visits_per_year)
}

#[test]
fn rounds_are_united_and_their_visits_add_up() {
    let group = [
        ("春季防火督查", "3月15日-6月15日", "1次", Split),
        ("秋季防火督查", "9月15日至11月15日", "1次", Split),
    ];
    assert_eq!(time(&group), ("3月15日—6月15日、9月15日—11月15日".into(), "2次/年".into(), Some(2)));
}

#[test]
fn other_visits_take_place_where_windows_meet() {
    let meet = [("旅馆治安检查", "4月-10月", "1次/年", Joint), ("旅馆卫生检查", "6月-12月", "2次/年", Joint)];
    assert_eq!(time(&meet), ("6月—10月".into(), "2次/年".into(), Some(2)));
    let apart = [("防汛检查", "4月", "1次", Covered), ("水库检查", "7月", "1次", Covered)];
    assert_eq!(time(&apart).0, "4月、7月");
    let within = [("防汛检查", "4月至5月", "1次", Duplicate), ("防汛备汛检查", "3月-6月", "1次", Duplicate)];
    assert_eq!(time(&within).0, "4月至5月", "unchanged windows keep the core's words");
    let monthly = [("旅馆治安检查", "1月-12月", "每月1次", Joint), ("旅馆卫生检查", "5月-6月", "1次", Joint)];
    assert_eq!(time(&monthly), ("1月-12月".into(), "每月1次".into(), Some(12)));
}

#[test]
fn an_event_stays_in_the_words_of_the_plan() {
    let group = [("防火督查", "防火期内", "1次", Duplicate), ("防火检查", "3月-5月", "1次", Duplicate)];
    assert_eq!(time(&group).0, "防火期内（3月—5月）");
}

#[test]
fn windows_are_written_as_in_a_plan() {
    let split = |first: &str, second: &str| {
        time(&[("春季督查", first, "1次", Split), ("秋季督查", second, "1次", Split)]).0
    };
    assert_eq!(split("4月11日-4月20日", "9月21日-9月31日"), "4月中旬、9月下旬");
    assert_eq!(split("2月21日-3月10日", "9月5日-9月31日"), "2月下旬—3月上旬、9月5日—30日");
    assert_eq!(split("4月8日", "9月11日-9月30日"), "4月8日、9月中下旬");
    assert_eq!(split("开学前", "9月"), "开学前；9月");
}

#[test]
fn bases_stand_once_the_highest_first() {
    let with = |id: &str, basis: &str| Item { basis: Some(basis.to_owned()), ..item(id, "消防检查") };
    let plan = merged(&[
        (with("a", "《县消防办法》；《消防法》"), Duplicate),
        (with("b", "《消防法》\n常务会议要求"), Duplicate),
    ]);
    let basis: Vec<(&str, usize)> =
        plan.basis.iter().map(|traced| (traced.value.as_str(), traced.from.len())).collect();
    assert_eq!(basis, [("《消防法》", 2), ("《县消防办法》", 1), ("常务会议要求", 1)]);
}

#[test]
fn a_target_inside_another_s_list_of_the_same_units_is_not_repeated() {
    let with = |id: &str, target: &str| Item { targets: vec![target.to_owned()], ..item(id, "消防检查") };
    let plan = merged(&[
        (with("a", "各镇"), Duplicate),
        (with("b", "各镇、街道"), Duplicate),
        (with("c", "沿河各镇"), Duplicate),
    ]);
    let targets: Vec<(&str, usize)> =
        plan.targets.iter().map(|traced| (traced.value.as_str(), traced.from.len())).collect();
    assert_eq!(targets, [("各镇、街道", 2), ("沿河各镇", 1)]);
    assert_eq!(plan.target_units, 2);
}

#[test]
fn parts_are_kept_where_members_keep_their_own_work() {
    let (core, part) = (timed("a", "综合考核", "12月", "1次"), timed("b", "党建考核", "11月", "2次"));
    let covering = merged(&[(core.clone(), Covered), (part.clone(), Covered)]);
    assert_eq!(covering.parts.len(), 2);
    assert_eq!(covering.parts[1].frequency.as_deref(), Some("2次"));
    assert!(merged(&[(core, Duplicate), (part, Duplicate)]).parts.is_empty());
}
