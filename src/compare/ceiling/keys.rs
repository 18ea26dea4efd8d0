//! What the items of a pair may share besides words, as numbers.

use super::super::circumstances::may_share_sites;
use super::super::features::{Features, department};
use super::super::pool::Pool;
use super::super::subject::Organizer;
use super::super::tokens::WeightedSet;
use super::{Ceiling, OVERLAPS, flag};
use crate::lexicon::Lexicon;

/// Where each kind of key begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keys {
    concept: u32,
    venue: u32,
    unit: u32,
    organizer: u32,
    citation: u32,
    quoted: u32,
    units: u32,
    end: u32,
    /// Numbers of organizers: texts, then departments, then functions and names.
    departments: u32,
    functions: u32,
    organizers: u32,
}

impl Keys {
    /// The keys of some items of a pool, whose organizers have that many different texts.
    pub(super) fn of<'f>(
        features: impl Iterator<Item = &'f Features> + Clone,
        pool: &Pool,
        lexicon: &Lexicon,
        texts: u32,
    ) -> Self {
        let organizers = || {
            features.clone().flat_map(|features| features.organizer.iter().chain(&features.co_organizers[..]))
        };
        let units = organizers()
            .filter_map(|organizer| department(organizer).map(|unit| unit.as_u32() + 1))
            .max()
            .unwrap_or(0);
        let functions = organizers()
            .filter_map(|organizer| organizer.office.functions.last().map(|last| last + 1))
            .chain(std::iter::once(pool.callsigns.count))
            .max()
            .unwrap_or(0);
        let sites = features
            .clone()
            .filter(|features| may_share_sites(features))
            .filter_map(|features| features.units.ranges().last().map(|&(_, end)| end))
            .max()
            .unwrap_or(0);
        let quoted = features.filter_map(|features| features.quoted.last().map(|last| last + 1)).max();
        let (concepts, venues) = (lexicon.concepts.len() as u32, lexicon.venues.len() as u32);
        let (departments, organizer_count) = (texts, texts + units + functions);
        let venue = 8 * concepts;
        let unit = venue + 2 * venues;
        let organizer = unit + sites;
        let citation = organizer + 5 * organizer_count;
        let quotation = citation + pool.citation_count.len() as u32;
        let unit_sets = quotation + quoted.unwrap_or(0);
        Self {
            concept: 0,
            venue,
            unit,
            organizer,
            citation,
            quoted: quotation,
            units: unit_sets,
            end: unit_sets + pool.unit_set_count.len() as u32,
            departments,
            functions: departments + units,
            organizers: organizer_count,
        }
    }
}

impl Ceiling<'_> {
    fn sets(features: &Features) -> [&WeightedSet; OVERLAPS] {
        [
            &features.name_pairs,
            &features.name_tokens,
            &features.surrounding.set,
            &features.name_text,
            &features.content.own,
            &features.stem,
        ]
    }

    /// The tokens of a kind that the earlier item of a pair has: its name by character pairs and by
    /// meaning, its content with its targets, its name as text, its content alone, the stem of its name.
    #[must_use]
    pub fn indexed(&self, kind: usize, item: u32) -> &[u32] {
        &Self::sets(self.features(item))[kind].tokens
    }

    /// The tokens of a kind that the later item has: of name as text and content alone the other one, so
    /// that names meet contents.
    #[must_use]
    pub fn looked_up(&self, kind: usize, item: u32) -> &[u32] {
        &Self::sets(self.features(item))[[0, 1, 2, 4, 3, 5][kind]].tokens
    }

    /// The weights of the tokens of a kind.
    #[must_use]
    pub fn weights(&self, kind: usize) -> &[u32] {
        [
            &self.pool.pair_weights,
            &self.pool.name_weights,
            &self.pool.text_weights,
            &self.pool.text_weights,
            &self.pool.text_weights,
            &self.pool.stem_weights,
        ][kind]
    }

    /// A number above all keys.
    #[must_use]
    pub fn key_count(&self) -> usize {
        self.keys.end as usize
    }

    /// Appends what else the earlier item of a pair has, as keys with the bits that sharing them sets.
    pub fn indexed_keys(&self, item: u32, into: &mut Vec<(u32, u32)>) {
        self.item_keys(item, [0, 1, 2, 3, 4, 5, 6, 7], [0, 1], [0, 1, 2, 3, 4], into);
    }

    /// Appends what else the later item has.
    pub fn looked_up_keys(&self, item: u32, into: &mut Vec<(u32, u32)>) {
        self.item_keys(item, [0, 2, 1, 4, 3, 6, 5, 7], [1, 0], [0, 2, 1, 4, 3], into);
    }

    /// The keys of an item. A directed relation has two spaces of keys, in one of which one side stands and
    /// in the other the other; the later item has them exchanged.
    fn item_keys(
        &self,
        item: u32,
        concept: [u32; 8],
        venue: [u32; 2],
        organizer: [u32; 5],
        into: &mut Vec<(u32, u32)>,
    ) {
        let features = self.features(item);
        let keys = &self.keys;
        let spaces = concept.map(|space| keys.concept + space * self.wider.len() as u32);
        let [own, narrow, wide, name, content, speaks_of, spoken_of, kin] = spaces;
        for &concept in &features.concepts {
            into.push((own + concept, flag::CONCEPT));
            into.push((narrow + concept, flag::NESTED));
            let above = self.wider.wider(concept).iter().chain(self.wider.wholes(concept));
            into.push((kin + concept, flag::SIBLING));
            for above in above {
                into.push((wide + above, flag::NESTED));
                into.push((kin + above, flag::SIBLING));
            }
            into.push((name + concept, flag::NAMED));
            into.push((spoken_of + concept, flag::NOTES));
        }
        into.extend(features.content.concepts.iter().map(|concept| (content + concept, flag::NAMED)));
        let said = features.said.together.iter().chain(&features.said.separate);
        into.extend(said.map(|concept| (speaks_of + concept, flag::NOTES)));
        let [narrow, wide] = venue.map(|space| keys.venue + space * self.venues.len() as u32);
        for &venue in &features.venues {
            // A venue is within itself.
            into.push((narrow + venue, flag::VENUE));
            into.push((wide + venue, flag::VENUE));
            let above = self.venues.wider(venue).iter().chain(self.venues.wholes(venue));
            into.extend(above.map(|above| (wide + above, flag::VENUE)));
            // What is held by a class may be held by any kind of it.
            into.extend(self.venues.wholes(venue).iter().map(|whole| (narrow + whole, flag::VENUE)));
        }
        if may_share_sites(features) {
            into.extend(features.units.iter().map(|unit| (keys.unit + unit.as_u32(), flag::VENUE)));
        }
        let [main, led, helped, invited, inviting] =
            organizer.map(|space| keys.organizer + space * keys.organizers);
        if let Some(text) = self.texts[item as usize] {
            into.push((main + text, flag::ORGANIZER));
        }
        if let Some(organizer) = &features.organizer {
            self.organizer_numbers(organizer, |number| {
                into.push((main + number, flag::ORGANIZER));
                if self.co {
                    into.push((led + number, flag::CO));
                }
            });
            if self.partners {
                let callsigns = features.callsigns.iter();
                into.extend(callsigns.map(|callsign| (invited + keys.functions + callsign, flag::NOTES)));
            }
        }
        let mentioned = features.said.mentioned.iter();
        into.extend(mentioned.map(|callsign| (inviting + keys.functions + callsign, flag::NOTES)));
        for organizer in features.co_organizers.iter() {
            self.organizer_numbers(organizer, |number| into.push((helped + number, flag::CO)));
        }
        into.extend(features.basis.citations.iter().map(|citation| (keys.citation + citation, flag::BASIS)));
        into.extend(features.quoted.iter().map(|quoted| (keys.quoted + quoted, flag::QUOTED)));
        into.push((keys.units + features.unit_set, flag::UNITS));
    }

    fn organizer_numbers(&self, organizer: &Organizer, mut visit: impl FnMut(u32)) {
        if let Some(unit) = department(organizer) {
            visit(self.keys.departments + unit.as_u32());
        }
        for function in &organizer.office.functions {
            visit(self.keys.functions + function);
        }
    }
}
