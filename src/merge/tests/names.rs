//! Names of small groups from elsewhere than the fixture pool.

use super::stand_in;
use crate::lexicon::Lexicon;
use crate::merge::{Context, Member, merge};
use crate::model::item::Item;
use crate::model::relation::Relation::{self, Covered, Duplicate, Joint, Split};

/// The merged name of items given as name, target and relation; the first is the core.
pub(super) fn named(group: &[(&str, &str, Relation)]) -> String {
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
    assert_eq!(named(&other_part), "2025年耕地保护督查（含“大棚房”问题）");
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
    let name = named(&[(long, "各执法部门", Duplicate), (long, "各执法部门", Duplicate)]);
    assert!(name.starts_with("2025年行政执法公示、全过程记录、重大执法决定法制审核"), "{name}");
    assert!(name.ends_with("等监督检查"), "{name}");
    assert!(name.chars().count() <= 40);
}
