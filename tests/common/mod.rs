//! Random pools of items: matters that repeat, overlap, look alike or have nothing to do with each other.

use proptest::prelude::*;
use tongchou::Item;

/// Matters that repeat, overlap, look alike or have nothing to do with each other.
const MATTERS: &[&str] = &[
    "森林草原防灭火",
    "森防",
    "林长制",
    "河湖长制",
    "河道清四乱",
    "养老机构消防安全",
    "养老院食品安全",
    "加油站计量",
    "加油站油气回收",
    "医保基金使用",
    "安全生产",
    "入河排污口",
    "入海排污口",
    "能耗双控",
    "用水总量双控",
    "学校食堂食品安全",
    "双减",
    "年度综合考核",
    "意识形态责任制",
    "耕地保护",
    "大棚房",
    "扫黑除恶",
    "网吧经营",
    "无名事项甲",
];
const ORGANIZERS: &[&str] = &[
    "县林业局",
    "县应急管理局",
    "县市场监管局",
    "县民政局",
    "县消防救援大队",
    "县水利局",
    "县委组织部",
    "县审计局",
    "县教育局",
];
const TARGETS: &[&str] = &[
    "各乡镇",
    "各乡镇、街道",
    "各乡镇、街道和县直部门",
    "辖区内养老机构",
    "辖区加油站",
    "有食堂的学校",
    "重点企业",
    "除城关镇以外的各乡镇",
    "",
];
const KINDS: &[&str] = &["督查", "检查", "考核", "专项检查", "飞行检查", "暗访抽查", "专题调研", "专项审计"];
const SEASONS: &[&str] = &["", "", "", "春季", "秋季", "上半年", "下半年", "2026年"];
const SCHEDULES: &[&str] = &["", "4月-5月", "9月", "全年", "上半年", "12月底前", "不定期", "随时"];
const FREQUENCIES: &[&str] = &["", "1次/年", "每季度1次", "不少于2次", "不定期"];
const CONTENTS: &[&str] = &[
    "",
    "检查责任落实、队伍和物资。",
    "考核党的建设(含意识形态责任制)、安全生产。",
    "督查河长巡河和河道清四乱、入河排污口整治情况。",
    "检查消防通道、食堂食品安全和护理人员。",
];

fn pick(list: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(list)
}

fn item() -> impl Strategy<Value = Item> {
    (
        pick(SEASONS),
        pick(MATTERS),
        pick(KINDS),
        pick(ORGANIZERS),
        pick(TARGETS),
        (pick(SCHEDULES), pick(FREQUENCIES), pick(CONTENTS)),
        proptest::bool::weighted(0.05),
    )
        .prop_map(|(season, matter, kind, organizer, target, (schedule, frequency, content), odd)| {
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            Item {
                name: if odd { "督查".to_owned() } else { format!("{season}{matter}{kind}") },
                organizer: some(organizer),
                targets: some(target).into_iter().collect(),
                schedule: some(schedule),
                frequency: some(frequency),
                content: some(content),
                ..Item::default()
            }
        })
}

pub(crate) fn pool(size: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = Vec<Item>> {
    proptest::collection::vec(item(), size).prop_map(|mut items| {
        for (number, item) in items.iter_mut().enumerate() {
            item.id = format!("X{number:03}");
        }
        items
    })
}
