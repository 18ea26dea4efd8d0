//! The distinct wordings of a pool: names and contents, each analysed once however many items share it.

use std::sync::Arc;

use super::callsign::Callsigns;
use super::counts::Counting;
use super::features::{Content, NameFeatures, Surrounding, contrast_words, listed};
use super::reading::Reading;
use super::said::Said;
use super::speech::{self, capped};
use super::subject::Subject;
use super::texts::{Texts, TextsOf};
use super::tokens::{Sequence, Token, Vocabulary, WeightedSet, pairs};
use super::wording::{LIKE, NAMED};
use crate::lexicon::Lexicon;
use crate::model::stop::Stop;
use crate::parallel;
use crate::text::fold;

/// All wordings, and which of them each item has.
#[derive(Debug)]
pub(super) struct Wordings {
    pub(super) names: Vec<Arc<NameFeatures>>,
    pub(super) contents: Vec<Arc<Content>>,
    pub(super) surroundings: Vec<Arc<Surrounding>>,
    pub(super) remarks: Vec<Arc<Said>>,
    /// By method: whether it needs no visit.
    pub(super) remote: Vec<bool>,
    /// By item.
    pub(super) of: Vec<TextsOf>,
    pub(super) pair_weights: Vec<u32>,
    pub(super) name_weights: Vec<u32>,
    pub(super) text_weights: Vec<u32>,
    pub(super) stem_weights: Vec<u32>,
}

/// The tokens of a name before they are numbered, with what needs no numbers.
pub(super) struct RawName {
    pub(super) pairs: Vec<Token>,
    pub(super) tokens: Vec<Token>,
    pub(super) stem: Vec<Token>,
    pub(super) features: NameFeatures,
}

impl Wordings {
    /// Complexity: linear in the length of all distinct texts, and in the tokens of all items.
    pub(super) fn of(
        subjects: &[Subject<'_>],
        callsigns: &Callsigns,
        lexicon: &Lexicon,
        counting: &mut Counting<'_>,
        stop: Stop<'_>,
    ) -> Self {
        let (Texts { names, contents, methods, surroundings, remarks, phrases }, of) = Texts::of(subjects);

        // Texts to tokens, on all threads. Once nobody wants them any more, they are empty.
        let raw_names = parallel::map(&names.values, |name| RawName::new(wanted(name, stop), lexicon));
        let raw_contents: Vec<(Vec<Token>, Box<[u32]>)> = parallel::map(&contents.values, |content| {
            let reading = Reading::of(capped(wanted(content, stop)), lexicon);
            (reading.tokens(), reading.concepts())
        });
        let (raw_contents, content_concepts): (Vec<_>, Vec<_>) = raw_contents.into_iter().unzip();
        let raw_phrases = parallel::map(&phrases.values, |phrase| {
            Reading::of(capped(&fold(wanted(phrase, stop))), lexicon).tokens()
        });

        // Tokens to numbers, in one order for each vocabulary: names have three of their own, and share one with
        // the other texts.
        let [mut by_pair, mut by_token, mut stems, mut texts] = [(); 4].map(|()| Vocabulary::default());
        let (sets, (in_texts, content_sequences, phrase_sequences)) = parallel::both(
            || {
                let own = |name: &RawName| {
                    [by_pair.set(&name.pairs), by_token.set(&name.tokens), stems.set(&name.stem)]
                };
                raw_names.iter().map(own).collect::<Vec<_>>()
            },
            || {
                let names = raw_names.iter().map(|name| texts.sequence(&name.tokens));
                let names: Vec<Box<[u32]>> = names.collect();
                let mut sequences = |raw: Vec<Vec<Token>>| -> Vec<Box<[u32]>> {
                    raw.into_iter().map(|tokens| texts.sequence(&tokens)).collect()
                };
                (names, sequences(raw_contents), sequences(raw_phrases))
            },
        );
        let around: Vec<[Box<[u32]>; 2]> = parallel::map(&surroundings.values, |&(content, targets)| {
            let mut sequence = content_sequences[content as usize].to_vec();
            for phrase in targets {
                sequence.extend_from_slice(&phrase_sequences[phrases.get(phrase.as_str()) as usize]);
            }
            [Sequence::set(&sequence), sequence.into_boxed_slice()]
        });

        // How many items have each.
        let name_texts = parallel::map(&in_texts, |sequence| Sequence::set(sequence));
        parallel::both(
            || {
                for of in &of {
                    let [pairs, tokens, stem] = &sets[of.name as usize];
                    by_pair.count(pairs);
                    by_token.count(tokens);
                    stems.count(stem);
                }
            },
            || {
                for of in &of {
                    texts.count_union(&name_texts[of.name as usize], &around[of.surrounding as usize][0]);
                }
            },
        );
        let vocabularies = [&mut by_pair, &mut by_token, &mut stems, &mut texts];
        let documents = counting.settle(subjects.len(), vocabularies) as u32;
        let [pair_weights, name_weights, text_weights, stem_weights] =
            [by_pair, by_token, texts, stems].map(|vocabulary| vocabulary.weights(documents));
        let mut names = Vec::with_capacity(raw_names.len());
        let numbered = sets.into_iter().zip(in_texts.into_iter().zip(name_texts));
        for (raw, ([pairs, tokens, stem], (sequence, text))) in raw_names.into_iter().zip(numbered) {
            names.push(Arc::new(NameFeatures {
                name_pairs: WeightedSet::new(pairs, &pair_weights),
                name_tokens: WeightedSet::new(tokens, &name_weights),
                stem: WeightedSet::new(stem, &stem_weights),
                name_text: WeightedSet::new(text, &text_weights),
                name_sequence: Sequence::new(sequence, &text_weights, &NAMED),
                ..raw.features
            }));
        }
        let nothing = Arc::default();
        let positions: Vec<usize> = (0..contents.values.len()).collect();
        let contents = parallel::map(&positions, |&position| {
            let text = capped(wanted(contents.values[position], stop));
            Arc::new(Content {
                own: WeightedSet::new(Sequence::set(&content_sequences[position]), &text_weights),
                concepts: content_concepts[position].clone(),
                listed: listed(text, lexicon),
                said: Said::by_content(text, &nothing, lexicon),
            })
        });
        Self {
            names,
            surroundings: parallel::map(&around, |[set, sequence]| {
                Arc::new(Surrounding {
                    set: WeightedSet::new(set.clone(), &text_weights),
                    sequence: Sequence::new(sequence.clone(), &text_weights, &LIKE),
                })
            }),
            remarks: parallel::map(&remarks.values, |&(content, notes)| {
                let by_content = &contents[content as usize].said;
                Said::with_notes(by_content, wanted(notes, stop), callsigns, lexicon)
            }),
            remote: parallel::map(&methods.values, |method| speech::is_remote(wanted(method, stop))),
            contents,
            of,
            pair_weights,
            name_weights,
            text_weights,
            stem_weights,
        }
    }
}

/// The text, or none once the work is to stop.
fn wanted<'t>(text: &'t str, stop: Stop<'_>) -> &'t str {
    if stop.asked() { "" } else { text }
}

fn implied_venues(concepts: &[u32], lexicon: &Lexicon) -> Box<[u32]> {
    let venues = |&concept: &u32| lexicon.venues.mentions(&lexicon.concepts.entry(concept).name);
    concepts.iter().flat_map(venues).map(|mention| mention.entry).collect()
}

impl RawName {
    pub(super) fn new(matter: &str, lexicon: &Lexicon) -> Self {
        let reading = Reading::of(matter, lexicon);
        let mut by_pair = Vec::new();
        pairs(matter, &mut by_pair);
        let concepts = reading.head_concepts();
        Self {
            pairs: by_pair,
            tokens: reading.tokens(),
            stem: Reading::of(&reading.stem(), lexicon).tokens(),
            features: NameFeatures {
                matter: matter.into(),
                matter_concepts: reading.matter_concepts(&concepts),
                is_frame: lexicon.words.is_frame(matter),
                concept_share: reading.concept_share(),
                implied_venues: implied_venues(&concepts, lexicon),
                concepts,
                contrast_words: contrast_words(matter, lexicon),
                venue_mentions: reading.venues(),
                ..NameFeatures::default()
            },
        }
    }
}
