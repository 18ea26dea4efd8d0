//! Why an item must stand alone.

use super::Context;
use crate::lexicon::{Lexicon, ProtectionWords, Words};
use crate::model::relation::Protection;
use crate::text::head;

/// What protections are read from; all text but the targets folded.
#[derive(Clone, Copy, Debug, Default)]
pub struct Protectable<'a> {
    /// The whole name.
    pub name: &'a str,
    /// The method.
    pub method: &'a str,
    /// The content.
    pub content: &'a str,
    /// The notes.
    pub notes: &'a str,
    /// The organizer.
    pub organizer: &'a str,
    /// Schedule and frequency.
    pub when: [&'a str; 2],
    /// The target phrases, which may be as they were typed.
    pub targets: &'a [String],
}

/// The reasons why an item is protected from merging, sorted.
///
/// A reason of the lexicon holds when
/// - the name holds one of its words and none of its exceptions (信访工作责任制 is no complaint), or
/// - the method *is* one of its words: 四不两直 alone makes a visit unannounced; beside an announced
///   way (四不两直、蹲点调研) or as a mixture (明察暗访) it does not, or
/// - the content holds one of its words that no exception overlaps, or the notes one for what a law wants separate, or
/// - the name holds one of its words for doing it again, and the name, the schedule or a target phrase one for the
///   order that came before (复查 of 被责令改正的电站, or 整改期满), or
/// - the schedule, the frequency or a target phrase holds one of its words for a single case (接诉即办, 被举报的
///   单位): what follows cases has no time and no place of its own to share, or
/// - the organizer is one of its departments. A 人大 item is protected only as 执法检查, 专项报告,
///   审议 or a check of how a law is carried out: what a congress's office runs for itself is no supervision by law.
#[must_use]
pub fn protections(item: &Protectable<'_>, context: &Context<'_>) -> Vec<Protection> {
    let lexicon_words = &context.lexicon.words;
    let words = &lexicon_words.protections;
    let organizer = department(head(item.organizer), context.lexicon);
    let when = by_schedule(words, item.when);
    listed(
        by_name(lexicon_words, item.name)
            | by_method(words, item.method)
            | by_content(words, item.content)
            | by_notes(words, item.notes)
            | by_order(words, item.name, when, item.targets)
            | when.cases
            | by_targets(words, item.targets)
            | organizer.map_or(0, |known| by_department(words, known, item.name, item.method)),
    )
}

/// Reasons as bits, by the number of the protection.
pub(super) type Reasons = u32;

/// The reasons as a sorted list.
pub(super) fn listed(reasons: Reasons) -> Vec<Protection> {
    Protection::ALL.into_iter().filter(|&reason| reasons >> reason as u32 & 1 == 1).collect()
}

fn where_true(words: &[ProtectionWords], holds: impl Fn(&ProtectionWords) -> bool) -> Reasons {
    words.iter().filter(|words| holds(words)).fold(0, |reasons, words| reasons | 1 << words.reason as u32)
}

/// The lexicon's name of the department that a folded organizer names.
pub(super) fn department<'a>(organizer: &str, lexicon: &'a Lexicon) -> Option<&'a str> {
    let number = Some(organizer)
        .filter(|text| !text.is_empty())
        .and_then(|text| lexicon.departments.identify(text))?;
    Some(lexicon.departments.department(number).name.as_str())
}

/// What the folded name tells.
pub(super) fn by_name(words: &Words, name: &str) -> Reasons {
    let name = head(name);
    let marks = words.protection_marks.of(name);
    let way = BETWEEN.iter().find(|way| name.contains(**way));
    let bare = way.map_or(0, |way| words.protection_marks.of(&name.replace(way, "")));
    let excepted = marks >> Words::MOST_PROTECTIONS;
    let named = (marks | bare) & !excepted;
    let entries = words.protections.iter().enumerate().filter(|(position, _)| named >> position & 1 == 1);
    entries.fold(0, |reasons, (_, words)| reasons | 1 << words.reason as u32)
}

/// What the folded method tells.
pub(super) fn by_method(words: &[ProtectionWords], method: &str) -> Reasons {
    let method = Searched::new(head(method));
    where_true(words, |words| is_method(words, method))
}

/// What the folded content tells.
pub(super) fn by_content(words: &[ProtectionWords], content: &str) -> Reasons {
    let content = Searched::new(head(content));
    where_true(words, |words| in_content(words, content))
}

/// What the folded notes tell: that a law wants it done on its own. Other notes speak of other items, too.
pub(super) fn by_notes(words: &[ProtectionWords], notes: &str) -> Reasons {
    let notes = Searched::new(head(notes));
    where_true(words, |words| words.reason == Protection::SeparateByLaw && in_content(words, notes))
}

/// What the folded schedule and frequency tell.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct When {
    /// It is done case by case.
    pub(super) cases: Reasons,
    /// It follows an order.
    ordered: Reasons,
}

/// What the folded schedule and frequency tell.
pub(super) fn by_schedule(words: &[ProtectionWords], when: [&str; 2]) -> When {
    let when = when.map(|text| Searched::new(head(text)));
    let any = |holds: &dyn Fn(&ProtectionWords, Searched<'_>) -> bool| {
        where_true(words, |words| when.iter().any(|&text| holds(words, text)))
    };
    When {
        cases: any(&|words, text| {
            words.schedule_words.iter().any(|word| match word.chars().count() {
                0..=2 => is_case(word, text.text),
                _ => holds_free(words, [word], text),
            })
        }),
        ordered: any(&|words, text| text.holds(&words.order_words)),
    }
}

/// Whether a clause of a schedule is this word, or begins with it and says how soon (随案, 接报24小时内, 接诉即查).
fn is_case(word: &str, text: &str) -> bool {
    text.split(['.', ',', ';', ' ', '\n']).filter_map(|clause| clause.strip_prefix(word)).any(|rest| {
        rest.is_empty()
            || rest.starts_with(|next: char| next.is_ascii_digit() || "后即当立之随".contains(next))
    })
}

/// What the target phrases tell: that it goes to whom a case is about.
pub(super) fn by_targets(words: &[ProtectionWords], targets: &[String]) -> Reasons {
    targets.iter().fold(0, |reasons, phrase| {
        let phrase = Searched::new(head(phrase));
        let about =
            |words: &ProtectionWords| phrase.holds(&words.target_words) && !phrase.holds(&words.except_words);
        reasons | where_true(words, about)
    })
}

/// What the folded name tells along with the schedule and the target phrases: that an order is looked at again.
pub(super) fn by_order(words: &[ProtectionWords], name: &str, when: When, targets: &[String]) -> Reasons {
    let name = Searched::new(head(name));
    let ordered = |words: &ProtectionWords| {
        when.ordered >> words.reason as u32 & 1 == 1
            || name.holds(&words.order_words)
            || targets.iter().any(|phrase| Searched::new(head(phrase)).holds(&words.order_words))
    };
    where_true(words, |words| {
        name.holds(&words.again_words) && !name.holds(&words.except_words) && ordered(words)
    })
}

/// What the organizer's department tells, with the folded name and method.
pub(super) fn by_department(
    words: &[ProtectionWords],
    department: &str,
    name: &str,
    method: &str,
) -> Reasons {
    where_true(words, |words| by_organizer(words, department, head(name), head(method)))
}

/// A text with a set of its characters: most words of the lexicon are ruled out by their first or last.
#[derive(Clone, Copy)]
struct Searched<'a> {
    text: &'a str,
    /// Bits of `character % 512`.
    characters: [u64; 8],
}

impl<'a> Searched<'a> {
    fn new(text: &'a str) -> Self {
        let mut characters = [0; 8];
        for character in text.chars() {
            let bit = character as usize % 512;
            characters[bit / 64] |= 1 << (bit % 64);
        }
        Self { text, characters }
    }

    fn may_hold(&self, word: &str) -> bool {
        let has = |character: Option<char>| {
            let bit = character.unwrap_or_default() as usize % 512;
            self.characters[bit / 64] >> (bit % 64) & 1 == 1
        };
        has(word.chars().next_back()) && has(word.chars().next())
    }

    fn find(&self, word: &str) -> Option<usize> {
        if self.may_hold(word) { self.text.find(word) } else { None }
    }

    fn holds(&self, words: &[String]) -> bool {
        words.iter().any(|word| self.find(word).is_some())
    }
}

/// How an inspection of a case is done is no part of the words that protect it: 信访件现场核查.
const BETWEEN: &[&str] = &["现场", "实地", "逐件", "书面", "专项", "跟踪"];

/// Ways of saying a method that add nothing to it.
const AROUND_METHOD: &[&str] = &[
    "采取",
    "采用",
    "通过",
    "以",
    "进行",
    "开展",
    "方式",
    "的方式",
    "形式",
    "等",
    "方法",
    "检查",
    "抽查",
    "督查",
    "工作",
    "为主",
    "随机",
];

fn is_method(words: &ProtectionWords, searched: Searched<'_>) -> bool {
    let method = searched.text;
    if method.is_empty() {
        return false;
    }
    !searched.holds(&words.except_words)
        && words.method_words.iter().any(|word| {
            searched.find(word).is_some_and(|at| {
                // Unannounced visits lose it by any other way beside them; other reasons are told by the phrase.
                let rest = [&method[..at], &method[at + word.len()..]];
                words.reason != Protection::Unannounced && word.chars().count() >= 4
                    || rest.iter().all(|rest| rest.trim_matches(['"', '.', ' ']).is_empty())
                    || words.reason == Protection::Unannounced
                        && rest[0].trim_matches('"').is_empty()
                        && AROUND_METHOD[5..].contains(&rest[1].trim_matches('"'))
            })
        })
}

/// Whether some word stands in the content where no exception covers a part of it.
fn in_content(words: &ProtectionWords, searched: Searched<'_>) -> bool {
    holds_free(words, &words.content_words, searched)
}

/// Whether one of some words stands in a text where no exception covers a part of it.
fn holds_free<'a>(
    words: &ProtectionWords,
    wanted: impl IntoIterator<Item = &'a String>,
    searched: Searched<'_>,
) -> bool {
    let content = searched.text;
    wanted.into_iter().filter(|word| searched.may_hold(word)).any(|word| {
        content.match_indices(word.as_str()).take(8).any(|(at, _)| {
            let end = at + word.len();
            !words.except_words.iter().filter(|except| searched.may_hold(except)).any(|except| {
                content
                    .match_indices(except.as_str())
                    .take(8)
                    .any(|(start, _)| start < end && at < start + except.len())
            })
        })
    })
}

fn by_organizer(words: &ProtectionWords, organizer: &str, name: &str, method: &str) -> bool {
    if !words.organizers.iter().any(|known| known == organizer) {
        return false;
    }
    words.reason != Protection::Congress
        || [
            "执法检查",
            "专项报告",
            "专项工作报告",
            "实施情况",
            "贯彻实施",
            "执行情况",
            "贯彻落实情况",
            "审议",
            "听取",
            "专题询问",
            "评议",
            "民主监督",
        ]
        .iter()
        .any(|word| name.contains(word) || method.contains(word))
}
