//! Why an item must stand alone.

use super::Context;
use crate::lexicon::ProtectionWords;
use crate::model::relation::Protection;
use crate::text::{fold, head};

/// What protections are read from; all text folded.
#[derive(Clone, Copy, Debug, Default)]
pub struct Protectable<'a> {
    /// The whole name.
    pub name: &'a str,
    /// The method.
    pub method: &'a str,
    /// The content.
    pub content: &'a str,
    /// The organizer.
    pub organizer: &'a str,
}

/// The reasons why an item is protected from merging, sorted.
///
/// A reason of the lexicon holds when
/// - the name holds one of its words and none of its exceptions (信访工作责任制 is no complaint), or
/// - the method *is* one of its words: 四不两直 alone makes a visit unannounced; beside an announced
///   way (四不两直、蹲点调研) or as a mixture (明察暗访) it does not, or
/// - the content holds one of its words that no exception overlaps, or
/// - the organizer is one of its departments. A 人大 item is protected only as 执法检查, 专项报告,
///   审议 or a check of 实施情况: what a congress's office runs for itself is no supervision by law.
#[must_use]
pub fn protections(item: &Protectable<'_>, context: &Context<'_>) -> Vec<Protection> {
    let (name, method, content) = (head(item.name), head(item.method), head(item.content));
    let organizer = Some(head(item.organizer))
        .filter(|organizer| !organizer.is_empty())
        .and_then(|organizer| context.lexicon.departments.identify(organizer))
        .map(|number| context.lexicon.departments.department(number).name.as_str());
    let mut reasons: Vec<Protection> = context
        .lexicon
        .words
        .protections
        .iter()
        .filter(|words| {
            named(words, name)
                || by_method(words, method)
                || in_content(words, content)
                || organizer.is_some_and(|organizer| by_organizer(words, organizer, name, method))
        })
        .map(|words| words.reason)
        .collect();
    reasons.sort_unstable();
    reasons.dedup();
    reasons
}

fn holds(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

fn named(words: &ProtectionWords, name: &str) -> bool {
    holds(name, &words.name_words) && !holds(name, &words.except_words)
}

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

fn by_method(words: &ProtectionWords, method: &str) -> bool {
    if method.is_empty() || holds(method, &words.except_words) {
        return false;
    }
    words.method_words.iter().any(|word| {
        method.find(word.as_str()).is_some_and(|at| {
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
fn in_content(words: &ProtectionWords, content: &str) -> bool {
    !content.is_empty()
        && words.content_words.iter().any(|word| {
            content.match_indices(word.as_str()).take(8).any(|(at, _)| {
                let end = at + word.len();
                !words.except_words.iter().any(|except| {
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
            "审议",
            "听取",
            "专题询问",
            "评议",
            "民主监督",
        ]
        .iter()
        .any(|word| name.contains(word) || method.contains(word))
}

/// [`protections`] of an item's verbatim organizer and folded texts.
pub(super) fn of(
    name: &str,
    method: &str,
    content: &str,
    organizer: Option<&str>,
    context: &Context<'_>,
) -> Vec<Protection> {
    let organizer = organizer.map(|organizer| fold(head(organizer))).unwrap_or_default();
    protections(&Protectable { name, method, content, organizer: &organizer }, context)
}
