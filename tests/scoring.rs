//! What always holds of the match model, on random pools and on the fixture pool.

mod common;

use std::path::Path;

use common::pool;
use proptest::prelude::*;
use tongchou::compare::{Hypothesis, Score};
use tongchou::ingest::{self, Limits};
use tongchou::model::evidence::{Aspect, Evidence};
use tongchou::model::ids::ItemIdx;
use tongchou::model::relation::Relation;
use tongchou::pipeline::Study;
use tongchou::policy::Level;
use tongchou::targets::UnitGraph;
use tongchou::{Consolidator, Input, Item, Policy};

fn consolidator() -> Consolidator {
    Consolidator::new(Policy::default()).expect("the default policy")
}

fn all_pairs(items: usize) -> impl Iterator<Item = (ItemIdx, ItemIdx)> {
    (0..items).flat_map(move |a| (a + 1..items).map(move |b| (ItemIdx::new(a), ItemIdx::new(b))))
}

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pool-north").join(name)
}

fn north() -> Vec<Item> {
    let read = ingest::read_paths(&[fixture("items.jsonl")], &Limits::default(), &mut |_| {});
    read.expect("the fixture is readable").items
}

/// Checks that the evidence shown leads to the decision shown.
fn tells_the_truth(evidence: &Evidence, hypothesis: Hypothesis) -> Result<(), TestCaseError> {
    let sum: i32 = evidence.comparisons.iter().map(|comparison| comparison.weight).sum();
    prop_assert_eq!(evidence.prior + sum, evidence.total);
    let expected = match (evidence.total >= evidence.threshold, evidence.protection) {
        (false, _) => vec![Relation::Distinct],
        (true, Some(_)) => vec![Relation::Barred],
        (true, None) if hypothesis == Hypothesis::Visit => vec![Relation::Joint],
        (true, None) if evidence.covered.is_some() => vec![Relation::Covered],
        (true, None) => vec![Relation::Duplicate, Relation::Split],
    };
    prop_assert!(expected.contains(&evidence.relation), "{:?}", evidence);
    // A weight is the table's, or less where the term that both share is common.
    for (comparison, aspect) in evidence.comparisons.iter().zip(Aspect::ALL) {
        prop_assert_eq!(comparison.aspect, aspect);
        let level = Level::from_key(&comparison.level).expect("a level of the table");
        prop_assert_eq!(level.aspect(), aspect);
        let table = match hypothesis {
            Hypothesis::Matter => level.matter_bits(),
            Hypothesis::Visit => level.visit_bits(),
        };
        let (shown, table) = (f64::from(comparison.weight), table * 1000.0);
        prop_assert!((shown - table).abs() < 0.6 || 0.0 <= shown && shown < table, "{:?}", comparison);
    }
    Ok(())
}

/// Pairs of the old items in both pools must weigh the same, but where the number of items crosses a step.
///
/// Adding one item that shares nothing moves no count of a term, and the number `N` of items only when that crosses a
/// step of a quarter of an octave, by `log2(5/4)` at most. It then moves the rarity `r = log2(N / n) / log2(N / 2)` of a
/// term by at most `log2(5/4) / log2(N / 2)`, so a weight that depends on it by its shipped size times
/// `1 − common_term_share` of this, and by one thousandth of a bit more for each of the rounded steps.
/// Token weights move too: a level of name or content may step over a boundary; nothing else may.
fn moves_little(before: &Study<'_>, after: &Study<'_>) -> Result<usize, TestCaseError> {
    let items = before.items().len();
    let share = Policy::default().weights.common_term_share;
    let rounding = 6.0;
    let (mut jumps, n) = (0, step(items) as f64);
    for (a, b) in all_pairs(items) {
        // The new item sorts last, so positions stay.
        let (old, new) = (before.comparer().score(a, b), after.comparer().score(a, b));
        if step(items) == step(items + 1) {
            prop_assert_eq!(old, new);
        } else if old.levels == new.levels && old.hypothesis == new.hypothesis {
            let scaled: f64 =
                [0, 1, 2, 5, 9].map(|at: usize| f64::from(old.weights[at].max(0)) / share).iter().sum();
            let most = if items <= 2 { scaled } else { scaled * (1.0 - share) * STEP / half_log2(n) };
            let moved = f64::from((old.total - new.total).abs());
            prop_assert!(moved <= most + 5.0 * rounding, "{moved} > {most}");
        } else if old.levels != new.levels {
            let origin = [Aspect::Name, Aspect::Content].map(|aspect| aspect as usize);
            prop_assert!(origin.iter().any(|&at| old.levels[at] != new.levels[at]), "{old:?} {new:?}");
            jumps += 1;
        }
    }
    Ok(jumps)
}

/// log2(5/4)
const STEP: f64 = 0.322;

/// The greatest step of a quarter of an octave that is not above a count.
fn step(count: usize) -> usize {
    let mut step = 1;
    while step < 8 && step < count || step >= 8 && step + (1 << (step.ilog2() - 2)) <= count {
        step += if step < 8 { 1 } else { 1 << (step.ilog2() - 2) };
    }
    step
}

#[expect(clippy::disallowed_methods, reason = "the bound of a test")]
fn half_log2(n: f64) -> f64 {
    (n / 2.0).log2()
}

/// An item that shares not even a pair of characters with those of the pools.
fn stranger() -> Item {
    Item { id: "~".into(), name: "国际象棋裁判员".into(), ..Item::default() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn comparison_is_symmetric(items in pool(2..25)) {
        let consolidator = consolidator();
        let study = consolidator.study(Input::new(items)).expect("scored");
        for (a, b) in all_pairs(study.items().len()) {
            let (forth, back) = (study.comparer().score(a, b), study.comparer().score(b, a));
            prop_assert_eq!(forth.levels, back.levels);
            prop_assert_eq!(forth.weights, back.weights);
            prop_assert_eq!((forth.hypothesis, forth.total, forth.relation, forth.leaning),
                (back.hypothesis, back.total, back.relation, back.leaning));
            prop_assert_eq!(forth.protection.is_some(), back.protection.is_some());
            if forth.leaning == Relation::Covered {
                prop_assert_ne!(forth.first_is_part, back.first_is_part, "{:?}", forth);
            }
            let (ids, explain) = (study.items(), |one: ItemIdx, two: ItemIdx| study.comparer().explain(one, two));
            prop_assert_eq!(explain(a, b), explain(b, a));
            prop_assert!(ids[a.as_usize()].id < ids[b.as_usize()].id);
        }
    }

    #[test]
    fn identical_items_are_duplicates(items in pool(1..25), which in any::<prop::sample::Index>()) {
        let mut items = items;
        let mut copy = which.get(&items).clone();
        copy.id = "Y".into();
        let original = which.index(items.len());
        // A name of nothing but its kind says no matter.
        prop_assume!(copy.name != "督查");
        items.push(copy);
        let consolidator = consolidator();
        let last = ItemIdx::new(items.len() - 1);
        let study = consolidator.study(Input::new(items)).expect("scored");
        let score = study.comparer().score(ItemIdx::new(original), last);
        prop_assert_eq!(score.relation, Relation::Duplicate, "{:?}", score);
    }

    #[test]
    fn the_explanation_leads_to_the_decision(items in pool(2..20)) {
        let consolidator = consolidator();
        let study = consolidator.study(Input::new(items)).expect("scored");
        for (a, b) in all_pairs(study.items().len()) {
            let score = study.comparer().score(a, b);
            let evidence = study.comparer().explain(a, b);
            prop_assert_eq!((evidence.total, evidence.relation), (score.total, score.relation));
            tells_the_truth(&evidence, score.hypothesis)?;
        }
    }

    #[test]
    fn a_stranger_moves_weights_no_further_than_rarity_does(items in pool(2..25)) {
        let consolidator = consolidator();
        let before = consolidator.study(Input::new(items.clone())).expect("scored");
        let mut more = items;
        more.push(stranger());
        let after = consolidator.study(Input::new(more)).expect("scored");
        moves_little(&before, &after)?;
    }
}

#[test]
fn a_stranger_changes_no_decision_on_the_fixture_pool() {
    let consolidator = consolidator();
    let bytes = std::fs::read(fixture("units.csv")).expect("the fixture is readable");
    let (units, _) = UnitGraph::from_csv(&bytes, consolidator.lexicon()).expect("the roster loads");
    let before = consolidator.study(Input::new(north()).with_units(&units)).expect("scored");
    let mut more = north();
    more.push(stranger());
    let after = consolidator.study(Input::new(more).with_units(&units)).expect("scored");
    let jumps = moves_little(&before, &after).expect("within the bound");
    let pairs = all_pairs(before.items().len()).count();
    assert!(jumps * 1000 <= pairs * 5, "{jumps} of {pairs} pairs reach another level");
    for (a, b) in all_pairs(before.items().len()) {
        let (old, new) = (before.comparer().score(a, b), after.comparer().score(a, b));
        // Two bits around the threshold, a level of name or content may tip the scales.
        let near = (old.total - before.comparer().threshold()).abs() < 2000;
        assert!(old.relation == new.relation || near, "{old:?} {new:?}");
    }
}

/// An item of one pool of a few dozen.
fn item(name: &str, organizer: &str, targets: &str, schedule: Option<&str>, content: Option<&str>) -> Item {
    Item {
        name: name.into(),
        organizer: Some(organizer.into()),
        targets: vec![targets.into()],
        schedule: schedule.map(Into::into),
        content: content.map(Into::into),
        ..Item::default()
    }
}

/// The score of two items among others with which they share nothing, so that what they share is rare.
fn among_strangers(a: Item, b: Item) -> Score {
    let strangers = (0..40).map(|number| Item { id: format!("~{number:02}"), ..stranger() });
    let items = [Item { id: "A".into(), ..a }, Item { id: "B".into(), ..b }].into_iter().chain(strangers);
    let consolidator = consolidator();
    let study = consolidator.study(Input::new(items.collect())).expect("scored");
    study.comparer().score(ItemIdx::new(0), ItemIdx::new(1))
}

#[test]
fn a_time_left_open_speaks_neither_way_and_a_rhythm_of_its_own_against_one_visit() {
    let visit = |schedule| {
        among_strangers(
            item("养老机构消防安全检查", "消防救援大队", "养老机构", Some("5月"), None),
            item("养老机构价格收费检查", "市场监管局", "养老机构", schedule, None),
        )
    };
    let window = |score: &Score| score.levels[Aspect::Window as usize];
    let (fixed, open, rhythm) = (visit(Some("5月至6月")), visit(None), visit(Some("全年")));
    assert_eq!(
        [&fixed, &open, &rhythm].map(window),
        [Level::WindowMeets, Level::WindowUnknown, Level::WindowLoose]
    );
    assert_eq!(open.relation, Relation::Joint);
    assert!(rhythm.total < open.total && open.total < fixed.total);
}

#[test]
fn one_phrase_for_targets_does_not_make_two_matters_one() {
    let everyone = "各乡镇人民政府、街道办事处及旗直各有关部门、各企事业单位";
    let check = |name, organizer, content| item(name, organizer, everyone, Some("5月"), Some(content));
    let boilerplate = among_strangers(
        check("科研诚信督查", "科技局", "查看台账资料"),
        check("秸秆禁烧督查", "生态环境局", "查看台账资料"),
    );
    assert_eq!(boilerplate.levels[Aspect::Content as usize], Level::ContentVeryClose);
    assert_eq!(boilerplate.levels[Aspect::Concept as usize], Level::ConceptUnrelated);
    assert_eq!(boilerplate.relation, Relation::Distinct);
    let same = "逐村核对低收入户花名册、走访边缘户并登记漏报的收入来源";
    let told =
        among_strangers(check("科研诚信督查", "科技局", same), check("秸秆禁烧督查", "生态环境局", same));
    assert_eq!(told.levels[Aspect::Concept as usize], Level::ConceptNamed);
}

#[test]
fn what_scores_amid_the_year_may_be_the_check_and_what_scores_the_year_is_not() {
    let kind = |schedule| {
        let scoring = Item {
            kind: Some("考评".into()),
            ..item("生活垃圾分类实效考评", "城管局", "各街道", Some(schedule), None)
        };
        let check = item("生活垃圾分类落实情况督查", "政府督查室", "各街道", Some("9月-12月"), None);
        among_strangers(scoring, check).levels[Aspect::Kind as usize]
    };
    assert_eq!(kind("4月-9月"), Level::KindAlongside);
    assert_eq!(kind("12月"), Level::KindScoring);
    assert_eq!(kind("4月-6月"), Level::KindScoring);
}

#[test]
fn contents_tell_what_a_nickname_hides_unless_they_are_a_form() {
    let check = |name, organizer, content| item(name, organizer, "各街道", Some("6月"), Some(content));
    let told = among_strangers(
        check("窨井盖普查整治检查", "城管局", "缺失松动沉降的井盖，防坠网有没有挂牢，无主井谁来认领"),
        check("“脚底下的安全”督查", "政府督查室", "防坠网有没有挂牢，缺失松动沉降的井盖谁来补，无主井归谁"),
    );
    assert_eq!(told.levels[Aspect::Content as usize], Level::ContentTells);
    assert_eq!(told.relation, Relation::Duplicate);
    let form = among_strangers(
        check(
            "残疾人保障检查",
            "残联",
            "残疾人保障的隐患排查整改、台账资料、制度建立、宣传教育、经费保障情况",
        ),
        check("“清风”检查", "商务局", "成品油流通的隐患排查整改、台账资料、制度建立、宣传教育、经费保障情况"),
    );
    assert_eq!(form.levels[Aspect::Content as usize], Level::ContentVeryClose);
}

#[test]
fn one_matter_at_the_same_units_is_the_same_whoever_asks() {
    let concept = |organizer| {
        let fire = item("森林防火督查", "林业局", "各乡镇", Some("3月"), None);
        let other = item("森林草原防灭火检查", organizer, "各乡镇", Some("4月"), None);
        among_strangers(fire, other).levels[Aspect::Concept as usize]
    };
    assert_eq!(concept("应急管理局"), Level::ConceptSameUnits);
    assert_eq!(concept("林业局"), Level::ConceptSame);
}

#[test]
fn notes_speak_of_company_and_of_what_was_asked_before() {
    let with = |notes: &str, schedule| {
        let money = item("膳食补助资金使用检查", "财政局", "农村学校", Some("9月"), None);
        let meals = item("学生营养改善计划检查", "教育局", "农村学校", Some(schedule), None);
        among_strangers(Item { notes: Some(notes.into()), ..money }, meals).levels[Aspect::Notes as usize]
    };
    assert_eq!(with("可随教育局一起走", "9月-10月"), Level::NotesCompany);
    assert_eq!(with("可随教育局一起走", "4月"), Level::NotesPartner);
    assert_eq!(with("", "9月-10月"), Level::NotesSilent);
    let round = |content| {
        let first = item("社区矫正检查", "司法局", "各司法所", Some("5月"), Some("请销假、手机定位"));
        among_strangers(
            first,
            item("在矫人员定位和请销假抽查", "司法局", "各司法所", Some("11月"), Some(content)),
        )
    };
    assert_eq!(round("下半年一轮，项目同5月").levels[Aspect::Notes as usize], Level::NotesSame);
    assert_eq!(round("下半年一轮，项目同5月").relation, Relation::Split);
    assert_eq!(round("下半年一轮，项目同4月").levels[Aspect::Notes as usize], Level::NotesSilent);
}

#[test]
fn a_part_of_some_premises_is_not_in_others_that_are_public_too() {
    let venue = |targets, organizer| {
        let other = item("运行管理检查", organizer, targets, Some("5月"), None);
        let dormitory = item("学校宿舍运行管理检查", "教育局", "学校宿舍", Some("5月"), None);
        among_strangers(dormitory, other).levels[Aspect::Venue as usize]
    };
    assert_eq!(venue("辖区内机场", "交通运输局"), Level::VenueDifferent);
    assert_eq!(venue("宗教活动场所", "民宗局"), Level::VenueDifferent);
    assert_eq!(venue("各小学", "卫生健康局"), Level::VenueBroad);
}

#[test]
fn a_name_that_says_nothing_may_be_any_check_of_its_organizer() {
    let named = |name| {
        let licences = item("校外培训机构办学许可和收费检查", "教育局", "校外培训机构", Some("5月"), None);
        among_strangers(licences, item(name, "教育局", "校外培训机构", Some("5月"), None))
    };
    for nothing in ["日常监督检查", "常规工作检查", "双随机抽查"] {
        let score = named(nothing);
        assert_eq!(score.levels[Aspect::Name as usize], Level::NameHollow, "{nothing}");
        assert!(score.relation.merges(), "{nothing}");
    }
    assert_ne!(named("应急演练检查").levels[Aspect::Name as usize], Level::NameHollow);
}

#[test]
fn a_list_of_matters_takes_in_one_of_them_at_the_same_units() {
    let listed = |organizer| {
        let list = item("社会组织、殡葬服务单位联合抽查", "民政局", "社会组织、殡葬服务机构", None, None);
        let one = item("殡葬服务单位检查", organizer, "殡葬服务机构", None, None);
        among_strangers(list, one).levels[Aspect::Concept as usize]
    };
    assert_eq!(listed("民政局"), Level::ConceptListed);
    assert_eq!(listed("市场监管局"), Level::ConceptContained);
}

#[test]
fn who_asks_the_same_is_no_part_and_who_asks_less_is() {
    let fire = "卡点值守、火源管控、护林员在岗";
    let relation = |name, content| {
        let own = item("森林草原防灭火督查", "林草局", "各乡镇", Some("3月-5月"), Some(fire));
        let other = item(name, "政府督查室", "各乡镇", Some("4月"), Some(content));
        among_strangers(own, other).relation
    };
    // One concept in both names, and in a content besides: the same matter once more.
    assert_eq!(relation("森林防火责任督查", "森林防火责任、护林员在岗、火源管控"), Relation::Duplicate);
    // A nickname means what its content says.
    assert_eq!(relation("“进山不带火”督查", "森林防火卡点值守，护林员在岗"), Relation::Duplicate);
    // Who lists more takes it in as a part.
    assert_eq!(
        relation("防灾减灾救灾工作督查", "森林草原防灭火、防汛抗旱、地震应急三块工作各自落实情况"),
        Relation::Covered
    );
    assert_eq!(relation("森林防火、防汛抗旱责任督查", "森林防火责任"), Relation::Covered);
}

#[test]
fn notes_and_contents_say_what_goes_together_and_what_does_not() {
    let level = |notes: &str, content: &str| {
        let own = Item {
            notes: Some(notes.into()),
            ..item("河道水葫芦打捞检查", "水务局", "各乡镇", Some("6月"), Some(content))
        };
        let other = item("河湖长制落实情况督查", "河长办", "各乡镇", Some("6月"), None);
        among_strangers(own, other).levels[Aspect::Notes as usize]
    };
    for together in [
        "属河长制内容之一",
        "随河长制督查一道去",
        "属河长制考核的水面部分",
        "是河长制督查的一部分",
        "随河长制督查同步，不另行文",
        "并入河长制督查，不再另查",
    ] {
        assert_eq!(level(together, "打捞船出勤"), Level::NotesTogether, "{together}");
    }
    for separate in
        ["年底河长制再单独开展", "与河长制督查不是一回事", "河长制由河长办另考", "与河长制督查不是一个清单"]
    {
        assert_eq!(level(separate, "打捞船出勤"), Level::NotesSeparate, "{separate}");
    }
    assert_eq!(level("", "打捞船出勤。河长制、岸线不在此列"), Level::NotesSeparate);
    for (notes, content) in [
        ("随着河长制考核临近，打捞加密", "打捞船出勤"),
        ("属河长制考核之外的内容", "打捞船出勤"),
        ("河长制台账另查阅", "打捞船出勤"),
        ("河长制不是一个部门的事", "打捞船出勤"),
        ("", "河长制公示牌，但岸线不在此列"),
    ] {
        let told = level(notes, content);
        assert!(!matches!(told, Level::NotesTogether | Level::NotesSeparate), "{notes}{content}");
    }
}

#[test]
fn windows_that_nearly_meet_do_not_speak_against_one_matter() {
    let window = |schedule| {
        let fire = item("森林防火督查", "林业局", "各乡镇", Some("3月-4月"), None);
        let other = item("森林草原防灭火检查", "应急管理局", "各乡镇", Some(schedule), None);
        among_strangers(fire, other).levels[Aspect::Window as usize]
    };
    assert_eq!(window("4月"), Level::WindowMeets);
    assert_eq!(window("5月下旬"), Level::WindowNear);
    assert_eq!(window("6月"), Level::WindowApart);
}

#[test]
fn scoring_never_allocates() {
    let consolidator = consolidator();
    let bytes = std::fs::read(fixture("units.csv")).expect("the fixture is readable");
    let (units, _) = UnitGraph::from_csv(&bytes, consolidator.lexicon()).expect("the roster loads");
    let study = consolidator.study(Input::new(north()).with_units(&units)).expect("scored");
    let comparer = study.comparer();
    let mut merging = 0;
    let allocated = allocation_counter::measure(|| {
        for (a, b) in all_pairs(comparer.len()) {
            merging += usize::from(comparer.score(a, b).relation.merges());
        }
    });
    assert!(merging > 50);
    assert_eq!(allocated.count_total, 0, "{allocated:?}");
}
