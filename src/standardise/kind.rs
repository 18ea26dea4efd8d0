//! What sort of activity an item is.

use super::Context;
use crate::model::kind::Kind;
use crate::model::standard_item::NameParts;
use crate::text::{fold, head};

/// The kind that the kind field tells, else the last kind word of the name; and whether either did.
///
/// Any form of the lexicon counts (督导 is a 督查). A compound whose last word scores is an
/// assessment, whatever it begins with: 督查考核 ends in marks. Neither told: [`Kind::Inspection`],
/// `false`.
///
/// # Examples
/// ```
/// use tongchou::lexicon::Lexicon;
/// use tongchou::model::kind::Kind;
/// use tongchou::standardise::{Context, Places, kind, name_parts};
/// let lexicon = Lexicon::builtin();
/// let context = Context { lexicon: &lexicon, plan_year: None, places: &Places::default() };
/// let name = name_parts("林长制年度督查考核", &context);
/// assert_eq!(kind(None, &name, &context), (Kind::Assessment, true));
/// assert_eq!(kind(Some("督导"), &name, &context), (Kind::Supervision, true));
/// ```
#[must_use]
pub fn kind(field: Option<&str>, name: &NameParts, context: &Context<'_>) -> (Kind, bool) {
    let told = field.and_then(|field| of_field(field, context)).or_else(|| of_name(name, context));
    told.map_or((Kind::Inspection, false), |kind| (kind, true))
}

/// The kind that the kind field tells.
pub(super) fn of_field(field: &str, context: &Context<'_>) -> Option<Kind> {
    of_word(&fold(head(field)), context)
}

/// The kind that the name tells.
pub(super) fn of_name(name: &NameParts, context: &Context<'_>) -> Option<Kind> {
    name.kind_words.iter().rev().find_map(|word| of_word(word, context))
}

/// The kind of the last form in `word`.
fn of_word(word: &str, context: &Context<'_>) -> Option<Kind> {
    if word.ends_with("考核") || word.ends_with("考评") {
        return Some(Kind::Assessment);
    }
    let matcher = &context.lexicon.words.kind_matcher;
    let entry = matcher.exact(word).or_else(|| matcher.find(word).last().map(|mention| mention.entry))?;
    Kind::ALL.get(entry as usize).copied()
}
