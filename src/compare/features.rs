//! Everything a comparison looks at, computed once for an item.

use std::collections::BTreeMap;

use super::subject::{Organizer, Subject};
use super::tokens::{Token, Vocabulary, WeightedSet, pairs, semantic};
use crate::lexicon::Lexicon;
use crate::model::ids::UnitIdx;
use crate::model::kind::Kind;
use crate::model::relation::Protection;
use crate::model::schedule::{Round, Schedule};
use crate::model::target_set::Sureness;
use crate::model::unit_set::UnitSet;
use crate::text::fold;

/// The features of one item.
#[derive(Debug)]
pub(super) struct Features {
    /// The matter as written, for identity and for display.
    pub(super) matter: Box<str>,
    /// Character pairs of the matter.
    pub(super) name_pairs: WeightedSet,
    /// Concepts, venues and remaining pairs of the matter.
    pub(super) name_tokens: WeightedSet,
    /// Semantic tokens of the name, numbered and weighted as those of contents.
    pub(super) name_text: WeightedSet,
    /// Semantic tokens of the name without venues.
    pub(super) stem: WeightedSet,
    /// Semantic tokens of the content alone; empty when absent.
    pub(super) own_content: WeightedSet,
    /// Semantic tokens of content and target phrases: what is looked at, and with whom.
    pub(super) content: WeightedSet,
    /// Concepts in the name without those which another one of the name is a kind or part of; sorted.
    pub(super) concepts: Box<[u32]>,
    /// The same without concepts that only say where (驾培机构 in a name is a place, not a matter); sorted.
    pub(super) matter_concepts: Box<[u32]>,
    /// Concepts in content; sorted.
    pub(super) content_concepts: Box<[u32]>,
    /// Contrast words in the matter, sorted.
    pub(super) contrast_words: Box<[u32]>,
    /// Quoted names and titles in the name, as numbers of the pool's table; sorted.
    pub(super) quoted: Box<[u32]>,
    /// Venue types visited, sorted.
    pub(super) venues: Box<[u32]>,
    /// Whether the targets name groups of government units.
    pub(super) visits_government: bool,
    /// Whether all units visited are operators or institutions, by the roster.
    pub(super) visits_sites: bool,
    /// Units visited.
    pub(super) units: UnitSet,
    pub(super) sureness: Sureness,
    /// Number of the unit set among the pool's distinct sets.
    pub(super) unit_set: u32,
    pub(super) organizer: Option<Organizer>,
    pub(super) co_organizers: Box<[Organizer]>,
    pub(super) kind: Kind,
    pub(super) kind_known: bool,
    pub(super) schedule: Schedule,
    pub(super) rounds: Box<[Round]>,
    /// Documents cited, as numbers of the pool's table; sorted.
    pub(super) citations: Box<[u32]>,
    /// Those of `citations` that carry a document number; sorted.
    pub(super) documents: Box<[u32]>,
    pub(super) protections: Box<[Protection]>,
    /// Done on paper or by data only.
    pub(super) remote: bool,
    /// Concepts with which the notes or the content say that it goes together; sorted.
    pub(super) together: Box<[u32]>,
    /// Concepts of which the notes say that they stay separate; sorted.
    pub(super) separate: Box<[u32]>,
    pub(super) jurisdiction: (u32, u32),
}

/// The features of all items of a pool, with the pool's counts.
#[derive(Debug)]
pub(super) struct Pool {
    pub(super) features: Vec<Features>,
    pub(super) pair_weights: Vec<u32>,
    pub(super) name_weights: Vec<u32>,
    pub(super) text_weights: Vec<u32>,
    /// Items whose name speaks of a concept, by concept.
    pub(super) concept_count: Vec<u32>,
    /// Items with a unit set, by number of the set.
    pub(super) unit_set_count: Vec<u32>,
    /// Items which cite a document.
    pub(super) citation_count: Vec<u32>,
    /// Items with a matter, by matter.
    pub(super) matter_count: BTreeMap<Box<str>, u32>,
}

/// The token sets of one item before they are weighted.
struct Sets {
    by_pair: Box<[u32]>,
    by_token: Box<[u32]>,
    stem: Box<[u32]>,
    name_text: Box<[u32]>,
    own_content: Box<[u32]>,
    content: Box<[u32]>,
}

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
];
/// Words after which a sentence speaks of staying separate.
const SEPARATE: &[&str] =
    &["单独", "自行组织", "另行", "不含", "不包括", "不纳入", "不合并", "不并入", "分别组织", "独立开展"];
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

impl Pool {
    pub(super) fn build(subjects: &[Subject<'_>], lexicon: &Lexicon) -> Self {
        let mut name_pairs = Vocabulary::default();
        let mut name_tokens = Vocabulary::default();
        let mut texts = Vocabulary::default();
        let mut quoted = Numbering::default();
        let mut citations = Numbering::default();
        let mut unit_sets = Numbering::default();
        let mut scratch = Vec::new();
        let mut sets = Vec::with_capacity(subjects.len());
        for subject in subjects {
            let matter = subject.standard.name.matter.as_str();
            scratch.clear();
            pairs(matter, &mut scratch);
            let by_pair = name_pairs.intern(&mut scratch);
            scratch.clear();
            semantic(matter, lexicon, &mut scratch);
            let by_token = name_tokens.intern(&mut scratch.clone());
            let mut content = Vec::new();
            semantic(capped(&subject.standard.content), lexicon, &mut content);
            let mut around = content.clone();
            for phrase in &subject.item.targets {
                semantic(capped(&fold(phrase)), lexicon, &mut around);
            }
            let mut whole: Vec<Token> = scratch.iter().chain(&around).copied().collect();
            texts.intern(&mut whole);
            let mut stem: Vec<Token> =
                scratch.iter().filter(|token| !matches!(token, Token::Venue(_))).copied().collect();
            sets.push(Sets {
                by_pair,
                by_token,
                stem: name_tokens.look_up(&mut stem),
                name_text: texts.look_up(&mut scratch),
                own_content: texts.look_up(&mut content),
                content: texts.look_up(&mut around),
            });
        }
        let documents = subjects.len();
        let pair_weights = name_pairs.weights(documents);
        let name_weights = name_tokens.weights(documents);
        let text_weights = texts.weights(documents);
        let mut concept_count = vec![0; lexicon.concepts.len()];
        let mut matter_count: BTreeMap<Box<str>, u32> = BTreeMap::new();
        let mut features = Vec::with_capacity(documents);
        for (subject, sets) in subjects.iter().zip(sets) {
            let standard = subject.standard;
            let matter = standard.name.matter.as_str();
            let concepts = head_concepts(matter, lexicon);
            for &concept in &concepts {
                concept_count[concept as usize] += 1;
            }
            *matter_count.entry(matter.into()).or_default() += 1;
            let mut venues: Vec<u32> = subject.targets.venues.iter().map(|venue| venue.as_u32()).collect();
            // The name tells the venue only where the targets tell nothing.
            if venues.is_empty() && subject.targets.units.is_empty() && subject.targets.groups.is_empty() {
                venues.extend(lexicon.venues.mentions(matter).map(|mention| mention.entry));
            }
            let venues = sorted(venues);
            let method = capped(&standard.method);
            let says = |words: &[&str], text: &str| words.iter().any(|word| text.contains(word));
            features.push(Features {
                matter: matter.into(),
                name_pairs: WeightedSet::new(sets.by_pair, &pair_weights),
                name_tokens: WeightedSet::new(sets.by_token, &name_weights),
                stem: WeightedSet::new(sets.stem, &name_weights),
                name_text: WeightedSet::new(sets.name_text, &text_weights),
                own_content: WeightedSet::new(sets.own_content, &text_weights),
                content: WeightedSet::new(sets.content, &text_weights),
                matter_concepts: matter_concepts(matter, &concepts, lexicon),
                concepts: concepts.into_boxed_slice(),
                content_concepts: mentioned(capped(&standard.content), lexicon),
                contrast_words: contrast_words(matter, lexicon),
                quoted: quoted.numbers(quotations(&standard.name.folded)),
                venues,
                visits_government: !subject.targets.groups.is_empty(),
                visits_sites: subject.visits_sites,
                unit_set: unit_sets.number(&subject.targets.units),
                units: subject.targets.units.clone(),
                sureness: subject.targets.sureness,
                organizer: subject.organizer.cloned(),
                co_organizers: subject.co_organizers.into(),
                kind: standard.kind,
                kind_known: standard.kind_known,
                schedule: standard.schedule.clone(),
                rounds: standard.name.rounds.clone().into_boxed_slice(),
                citations: citations
                    .numbers(standard.citations.iter().map(|citation| citation.key().to_owned())),
                documents: citations.numbers(
                    standard
                        .citations
                        .iter()
                        .filter(|citation| citation.number.as_deref().is_some_and(|number| number.contains('〔')))
                        .map(|citation| citation.key().to_owned()),
                ),
                protections: standard.protections.clone().into_boxed_slice(),
                remote: says(REMOTE, method) && !says(ON_SITE, method)
                    || says(&["书面为主", "不入企", "数据筛查为主", "不进场"], &standard.notes),
                together: said(&[&standard.notes, &standard.content], TOGETHER, lexicon),
                separate: said(&[&standard.notes], SEPARATE, lexicon),
                jurisdiction: subject.jurisdiction,
            });
        }
        let mut unit_set_count = vec![0; unit_sets.len()];
        let mut citation_count = vec![0; citations.len()];
        for feature in &features {
            unit_set_count[feature.unit_set as usize] += 1;
            for &citation in &feature.citations {
                citation_count[citation as usize] += 1;
            }
        }
        Self {
            features,
            pair_weights,
            name_weights,
            text_weights,
            concept_count,
            unit_set_count,
            citation_count,
            matter_count,
        }
    }
}

/// Gives equal values equal numbers, in order of first sight.
#[derive(Debug)]
struct Numbering<T> {
    numbers: rustc_hash::FxHashMap<T, u32>,
}

impl<T> Default for Numbering<T> {
    fn default() -> Self {
        Self { numbers: rustc_hash::FxHashMap::default() }
    }
}

impl<T: std::hash::Hash + Eq + Clone> Numbering<T> {
    fn number(&mut self, value: &T) -> u32 {
        if let Some(&number) = self.numbers.get(value) {
            return number;
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(value.clone(), number);
        number
    }

    fn numbers(&mut self, values: impl IntoIterator<Item = T>) -> Box<[u32]> {
        sorted(values.into_iter().map(|value| self.number(&value)).collect())
    }

    fn len(&self) -> usize {
        self.numbers.len()
    }
}

fn sorted(mut numbers: Vec<u32>) -> Box<[u32]> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_boxed_slice()
}

/// At most the first 2,000 bytes of a text, cut at a character: a content that long says enough.
fn capped(text: &str) -> &str {
    let mut end = text.len().min(2000);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn mentioned(text: &str, lexicon: &Lexicon) -> Box<[u32]> {
    sorted(lexicon.concepts.mentions(text).map(|mention| mention.entry).collect())
}

/// Concepts of a name, without those that only widen another one of the same name.
fn head_concepts(matter: &str, lexicon: &Lexicon) -> Vec<u32> {
    let all = mentioned(matter, lexicon);
    all.iter()
        .copied()
        .filter(|&wide| {
            !all.iter()
                .any(|&other| other != wide && lexicon.concepts.wider(other).binary_search(&wide).is_ok())
        })
        .collect()
}

/// The concepts of a name that are not merely its venue: those with a mention outside every venue's.
fn matter_concepts(matter: &str, concepts: &[u32], lexicon: &Lexicon) -> Box<[u32]> {
    let venues: Vec<_> = lexicon.venues.mentions(matter).collect();
    let outside: Vec<u32> = lexicon
        .concepts
        .mentions(matter)
        .filter(|concept| !venues.iter().any(|venue| venue.start <= concept.start && concept.end <= venue.end))
        .map(|concept| concept.entry)
        .filter(|concept| concepts.contains(concept))
        .collect();
    sorted(outside)
}

fn contrast_words(matter: &str, lexicon: &Lexicon) -> Box<[u32]> {
    sorted(lexicon.words.contrast_matcher.find(matter).map(|mention| mention.entry).collect())
}

/// What stands in quotes or title marks.
fn quotations(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut inside: Option<String> = None;
    for character in name.chars() {
        match (character, &mut inside) {
            ('"' | '》', Some(text)) => {
                if !text.is_empty() {
                    found.push(std::mem::take(text));
                }
                inside = None;
            }
            ('"' | '《', _) => inside = Some(String::new()),
            (_, Some(text)) => text.push(character),
            _ => {}
        }
    }
    found
}

/// Concepts in those sentences of the texts that carry one of the words.
fn said(texts: &[&str], words: &[&str], lexicon: &Lexicon) -> Box<[u32]> {
    let mut concepts = Vec::new();
    for text in texts {
        for sentence in capped(text).split(['.', ';', '!', '\n']) {
            if words.iter().any(|word| sentence.contains(word)) {
                concepts.extend(lexicon.concepts.mentions(sentence).map(|mention| mention.entry));
            }
        }
    }
    sorted(concepts)
}

/// The unit by which organizers are compared.
pub(super) fn department(organizer: &Organizer) -> Option<UnitIdx> {
    organizer.department.or(organizer.unit)
}
