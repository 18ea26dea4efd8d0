//! A name taken apart.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Context, matter, round};
use crate::lexicon::Mention;
use crate::model::schedule::Round;
use crate::model::standard_item::NameParts;
use crate::text::{fold, head};

/// Takes a name apart: year, rounds, kind words, and the matter that is left.
///
/// In order, on folded text: years and rounds come out (`round.rs`), then the places of the context
/// and the words for them (全区, 我县, 辖区内, 本级), 中华人民共和国, then the frame and the
/// boilerplate (`matter.rs`). The matter is never empty for a name that is not: where everything would
/// go, the name without year and place stays. Marks of quotation leave the matter, their content
/// stays whole. `folded` keeps the whole name.
///
/// # Examples
/// ```
/// use tongchou::lexicon::Lexicon;
/// use tongchou::standardise::{Context, Places, name_parts};
/// let lexicon = Lexicon::builtin();
/// let context = Context { lexicon: &lexicon, plan_year: Some(2023), places: &Places::default() };
/// let name = name_parts("关于开展秋季开学检查的通知", &context);
/// assert_eq!(&*name.matter, "开学");
/// ```
#[must_use]
pub fn name_parts(name: &str, context: &Context<'_>) -> NameParts {
    parts(name, context, &mut Names::default())
}

/// What is known of names without their places.
#[derive(Debug, Default)]
pub(super) struct Names {
    told: FxHashMap<String, Told>,
    /// The few kind words that there are, each list once.
    kind_words: FxHashSet<Arc<[String]>>,
}

/// What a name tells without its years, rounds and places.
#[derive(Clone, Debug)]
struct Told {
    matter: Arc<str>,
    rounds: Vec<Round>,
    kind_words: Arc<[String]>,
}

/// [`name_parts`], with what is known of names without their places.
pub(super) fn parts(name: &str, context: &Context<'_>, known: &mut Names) -> NameParts {
    let folded = fold(name);
    let found = round::strip(head(&folded));
    let base = without_places(&found.text, context);
    let before = known.told.get(&base).cloned();
    let told = before.unwrap_or_else(|| {
        let told = told(&base, context, &mut known.kind_words);
        known.told.insert(base, told.clone());
        told
    });
    let mut rounds = found.rounds;
    rounds.extend(told.rounds);
    rounds.sort_unstable();
    rounds.dedup();
    let matter = if told.matter.is_empty() { unquoted(&folded).into() } else { told.matter };
    let matter = if matter.is_empty() { folded.as_str().into() } else { matter };
    let nickname = is_nickname(&folded, context);
    NameParts { folded, matter, rounds, year: found.year, kind_words: told.kind_words, nickname }
}

/// Whether a name is one in quotes: neither what stands in them nor the rest is about a concept of the lexicon.
fn is_nickname(folded: &str, context: &Context<'_>) -> bool {
    let mut quoted = folded.split('"').skip(1).step_by(2).filter(|piece| !piece.is_empty());
    let says_it = |piece: &str| !context.lexicon.words.is_frame(piece);
    quoted.any(says_it) && context.lexicon.concepts.mentions(&unquoted(folded)).next().is_none()
}

fn told(base: &str, context: &Context<'_>, known: &mut FxHashSet<Arc<[String]>>) -> Told {
    let stripped = matter::strip(base, context.lexicon);
    let mut matter = stripped.matter;
    if matter.is_empty() || matter::is_hollow(&matter, context.lexicon) {
        matter = unquoted(base);
    }
    let mut kind_words = stripped.kind_words;
    if kind_words.is_empty() {
        let kinds = &context.lexicon.words.kind_matcher;
        kind_words = kinds.find(base).map(|mention| base[mention.start..mention.end].to_owned()).collect();
    }
    let kind_words = known.get(kind_words.as_slice()).cloned().unwrap_or_else(|| {
        let new: Arc<[String]> = kind_words.into();
        known.insert(Arc::clone(&new));
        new
    });
    Told { matter: matter.into(), rounds: stripped.rounds, kind_words }
}

fn unquoted(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '《' | '》' | '"')).collect()
}

/// Words that mean the planning authority's own place.
const OWN_PLACE: &[&str] = &[
    "本行政区域内",
    "行政区域内",
    "本辖区内",
    "本辖区",
    "辖区内",
    "全自治区",
    "全县域",
    "全区",
    "全县",
    "全市",
    "全旗",
    "全省",
    "全盟",
    "我区",
    "我县",
    "我市",
    "我旗",
    "我省",
    "我盟",
    "本级",
    "中华人民共和国",
];

/// What the full name of a place ends in.
const LEVELS: &[char] = &['省', '市', '州', '盟', '县', '区', '旗', '镇', '乡', '道', '木', '府', '处'];
/// What makes another name of a place's.
const FEATURES: &[char] = &[
    '镇', '乡', '村', '街', '路', '河', '江', '湖', '山', '岛', '湾', '港', '桥', '渠', '坝', '新', '古',
    '老',
];

/// The text without the places of the context and the words for them, outside quotes.
fn without_places(text: &str, context: &Context<'_>) -> String {
    // 河 of 河道 and 新 of 新能源 are no part of a place's name.
    let is_word = |behind: &str| {
        let begins = |found: Option<Mention>| found.is_some_and(|mention| mention.start == 0);
        begins(context.lexicon.concepts.mentions(behind).next())
            || begins(context.lexicon.venues.mentions(behind).next())
    };
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    'next: while at < text.len() {
        let rest = &text[at..];
        if let Some(length) = round::quoted(rest) {
            out.push_str(&rest[..length].replace("中华人民共和国", ""));
            at += length;
            continue;
        }
        let Some(first) = rest.chars().next() else { break };
        if "本行辖全我中".contains(first) {
            for word in OWN_PLACE {
                let Some(behind) = rest.strip_prefix(word) else { continue };
                // 安全区域, 健全市场, 食品安全县 are words of their own.
                let inside = out.ends_with(['安', '健', '完', '齐', '保', '周'])
                    || word.starts_with('全')
                        && behind.starts_with(['场', '域', '政', '容', '间', '别', '级']);
                if !(inside || behind.is_empty() && out.is_empty()) {
                    at += word.len();
                    continue 'next;
                }
            }
        }
        for place in context.places.at(rest) {
            let behind = &rest[place.len()..];
            // 敖林区委 is an organ, not the place and 委; 敖林河 is a river.
            let bare = !place.ends_with(LEVELS) || place.chars().count() <= 2;
            let feature = bare && behind.starts_with(FEATURES) && !is_word(behind);
            let longer = behind.starts_with(['委', '直', '级']) || feature;
            if !(longer || behind.is_empty() && out.is_empty()) {
                at += place.len();
                continue 'next;
            }
        }
        out.push(first);
        at += first.len_utf8();
    }
    out
}
