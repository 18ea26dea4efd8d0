//! What the lexicon finds in a text, found once for all that is asked of it.

use super::features::sorted;
use super::tokens::{Token, pairs};
use crate::lexicon::{Lexicon, Mention};

/// A folded text with the concepts and venues it mentions.
pub(super) struct Reading<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    concepts: Vec<Mention>,
    venues: Vec<Mention>,
}

impl<'a> Reading<'a> {
    /// Complexity: linear in the text.
    pub(super) fn of(text: &'a str, lexicon: &'a Lexicon) -> Self {
        Self {
            text,
            lexicon,
            concepts: lexicon.concepts.mentions(text).collect(),
            venues: lexicon.venues.mentions(text).collect(),
        }
    }

    /// The tokens of the text with its concepts and venues recognised: one token for each mention, character
    /// pairs for what is left. 森防 and 森林草原防灭火 give the same token.
    pub(super) fn tokens(&self) -> Vec<Token> {
        let mut spans: Vec<(usize, usize, Token)> = self
            .concepts
            .iter()
            .map(|mention| (mention.start, mention.end, Token::Concept(mention.entry)))
            .collect();
        for mention in &self.venues {
            if spans.iter().all(|&(start, end, _)| mention.end <= start || end <= mention.start) {
                spans.push((mention.start, mention.end, Token::Venue(mention.entry)));
            }
        }
        spans.sort_unstable_by_key(|&(start, ..)| start);
        let mut tokens = Vec::new();
        let mut from = 0;
        for (start, end, token) in spans {
            pairs(&self.text[from..start], &mut tokens);
            tokens.push(token);
            from = end;
        }
        pairs(&self.text[from..], &mut tokens);
        tokens
    }

    /// All concepts, sorted.
    pub(super) fn concepts(&self) -> Box<[u32]> {
        sorted(self.concepts.iter().map(|mention| mention.entry).collect())
    }

    /// Concepts of a name, without those that only widen another one of the same name; sorted.
    pub(super) fn head_concepts(&self) -> Box<[u32]> {
        // 休渔前, 供暖期间: a time, not a matter.
        let times = ["前", "后", "期间"];
        let all = sorted(
            self.concepts
                .iter()
                .filter(|mention| !times.iter().any(|word| self.text[mention.end..].starts_with(word)))
                .map(|mention| mention.entry)
                .collect(),
        );
        let taxonomy = &self.lexicon.concepts;
        let widens = |wide: u32| {
            all.iter().any(|&other| other != wide && taxonomy.wider(other).binary_search(&wide).is_ok())
        };
        all.iter().copied().filter(|&concept| !widens(concept)).collect()
    }

    /// Those of a name's head concepts that are not merely its venue: with a mention outside every venue's.
    pub(super) fn matter_concepts(&self, head_concepts: &[u32]) -> Box<[u32]> {
        let within =
            |concept: &Mention, venue: &Mention| venue.start <= concept.start && concept.end <= venue.end;
        let outside = self
            .concepts
            .iter()
            .filter(|concept| !self.venues.iter().any(|venue| within(concept, venue)))
            .map(|concept| concept.entry)
            .filter(|concept| head_concepts.contains(concept));
        sorted(outside.collect())
    }

    /// Share of the text's characters inside mentions of concepts, in thousandths.
    pub(super) fn concept_share(&self) -> u32 {
        let count = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).count() as u32;
        let inside: u32 =
            self.concepts.iter().map(|mention| count(&self.text[mention.start..mention.end])).sum();
        (inside * 1000).checked_div(count(self.text)).unwrap_or(0)
    }

    /// Venues, from left to right.
    pub(super) fn venues(&self) -> Box<[u32]> {
        self.venues.iter().map(|mention| mention.entry).collect()
    }

    /// A name without its venues and the words by which one organizer cuts a matter: subsets and rounds
    /// (公办, 春季).
    ///
    /// What is taken out leaves a mark, so that no words meet which did not.
    pub(super) fn stem(&self) -> String {
        let words = &self.lexicon.words;
        let cuts = words.contrast_matcher.find(self.text).filter(|mention| {
            words.contrast_words[mention.entry as usize].1.iter().any(|&set| {
                let contrast = &words.contrasts[set as usize];
                contrast.subset || contrast.round
            })
        });
        let venues = self.venues.iter().map(|mention| (mention.start, mention.end));
        let mut spans: Vec<(usize, usize)> =
            venues.chain(cuts.map(|mention| (mention.start, mention.end))).collect();
        spans.sort_unstable();
        let mut stem = String::with_capacity(self.text.len());
        let mut from = 0;
        for (start, end) in spans {
            if start >= from {
                stem.push_str(&self.text[from..start]);
                stem.push('/');
            }
            from = from.max(end);
        }
        stem.push_str(&self.text[from..]);
        stem
    }
}
