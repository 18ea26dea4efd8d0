//! The words of activity in a name: 联合督查, 专项检查, 督查考核.

use super::phrase::Phrase;
use crate::lexicon::Lexicon;

/// Words that belong to the activity when they stand before it, longest first.
const MODIFIERS: &[&str] = &[
    "\"双随机、一公开\"",
    "双随机、一公开",
    "\"双随机\"",
    "双随机",
    "跨部门",
    "拉网式",
    "常态化",
    "专项",
    "综合",
    "联合",
    "监督",
    "执法",
    "行政",
    "随机",
    "日常",
    "年度",
    "现场",
    "实地",
    "定期",
    "部门",
    "集中",
    "全面",
    "绩效",
    "重点",
    "大",
];

/// Activities that may stand before another one (督查考核, 排查检查).
pub(super) const ACTIVITIES: &[&str] = &[
    "检查", "督查", "督导", "督察", "考核", "考评", "评估", "巡查", "抽查", "排查", "核查", "验收", "测评",
    "暗访",
];

/// Two activities that are one word together; of others the last stands.
const COMPOUNDS: &[&str] = &[
    "督导评估",
    "督导检查",
    "督导考核",
    "督导考评",
    "督查考核",
    "督查检查",
    "督查考评",
    "检查考核",
    "检查评估",
    "检查验收",
    "检查考评",
    "考核评估",
    "考核巡查",
    "考核验收",
    "评估验收",
    "巡查考核",
    "评估检查",
    "抽查检查",
    "核查验收",
];

/// Where the words of activity at the end of a folded name begin; at least two characters stay before.
pub(super) fn activity_start(folded: &str, lexicon: &Lexicon) -> Option<usize> {
    let mut forms = lexicon.words.kinds.iter().map(|(form, _)| form.as_str());
    let ends = |text: &str, word: &str| {
        // Nearly every word fails at its last byte.
        text.as_bytes().last() == word.as_bytes().last()
            && text.ends_with(word)
            && text.chars().count() >= word.chars().count() + 2
    };
    let last = forms.find(|form| ends(folded, form) && form.chars().count() == 2)?;
    let atom = folded.len() - last.len();
    let mut start = atom;
    loop {
        let before = &folded[..start];
        // A campaign (大检查, 大排查) is a matter which the last activity looks at.
        let campaign =
            ACTIVITIES.iter().any(|word| before.strip_suffix(word).is_some_and(|rest| rest.ends_with('大')));
        let word = MODIFIERS.iter().chain(ACTIVITIES).find(|word| ends(before, word));
        match word.filter(|_| !campaign) {
            Some(word) => start -= word.len(),
            None => break,
        }
    }
    // 行政执法监督督察 behind a connective is a matter, not a string of modifiers.
    Some(if folded[..start].ends_with(['与', '和', '及', '暨', '、']) { atom } else { start })
}

/// 考核工作 is 考核, 检查、抽样 is 检查, and 督查和考核 is 督查考核.
pub(super) fn without_work(name: &Phrase) -> Phrase {
    const SAMPLING: &[&str] = &["抽样", "抽检", "采样"];
    const JOINTS: &[&str] = &["、", "和", "及", "与", "并"];
    const LEAST: usize = 4;
    let last_of = |rest: &Phrase| ACTIVITIES.iter().find(|activity| rest.folded().ends_with(**activity));
    let is_activity = |rest: &Phrase| rest.chars() >= LEAST && last_of(rest).is_some();
    let shorter = name.strip_suffix("工作").filter(is_activity);
    let name = shorter.unwrap_or_else(|| name.clone());
    let joined = ACTIVITIES.iter().chain(SAMPLING).find_map(|last| {
        let before = name.folded().strip_suffix(last)?;
        let before = JOINTS.iter().find_map(|joint| before.strip_suffix(joint))?;
        let front = name.slice(0..before.len());
        Some((front, last)).filter(|(front, _)| is_activity(front))
    });
    let Some((mut front, last)) = joined else { return name };
    let word = last_of(&front).map(|first| format!("{first}{last}"));
    if word.is_some_and(|word| COMPOUNDS.contains(&word.as_str())) {
        front.push(&Phrase::new(last));
    }
    front
}

/// 检查粮油价格 is 粮油价格检查: the matter and the activity of a name that begins with a verb.
pub(super) fn turned_round(name: &Phrase) -> Option<(Phrase, Phrase)> {
    const VERBS: &[&str] = &["检查", "督查", "督导", "抽查", "核查", "排查", "督办", "巡查"];
    const NOUNS: &[char] = &['站', '室', '组', '员', '评', '考', '验', '中', '队', '办', '局'];
    const LEAST: usize = 3;
    let verb = VERBS.iter().find(|verb| name.folded().starts_with(**verb))?;
    let rest = name.strip_prefix(verb)?;
    let is_noun = rest.folded().starts_with(NOUNS);
    (rest.chars() >= LEAST && !is_noun).then(|| (rest, name.slice(0..verb.len())))
}

/// 评估督查 and 检查检查 end in one activity.
pub(super) fn one_activity(suffix: &Phrase) -> Phrase {
    let text = suffix.folded();
    let last = ACTIVITIES.iter().find(|word| text.ends_with(**word));
    let Some(last) = last else { return suffix.clone() };
    let before = &text[..text.len() - last.len()];
    let Some(other) = ACTIVITIES.iter().find(|word| before.ends_with(**word)) else { return suffix.clone() };
    if COMPOUNDS.iter().any(|word| text.ends_with(word)) {
        return suffix.clone();
    }
    suffix.without(before.len() - other.len()..before.len())
}
