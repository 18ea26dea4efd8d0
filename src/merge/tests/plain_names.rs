//! Names that an official would not write, and what the plan prints in their place.

use super::names::named;
use crate::model::relation::Relation::{Covered, Duplicate, Joint, Split};

#[test]
fn a_plain_name_wins_over_a_slogan_a_list_and_a_hollow_one() {
    for (core, other, expected) in [
        ("“码上查、掌上督”推进情况检查", "河湖长制落实情况督查", "2025年河湖长制落实情况督查"),
        ("“无火村组、街道”创建考评", "森林防火工作考核", "2025年森林防火工作考核"),
        ("苗木、地块、管护、补植情况检查", "国土绿化工作督查", "2025年国土绿化工作督查"),
        ("日常业务工作检查", "秸秆禁烧督查", "2025年秸秆禁烧督查"),
    ] {
        let group = [(core, "各乡镇", Duplicate), (other, "各乡镇", Duplicate)];
        assert_eq!(named(&group), expected, "{core}");
    }
}

#[test]
fn a_slogan_stays_where_nothing_plain_is_there() {
    let group = [
        ("“码上查、掌上督”推进情况检查", "各乡镇", Duplicate),
        ("“云督查”平台应用情况检查", "各乡镇", Duplicate),
    ];
    assert_eq!(named(&group), "2025年“码上查、掌上督”推进情况检查");
}

#[test]
fn a_name_has_one_bracket_and_says_its_year_once() {
    let rounds = [
        ("果园投入品检查（花期）", "果园", Split),
        ("果园投入品检查（采收期）", "果园", Split),
        ("“大棚房”问题检查", "果园", Covered),
    ];
    assert_eq!(named(&rounds), "2025年果园投入品检查（花期、采收期）");
    let year = [("“护林亮剑2025”系列行动检查", "林场", Duplicate), ("“护林亮剑2025”行动", "林场", Duplicate)];
    assert_eq!(named(&year), "2025年“护林亮剑”系列行动检查");
    let report = [("年度报告公示情况检查", "企业", Duplicate), ("年度报告公示抽查", "企业", Duplicate)];
    assert_eq!(named(&report), "2025年度报告公示情况检查");
}

#[test]
fn long_parts_are_left_to_the_list_of_parts() {
    let group = [
        ("乡村建设和人居环境整治提升工作情况督查", "各乡镇", Covered),
        ("农村生活污水治理检查", "各乡镇", Covered),
        ("农村黑臭水体排查整治检查", "各乡镇", Covered),
    ];
    assert_eq!(named(&group), "2025年乡村建设和人居环境整治提升工作情况督查");
}

#[test]
fn facets_are_words_and_not_places_or_fragments() {
    let water = [("农贸市场计量检查", "农贸市场", Joint), ("农贸市场“三查三看”专项检查", "农贸市场", Joint)];
    assert_eq!(named(&water), "2025年农贸市场跨部门联合检查");
    let meals =
        [("老年助餐点食品安全检查", "老年助餐点", Joint), ("老年助餐服务点运营检查", "老年助餐点", Joint)];
    assert_eq!(named(&meals), "2025年老年助餐点食品和运营联合检查");
    let same = [("旅馆消防安全检查", "旅馆", Joint), ("旅馆火灾隐患检查", "旅馆", Joint)];
    assert_eq!(named(&same), "2025年旅馆消防联合检查");
    let hollow = [
        ("旅馆消防安全检查", "旅馆", Joint),
        ("旅馆治安检查", "旅馆", Joint),
        ("旅馆综合监管检查", "旅馆", Joint),
    ];
    assert_eq!(named(&hollow), "2025年旅馆消防和治安联合检查");
    let safety =
        [("出租房屋租赁备案与结构安全检查", "出租房屋", Joint), ("出租房屋治安检查", "出租房屋", Joint)];
    assert_eq!(named(&safety), "2025年出租房屋结构安全和治安联合检查");
}

#[test]
fn counted_parts_are_told_together() {
    let group = [("第一代玉米螟防治成效检查", "各乡镇", Split), ("二代玉米螟防治情况检查", "各乡镇", Split)];
    assert_eq!(named(&group), "2025年玉米螟防治成效检查（第一、二代）");
}
