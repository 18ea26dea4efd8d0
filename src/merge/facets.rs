//! What each member of a joint visit looks at, in a word or two.

use super::Member;
use super::phrase::Phrase;
use super::rounds::without_rounds;
use super::title::Title;
use super::venue::lies_within;
use crate::lexicon::Lexicon;
use crate::model::relation::Relation;

/// Most facets a name tells.
pub(super) const MOST: usize = 4;
/// Longest facet, in characters.
const LONGEST: usize = 8;

/// Words found in names and the facet they stand for. Specific ones: the first in the name counts.
const SPECIFIC: &[(&str, &str)] = &[
    ("消防", "消防"),
    ("火灾", "消防"),
    ("明火", "消防"),
    ("灭火", "消防"),
    ("食品", "食品"),
    ("餐饮", "食品"),
    ("药品", "药品"),
    ("药械", "药械"),
    ("疫苗", "疫苗"),
    ("医疗器械", "医疗器械"),
    ("化妆品", "化妆品"),
    ("价格", "价格收费"),
    ("收费", "价格收费"),
    ("明码标价", "价格收费"),
    ("广告", "广告"),
    ("计量", "计量"),
    ("特种设备", "特种设备"),
    ("电梯", "特种设备"),
    ("锅炉", "特种设备"),
    ("起重机械", "起重机械"),
    ("燃气", "燃气"),
    ("治安", "治安"),
    ("实名", "实名登记"),
    ("禁毒", "禁毒"),
    ("易制毒", "易制毒"),
    ("反恐", "反恐"),
    ("民用爆炸", "民爆物品"),
    ("民爆", "民爆物品"),
    ("涉爆", "民爆物品"),
    ("扬尘", "扬尘防治"),
    ("工资", "工资支付"),
    ("欠薪", "工资支付"),
    ("劳动用工", "劳动用工"),
    ("劳动保障", "劳动保障"),
    ("社会保险", "社会保险"),
    ("职业健康", "职业健康"),
    ("职业病", "职业病防治"),
    ("职业卫生", "职业卫生"),
    ("辐射", "辐射安全"),
    ("射线", "辐射安全"),
    ("放射", "辐射安全"),
    ("医疗废物", "医疗废物"),
    ("医疗废水", "污水排放"),
    ("废水", "污水排放"),
    ("污水", "污水排放"),
    ("油气回收", "油气回收"),
    ("危险废物", "危险废物"),
    ("固体废物", "固体废物"),
    ("环境", "环境保护"),
    ("环保", "环境保护"),
    ("排放", "排放"),
    ("排污", "排污"),
    ("传染病", "传染病防控"),
    ("疫情", "疫情防控"),
    ("饮用水", "饮用水"),
    ("服务质量", "服务质量"),
    ("粮食收购", "收购"),
    ("库存", "库存"),
    ("质量安全", "质量安全"),
    ("安全生产", "安全生产"),
    ("危险化学品", "危险化学品"),
    ("涉烟", "涉烟"),
    ("卷烟", "卷烟"),
    ("烟草", "涉烟"),
    ("税", "税收"),
    ("出版", "出版物"),
    ("版权", "版权"),
    ("文物", "文物"),
    ("未成年人", "未成年人保护"),
    ("办学", "办学行为"),
    ("师德", "师德师风"),
    ("教学", "教学"),
    ("执业", "依法执业"),
    ("开采", "开采"),
    ("用地", "用地"),
    ("用电", "用电"),
    ("超限", "治超"),
    ("超载", "治超"),
    ("道路货", "道路运输"),
    ("道路运输", "道路运输"),
    ("信息安全", "网络安全"),
    ("网络安全", "网络安全"),
    ("医保", "医保基金"),
    ("成品油", "成品油经营"),
    ("标准化", "标准化"),
    ("商标", "商标"),
    ("知识产权", "知识产权"),
    ("防雷", "防雷"),
    ("人防", "人防"),
    ("节能", "节能"),
    ("节水", "节水"),
    ("水土保持", "水土保持"),
    ("动物防疫", "动物防疫"),
    ("检疫", "检疫"),
    ("饲料", "饲料"),
    ("兽药", "兽药"),
    ("农药", "农药"),
    ("种子", "种子"),
    ("合同", "合同"),
    ("预付", "预付资金"),
    ("预收", "预付资金"),
];
/// Facets of names that say nothing more specific; likewise.
const GENERAL: &[(&str, &str)] = &[
    ("卫生", "卫生"),
    ("资质", "资质"),
    ("许可", "许可"),
    ("质量", "质量"),
    ("安全", "安全"),
    ("经营", "经营"),
    ("管理", "管理"),
    ("服务", "服务"),
];
/// Endings of a matter that say nothing in a list of facets, longest first.
const ENDINGS: &[&str] = &[
    "制度落实情况",
    "制度落实",
    "制度执行",
    "落实情况",
    "执行情况",
    "推进情况",
    "运行情况",
    "工作情况",
    "规范化",
    "情况",
    "问题",
    "工作",
    "制度",
    "落实",
    "执行",
    "行为",
    "活动",
    "管理",
    "业务",
    "措施",
    "领域",
    "环节",
    "事项",
];

/// The facets of the members that go to `venue`, with the positions of the members that gave them.
///
/// `None` where some member's facet cannot be told: the name then speaks of no facet at all.
pub(super) fn facets(members: &[&Member<'_>], venue: u32, lexicon: &Lexicon) -> Option<Vec<(String, usize)>> {
    let mut facets: Vec<(String, usize)> = Vec::new();
    for (position, member) in members.iter().enumerate() {
        if position > 0 && !member.is(Relation::Joint) {
            continue;
        }
        let rest = beyond_venue(&Title::parse(&member.item.name, lexicon).body, venue, lexicon);
        let choices = choices(&rest);
        let known = |facet: &String| facets.iter().any(|(known, _)| known == facet);
        if let Some(facet) = choices.iter().find(|facet| !known(facet)) {
            facets.push((facet.clone(), position));
        } else if choices.is_empty() {
            return None;
        }
    }
    // 治安、消防和管理: what everyone does says nothing beside what only one does.
    let vague = |facet: &str| ["管理", "服务"].contains(&facet);
    if facets.iter().filter(|(facet, _)| !vague(facet)).count() >= 2 {
        facets.retain(|(facet, _)| !vague(facet));
    }
    // 质量安全 says what 安全 says.
    let all: Vec<String> = facets.iter().map(|(facet, _)| facet.clone()).collect();
    facets.retain(|(facet, _)| !all.iter().any(|other| other != facet && other.contains(facet.as_str())));
    Some(facets)
}

/// A matter without the words of the place, and what its own kind of place differs by.
#[derive(Debug)]
struct Beyond {
    matter: Phrase,
    /// 排放 for 机动车排放检验机构 at a 机动车检验机构.
    kind_of_place: Option<Phrase>,
}

fn beyond_venue(body: &Phrase, venue: u32, lexicon: &Lexicon) -> Beyond {
    let venues = &lexicon.venues;
    let place = Phrase::new(&venues.entry(venue).name);
    let mut matter = without_rounds(&body.without_brackets());
    let mut kind_of_place = None;
    loop {
        let found = venues.mentions(matter.folded()).find(|mention| {
            lies_within(mention.entry, venue, venues) || lies_within(venue, mention.entry, venues)
        });
        let Some(mention) = found else { break };
        if mention.entry != venue && kind_of_place.is_none() {
            let words = matter.slice(mention.start..mention.end);
            kind_of_place =
                Some(difference(&words, &place)).filter(|words| (2..=LONGEST).contains(&words.chars()));
        }
        matter = matter.without(mention.start..mention.end);
    }
    Beyond { matter: without_misspelt(&matter, venue, lexicon).trimmed(), kind_of_place }
}

/// `words` without what they share with `place` at both ends.
fn difference(words: &Phrase, place: &Phrase) -> Phrase {
    let common = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(|(left, right)| left == right).map(|(left, _)| left.len_utf8()).sum()
    };
    let (one, other) = (words.folded(), place.folded());
    let front = common(&mut one.chars().zip(other.chars()));
    let back = common(&mut one[front..].chars().rev().zip(other.chars().rev()));
    words.slice(front..one.len() - back).trimmed()
}

/// Removes a form of the venue written with one wrong character (养老机枸).
fn without_misspelt(matter: &Phrase, venue: u32, lexicon: &Lexicon) -> Phrase {
    let entry = lexicon.venues.entry(venue);
    let starts: Vec<usize> = matter.folded().char_indices().map(|(position, _)| position).collect();
    for form in std::iter::once(&entry.name).chain(&entry.aliases) {
        let length = form.chars().count();
        if length < 4 {
            continue;
        }
        for &start in &starts {
            let window = &matter.folded()[start..];
            let wrong = window.chars().zip(form.chars()).filter(|(left, right)| left != right).count();
            let end: usize = window.chars().take(length).map(char::len_utf8).sum();
            if wrong == 1 && window[..end].chars().count() == length {
                return matter.without(start..start + end);
            }
        }
    }
    matter.clone()
}

/// What a member's facet may be called, the best first.
fn choices(rest: &Beyond) -> Vec<String> {
    let text = rest.matter.folded();
    let mut found = leftmost_longest(text);
    // The head of a Chinese phrase stands last: 废水、射线装置环境 is about 环境.
    if let Some(last) = found.pop_if(|(_, end, _)| *end == text.len()) {
        found.insert(0, last);
    }
    let mut choices: Vec<String> = found.into_iter().map(|(_, _, facet)| facet.to_owned()).collect();
    let general =
        GENERAL.iter().filter(|(word, _)| text.contains(word)).map(|(_, facet)| (*facet).to_owned());
    let short = shortened(&rest.matter);
    let own_words = (2..=LONGEST).contains(&short.chars()).then(|| short.shown().to_owned());
    let kind_of_place = rest.kind_of_place.as_ref().map(|words| words.shown().to_owned());
    if choices.is_empty() {
        choices.extend(general);
        choices.extend(own_words);
        choices.extend(kind_of_place);
    } else {
        choices.extend(kind_of_place);
        choices.extend(own_words);
    }
    choices
}

/// Specific words with their byte ranges; of words that overlap the earliest, then the longest.
fn leftmost_longest(text: &str) -> Vec<(usize, usize, &'static str)> {
    let mut all: Vec<(usize, usize, &str)> = SPECIFIC
        .iter()
        .filter_map(|(word, facet)| text.find(word).map(|start| (start, start + word.len(), *facet)))
        .collect();
    all.sort_by_key(|&(start, end, _)| (start, std::cmp::Reverse(end)));
    let mut found: Vec<(usize, usize, &str)> = Vec::new();
    for (start, end, facet) in all {
        if found.last().is_none_or(|&(_, before, _)| start >= before) {
            found.push((start, end, facet));
        }
    }
    found
}

/// The first clause of a matter without endings that say nothing.
pub(super) fn shortened(matter: &Phrase) -> Phrase {
    let mut short = matter.trimmed();
    while let Some(rest) =
        ENDINGS.iter().find_map(|ending| short.strip_suffix(ending)).filter(|rest| rest.chars() >= 2)
    {
        short = rest.trimmed();
    }
    short
}

/// 甲、乙和丙.
pub(super) fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [front @ .., last] => format!("{}和{last}", front.join("、")),
    }
}
