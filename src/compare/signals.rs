//! What two items must share to be able to merge.

use super::circumstances::may_share_sites;
use super::pool::Pool;
use crate::lexicon::Lexicon;

/// Per item, the numbers of everything that can make it merge with an item that has the same number.
///
/// **Contract.** Two items without a common signal never reach the merge threshold with the shipped
/// weights: their names share nothing (`name_none`), no concept of either stands in or above the
/// other, neither content names the other, and no venue type and no operator is common; what is left (targets, organizer,
/// kind, window, basis, method) adds up to less than the prior takes.
#[derive(Debug)]
pub struct Signals {
    /// Sorted signals of every item.
    pub of: Vec<Box<[u32]>>,
    /// Number of distinct signals.
    pub count: u32,
}

/// The signals of a pool: name pairs and tokens, concepts of name and content with everything
/// above them, venues with everything above them, cited documents, and the few operators visited where a roster names them.
pub(super) fn signals(pool: &Pool, lexicon: &Lexicon) -> Signals {
    let concepts = lexicon.concepts.len() as u32;
    let venues = lexicon.venues.len() as u32;
    let pairs = pool.pair_weights.len() as u32;
    let tokens = pool.name_weights.len() as u32;
    let texts = pool.text_weights.len() as u32;
    let citations = pool.citation_count.len() as u32;
    let (venue_base, pair_base) = (concepts, concepts + venues);
    let token_base = pair_base + pairs;
    let text_base = token_base + tokens;
    let citation_base = text_base + texts;
    let unit_base = citation_base + citations;
    let units = pool
        .features
        .iter()
        .filter_map(|features| features.units.ranges().last().map(|&(_, end)| end))
        .max()
        .unwrap_or(0);
    let of = pool
        .features
        .iter()
        .map(|features| {
            let mut own = Vec::new();
            for &concept in
                features.concepts.iter().chain(&features.content_concepts).chain(&features.together)
            {
                own.push(concept);
                own.extend_from_slice(lexicon.concepts.wider(concept));
                own.extend_from_slice(lexicon.concepts.wholes(concept));
            }
            for &venue in &features.venues {
                own.push(venue_base + venue);
                own.extend(lexicon.venues.wider(venue).iter().map(|wide| venue_base + wide));
                own.extend(lexicon.venues.wholes(venue).iter().map(|wide| venue_base + wide));
            }
            own.extend(features.name_pairs.tokens.iter().map(|token| pair_base + token));
            own.extend(features.name_tokens.tokens.iter().map(|token| token_base + token));
            own.extend(features.name_text.tokens.iter().map(|token| text_base + token));
            own.extend(features.content.tokens.iter().map(|token| text_base + token));
            if may_share_sites(features) {
                own.extend(features.units.iter().map(|unit| unit_base + unit.as_u32()));
            }
            own.extend(features.citations.iter().map(|citation| citation_base + citation));
            own.sort_unstable();
            own.dedup();
            own.into_boxed_slice()
        })
        .collect();
    Signals { of, count: unit_base + units }
}
