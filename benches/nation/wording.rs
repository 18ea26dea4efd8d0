//! How departments write: frames, noise, phrases for targets, times and documents.

use crate::random::Random;

/// Kinds of check that ask the same of a matter.
pub(crate) const CHECKS: &[&str] =
    &["检查", "检查", "监督检查", "专项检查", "督查", "专项督查", "督导检查", "执法检查", "抽查", "行政检查"];

/// A name for a matter and a kind of check; `place` is the county.
pub(crate) fn title(matter: &str, kind: &str, place: &str, random: &mut Random) -> String {
    match random.below(16) {
        0 => format!("对{matter}的{kind}"),
        1 => format!("对{matter}情况的{kind}"),
        2 => format!("关于开展{matter}{kind}的通知"),
        3 => format!("2025年{matter}{kind}"),
        4 => format!("2025年度{matter}{kind}"),
        5 => format!("{matter}工作{kind}"),
        6 => format!("{matter}情况{kind}"),
        7 => format!("{matter}落实情况{kind}"),
        8 => format!("开展{matter}{kind}"),
        9 => format!("{place}{matter}{kind}"),
        10 => format!("全{}{matter}{kind}", place.chars().last().unwrap_or('县')),
        11 => format!("{matter}工作情况{kind}"),
        12 => format!("组织开展2025年{matter}{kind}工作"),
        _ => format!("{matter}{kind}"),
    }
}

/// Slips of the pen that the lexicon does not know: a homophone, a dropped or a doubled character.
pub(crate) fn slip(text: &str, random: &mut Random) -> String {
    const HOMOPHONES: &[(char, char)] = &[
        ('检', '捡'),
        ('督', '都'),
        ('构', '枸'),
        ('防', '访'),
        ('业', '叶'),
        ('护', '户'),
        ('治', '制'),
        ('管', '馆'),
        ('工', '公'),
        ('场', '厂'),
        ('理', '里'),
        ('全', '权'),
        ('质', '置'),
        ('生', '声'),
    ];
    let mut characters: Vec<char> = text.chars().collect();
    let position = random.below(characters.len().max(1));
    match random.below(3) {
        0 => {
            let hit = characters.iter().position(|&own| HOMOPHONES.iter().any(|&(right, _)| right == own));
            if let Some(hit) = hit
                && let Some(&(_, wrong)) = HOMOPHONES.iter().find(|&&(right, _)| right == characters[hit])
            {
                characters[hit] = wrong;
            }
        }
        1 if characters.len() > 8 => {
            characters.remove(position);
        }
        _ if !characters.is_empty() => characters.insert(position, characters[position]),
        _ => {}
    }
    characters.into_iter().collect()
}

/// A group of units, as one of several phrases mean it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    Townships,
    Departments,
    All,
}

impl Group {
    pub(crate) fn phrase(self, kind: char, random: &mut Random) -> String {
        match self {
            Self::Townships => random
                .pick(&[
                    "各乡镇、街道",
                    "各乡镇（街道）",
                    "各镇街",
                    "全{}各乡镇街道",
                    "各乡镇人民政府、街道办事处",
                ])
                .replace("{}", &kind.to_string()),
            Self::Departments => random
                .pick(&["{}直各部门", "各{}直单位", "{}直有关部门", "{}直机关"])
                .replace("{}", &kind.to_string()),
            Self::All => random
                .pick(&["各乡镇、街道，{}直各部门", "各乡镇（街道）、{}直单位", "各镇街、{}直部门"])
                .replace("{}", &kind.to_string()),
        }
    }
}

/// A phrase for all places of a kind.
pub(crate) fn places(venue: &str, kind: char, random: &mut Random) -> String {
    match random.below(6) {
        0 => format!("辖区内{venue}"),
        1 => format!("全{kind}{venue}"),
        2 => format!("各{venue}"),
        3 => format!("辖区{venue}"),
        _ => venue.to_owned(),
    }
}

/// Months from `first` to `last`, as somebody might put them.
pub(crate) fn months(first: usize, last: usize, random: &mut Random) -> String {
    if first == last {
        return match random.below(4) {
            0 => format!("2025年{first}月"),
            1 => format!("{first}月中旬"),
            2 => format!("{first}月份"),
            _ => format!("{first}月"),
        };
    }
    match random.below(6) {
        0 => format!("2025年{first}月至{last}月"),
        1 => format!("{first}月—{last}月"),
        2 => format!("{first}-{last}月"),
        3 => format!("2025.{first}-2025.{last}"),
        4 => format!("{first}月至{last}月"),
        _ => format!("{first}月-{last}月"),
    }
}

pub(crate) fn frequency(random: &mut Random) -> &'static str {
    random.pick(&["1次/年", "每年1次", "一年一次", "2次/年", "每半年1次", "每季度1次", "不少于1次/年", "1次"])
}

/// A document about a matter: the same matter, place and number give the same document.
pub(crate) fn document(matter: &str, province: &str, number: usize, random: &mut Random) -> String {
    let stem: String = province.chars().take(1).collect();
    match random.below(5) {
        0 => format!("《{matter}管理办法》"),
        1 => format!("《{matter}条例》第{}条", ["十二", "二十三", "三十五", "四十"][number % 4]),
        2 => format!("{stem}政办发〔2024〕{}号", 1 + number % 199),
        3 => format!("{stem}政办发[2024]{}号", 1 + number % 199),
        _ => format!("《{matter}管理办法》；{stem}政发（2023）{}号", 1 + number % 99),
    }
}

/// What is looked at.
pub(crate) fn content(matter: &str, random: &mut Random) -> String {
    let details = [
        "责任落实",
        "制度建立",
        "隐患排查整改",
        "台账资料",
        "人员培训",
        "经费保障",
        "问题整改",
        "日常管理",
        "宣传教育",
    ];
    let first = random.below(details.len());
    let second = (first + 1 + random.below(details.len() - 1)) % details.len();
    match random.below(3) {
        0 => format!("检查{matter}{}、{}情况。", details[first], details[second]),
        1 => format!("查看{}、{}", details[first], details[second]),
        _ => format!("重点检查{matter}的{}，抽查{}。", details[first], details[second]),
    }
}
