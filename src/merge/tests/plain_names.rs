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

#[test]
fn what_an_office_puts_around_a_name_goes() {
    for (core, other, expected) in [
        (
            "关于印发《2025年全县渠道管护专项督导工作方案》的通知",
            "渠道管护督导（县水字〔2025〕12号）",
            "2025年渠道管护督导",
        ),
        (
            "关于开展2025年全县粮食安全责任制落实情况考核工作的通知（县粮办〔2025〕3号）",
            "粮食安全党政同责考核",
            "2025年粮食安全责任制落实情况考核",
        ),
        ("1.森林草原防火督查", "（二）森林防火检查", "2025年森林草原防火督查"),
        ("【重点】秸秆综合利用项目绩效考评-2025", "秸秆综合利用考核", "2025年秸秆综合利用项目绩效考评"),
        ("档案工作检查。", "机关档案检查；", "2025年档案工作检查"),
        ("污水处理厂运行监管、", "城镇污水处理厂检查和", "2025年污水处理厂运行监管"),
        ("检查粮油市场价格", "粮油价格检查", "2025年粮油市场价格检查"),
        (
            "关于对我县2024-2025年度耕地地力保护补贴发放情况进行专项检查的通知",
            "耕地地力保护补贴资金检查",
            "2024-2025年度耕地地力保护补贴发放情况检查",
        ),
        ("蔬菜农药残留检查、抽样", "蔬菜农药残留检查", "2025年蔬菜农药残留检查"),
        ("果园灌溉设施使用情况的年中督导", "果园灌溉设施督导", "2025年果园灌溉设施使用情况年中督导"),
    ] {
        let group = [(core, "各乡镇", Duplicate), (other, "各乡镇", Duplicate)];
        assert_eq!(named(&group), expected, "{core}");
    }
}

#[test]
fn a_name_that_runs_on_gives_way_to_a_plain_one() {
    for (core, other, expected) in [
        (
            "全县各级党组织落实全面从严治党主体责任情况的检查考核及述责述廉工作",
            "全面从严治党主体责任检查",
            "2025年全面从严治党主体责任检查",
        ),
        (
            "关于“基层减负”、精文减会、整治形式主义突出问题等落实情况的督查调研",
            "整治形式主义为基层减负督查",
            "2025年整治形式主义为基层减负督查",
        ),
    ] {
        let group = [(core, "各乡镇", Duplicate), (other, "各乡镇", Duplicate)];
        assert_eq!(named(&group), expected, "{core}");
    }
}

#[test]
fn occasions_and_numbers_stay_whole() {
    let rains = [
        ("汛前河道行洪障碍清理情况检查", "各乡镇", Split),
        ("汛中河道行洪障碍检查", "各乡镇", Split),
        ("汛后水毁修复检查", "各乡镇", Split),
    ];
    assert_eq!(named(&rains), "2025年河道行洪障碍清理情况检查（汛前、汛中、汛后）");
    let feasts =
        [("春节前烟花爆竹零售点检查", "零售点", Split), ("清明前烟花爆竹零售点检查", "零售点", Split)];
    assert_eq!(named(&feasts), "2025年烟花爆竹零售点检查（春节前、清明前）");
    let harvests = [("三夏期间农机安全检查", "合作社", Split), ("秋收农机安全生产检查", "合作社", Split)];
    assert_eq!(named(&harvests), "2025年夏、秋季农机安全检查");
    let sales =
        [("“双11”期间网络直播带货检查", "直播机构", Split), ("“618”期间网络直播带货检查", "直播机构", Split)];
    assert_eq!(named(&sales), "2025年“双11”和“618”期间网络直播带货检查");
    let months = [("1-6月税收保障考核", "各部门", Split), ("7-12月税收保障考核", "各部门", Split)];
    assert_eq!(named(&months), "2025年1-6月和7-12月税收保障考核");
}

#[test]
fn a_place_is_a_whole_word() {
    let baths = [("洗浴行业治安检查", "洗浴场所", Joint), ("洗浴场所消防安全检查", "洗浴场所", Joint)];
    assert_eq!(named(&baths), "2025年洗浴场所治安和消防联合检查");
    let stone =
        [("石材加工厂粉尘、噪声污染执法检查", "石材厂", Joint), ("石材企业职业健康检查", "石材厂", Joint)];
    assert_eq!(named(&stone), "2025年石材加工厂跨部门联合检查");
    let nursing =
        [("月子中心母婴护理服务质量检查", "月子中心", Joint), ("月子中心消防、用电检查", "月子中心", Joint)];
    assert_eq!(named(&nursing), "2025年月子中心服务质量和消防联合检查");
}

#[test]
fn a_part_is_told_by_its_own_words_or_not_at_all() {
    for (part, expected) in [
        ("“双公示”信息报送检查", "2025年法治政府建设督察（含“双公示”信息报送）"),
        ("窗口一次告知、容缺受理和延时服务检查", "2025年法治政府建设督察"),
    ] {
        let group = [("法治政府建设督察", "各部门", Covered), (part, "各部门", Covered)];
        assert_eq!(named(&group), expected, "{part}");
    }
}
