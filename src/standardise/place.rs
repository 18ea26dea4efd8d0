//! Names of provinces, cities and counties in front of an office.

use crate::lexicon::Departments;

/// How an administrative level is written, with its rank from the province down.
const LEVELS: [(char, u8); 7] = [('省', 1), ('市', 2), ('州', 2), ('盟', 2), ('县', 3), ('区', 3), ('旗', 3)];

/// Most characters of a place's name: 双江拉祜族佤族布朗族傣族自治县 has 15.
const MOST_CHARACTERS: usize = 18;

/// Province, city, county, and one too many.
const DEEPEST: usize = 4;

/// Words in 区 that are no districts. 城区, 山区 and 林区 are not among them: 东城区, 房山区, 敖林区.
const ZONES: [&str; 35] = [
    "开发区",
    "高新区",
    "经开区",
    "技术区",
    "示范区",
    "园区",
    "景区",
    "矿区",
    "灌区",
    "库区",
    "片区",
    "社区",
    "校区",
    "辖区",
    "街区",
    "牧区",
    "农区",
    "自贸区",
    "合作区",
    "试验区",
    "实验区",
    "保护区",
    "度假区",
    "产业区",
    "综保区",
    "保税区",
    "管理区",
    "工业区",
    "物流区",
    "名胜区",
    "地区",
    "新区",
    "港区",
    "集聚区",
    "功能区",
];

/// What 市 is the beginning of, not the end of a name.
const MARKET: [&str; 9] = ["场", "容", "域", "民中", "政工", "政管", "政公", "政设", "政园"];

/// Characters of which one says that an office has been named already.
const OFFICES: &str = "局委办部厅院所站司队";

/// What an organizer's name may begin with before its place.
const PREFIXES: [&str; 8] =
    ["中国共产党", "中共", "共青团", "国家税务总局", "国家统计局", "中国人民政治协商会议", "国网", "驻"];

/// What governing bodies are called behind their place.
const BODIES: [&str; 8] = ["委", "政府", "人民", "人大", "政协", "纪", "监", "检察"];

/// First characters of words for all or one's own places: 各县, 本区.
const NOT_NAMES: &str = "各全本我该外两跨多区市县";

/// Names of nationalities in the names of autonomous places, without 族; longer ones first where one ends in another.
const NATIONALITIES: [&str; 56] = [
    "柯尔克孜",
    "乌孜别克",
    "维吾尔",
    "哈萨克",
    "达斡尔",
    "塔吉克",
    "俄罗斯",
    "鄂温克",
    "塔塔尔",
    "鄂伦春",
    "蒙古",
    "土家",
    "哈尼",
    "傈僳",
    "拉祜",
    "东乡",
    "纳西",
    "景颇",
    "仫佬",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "朝鲜",
    "德昂",
    "保安",
    "裕固",
    "独龙",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
    "布依",
    "壮",
    "回",
    "满",
    "苗",
    "彝",
    "藏",
    "侗",
    "瑶",
    "白",
    "傣",
    "黎",
    "佤",
    "畲",
    "水",
    "土",
    "羌",
    "怒",
    "京",
    "高山",
    "各",
];

/// From the province (1) to counties (3); 4 for what has no level in its name.
pub(super) fn rank(name: &str) -> u8 {
    if name.ends_with("自治区") {
        return 1;
    }
    let last = name.chars().next_back();
    LEVELS.iter().find(|(level, _)| Some(*level) == last).map_or(4, |&(_, rank)| rank)
}

/// A place's name without its level, and without the nationalities of an autonomous one.
pub(super) fn stem(name: &str) -> &str {
    let Some(stem) = name.strip_suffix(|level| LEVELS.iter().any(|(known, _)| *known == level)) else {
        return name;
    };
    let Some(mut stem) = stem.strip_suffix("自治") else { return stem };
    while let Some(front) = stem.strip_suffix('族') {
        let Some(front) = NATIONALITIES.iter().find_map(|nationality| front.strip_suffix(nationality)) else {
            break;
        };
        stem = front;
    }
    stem
}

/// The places that a folded organizer's name begins with, from the outermost inwards, and the office behind them.
///
/// 县 is the end of a name wherever two characters stand before it, or one that is no word for all or one's own; 区 and 市
/// only before an office, a zone or a place within. Complexity: linear in the first characters of the name.
pub(super) fn before_office(name: &str, departments: &Departments) -> Option<(Vec<String>, String)> {
    let front = name.split('(').next().unwrap_or_default();
    if departments.by_form(front).is_some() {
        return None;
    }
    let text = PREFIXES.iter().find_map(|prefix| front.strip_prefix(prefix)).unwrap_or(front);
    let mut rest = text;
    let mut places: Vec<&str> = Vec::new();
    let mut proven = false;
    while places.len() < DEEPEST {
        match first(rest) {
            Found::Place(place) => {
                rest = &rest[place.len()..];
                places.push(place);
                proven = rest.is_empty()
                    || rank(place) == 3 && !place.ends_with('区')
                    || BODIES.iter().any(|body| rest.starts_with(body))
                    || departments.begins(rest);
            }
            Found::Zone => {
                proven = !places.is_empty();
                break;
            }
            Found::Nothing => break,
        }
    }
    if !proven {
        // What was taken for a place stands before no office.
        let last = places.pop()?;
        rest = &text[text.len() - rest.len() - last.len()..];
    }
    (!places.is_empty()).then(|| (places.into_iter().map(str::to_owned).collect(), rest.to_owned()))
}

/// The places that a folded text is made of, from the outermost inwards; `None` where it is anything else.
pub(super) fn all(text: &str) -> Option<Vec<String>> {
    let mut rest = text;
    let mut places: Vec<String> = Vec::new();
    while let Found::Place(place) = first(rest) {
        places.push(place.to_owned());
        rest = &rest[place.len()..];
    }
    (rest.is_empty() && !places.is_empty()).then_some(places)
}

enum Found<'t> {
    Place(&'t str),
    Zone,
    Nothing,
}

/// What a text begins with.
fn first(text: &str) -> Found<'_> {
    let begins_a_name = !text.starts_with(|character| NOT_NAMES.contains(character));
    for (count, (at, character)) in text.char_indices().enumerate().take(MOST_CHARACTERS) {
        if OFFICES.contains(character) {
            return Found::Nothing;
        }
        if !LEVELS.iter().any(|(level, _)| *level == character) {
            continue;
        }
        let (place, rest) = text.split_at(at + character.len_utf8());
        if ZONES.iter().any(|zone| place.ends_with(zone)) && !place.ends_with("自治区") {
            return Found::Zone;
        }
        let long_enough = count >= 2 || count == 1 && character == '县';
        let before = text[..at].chars().next_back().unwrap_or_default();
        let other_word = match character {
            '市' => MARKET.iter().any(|market| rest.starts_with(market)),
            '旗' => rest.starts_with(['镇', '乡', '街', '村']),
            '盟' => matches!(before, '同' | '联'),
            // 兰州市 has its level yet to come.
            '州' => rest.starts_with('市'),
            _ => false,
        };
        if !long_enough || other_word {
            continue;
        }
        // 各区县 are no place, nor is 区县.
        if !begins_a_name || matches!((before, character), ('区', '县') | ('县', '区')) {
            return Found::Nothing;
        }
        return Found::Place(place);
    }
    Found::Nothing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn read(name: &str) -> String {
        let lexicon = Lexicon::builtin();
        let found = before_office(name, &lexicon.departments);
        found.map_or_else(|| "-".to_owned(), |(places, _)| places.join("/"))
    }

    #[test]
    fn real_places_are_read() {
        for (name, expected) in [
            ("盐城市滨海县市场监督管理局", "盐城市/滨海县"),
            ("桂林市教育局", "桂林市"),
            ("佛山市应急管理局", "佛山市"),
            ("连云港市民政局", "连云港市"),
            ("聊城市财政局", "聊城市"),
            ("大理市水务局", "大理市"),
            ("焦作市审计局", "焦作市"),
            ("杭州市萧山区教育局", "杭州市/萧山区"),
            ("宝山区人民政府办公室", "宝山区"),
            ("石景山区应急管理局", "石景山区"),
            ("东城区教育委员会", "东城区"),
            ("西湖区城市管理局", "西湖区"),
            ("敖林区教育局", "敖林区"),
            ("萧县教育局", "萧县"),
            ("达州市渠县民政局", "达州市/渠县"),
            ("徐州市鼓楼区市场监督管理局", "徐州市/鼓楼区"),
            ("威宁彝族回族苗族自治县市场监督管理局", "威宁彝族回族苗族自治县"),
            ("双江拉祜族佤族布朗族傣族自治县教育局", "双江拉祜族佤族布朗族傣族自治县"),
            ("延边朝鲜族自治州公安局", "延边朝鲜族自治州"),
            ("内蒙古自治区锡林郭勒盟镶黄旗教育局", "内蒙古自治区/锡林郭勒盟/镶黄旗"),
            ("中共甘泉县委组织部", "甘泉县"),
            ("兴州市青阳市教育局", "兴州市/青阳市"),
            ("兴州市自然资源局青阳分局", "兴州市"),
            ("兴州市高新区应急局", "兴州市"),
            ("甘泉县经济开发区管委会", "甘泉县"),
        ] {
            assert_eq!(read(name), expected, "{name}");
        }
    }

    #[test]
    fn other_words_are_no_places() {
        for name in [
            "城市管理局",
            "市场监督管理局",
            "县教育局",
            "区教育局",
            "市教育局",
            "开发区管委会",
            "高新区应急局",
            "滨江新区管委会",
            "各区县市场监督管理局",
            "社区矫正中心",
            "农贸市场监管所",
            "住房和城乡建设局",
            "大红旗镇人民政府",
            "全县各部门",
            "中国民主同盟",
            "风景名胜区管理局",
            "工业园区管委会",
            "区市场监管局",
            "市辖区",
            "",
            "区",
            "县",
        ] {
            assert_eq!(read(name), "-", "{name}");
        }
    }

    #[test]
    fn a_long_name_costs_no_more() {
        for name in ["区".repeat(4000), "甲乙区".repeat(1300), "甲乙县".repeat(1300), "族".repeat(4000)]
        {
            assert!(read(&format!("{name}丙")).len() < 200);
            assert!(stem(&name).len() <= name.len());
        }
    }

    #[test]
    fn autonomous_places_have_their_short_names() {
        for (name, expected) in [
            ("威宁彝族回族苗族自治县", "威宁"),
            ("威宁县", "威宁"),
            ("积石山保安族东乡族撒拉族自治县", "积石山"),
            ("延边朝鲜族自治州", "延边"),
            ("沙市区", "沙市"),
            ("青阳", "青阳"),
        ] {
            assert_eq!(stem(name), expected);
        }
    }
}
