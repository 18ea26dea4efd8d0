//! What rank a cited document has.

use super::Places;
use crate::model::citation::Rank;

/// Provinces as they lead a title, without 省 and 自治区.
const PROVINCES: &[&str] = &[
    "北京",
    "天津",
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "上海",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "重庆",
    "四川",
    "贵州",
    "云南",
    "西藏",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
];

/// First characters of document numbers of provinces: 内政办字, 鄂双办发, 沪府发.
const PROVINCE_LETTERS: &str = "京津冀晋蒙内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕秦甘陇青宁新";

/// Beginnings of document numbers of the Party centre.
const PARTY_NUMBERS: &[&str] =
    &["中发", "中办", "中组", "中宣", "中纪", "中政", "中央", "中共中央", "厅字", "组通字"];

/// Beginnings of document numbers of the State Council and the ministries.
const NATIONAL_NUMBERS: &[&str] = &[
    "国",
    "发改",
    "教",
    "科",
    "工信",
    "民发",
    "民函",
    "民办",
    "公通",
    "公传",
    "公消",
    "公治",
    "安委",
    "安监",
    "司",
    "财",
    "人社",
    "劳社",
    "自然资",
    "环",
    "生态环",
    "建",
    "住建",
    "交",
    "水",
    "办河",
    "办水",
    "农",
    "商",
    "文旅",
    "文物",
    "卫",
    "退役军人",
    "应急",
    "审",
    "市监",
    "体",
    "医保",
    "能源",
    "林",
    "草",
    "食",
    "药监",
    "质检",
    "银",
    "证监",
    "保监",
    "税",
    "海关",
    "邮",
    "烟",
    "档",
    "密",
    "矿安",
    "消防",
    "联防联控",
    "信访",
    "统战",
    "网信",
    "残联",
    "关于",
];

/// Rank of a document number's issuer, e.g. 国办发, 内政办字; `None` where it tells nothing.
pub(super) fn of_number(issuer: &str, places: &Places) -> Option<Rank> {
    if issuer.ends_with('令') {
        return Some(if issuer.contains("主席令") {
            Rank::Law
        } else if issuer.contains("国务院令") {
            Rank::AdministrativeRegulation
        } else if issuer.contains('省') || issuer.contains("自治区") || led_by_province(issuer) {
            Rank::Provincial
        } else if issuer.contains("市政府") || issuer.contains("市人民政府") {
            Rank::Municipal
        } else {
            Rank::National
        });
    }
    if PARTY_NUMBERS.iter().any(|start| issuer.starts_with(start)) {
        return Some(Rank::PartyRegulation);
    }
    let first = issuer.chars().next()?;
    if let Some(place) = places.beginning_with(first) {
        return Some(if place.ends_with(['市', '盟', '州']) { Rank::Municipal } else { Rank::County });
    }
    if NATIONAL_NUMBERS.iter().any(|start| issuer.starts_with(start))
        || issuer.contains("国务院")
        || issuer.ends_with("公告")
    {
        return Some(Rank::National);
    }
    PROVINCE_LETTERS.contains(first).then_some(Rank::Provincial)
}

/// Rank of a document by its (folded) title.
///
/// The last word decides the sort (法, 条例, 办法 …), the first words the level: a place in front of
/// 条例 or 办法 makes it local. Words of the Party make it a Party regulation.
pub(super) fn of_title(title: &str) -> Rank {
    // 安全生产法(2021修正): what is in brackets at the end says nothing of the sort.
    let core = match title.strip_suffix(')').and_then(|inner| inner.rfind('(')) {
        Some(open) if open > 0 => &title[..open],
        _ => title.trim_end_matches(['"', ')', '》']),
    };
    if title.starts_with("有关") || title.starts_with("相关") || title.starts_with('等') {
        return Rank::Unknown;
    }
    let level = place_level(title);
    if title.starts_with("中共中央")
        || title.starts_with("中央")
        || title.starts_with("中办")
        || title.contains("党内法规")
    {
        return Rank::PartyRegulation;
    }
    if core.ends_with('法')
        && !["办法", "方法", "做法", "执法", "司法", "普法"].iter().any(|word| core.ends_with(word))
    {
        return Rank::Law;
    }
    let sort = ["条例", "细则", "规定", "办法", "规则", "准则", "决定"]
        .into_iter()
        .find(|sort| core.ends_with(sort));
    let party = [
        "共产党",
        "党政",
        "党委",
        "党组",
        "党内",
        "党员",
        "党支部",
        "巡视工作",
        "干部",
        "信访工作条例",
        "党务",
    ];
    if sort.is_some() && party.iter().any(|word| title.contains(word)) && level.is_none() {
        return Rank::PartyRegulation;
    }
    match sort {
        Some("条例" | "细则") if core.ends_with("条例") => {
            level.unwrap_or(Rank::AdministrativeRegulation)
        }
        Some(_) => level.unwrap_or(Rank::National),
        None if title.starts_with("国务院")
            || title.starts_with("国家")
            || title.starts_with("全国")
            || title.starts_with("gb") =>
        {
            Rank::National
        }
        None if level.is_some() => level.unwrap_or(Rank::Unknown),
        None if [
            "会议纪要",
            "会议要求",
            "常委会",
            "常务会",
            "统一部署",
            "县委",
            "区委",
            "旗委",
            "区政府",
            "县政府",
            "旗政府",
        ]
        .iter()
        .any(|word| title.contains(word)) =>
        {
            Rank::County
        }
        None if [
            "意见", "通知", "方案", "标准", "规范", "规划", "指引", "指南", "纲要", "体系", "制度", "指标",
        ]
        .iter()
        .any(|sort| core.ends_with(sort))
            && !title.contains("有关")
            && !title.contains("相关")
            && title.chars().count() > 4 =>
        {
            Rank::National
        }
        None => Rank::Unknown,
    }
}

/// Rank that the name of an issuer before a title tells: 中办国办《…》, 国家民委《…》.
pub(super) fn of_issuer(issuer: &str) -> Option<Rank> {
    if issuer.starts_with("中共") || issuer.starts_with("中办") || issuer.starts_with("中央") {
        Some(Rank::PartyRegulation)
    } else if issuer.starts_with("国家") || issuer.starts_with("国务院") || issuer.ends_with("总局") {
        Some(Rank::National)
    } else {
        None
    }
}

/// The level of the place a title begins with.
fn place_level(title: &str) -> Option<Rank> {
    if led_by_province(title) {
        return Some(Rank::Provincial);
    }
    let start: String = title.chars().take(9).collect();
    let stem = |suffix: &str| start.find(suffix).filter(|&at| at > 0);
    if stem("自治区").is_some()
        || start.starts_with("全区")
        || start.starts_with("自治区")
        || start.starts_with("省")
    {
        return Some(Rank::Provincial);
    }
    if let Some(at) = stem("省") {
        return (!start[..at].contains("各")).then_some(Rank::Provincial);
    }
    // 城市, 市场, 市政 are words, not places.
    if let Some(at) = stem("市") {
        let next = start[at + '市'.len_utf8()..].chars().next();
        let before = start[..at].chars().next_back();
        let word = next.is_some_and(|next| "场政容域民值".contains(next))
            || before.is_some_and(|before| "城上都夜超各门全".contains(before));
        if !word {
            return Some(Rank::Municipal);
        }
    }
    if stem("自治州").is_some() || stem("盟").is_some_and(|at| !start[..at].ends_with('联')) {
        return Some(Rank::Municipal);
    }
    if title.starts_with('市')
        && !title.starts_with("市场")
        && !title.starts_with("市政")
        && !title.starts_with("市容")
    {
        return Some(Rank::Municipal);
    }
    if title.starts_with(['区', '县', '旗'])
        || stem("自治县").is_some()
        || stem("自治旗").is_some()
        || start.contains("县委")
        || start.contains("旗委")
        || start.contains("县政府")
    {
        return Some(Rank::County);
    }
    None
}

fn led_by_province(title: &str) -> bool {
    PROVINCES.iter().any(|province| title.starts_with(province))
}

/// The rank that a prefix such as 【行政法规】 names.
pub(super) fn of_label(label: &str) -> Option<Rank> {
    Some(match label {
        "法律" => Rank::Law,
        "党内法规" => Rank::PartyRegulation,
        "行政法规" => Rank::AdministrativeRegulation,
        "部门规章" | "部委规章" | "国务院文件" | "部门规范性文件" | "国家标准" => {
            Rank::National
        }
        "地方性法规" | "地方法规" | "地方政府规章" | "省政府规章" | "自治区政府规章" | "省级规范性文件" => {
            Rank::Provincial
        }
        _ => return None,
    })
}
