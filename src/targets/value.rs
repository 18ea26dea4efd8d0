//! What a part of a phrase comes to.

use crate::model::target_set::Sureness;
use crate::model::unit_set::UnitSet;

/// The meaning of a part of a phrase, while it is put together.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent properties")]
pub(super) struct Value {
    pub(super) units: UnitSet,
    pub(super) sureness: Sureness,
    /// Something in it was understood.
    pub(super) known: bool,
    /// Units of government: what follows may lie in them.
    pub(super) place: bool,
    /// Units by their names.
    pub(super) named: bool,
    /// The units are meant by the words themselves, not by a wider reading.
    pub(super) attested: bool,
    /// The head is a general noun (企业) that anything before it makes precise.
    pub(super) general: bool,
    /// A body inside units of government (领导班子), for which they stand.
    pub(super) body: bool,
    /// The head's venue type.
    pub(super) venue: Option<u32>,
    /// Units of the last noun, where that is a part of the premises of what stands before it.
    pub(super) facility: Option<UnitSet>,
    /// Units of the last noun, where a place narrows them.
    pub(super) scoped: Option<UnitSet>,
    pub(super) venues: Vec<u32>,
    pub(super) groups: Vec<u32>,
    pub(super) sample: Option<u32>,
    pub(super) share: Option<u16>,
}

impl Value {
    pub(super) fn unknown() -> Self {
        Self { sureness: Sureness::Unknown, ..Self::default() }
    }

    /// The value with this sureness, if it is less sure.
    pub(super) fn at_most(mut self, sureness: Sureness) -> Self {
        self.doubt(sureness);
        self
    }

    pub(super) fn doubt(&mut self, sureness: Sureness) {
        // `Absent` is the default and stands for "nothing said yet".
        if self.sureness == Sureness::Absent || self.sureness < sureness {
            self.sureness = sureness;
        }
    }

    /// Both meanings together. What is not understood beside something that is leaves the whole open.
    pub(super) fn and(self, other: Self) -> Self {
        if self.sureness == Sureness::Absent {
            return other;
        }
        if other.sureness == Sureness::Absent {
            return self;
        }
        let sample = match (self.sample, other.sample) {
            (None, None) => None,
            (one, two) => {
                let whole = |units: &UnitSet| units.len() as u32;
                Some(one.unwrap_or_else(|| whole(&self.units)) + two.unwrap_or_else(|| whole(&other.units)))
            }
        };
        let known = self.known || other.known;
        let sureness = match self.sureness.max(other.sureness) {
            Sureness::Unknown if known => Sureness::Vague,
            sureness => sureness,
        };
        let mut venues = self.venues;
        venues.extend(other.venues);
        let mut groups = self.groups;
        groups.extend(other.groups);
        Self {
            units: self.units.union(&other.units),
            sureness,
            known,
            place: self.place && other.place,
            named: self.named && other.named,
            attested: self.attested && other.attested,
            general: self.general && other.general,
            body: self.body && other.body,
            venue: if self.venue == other.venue { self.venue } else { None },
            facility: None,
            scoped: None,
            venues,
            groups,
            sample,
            share: self.share.or(other.share),
        }
    }
}
