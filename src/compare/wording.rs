//! Comparisons of what the items say: name, concept, content, object, notes.

use super::features::Features;
use super::pool::Pool;
use super::tokens::coverage;
use crate::lexicon::Lexicon;
use crate::policy::Level;

/// Level of the names: the better of two weighted Dice coefficients, on character pairs and on
/// concepts with the remaining pairs.
///
/// `explained` says that the lexicon or a content accounts for different wording, so that it does not
/// speak against a merge. For one organizer, names that differ in venue, subset or round alone count as close.
/// Where both visit one venue (`one_venue`), the venue's name says nothing: only the stems are compared.
pub(super) fn name(
    pool: &Pool,
    a: &Features,
    b: &Features,
    same_organizer: bool,
    one_venue: bool,
    explained: bool,
) -> Level {
    if a.matter == b.matter && !a.matter.is_empty() {
        return Level::NameIdentical;
    }
    let similarity = if one_venue && !same_organizer {
        a.stem.dice(&b.stem, &pool.stem_weights)
    } else {
        name_similarity(pool, a, b)
    };
    let level = name_level(similarity);
    if level > Level::NameVeryClose && same_organizer {
        let common = a.stem.common(&b.stem, &pool.stem_weights);
        match stem_level(a.stem.weight.max(b.stem.weight), common) {
            Some(Level::NameClose) if level <= Level::NameClose => {}
            Some(close) => return close,
            None => {}
        }
    }
    if level > Level::NameSimilar && !one_venue && contained(pool, a, b) {
        return Level::NameContained;
    }
    if level >= Level::NameLittle && (a.is_hollow() || b.is_hollow()) {
        return Level::NameHollow;
    }
    if level >= Level::NameLittle && explained { Level::NameExplained } else { level }
}

/// Level of names that are that similar, in thousandths.
pub(super) fn name_level(similarity: u32) -> Level {
    match similarity {
        800.. => Level::NameVeryClose,
        620.. => Level::NameClose,
        450.. => Level::NameSimilar,
        280.. => Level::NameSome,
        120.. => Level::NameLittle,
        _ => Level::NameNone,
    }
}

/// Weight from which a stem or a contained name says something, in thousandths of a bit.
pub(super) const TELLING: u32 = 14_000;
/// Least weight of the words in common by which contents tell what a name does not.
pub(super) const TELLS: u32 = 2 * TELLING;

/// Weight below which a stem says nothing, in thousandths of a bit: less than two rare pairs.
const HOLLOW: u32 = 10_000;

/// Level of the names of one organizer without venues and subsets, of which the heavier one weighs `heavier` and the
/// common tokens `common`; none where they say little or differ.
pub(super) fn stem_level(heavier: u32, common: u32) -> Option<Level> {
    if common < TELLING {
        return None;
    }
    match u64::from(common) * 1000 / u64::from(heavier.max(1)) {
        950.. => Some(Level::NameVeryClose),
        700.. => Some(Level::NameClose),
        _ => None,
    }
}

/// Whether nearly all of the shorter name stands in the longer.
fn contained(pool: &Pool, a: &Features, b: &Features) -> bool {
    let (short, long) = if a.name_tokens.weight <= b.name_tokens.weight { (a, b) } else { (b, a) };
    short.name_tokens.weight >= TELLING
        && short.name_tokens.contained_in(&long.name_tokens, &pool.name_weights) >= 900
        || short.name_pairs.weight >= TELLING
            && short.name_pairs.contained_in(&long.name_pairs, &pool.pair_weights) >= 900
}

/// Similarity of the names in thousandths.
pub(super) fn name_similarity(pool: &Pool, a: &Features, b: &Features) -> u32 {
    let by_pair = a.name_pairs.dice(&b.name_pairs, &pool.pair_weights);
    let by_token = a.name_tokens.dice(&b.name_tokens, &pool.name_weights);
    by_pair.max(by_token)
}

/// Level of the concepts that the names speak of.
///
/// Where both visit one venue, concepts that only name the venue are left out.
pub(super) fn concept(lexicon: &Lexicon, a: &Features, b: &Features, one_venue: bool) -> Level {
    let (mine, theirs) =
        if one_venue { (&*a.matter_concepts, &*b.matter_concepts) } else { (&*a.concepts, &*b.concepts) };
    if mine.is_empty() || theirs.is_empty() {
        return Level::ConceptUnknown;
    }
    if mine == theirs {
        let aside = a.concept_share.min(b.concept_share) < MOSTLY;
        return if aside { Level::ConceptSameAside } else { Level::ConceptSame };
    }
    let shared = common(mine, theirs);
    if shared > 0 {
        return if shared == mine.len().min(theirs.len()) {
            Level::ConceptContained
        } else {
            Level::ConceptShared
        };
    }
    if nested(lexicon, mine, theirs) || nested(lexicon, theirs, mine) {
        return Level::ConceptNested;
    }
    let above = |list: &[u32], other: &[u32]| {
        list.iter().any(|&one| {
            other.iter().any(|&two| {
                common(lexicon.concepts.wider(one), lexicon.concepts.wider(two)) > 0
                    || common(lexicon.concepts.wholes(one), lexicon.concepts.wholes(two)) > 0
                    || lexicon.concepts.is_a(one, two)
                    || lexicon.concepts.is_a(two, one)
                    || lexicon.concepts.is_part(one, two)
                    || lexicon.concepts.is_part(two, one)
            })
        })
    };
    if above(mine, theirs) {
        Level::ConceptSibling
    } else if a.concept_share.min(b.concept_share) < MOSTLY {
        Level::ConceptAside
    } else {
        Level::ConceptUnrelated
    }
}

/// Share of a name from which its concepts are what it is about, in thousandths.
pub(super) const MOSTLY: u32 = 400;

/// Whether every concept of `parts` is a kind or part of some concept of `wholes`.
pub(super) fn nested(lexicon: &Lexicon, parts: &[u32], wholes: &[u32]) -> bool {
    parts.iter().all(|&part| {
        wholes
            .iter()
            .any(|&whole| lexicon.concepts.is_a(part, whole) || lexicon.concepts.is_part(part, whole))
    })
}

/// How far the content of `whole` names the matter of `part`.
pub(super) fn naming(pool: &Pool, part: &Features, whole: &Features) -> Level {
    if whole.content.own.tokens.is_empty() {
        return Level::ContentUnknown;
    }
    let by_concept = head_concepts_named(pool, part, whole);
    if by_concept {
        return Level::ContentNamesConcept;
    }
    // Wording of the part against everything the whole says, less what the names share anyway.
    words_named(part.text_of_name_in(pool, whole))
}

/// Shares of a name from which a content holds most of its words, and half of them.
pub(super) const NAMED: [u32; 2] = [650, 420];

/// Level of a content that holds that share of the other's name, in thousandths.
pub(super) fn words_named(share: u32) -> Level {
    const MOST: u32 = NAMED[0];
    const HALF: u32 = NAMED[1];
    match share {
        MOST.. => Level::ContentNamesWords,
        HALF.. => Level::ContentHalf,
        _ => Level::ContentDifferent,
    }
}

/// Shares of a content from which it is very close to another one, close, overlaps with it and shares some wording.
pub(super) const LIKE: [u32; 4] = [500, 350, 200, 130];

/// Level of two contents by the weight of their common tokens, their weighted Dice coefficient, and the share of the
/// shorter one that stands in the other.
pub(super) fn likeness(common: u32, dice: u32, overlap: u32) -> Level {
    const VERY_CLOSE: u32 = LIKE[0];
    const CLOSE: u32 = LIKE[1];
    const OVERLAP: u32 = LIKE[2];
    const SOME: u32 = LIKE[3];
    match (dice, overlap) {
        (330.., _) | (_, VERY_CLOSE..) if common >= 3 * TELLING => Level::ContentVeryClose,
        (250.., _) | (_, CLOSE..) if common >= TELLING => Level::ContentClose,
        (130.., _) | (_, OVERLAP..) if common >= TELLING => Level::ContentOverlap,
        (90.., _) | (_, SOME..) if common >= TELLING => Level::ContentSome,
        _ => Level::ContentDifferent,
    }
}

/// Whether the contents are very close for what they say themselves, without the phrases for targets: that 各乡镇人民政府、
/// 街道办事处 stands in both rows does not make two matters one.
pub(super) fn contents_alike(pool: &Pool, a: &Features, b: &Features) -> bool {
    a.content.own.common(&b.content.own, &pool.text_weights) >= 3 * TELLING
}

/// Whether two contents tell that names without a common word are of one matter: they have much in common besides
/// targets, and do not speak of different concepts, as forms do that are filled in for one matter after the other.
pub(super) fn tells(pool: &Pool, lexicon: &Lexicon, a: &Features, b: &Features) -> bool {
    let speaks_of_it = |one: &Features, other: &Features| {
        let near =
            |concept: u32, others: &[u32]| others.iter().any(|&known| related(lexicon, concept, known));
        let own = &one.content.concepts;
        own.is_empty()
            || own.iter().any(|&own| near(own, &other.concepts) || near(own, &other.content.concepts))
    };
    a.content.own.common(&b.content.own, &pool.text_weights) >= TELLS
        && speaks_of_it(a, b)
        && speaks_of_it(b, a)
}

/// Whether the content of `whole` speaks of the rarest concept in the name of `part`: what the name is
/// about, where it holds several.
///
/// A concept that only says where (驾培机构 in 驾培机构培训收费) is not what a name is about that says more.
pub(super) fn head_concepts_named(pool: &Pool, part: &Features, whole: &Features) -> bool {
    let heads = if part.matter_concepts.is_empty() && part.is_hollow() {
        &part.concepts
    } else {
        &part.matter_concepts
    };
    let count = |concept: &u32| pool.mention_count[*concept as usize];
    let rarest = heads.iter().map(count).min();
    heads.iter().any(|concept| {
        Some(count(concept)) == rarest && whole.content.concepts.binary_search(concept).is_ok()
    })
}

/// Whether one speaks of a concept, in its name or content, that has to do with none of the other's; with what the other
/// says it goes into (得分计入综合考核), anything may have to do.
pub(super) fn says_more(lexicon: &Lexicon, one: &Features, other: &Features) -> bool {
    let goes_there = |concept: &u32| other.said.together.binary_search(concept).is_ok();
    let content = other.content.concepts.iter().filter(|concept| !goes_there(concept));
    let theirs = || other.concepts.iter().chain(content.clone());
    let mut mine = one.concepts.iter().chain(&one.content.concepts);
    mine.any(|&mine| !theirs().any(|&theirs| related(lexicon, mine, theirs)))
}

/// Whether the name of one speaks of a concept that has to do with none in the name of the other.
pub(super) fn lists_more(lexicon: &Lexicon, one: &Features, other: &Features) -> bool {
    one.concepts.iter().any(|&mine| !other.concepts.iter().any(|&theirs| related(lexicon, mine, theirs)))
}

/// Whether one concept is a kind or part of the other, or is it.
fn related(lexicon: &Lexicon, one: u32, other: u32) -> bool {
    nested(lexicon, &[one], &[other]) || nested(lexicon, &[other], &[one])
}

/// Whether the content of one lists what the other's name is about as an element of its own.
pub(super) fn lists(pool: &Pool, a: &Features, b: &Features) -> bool {
    let one = |part: &Features, whole: &Features| {
        let rarest = part.concepts.iter().map(|&concept| pool.mention_count[concept as usize]).min();
        part.concepts.iter().any(|&concept| {
            Some(pool.mention_count[concept as usize]) == rarest
                && whole.content.listed.binary_search(&concept).is_ok()
        })
    };
    one(a, b) || one(b, a)
}

impl Features {
    /// Whether the name says no more than where, or nothing.
    pub(super) fn is_hollow(&self) -> bool {
        self.matter_concepts.is_empty() && (self.is_frame || self.stem.weight < HOLLOW)
    }

    /// Share of the name's tokens that stand in the other's content, in thousandths.
    fn text_of_name_in(&self, pool: &Pool, whole: &Self) -> u32 {
        coverage(&self.name_sequence, &whole.content.own, &pool.text_weights)
    }
}

/// Level of the contents: the strongest of naming one way, naming the other way, and likeness.
///
/// Items that speak of the same concepts name each other trivially: then only likeness counts (`same_concepts`). Two
/// short checklists of one matter seldom share a word: for one organizer, and for the same units, that does not speak
/// against it (`forgiving`).
pub(super) fn content(
    pool: &Pool,
    a: &Features,
    b: &Features,
    forgiving: bool,
    same_concepts: bool,
) -> Level {
    let forth = naming(pool, a, b);
    let back = naming(pool, b, a);
    if !same_concepts && (forth == Level::ContentNamesConcept || back == Level::ContentNamesConcept) {
        return Level::ContentNamesConcept;
    }
    let alike = if a.content.own.tokens.is_empty() || b.content.own.tokens.is_empty() {
        Level::ContentUnknown
    } else {
        // The overlap coefficient forgives a content that says more, the floor keeps short ones honest.
        let common = a.surrounding.set.common(&b.surrounding.set, &pool.text_weights);
        let (short, long) =
            if a.surrounding.set.weight <= b.surrounding.set.weight { (a, b) } else { (b, a) };
        let overlap = coverage(&short.surrounding.sequence, &long.surrounding.set, &pool.text_weights);
        likeness(common, a.surrounding.set.dice_of(&b.surrounding.set, common), overlap)
    };
    for level in [
        Level::ContentVeryClose,
        Level::ContentClose,
        Level::ContentNamesWords,
        Level::ContentOverlap,
        Level::ContentHalf,
    ] {
        if forth == level || back == level || alike == level {
            return level;
        }
    }
    if forgiving && same_concepts && alike == Level::ContentDifferent {
        return Level::ContentUnknown;
    }
    // With one content only, nothing speaks against.
    alike
}

/// Level of object words: contrasts, subsets, quoted names.
///
/// A contrast word counts only where the names are otherwise alike (`alike`) and neither name holds
/// the other's word: the words must stand in the same place.
pub(super) fn object(
    lexicon: &Lexicon,
    a: &Features,
    b: &Features,
    same_organizer: bool,
    alike: bool,
    concept: Level,
) -> Level {
    let mut subset = false;
    let contrasting = if alike { &a.contrast_words[..] } else { &[] };
    for &word in contrasting {
        if b.matter.contains(lexicon.words.contrast_words[word as usize].0.as_str()) {
            continue;
        }
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
                    .filter(|&&other| {
                        !a.matter.contains(lexicon.words.contrast_words[other as usize].0.as_str())
                    })
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
    if common(&a.quoted, &b.quoted) == 0 {
        return Level::ObjectDiffers;
    }
    // A quoted concept that both share has been counted.
    match concept {
        concept if concept.is_same_concept() => Level::ObjectNone,
        Level::ConceptContained | Level::ConceptListed | Level::ConceptShared => Level::ObjectNone,
        _ => Level::ObjectSame,
    }
}

/// Level of what notes and contents say of the other item.
///
/// An assessment whose content scores several matters together (三项合并考核) takes in no check of one of them: there
/// only the notes count. `repeats` says that one asks what the other asks, `one_visit` that both go to the
/// same units and can go at the same time.
pub(super) fn notes(
    pool: &Pool,
    lexicon: &Lexicon,
    [a, b]: [&Features; 2],
    [concept, kind]: [Level; 2],
    repeats: bool,
    one_visit: bool,
) -> Level {
    let speaks = |said: &[u32], of: &Features| {
        !said.is_empty()
            && !of.concepts.is_empty()
            && of.concepts.iter().all(|concept| said.binary_search(concept).is_ok())
    };
    let joins = |one: &Features, other: &Features| {
        let said = &one.said;
        speaks(
            if matches!(kind, Level::KindScoring | Level::KindAlongside) {
                &said.together_by_note
            } else {
                &said.together
            },
            other,
        )
    };
    // Whoever excepts all places that the other visits does not mean them.
    let excepts = |said: &[u32], of: &Features| {
        !said.is_empty()
            && !of.venues.is_empty()
            && of.venues.iter().all(|&venue| said.iter().any(|&out| lexicon.venues.is_a(venue, out)))
    };
    if speaks(&a.said.separate, b)
        || speaks(&b.said.separate, a)
        || excepts(&a.said.excepted, b)
        || excepts(&b.said.excepted, a)
    {
        Level::NotesSeparate
    } else if joins(a, b) || joins(b, a) {
        Level::NotesTogether
    } else if !concept.is_same_concept()
        && (a.alone && may_be_part(pool, lexicon, a, b) || b.alone && may_be_part(pool, lexicon, b, a))
    {
        Level::NotesAlone
    } else if repeats {
        Level::NotesSame
    } else if calls(a, &a.said.partners, b) || calls(b, &b.said.partners, a) {
        if one_visit { Level::NotesCompany } else { Level::NotesPartner }
    } else if calls(a, &a.said.mentioned, b) || calls(b, &b.said.mentioned, a) {
        Level::NotesMention
    } else {
        Level::NotesSilent
    }
}

/// Whether one could fold into the other as its part.
fn may_be_part(pool: &Pool, lexicon: &Lexicon, part: &Features, whole: &Features) -> bool {
    !part.concepts.is_empty() && nested(lexicon, &part.concepts, &whole.concepts)
        || matches!(naming(pool, part, whole), Level::ContentNamesConcept | Level::ContentNamesWords)
}

/// Whether `called`, whom the notes of one call, are the other's organizer and not its own.
fn calls(one: &Features, called: &[u32], other: &Features) -> bool {
    common(called, &other.callsigns) > 0 && one.department != other.department
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
