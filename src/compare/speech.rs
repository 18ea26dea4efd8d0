//! What notes, contents and methods say about going together, staying apart, and how a check is done.

use super::features::sorted;
use crate::lexicon::Lexicon;

/// Words after which a sentence speaks of going together.
const TOGETHER: &[&str] = &[
    "同步",
    "计入",
    "折入",
    "纳入",
    "并入",
    "合并",
    "一并",
    "结合",
    "联合进场",
    "联合开展",
    "统一部署",
    "列入",
    "含在",
    "作为其",
    "折算",
    "内容之一",
];
/// Words after which a sentence speaks of staying separate.
const SEPARATE: &[&str] = &[
    "单独",
    "自行组织",
    "另行",
    "不含",
    "不包括",
    "不纳入",
    "不合并",
    "不并入",
    "分别组织",
    "独立开展",
    "不看",
    "不查",
    "不评",
    "不属",
    "不对",
    "另有",
    "另列",
    "另报",
    "另案",
    "不是一回事",
    "不是一码事",
    "两回事",
    "不是一个清单",
    "不是一个方案",
    "不是一个标准",
];
/// The same at the end of a clause: 消防由消安委办另考, but not 年底另评先进.
const SEPARATE_AT_THE_END: &[&str] = &["另考", "另评", "另查", "另看"];
/// Words after which a content, which speaks of much that is 单独, says that something is left to others.
const LEFT_OUT: &[&str] = &[
    "不含",
    "不包括",
    "不纳入",
    "不在此列",
    "不查",
    "不看",
    "单独看",
    "单独查",
    "单独检查",
    "另行检查",
    "另行组织",
];
/// Words that stand behind what they leave out: 反诈、禁毒不在此列.
const BEHIND: &[&str] = &["不在此列"];
/// Words before a word of staying separate that turn it round: 不另行文, 不再单独, 无需另查.
const TURNED: &[&str] = &["不", "不再", "无需", "不需", "不得", "不必", "未"];
/// Words by which an item says that it is like another one of its organizer.
const LIKE_THE_OTHER: &[&str] = &[
    "同一套",
    "同一张",
    "同一方案",
    "同一标准",
    "同一办法",
    "一样",
    "相同",
    "内容同",
    "指标同",
    "项目同",
    "标准同",
    "要求同",
    "方案同",
    "分两步",
    "分两次",
    "分两批",
    "分两轮",
    "另一轮",
    "另一批",
];
/// The same, where a clause says with what: 与小区一套评分表, but not 一张表管理.
const ONE_FORM: &[&str] = &["一套表", "一套评分表", "一套标准", "一套细则", "一张表"];
/// Words by which a note says what an item does not look at.
const EXCEPT: &[&str] = &["不含", "不包括", "不进", "不入", "不查", "不涉", "除外", "不在此列"];
/// Words by which a note sets its item apart from wider ones.
const ALONE: &[&str] =
    &["单列", "单独考核", "单独开展", "单独组织", "单独实施", "单独办", "独立开展", "不并入", "不纳入"];
/// Methods that need no visit.
const REMOTE: &[&str] = &[
    "书面",
    "数据筛查",
    "线上",
    "网上",
    "远程",
    "报表",
    "数据核算",
    "数据比对",
    "查阅档案",
    "智能监控",
    "非现场",
    "自查",
];
/// Methods that do.
const ON_SITE: &[&str] =
    &["现场", "实地", "进场", "抽查", "抽样", "抽检", "巡查", "暗访", "走访", "入户", "双随机", "检查"];

/// Whether a method needs no visit: on paper or by data only.
pub(super) fn is_remote(method: &str) -> bool {
    let method = capped(method);
    let says = |words: &[&str]| words.iter().any(|word| method.contains(word));
    says(REMOTE) && !says(ON_SITE)
}

/// Whether notes say that there is no visit.
pub(super) fn spares_visits(notes: &str) -> bool {
    let notes = capped(notes);
    ["书面为主", "不入企", "数据筛查为主", "不进场"].iter().any(|word| notes.contains(word))
}

/// Concepts with which the text says that an item goes together.
pub(super) fn together(text: &str, lexicon: &Lexicon) -> Box<[u32]> {
    said(text, lexicon, |sentence| {
        TOGETHER.iter().any(|word| sentence.contains(word))
            || sentence.ends_with("一部分") && !sentence.ends_with("另一部分")
    })
}

/// Concepts of other items that the notes say the item follows (随雨雪准备督查同步, 随文旅旺季检查一起去) or belongs to
/// (属招投标检查的水利部分).
pub(super) fn follows(notes: &str, lexicon: &Lexicon) -> Box<[u32]> {
    const CHECKS: &[&str] = &["检查", "督查", "督导", "督察", "考核", "考评", "巡查", "评估", "验收"];
    let mut concepts = Vec::new();
    for clause in capped(notes).split(['.', ',', ';', '!', '\n']) {
        let check = CHECKS.iter().any(|check| clause.contains(check));
        let follows = clause.starts_with('随') && !clause.starts_with("随着") && !clause.starts_with("随机");
        let belongs = clause.starts_with('属')
            && ["部分", "内容", "一项", "子项"].iter().any(|end| clause.ends_with(end))
            && !["不", "没有", "之外", "以外"].iter().any(|word| clause.contains(word));
        if check && (follows || belongs) {
            concepts.extend(lexicon.concepts.mentions(clause).map(|mention| mention.entry));
        }
    }
    sorted(concepts)
}

/// The clause in which an item says that it asks what another one asks (内容与第一批一样, 与农村检查同一套标准,
/// 同春季检查).
pub(super) fn refers(text: &str) -> Option<Box<str>> {
    // 同春季检查, but not 同时, 同期, 同车, nor 同一批餐饮店: the same places are not the same questions.
    let same = |clause: &str| {
        clause
            .strip_prefix('同')
            .is_some_and(|rest| !rest.starts_with(['一', '时', '期', '步', '去', '行', '车', '船', '意']))
    };
    let one_form = |clause: &str| {
        clause.contains(['与', '同', '跟', '和']) && ONE_FORM.iter().any(|word| clause.contains(word))
    };
    let likens = |clause: &str| {
        same(clause) || one_form(clause) || LIKE_THE_OTHER.iter().any(|word| clause.contains(word))
    };
    capped(text)
        .split(['.', ',', ';', '!', '\n'])
        .find(|clause| likens(clause) && !clause.contains('不'))
        .map(Into::into)
}

/// Concepts of which the notes say that they stay separate.
pub(super) fn separate(notes: &str, lexicon: &Lexicon) -> Box<[u32]> {
    let is_turned = |before: &str| TURNED.iter().any(|turn| before.ends_with(turn));
    let stands = |text: &str, word: &str| text.match_indices(word).any(|(at, _)| !is_turned(&text[..at]));
    said(notes, lexicon, |sentence| {
        let ends = |clause: &str| {
            SEPARATE_AT_THE_END.iter().any(|word| clause.ends_with(word) && stands(clause, word))
        };
        SEPARATE.iter().any(|word| stands(sentence, word)) || sentence.split(',').any(ends)
    })
}

/// Concepts that the content says it leaves to others.
pub(super) fn left_out(content: &str, lexicon: &Lexicon) -> Box<[u32]> {
    let mut concepts = Vec::new();
    for clause in capped(content).split(['.', ',', ';', '!', '\n']) {
        for word in LEFT_OUT {
            let Some(at) = clause.find(word) else { continue };
            // 不含X names what is left out behind it, 由环保单独看 and 禁毒不在此列 before it, up to a turn.
            let before = !word.starts_with('不') || BEHIND.contains(word);
            let turn = clause[..at].rfind(['但', '而', ':']).unwrap_or(0);
            let told = if before { &clause[turn..] } else { &clause[at..] };
            concepts.extend(lexicon.concepts.mentions(told).map(|mention| mention.entry));
        }
    }
    sorted(concepts)
}

/// Whether the notes say that the item itself stays on its own (单列, 单独考核), whatever else they name.
pub(super) fn stands_alone(notes: &str, own: &[u32], lexicon: &Lexicon) -> bool {
    capped(notes).split(['.', ',', ';', '!', '\n']).any(|clause| {
        ALONE.iter().any(|word| clause.contains(word))
            && lexicon.concepts.mentions(clause).all(|mention| own.contains(&mention.entry))
    })
}

/// Venue types that the notes except from the item (不含民宿, 不进学校); sorted.
pub(super) fn excepted_venues(notes: &str, lexicon: &Lexicon) -> Box<[u32]> {
    let mut venues = Vec::new();
    for clause in capped(notes).split(['.', ',', ';', '!', '\n']) {
        if EXCEPT.iter().any(|word| clause.contains(word)) {
            venues.extend(lexicon.venues.mentions(clause).map(|mention| mention.entry));
        }
    }
    sorted(venues)
}

/// Concepts in the sentences of the text that say so.
fn said(text: &str, lexicon: &Lexicon, says_so: impl Fn(&str) -> bool) -> Box<[u32]> {
    let mut concepts = Vec::new();
    for sentence in capped(text).split(['.', ';', '!', '\n']).filter(|sentence| says_so(sentence)) {
        concepts.extend(lexicon.concepts.mentions(sentence).map(|mention| mention.entry));
    }
    sorted(concepts)
}

/// At most the first 2,000 bytes of a text, cut at a character: a content that long says enough.
pub(super) fn capped(text: &str) -> &str {
    let mut end = text.len().min(2000);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
