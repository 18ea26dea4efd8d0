//! Comparisons of what the items say: name, concept, content, object, notes.

use super::features::{Features, Pool};
use crate::lexicon::Lexicon;
use crate::policy::Level;

/// Level of the names: the better of two weighted Dice coefficients, on character pairs and on
/// concepts with the remaining pairs.
pub(super) fn name(pool: &Pool, a: &Features, b: &Features) -> Level {
    if a.matter == b.matter && !a.matter.is_empty() {
        return Level::NameIdentical;
    }
    match name_similarity(pool, a, b) {
        800.. => Level::NameVeryClose,
        620.. => Level::NameClose,
        450.. => Level::NameSimilar,
        280.. => Level::NameSome,
        120.. => Level::NameLittle,
        _ => Level::NameNone,
    }
}

/// Similarity of the names in thousandths.
pub(super) fn name_similarity(pool: &Pool, a: &Features, b: &Features) -> u32 {
    let by_pair = a.name_pairs.dice(&b.name_pairs, &pool.pair_weights);
    let by_token = a.name_tokens.dice(&b.name_tokens, &pool.name_weights);
    by_pair.max(by_token)
}

/// Level of the concepts that the names speak of.
pub(super) fn concept(lexicon: &Lexicon, a: &Features, b: &Features) -> Level {
    if a.concepts.is_empty() || b.concepts.is_empty() {
        return Level::ConceptUnknown;
    }
    if a.concepts == b.concepts {
        return Level::ConceptSame;
    }
    let shared = common(&a.concepts, &b.concepts);
    if shared > 0 {
        return if shared == a.concepts.len().min(b.concepts.len()) {
            Level::ConceptContained
        } else {
            Level::ConceptShared
        };
    }
    if nested(lexicon, &a.concepts, &b.concepts) || nested(lexicon, &b.concepts, &a.concepts) {
        Level::ConceptNested
    } else {
        Level::ConceptUnrelated
    }
}

/// Whether every concept of `parts` is a kind or part of some concept of `wholes`.
pub(super) fn nested(lexicon: &Lexicon, parts: &[u32], wholes: &[u32]) -> bool {
    parts.iter().all(|&part| {
        wholes
            .iter()
            .any(|&whole| lexicon.concepts.is_a(part, whole) || lexicon.concepts.is_part(part, whole))
    })
}

/// How far the content of `whole` names the matter of `part`.
pub(super) fn naming(pool: &Pool, lexicon: &Lexicon, part: &Features, whole: &Features) -> Level {
    if whole.content.tokens.is_empty() {
        return Level::ContentUnknown;
    }
    let by_concept = !part.concepts.is_empty()
        && part.concepts.iter().all(|&concept| {
            whole.content_concepts.binary_search(&concept).is_ok()
                || whole.content_concepts.iter().any(|&named| lexicon.concepts.is_a(concept, named))
        });
    if by_concept {
        return Level::ContentNamesConcept;
    }
    // Wording of the part against everything the whole says, less what the names share anyway.
    match part.text_of_name_in(pool, whole) {
        650.. => Level::ContentNamesWords,
        420.. => Level::ContentHalf,
        _ => Level::ContentDifferent,
    }
}

impl Features {
    /// Share of the name's tokens that stand in the other's content, in thousandths.
    fn text_of_name_in(&self, pool: &Pool, whole: &Self) -> u32 {
        self.name_text.contained_in(&whole.content, &pool.text_weights)
    }
}

/// Level of the contents: the strongest of naming one way, naming the other way, and likeness.
pub(super) fn content(pool: &Pool, lexicon: &Lexicon, a: &Features, b: &Features) -> Level {
    let forth = naming(pool, lexicon, a, b);
    let back = naming(pool, lexicon, b, a);
    if forth == Level::ContentNamesConcept || back == Level::ContentNamesConcept {
        return Level::ContentNamesConcept;
    }
    let alike = if a.content.tokens.is_empty() || b.content.tokens.is_empty() {
        Level::ContentUnknown
    } else {
        match a.content.dice(&b.content, &pool.text_weights) {
            300.. => Level::ContentClose,
            160.. => Level::ContentOverlap,
            _ => Level::ContentDifferent,
        }
    };
    for level in [Level::ContentNamesWords, Level::ContentClose, Level::ContentHalf, Level::ContentOverlap] {
        if forth == level || back == level || alike == level {
            return level;
        }
    }
    alike
}

/// Level of object words: contrasts, subsets, quoted names.
pub(super) fn object(lexicon: &Lexicon, a: &Features, b: &Features, same_organizer: bool) -> Level {
    let mut subset = false;
    for &word in &a.contrast_words {
        for &set in &lexicon.words.contrast_words[word as usize].1 {
            let contrast = &lexicon.words.contrasts[set as usize];
            if contrast.round {
                continue;
            }
            let carries = |features: &Features| {
                features
                    .contrast_words
                    .iter()
                    .filter(|&&other| lexicon.words.contrast_words[other as usize].1.contains(&set))
                    .count()
            };
            let theirs = carries(b);
            let shared = b.contrast_words.iter().any(|&other| {
                a.contrast_words.contains(&other)
                    && lexicon.words.contrast_words[other as usize].1.contains(&set)
            });
            if theirs > 0 && !shared {
                if !contrast.subset {
                    return Level::ObjectContrast;
                }
                subset = true;
            }
        }
    }
    if subset && !same_organizer {
        return Level::ObjectSubset;
    }
    if a.quoted.is_empty() || b.quoted.is_empty() {
        return Level::ObjectNone;
    }
    if common(&a.quoted, &b.quoted) > 0 { Level::ObjectSame } else { Level::ObjectDiffers }
}

/// Level of what notes and contents say of the other item.
pub(super) fn notes(a: &Features, b: &Features) -> Level {
    let speaks = |said: &[u32], of: &Features| {
        !said.is_empty()
            && !of.concepts.is_empty()
            && of.concepts.iter().all(|concept| said.binary_search(concept).is_ok())
    };
    if speaks(&a.separate, b) || speaks(&b.separate, a) {
        Level::NotesSeparate
    } else if speaks(&a.together, b) || speaks(&b.together, a) {
        Level::NotesTogether
    } else {
        Level::NotesSilent
    }
}

/// Number of common entries of two sorted lists.
pub(super) fn common(a: &[u32], b: &[u32]) -> usize {
    let (mut left, mut right, mut count) = (0, 0, 0);
    while left < a.len() && right < b.len() {
        let (mine, theirs) = (a[left], b[right]);
        count += usize::from(mine == theirs);
        left += usize::from(mine <= theirs);
        right += usize::from(theirs <= mine);
    }
    count
}
