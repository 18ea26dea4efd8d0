//! Match weights in fixed point.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::level::Level;
use crate::error::{Error, Result};
use crate::model::evidence::MilliBits;

/// Match weights: bits by level key, where they differ from the shipped ones.
///
/// Bits are kept as the user wrote them and used as thousandths, so that sums are exact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// Prior of the *matter* hypothesis in bits: log2 odds that two random items are one matter.
    pub matter_prior: f64,
    /// Prior of the *visit* hypothesis in bits.
    pub visit_prior: f64,
    /// How much of the shipped weight of a shared name, concept, target set or document counts when
    /// everyone in the pool has it; 1 switches term frequencies off. Range 0–1.
    pub common_term_share: f64,
    /// Weights of the *matter* hypothesis that differ from the shipped ones, by level key.
    pub matter: BTreeMap<String, f64>,
    /// Weights of the *visit* hypothesis that differ from the shipped ones, by level key.
    pub visit: BTreeMap<String, f64>,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            matter_prior: -6.0,
            visit_prior: -8.0,
            common_term_share: 0.3,
            matter: BTreeMap::new(),
            visit: BTreeMap::new(),
        }
    }
}

impl Weights {
    /// The weights of all levels, by discriminant: for the *matter* and the *visit* hypothesis.
    #[must_use]
    pub fn table(&self) -> (Vec<MilliBits>, Vec<MilliBits>) {
        let pick = |set: &BTreeMap<String, f64>, level: Level, shipped: f64| {
            milli(set.get(level.key()).copied().unwrap_or(shipped))
        };
        Level::ALL
            .iter()
            .map(|&level| {
                (pick(&self.matter, level, level.matter_bits()), pick(&self.visit, level, level.visit_bits()))
            })
            .unzip()
    }

    pub(super) fn check(&self) -> Result<()> {
        let range = |field: String, bits: f64| {
            if (-100.0..=100.0).contains(&bits) {
                Ok(())
            } else {
                Err(Error::Policy {
                    field,
                    found: bits.to_string(),
                    expected: "bits between -100 and 100".to_owned(),
                })
            }
        };
        range("weights.matter_prior".to_owned(), self.matter_prior)?;
        range("weights.visit_prior".to_owned(), self.visit_prior)?;
        if !(0.0..=1.0).contains(&self.common_term_share) {
            return Err(Error::Policy {
                field: "weights.common_term_share".to_owned(),
                found: self.common_term_share.to_string(),
                expected: "a share between 0 and 1".to_owned(),
            });
        }
        for (hypothesis, set) in [("matter", &self.matter), ("visit", &self.visit)] {
            for (key, &bits) in set {
                if Level::from_key(key).is_none() {
                    return Err(Error::Policy {
                        field: format!("weights.{hypothesis}.{key}"),
                        found: key.clone(),
                        expected: "the key of a comparison level".to_owned(),
                    });
                }
                range(format!("weights.{hypothesis}.{key}"), bits)?;
            }
        }
        Ok(())
    }
}

/// Bits as thousandths, rounded half away from zero.
#[must_use]
pub(crate) fn milli(bits: f64) -> MilliBits {
    (bits * 1000.0).round() as MilliBits
}
