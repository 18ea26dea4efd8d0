//! Names of small groups from elsewhere than the fixture pool.

use super::stand_in;
use crate::lexicon::Lexicon;
use crate::merge::{Context, Member, merge};
use crate::model::item::Item;
use crate::model::relation::Relation::{self, Covered, Duplicate, Joint, Split};

/// The merged name of items given as name, target and relation; the first is the core.
fn named(group: &[(&str, &str, Relation)]) -> String {
    let lexicon = Lexicon::builtin();
    let known: Vec<_> = group
        .iter()
        .enumerate()
        .map(|(position, (name, target, relation))| {
            let item = Item {
                id: position.to_string(),
                name: (*name).to_owned(),
                targets: vec![(*target).to_owned()],
                ..Item::default()
            };
            let (standard, targets) =
                (stand_in::standard(&item, &lexicon), stand_in::targets(&item, &lexicon));
            (item, standard, targets, (position > 0).then_some(*relation))
        })
        .collect();
    let members: Vec<Member<'_>> = known
        .iter()
        .map(|(item, standard, targets, relation)| Member {
            item,
            standard,
            targets,
            organizer: None,
            co_organizers: &[],
            functions: &[],
            relation: *relation,
            evidence: None,
        })
        .collect();
    merge(&members, &Context { lexicon: &lexicon, plan_year: Some(2025) }).name.value
}

#[test]
fn joint_visits_are_named_after_place_and_facets() {
    let school = [
        ("民办学校办学行为年度检查", "民办学校", Joint),
        ("民办学校消防安全检查", "民办学校", Joint),
        ("民办学校收费情况监督检查", "民办学校", Joint),
    ];
    assert_eq!(named(&school), "2025年民办学校办学行为、消防和价格收费联合检查");
    let market = [
        ("农贸市场食品安全监督检查", "农贸市场", Joint),
        ("农贸市场计量器具检查", "农贸市场", Joint),
        ("集贸市场消防安全专项检查", "集贸市场", Joint),
        ("农贸市场活禽检疫检查", "农贸市场", Joint),
        ("农贸市场价格监督检查", "农贸市场", Joint),
    ];
    assert_eq!(named(&market), "2025年农贸市场跨部门联合检查");
}

#[test]
fn rounds_and_subsets_of_one_organizer_share_a_name() {
    assert_eq!(
        named(&[("2024年第一季度安全生产督查", "各镇", Split), ("安全生产督查", "各镇", Split)]),
        "2024年第一季度安全生产督查",
    );
    assert_eq!(
        named(&[("关于开展夏粮收购检查的通知", "粮库", Split), ("秋粮收购检查", "粮库", Split)]),
        "2025年夏粮和秋粮收购检查",
    );
    assert_eq!(
        named(&[("高校食堂食品安全检查", "高校", Split), ("中小学食堂食品安全检查", "中小学", Split)]),
        "2025年高校食堂和中小学食堂食品安全检查",
    );
    assert_eq!(
        named(&[("上半年粮食安全考核", "各乡镇", Split), ("年终粮食安全考核", "各乡镇", Split)]),
        "2025年粮食安全考核（半年、年终）",
    );
}

#[test]
fn parts_stand_in_brackets_unless_the_name_says_them() {
    let named_part = [("安全生产和消防工作考核", "各乡镇", Covered), ("消防工作考核", "各乡镇", Covered)];
    assert_eq!(named(&named_part), "2025年安全生产和消防工作考核");
    let other_part = [("耕地保护督查", "各乡镇", Covered), ("“大棚房”问题排查整治检查", "各乡镇", Covered)];
    assert_eq!(named(&other_part), "2025年耕地保护督查（含大棚房）");
}

#[test]
fn duplicates_take_the_core_s_name_without_boilerplate() {
    assert_eq!(
        named(&[
            ("关于開展秸稈禁燒專項督查的通知", "各乡镇", Duplicate),
            ("秸秆焚烧问题巡查", "各乡镇", Duplicate)
        ]),
        "2025年秸秆禁烧督查",
    );
    assert_eq!(
        named(&[("年度平安建设考核", "各乡镇", Duplicate), ("平安建设考评", "各乡镇", Duplicate)]),
        "2025年度平安建设考核",
    );
    assert_eq!(
        named(&[
            ("对食品生产企业的检查", "食品生产企业", Duplicate),
            ("食品生产企业检查", "食品生产企业", Duplicate)
        ]),
        "2025年食品生产企业检查",
    );
}

#[test]
fn long_names_are_cut_at_a_stop() {
    let long = "行政执法公示、全过程记录、重大执法决定法制审核、行政裁量权基准、行政执法案卷、罚没款项收缴以及执法装备配备落实情况监督检查";
    let name = named(&[(long, "各执法部门", Duplicate), ("行政执法检查", "各执法部门", Duplicate)]);
    assert_eq!(name, "2025年行政执法公示、全过程记录、重大执法决定法制审核等监督检查");
    assert!(name.chars().count() <= 40);
}

#[test]
fn the_whole_names_the_group_not_the_part() {
    let part_first = [
        ("涉黑涉恶重点行业整治及“打伞破网”推进情况检查", "各乡镇", Covered),
        ("常态化开展扫黑除恶斗争工作情况督导", "各乡镇", Covered),
    ];
    assert_eq!(named(&part_first), "2025年常态化扫黑除恶斗争工作情况督导");
    let slogan_first = [
        ("“无诈乡镇”创建情况考评", "各乡镇", Duplicate),
        ("打击治理电信网络诈骗责任考核", "各乡镇", Duplicate),
    ];
    assert_eq!(named(&slogan_first), "2025年打击治理电信网络诈骗责任考核");
}

#[test]
fn brackets_and_stages_of_all_parts_are_told() {
    let festivals =
        [("旅游景区安全检查（五一）", "旅游景区", Split), ("旅游景区安全检查（国庆）", "旅游景区", Split)];
    assert_eq!(named(&festivals), "2025年旅游景区安全检查（五一、国庆）");
    let stages = [
        ("技改奖补项目竣工核验", "规上企业", Split),
        ("企业技改专项项目启动情况核查", "规上企业", Split),
        ("技术改造项目中期进度检查", "规上企业", Split),
    ];
    assert_eq!(named(&stages), "2025年技改奖补项目核验（启动、中期、竣工）");
}

#[test]
fn slips_are_mended_by_what_another_text_writes() {
    let slip =
        [("信访工作责任落实清况督查", "各乡镇", Duplicate), ("信访责任履行情况督查", "各乡镇", Duplicate)];
    assert_eq!(named(&slip), "2025年信访工作责任落实情况督查");
    // Nobody else writes 情况: the word stays.
    let alone = [("信访工作责任落实清况督查", "各乡镇", Duplicate), ("信访责任督查", "各乡镇", Duplicate)];
    assert_eq!(named(&alone), "2025年信访工作责任落实清况督查");
    // Right words that look like slips stay too.
    let right =
        [("农业机构检查", "农业机构", Duplicate), ("农机购置补贴和农业机构检查", "农业机构", Duplicate)];
    assert_eq!(named(&right), "2025年农业机构检查");
}

#[test]
fn addresses_and_papers_are_read_as_such() {
    let addressed = [
        ("对交通建设工程的安全生产监督检查", "工地", Duplicate),
        ("交通建设工程安全生产检查", "工地", Duplicate),
    ];
    assert_eq!(named(&addressed), "2025年交通建设工程安全生产监督检查");
    let paper = [("年度报告公示信息的检查", "企业", Duplicate), ("年度报告公示信息检查", "企业", Duplicate)];
    assert_eq!(named(&paper), "2025年年度报告公示信息检查");
}
