//! Names taken apart, kinds and protections.

use proptest::prelude::*;
use tongchou::Item;
use tongchou::lexicon::Lexicon;
use tongchou::model::kind::Kind;
use tongchou::model::relation::Protection;
use tongchou::model::schedule::Round::{
    self, Autumn, Batch, FirstHalf, MidTerm, Quarter, SecondHalf, Spring, Summer, Winter, YearEnd,
};
use tongchou::standardise::{
    Context, Places, Protectable, infer_plan_year, kind, name_parts, protections, standardise,
};

fn with_context<T>(work: impl FnOnce(&Context<'_>) -> T) -> T {
    let lexicon = Lexicon::builtin();
    let places = Places::new(vec!["青林区".to_owned(), "河源市".to_owned(), "青林".to_owned()]);
    work(&Context { lexicon: &lexicon, plan_year: Some(2023), places: &places })
}

#[test]
fn nicknames() {
    with_context(|context| {
        let told = |name: &str| name_parts(name, context).nickname;
        assert!(told("“脚底下的安全”专项督查"));
        assert!(!told("根治欠薪“暖冬”行动检查"));
        assert!(!told("“双随机、一公开”抽查"));
        assert!(!told("涉渔“三无”船舶整治情况督查"));
        assert!(!told("落实“双减”政策督导"));
        assert!(!told("森林防火检查"));
    });
}

#[test]
fn matters() {
    let table: &[(&str, &str, &[Round])] = &[
        ("关于开展秋季开学检查的通知", "开学", &[Autumn]),
        ("2023年春季学期开学工作专项督导检查", "开学", &[Spring]),
        ("平安青林建设年度考评", "平安建设", &[YearEnd]),
        ("青林河河道保洁检查", "青林河河道保洁", &[]),
        ("青林河道保洁检查", "河道保洁", &[]),
        ("青林老旧小区改造检查", "老旧小区改造", &[]),
        ("机关中层干部述职评议", "机关中层干部", &[]),
        ("上半年养老机构服务质量安全检查", "养老机构服务质量安全", &[FirstHalf]),
        ("《信访工作条例》贯彻落实暨信访工作责任制落实情况督查", "信访工作条例暨信访工作责任制", &[]),
        ("检查《中华人民共和国草原法》实施情况", "草原法", &[]),
        ("对粮食收购和秋季储粮安全情况的检查", "粮食收购和储粮安全", &[Autumn]),
        ("夏粮收购监督检查", "粮食收购", &[Summer]),
        ("秋粮收购监督检查", "粮食收购", &[Autumn]),
        ("农资打假春、秋季专项检查", "农资打假", &[Spring, Autumn]),
        ("基本公共卫生服务项目半年绩效考核", "基本公共卫生服务项目", &[FirstHalf]),
        ("基本公共卫生服务项目年终绩效考核", "基本公共卫生服务项目", &[YearEnd]),
        ("林长制年度督查考核", "林长制", &[YearEnd]),
        ("林长制半年工作情况督查", "林长制", &[FirstHalf]),
        ("第一批重点企业安全检查", "重点企业安全", &[Batch(1)]),
        ("科技计划项目中期执行情况检查", "科技计划项目", &[MidTerm]),
        ("三季度信访工作督查", "信访", &[Quarter(3)]),
        ("今冬明春火灾防控督查", "火灾防控", &[Spring, Winter]),
        ("下半年青林区养老服务机构综合监管检查", "养老服务机构", &[SecondHalf]),
        ("青林区2023年度校外培训机构专项检查", "校外培训机构", &[]),
        ("2023年度全市校外培训机构部门联合抽查", "校外培训机构", &[]),
        ("青春季文化活动场所检查", "青春季文化活动场所", &[]),
        ("食品安全区域协作检查", "食品安全区域协作", &[]),
        ("对养老机构的监督检查", "养老机构", &[]),
        ("生活饮用水卫生监督检查(二次供水)", "生活饮用水卫生(二次供水)", &[]),
        ("用人单位劳动用工监督检查(书面审查)", "用人单位劳动用工", &[]),
        ("校外培训机构治理专项检查（学科类、非学科类）", "校外培训机构治理(学科类、非学科类)", &[]),
        ("社会组织“双随机、一公开”抽查", "社会组织", &[]),
        ("安全生产大检查综合督查", "安全生产", &[]),
        ("安全生产“十五条硬措施”落实情况督查", "安全生产十五条硬措施", &[]),
        ("财政预算执行及绩效管理考评实施细则", "财政预算执行", &[]),
        ("听取和审议区人民政府关于法治政府建设情况的报告", "法治政府建设", &[]),
        ("关于农村牧区养老服务情况的专题调研", "农村牧区养老服务", &[]),
        ("社会信用体系建设重点任务落实情况检查", "社会信用体系建设", &[]),
        ("双创示范基地建设专项督查组", "双创示范基地建设", &[]),
        ("年度报告公示信息的检查", "年度报告公示信息", &[]),
        ("对外贸易企业检查", "对外贸易企业", &[]),
        ("排污单位审批、验收、许可证等落实情况抽查", "排污单位审批、验收、许可证", &[]),
        ("学生体质健康测试数据抽查复核（2022年）", "学生体质健康测试数据", &[]),
        ("关于开展农业普查专项督查的通知", "农业普查", &[]),
        ("水行政执法检查", "水行政执法", &[]),
        ("医保智能监控执法检查", "医保智能监控", &[]),
        ("平安考评", "平安", &[]),
        ("养老机构", "养老机构", &[]),
        ("督查", "督查", &[]),
        ("2023年专项督查", "专项督查", &[]),
        ("2023年", "2023年", &[]),
        ("常规工作检查", "常规工作检查", &[]),
    ];
    let wrong: Vec<String> = with_context(|context| {
        table
            .iter()
            .filter_map(|(name, matter, rounds)| {
                let found = name_parts(name, context);
                (*found.matter != **matter || found.rounds != *rounds)
                    .then(|| format!("{name}: expected {matter} {rounds:?}, found {found:?}"))
            })
            .collect()
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn years_of_names() {
    with_context(|context| {
        for (name, year) in [
            ("2023年度政务公开考核", Some(2023)),
            ("政务公开考核(2022)", Some(2022)),
            ("二〇二三年档案检查", Some(2023)),
            ("儿童发展纲要(2021—2030年)实施情况评估", None),
            ("12369环境污染举报核查", None),
            ("《方案(2022年版)》执行情况督查", None),
        ] {
            assert_eq!(name_parts(name, context).year, year, "{name}");
        }
    });
}

#[test]
fn kinds() {
    with_context(|context| {
        for (field, name, expected) in [
            (Some("督查"), "养老机构检查", (Kind::Supervision, true)),
            (Some("督导检查"), "开学", (Kind::Supervision, true)),
            (Some("监督检查"), "开学", (Kind::Inspection, true)),
            (Some("日常"), "养老机构抽查", (Kind::SpotCheck, true)),
            (None, "养老机构监督检查", (Kind::Inspection, true)),
            (None, "林长制年度督查考核", (Kind::Assessment, true)),
            (None, "平安建设工作年度考评", (Kind::Assessment, true)),
            (None, "普法规划实施情况评估", (Kind::Evaluation, true)),
            (None, "惠农资金专项审计", (Kind::Audit, true)),
            (None, "七届区委第四轮巡察", (Kind::DisciplinaryTour, true)),
            (None, "关于养老服务情况的专题调研", (Kind::Research, true)),
            (None, "养老机构", (Kind::Inspection, false)),
            (Some(""), "养老机构", (Kind::Inspection, false)),
        ] {
            let parts = name_parts(name, context);
            assert_eq!(kind(field, &parts, context), expected, "{field:?} {name}");
        }
    });
}

#[test]
fn reasons_to_stand_alone() {
    let table: &[(&str, &str, &str, &str, &[Protection])] = &[
        ("环境污染举报信访件现场核查", "现场核查", "", "生态环境分局", &[Protection::Complaint]),
        ("信访工作责任制落实情况督查", "", "", "信访局", &[]),
        ("重大事故隐患责令限期整改复查", "复查", "", "应急管理局", &[Protection::Recheck]),
        ("《安全生产法》执法检查", "", "", "区人大常委会财经工委", &[Protection::Congress]),
        ("检查《草原法》实施情况", "执法检查", "", "区人大常委会", &[Protection::Congress]),
        ("机关公车管理检查", "现场", "", "区人大常委会办公室", &[]),
        ("检查《养老服务促进条例》贯彻执行情况", "", "", "区人大常委会", &[Protection::Congress]),
        ("企业稽查", "", "稽查须单独实施。", "海关", &[Protection::SeparateByLaw]),
        (
            "违规吃喝问题明察暗访",
            "暗访",
            "",
            "区纪委监委",
            &[Protection::Discipline, Protection::Unannounced],
        ),
        ("惠农资金专项审计", "就地审计", "", "区审计局", &[Protection::Audit]),
        ("食品生产企业飞行检查", "", "", "市监局", &[Protection::Unannounced]),
        ("重点行业安全生产“四不两直”暗访抽查", "", "", "安委办", &[Protection::Unannounced]),
        ("基层减负督查", "四不两直、蹲点调研", "", "区委办公室", &[]),
        ("基层减负督查", "四不两直", "", "区委办公室", &[Protection::Unannounced]),
        ("基层减负督查", "四不两直方式", "", "区委办公室", &[Protection::Unannounced]),
        ("河湖长制督查", "明察暗访", "", "水务局", &[]),
        ("河湖长制督查", "随机暗访+现场", "", "水务局", &[]),
        ("养老机构检查", "现场", "", "民政局", &[]),
        ("", "", "", "", &[]),
    ];
    with_context(|context| {
        for (name, method, content, organizer, expected) in table {
            let fold = tongchou::text::fold;
            let (name, method, content, organizer) =
                (fold(name), fold(method), fold(content), fold(organizer));
            let item = Protectable {
                name: &name,
                method: &method,
                content: &content,
                organizer: &organizer,
                ..Protectable::default()
            };
            assert_eq!(protections(&item, context), *expected, "{name} / {method} / {organizer}");
        }
    });
}

#[test]
fn an_order_looked_at_again_stands_alone() {
    let cases = [
        ("责令改正电站生态流量达标情况复查", "两座小水电站", true),
        ("电站生态流量复查", "2024年被责令改正的两座小水电站", true),
        ("电站生态流量复查", "两座小水电站", false),
        ("重大火灾隐患单位挂牌情况检查", "大型商业综合体", false),
        ("电站生态流量检查", "2024年被责令改正的两座小水电站", false),
        ("信访事项复查", "责令改正的单位", false),
    ];
    with_context(|context| {
        for (name, target, alone) in cases {
            let (name, targets) = (tongchou::text::fold(name), [target.to_owned()]);
            let item = Protectable { name: &name, targets: &targets, ..Protectable::default() };
            let found = protections(&item, context).contains(&Protection::Recheck);
            assert_eq!(found, alone, "{name} / {target}");
        }
    });
}

#[test]
fn what_follows_cases_stands_alone() {
    let cases: &[(&str, [&str; 2], &str, &[Protection])] = &[
        ("拖欠工资情况查处", ["收到7日内", ""], "项目部", &[Protection::Complaint]),
        ("扬尘问题核查", ["全年", "接诉即查"], "工地", &[Protection::Complaint]),
        ("扬尘问题核查", ["全年", "每季度"], "被投诉的工地", &[Protection::Complaint]),
        ("扬尘问题核查", ["全年", "每季度"], "投诉较多的工地", &[]),
        ("扬尘问题核查", ["全年", "按投诉量确定"], "被投诉频繁的工地", &[]),
        ("扬尘问题核查", ["接报24小时内", ""], "工地", &[Protection::Complaint]),
        ("扬尘问题核查", ["每季度直接报送后", "每单位抽查3个案卷"], "工地", &[]),
        ("文明单位复核", ["按单位分批", ""], "各单位", &[]),
        ("盗挖砂石查处", ["随案", ""], "涉案人员", &[Protection::Case]),
        ("商业综合体安全复查", ["整改期满", "按单"], "商场", &[Protection::Recheck]),
        ("商业综合体安全检查", ["整改期满", "按单"], "商场", &[]),
        ("商业综合体安全复查", ["9月", "1次"], "商场", &[]),
    ];
    with_context(|context| {
        for (name, [schedule, frequency], target, expected) in cases {
            let standard = standardise(
                &Item {
                    name: (*name).to_owned(),
                    schedule: Some((*schedule).to_owned()),
                    frequency: Some((*frequency).to_owned()),
                    targets: vec![(*target).to_owned()],
                    ..Item::default()
                },
                context,
            );
            assert_eq!(standard.protections, *expected, "{name} / {schedule} / {frequency} / {target}");
        }
    });
}

#[test]
fn cells_that_hold_what_belongs_to_others() {
    let item = |schedule: &str, ratio: &str, targets: &str| Item {
        name: "养老机构检查".to_owned(),
        schedule: Some(schedule.to_owned()),
        ratio: Some(ratio.to_owned()),
        targets: vec![targets.to_owned()],
        ..Item::default()
    };
    with_context(|context| {
        let standard = standardise(&item("6月-9月; 至少2次", "", "养老机构"), context);
        assert_eq!(standard.frequency.min_per_year, Some(2));
        assert_eq!(standard.schedule.windows.len(), 1);
        let standard = standardise(&item("6月、9月", "3%;2次/年", "养老机构"), context);
        assert_eq!(standard.frequency.per_year(), Some(2));
        assert_eq!(standard.ratio.min_share, Some(300));
        let standard = standardise(
            &item("9月-11月; 全年抽查比例不低于5%,抽查频次根据监管需要确定", "", "养老机构"),
            context,
        );
        assert_eq!(standard.ratio.min_share, Some(500));
        assert_eq!(standard.frequency.per_year(), None);
        let standard = standardise(&item("4月", "", "养老机构(抽查不少于20%)"), context);
        assert_eq!(standard.ratio.min_share, Some(2000));
        let standard = standardise(&item("4月、10月", "", "30家养老机构"), context);
        assert_eq!((standard.frequency.per_year(), standard.ratio.min_count), (None, None));
    });
}

#[test]
fn plan_years() {
    let item = |name: &str, schedule: &str| Item {
        name: name.to_owned(),
        schedule: Some(schedule.to_owned()),
        ..Item::default()
    };
    assert_eq!(infer_plan_year(&[]), None);
    assert_eq!(infer_plan_year(&[item("养老机构检查", "6月")]), None);
    assert_eq!(
        infer_plan_year(&[item("养老机构检查", "2023年6月"), item("2022年考核", "")]),
        Some(2023),
        "ties go to the later"
    );
    assert_eq!(
        infer_plan_year(&[item("a", "2022年6月"), item("2022年考核", ""), item("2023年b", "2023年3月")]),
        Some(2022)
    );
    assert_eq!(infer_plan_year(&[item("a", "2023年12月-2024年1月")]), Some(2023));
}

#[test]
fn the_fixture_pool_is_understood() {
    use tongchou::model::schedule::Certainty;
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pool-north/items.jsonl");
    let text = std::fs::read_to_string(path).expect("the fixture is readable");
    let items: Vec<Item> = text.lines().map(|line| serde_json::from_str(line).expect("an item")).collect();
    assert_eq!(infer_plan_year(&items), Some(2023));
    with_context(|context| {
        let standards: Vec<_> = items.iter().map(|item| standardise(item, context)).collect();
        let unknown =
            standards.iter().filter(|standard| standard.schedule.certainty == Certainty::Unknown).count();
        assert!(unknown * 100 < items.len() * 3, "{unknown} schedules are unknown");
        let unread = items.iter().zip(&standards).filter(|(item, standard)| {
            item.frequency.is_some()
                && standard.frequency.per_year().is_none()
                && !standard.frequency.irregular
                || item.ratio.is_some() && standard.ratio.bound.is_none() && !standard.ratio.whole
        });
        let unread = unread.count();
        assert!(unread * 100 < items.len() * 3, "{unread} frequencies or ratios are unknown");
        assert!(standards.iter().all(|standard| !standard.name.matter.is_empty()));
    });
}

#[test]
fn long_names_end() {
    with_context(|context| {
        for name in [
            "检查".repeat(20_000),
            "的通知".repeat(20_000),
            "“".repeat(50_000),
            "《".repeat(50_000),
            "年度".repeat(20_000),
            "(".repeat(50_000),
        ] {
            let found = name_parts(&name, context);
            assert!(!found.matter.is_empty());
        }
    });
}

const WORDS: &[&str] = &[
    "2023年",
    "2023年度",
    "春季",
    "秋季",
    "上半年",
    "第一批",
    "全区",
    "青林区",
    "关于",
    "对",
    "开展",
    "进一步加强",
    "养老机构",
    "安全生产",
    "食品安全",
    "信访工作",
    "责任制",
    "学校食堂",
    "和",
    "及",
    "暨",
    "、",
    "落实情况",
    "工作",
    "情况",
    "的",
    "等",
    "专项",
    "监督检查",
    "督查",
    "考核",
    "抽查",
    "验收",
    "年度",
    "的通知",
    "环境保护",
    "服务质量",
    "(试行)",
    "大检查",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn no_name_loses_its_matter(name in "\\PC{1,40}") {
        let folded = tongchou::text::fold(&name);
        with_context(|context| {
            let found = name_parts(&name, context);
            prop_assert_eq!(&found.folded, &folded);
            prop_assert_eq!(found.matter.is_empty(), folded.is_empty(), "{}", name);
            Ok(())
        })?;
    }

    #[test]
    fn the_matter_of_a_mixed_name_is_never_empty(words in proptest::collection::vec(proptest::sample::select(WORDS), 1..9)) {
        let name = words.concat();
        with_context(|context| {
            let found = name_parts(&name, context);
            prop_assert!(!found.matter.is_empty(), "{}", name);
            prop_assert!(found.rounds.is_sorted());
            Ok(())
        })?;
    }

    #[test]
    fn the_matter_of_a_framed_name_is_what_was_framed(
        prefix in proptest::sample::select(&["", "关于开展", "2023年", "2023年度全区", "关于进一步加强", "春季", "青林区"][..]),
        matter in proptest::sample::select(&["养老机构消防安全", "学校食堂食品安全", "扫黑除恶斗争", "河湖长制", "秸秆露天禁烧", "优化营商环境"][..]),
        suffix in proptest::sample::select(&["检查", "督查", "落实情况督查", "工作考核", "专项督导检查", "情况的监督检查", "检查的通知", "工作年度考评", "“双随机、一公开”抽查"][..]),
    ) {
        let name = format!("{prefix}{matter}{suffix}");
        with_context(|context| {
            let found = name_parts(&name, context);
            prop_assert_eq!(&*found.matter, matter, "{}", name);
            let again = name_parts(&found.matter, context);
            prop_assert_eq!(&*again.matter, matter);
            Ok(())
        })?;
    }
}
