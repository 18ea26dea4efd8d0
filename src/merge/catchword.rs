//! Catchwords by which a duplicate is known.

use super::facets::shortened;
use super::phrase::Phrase;

/// Words that a catchword in quotes goes by as the name of a whole matter: “放管服”改革.
const CAMPAIGNS: &[&str] = &["改革", "行动", "工程", "计划", "创建", "整治", "制度", "工作", "活动"];

/// A short catchword in quotes, with the word it belongs to: “打伞破网”, “放管服”改革.
///
/// “全员上岸”预案 is none: the quote only names a part of what is looked at.
pub(super) fn catchword(body: &Phrase) -> Option<Phrase> {
    let folded = body.folded();
    // What a name begins with it is known by: 整治“百日行动” is a 整治.
    let start = folded.find('"').filter(|&start| start == 0)?;
    let close = start + 1 + folded[start + 1..].find('"')? + 1;
    let end = folded[close..]
        .find(['、', '和', '与', '及', '暨', ',', '"'])
        .map_or(folded.len(), |stop| close + stop);
    let quote = body.slice(start..close);
    if !(5..=10).contains(&quote.chars()) {
        return None;
    }
    let whole = shortened(&body.slice(start..end));
    let rest = &whole.folded()[(close - start).min(whole.folded().len())..];
    if !rest.is_empty() && !CAMPAIGNS.iter().any(|word| rest.ends_with(word)) {
        return None;
    }
    Some(if whole.chars() <= 12 { whole } else { quote })
}
