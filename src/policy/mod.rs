//! What an office may set: thresholds, weights, caps.

mod level;
mod weights;

use serde::{Deserialize, Serialize};

pub use level::Level;
pub use weights::Weights;
pub(crate) use weights::milli;

use crate::error::{Error, Result};

/// Settings of a consolidation. The defaults are meant to be used.
///
/// Built with [`Policy::default`] and the `with_` methods, or read with [`Policy::from_toml`].
///
/// # Examples
/// ```
/// use tongchou::Policy;
///
/// let policy = Policy::default().with_plan_year(2026).with_threads(2);
/// assert_eq!(policy.plan_year, Some(2026));
///
/// let stricter = Policy::from_toml("merge_threshold = 3.0\n[weights.matter]\nsame_concept = 4.0").unwrap();
/// assert_eq!(stricter.merge_threshold, 3.0);
/// assert!(Policy::from_toml("merge_treshold = 3.0").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Policy {
    /// The year the plan is for; inferred from the items when absent.
    pub plan_year: Option<i32>,
    /// Total weight in bits from which a pair merges; 0 is a match probability of one half.
    pub merge_threshold: f64,
    /// Total weight in bits from which a pair that does not merge is shown to a reviewer.
    pub review_threshold: f64,
    /// Largest share of the items' number that may stand in the review list.
    pub review_share: f64,
    /// The share of the items by which the plan shall be smaller, e.g. 0.15; absent: as the evidence says.
    /// Merges down to `review_threshold` may serve it, the safest first, and no more than it needs.
    pub target_reduction: Option<f64>,
    /// Most members of one plan item.
    pub max_members: usize,
    /// Most organizers of one joint item.
    pub max_joint_organizers: usize,
    /// Largest component that is clustered to the exact optimum; at most 20.
    pub exact_limit: usize,
    /// Threads; 0 takes what the machine offers. Never changes the result.
    pub threads: usize,
    /// Match weights.
    pub weights: Weights,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            plan_year: None,
            merge_threshold: 1.0,
            review_threshold: -2.0,
            review_share: 0.15,
            target_reduction: None,
            max_members: 24,
            max_joint_organizers: 8,
            exact_limit: 16,
            threads: 0,
            weights: Weights::default(),
        }
    }
}

impl Policy {
    /// The most threads that may be asked for.
    pub const MOST_THREADS: usize = 1024;

    /// Reads a policy from TOML. Every setting may be left out.
    ///
    /// # Errors
    /// [`Error::Policy`] when the text is not TOML, a setting is not known, or a value is out of range.
    pub fn from_toml(text: &str) -> Result<Self> {
        let policy: Self = toml::from_str(text).map_err(|error| Error::Policy {
            field: "policy".to_owned(),
            found: error.message().to_owned(),
            expected: "settings as in `tongchou schema`".to_owned(),
        })?;
        policy.check()?;
        Ok(policy)
    }

    /// The policy as TOML that [`Self::from_toml`] reads: every setting, and the weights that differ from
    /// the shipped ones.
    ///
    /// # Errors
    /// [`Error::Write`] if it cannot be written as TOML.
    pub fn to_toml(&self) -> Result<String> {
        toml::to_string(self)
            .map_err(|error| Error::Write { what: "policy".to_owned(), message: error.to_string() })
    }

    /// The policy a plan was made with.
    ///
    /// # Errors
    /// [`Error::Policy`] when the plan's record is not a policy.
    pub fn of_plan(plan: &crate::model::plan::Plan) -> Result<Self> {
        serde_json::from_value(plan.context.policy.clone()).map_err(|error| Error::Policy {
            field: "context.policy".to_owned(),
            found: error.to_string(),
            expected: "the policy of a plan".to_owned(),
        })
    }

    /// Sets the plan year.
    #[must_use]
    pub fn with_plan_year(mut self, year: i32) -> Self {
        self.plan_year = Some(year);
        self
    }

    /// Sets the number of threads; 0 takes what the machine offers.
    #[must_use]
    pub fn with_threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// Sets the merge threshold in bits.
    #[must_use]
    pub fn with_merge_threshold(mut self, bits: f64) -> Self {
        self.merge_threshold = bits;
        self
    }

    /// Sets the share of the items by which the plan shall be smaller.
    #[must_use]
    pub fn with_target_reduction(mut self, share: f64) -> Self {
        self.target_reduction = Some(share);
        self
    }

    /// Checks every range.
    ///
    /// # Errors
    /// [`Error::Policy`] naming the first setting out of range.
    pub fn check(&self) -> Result<()> {
        let wrong = |field: &str, found: String, expected: &str| {
            Err(Error::Policy { field: field.to_owned(), found, expected: expected.to_owned() })
        };
        if !(-100.0..=100.0).contains(&self.merge_threshold) {
            return wrong("merge_threshold", self.merge_threshold.to_string(), "bits between -100 and 100");
        }
        if !(-100.0..=self.merge_threshold).contains(&self.review_threshold) {
            return wrong(
                "review_threshold",
                self.review_threshold.to_string(),
                "bits not above merge_threshold",
            );
        }
        if !(0.0..=1.0).contains(&self.review_share) {
            return wrong("review_share", self.review_share.to_string(), "a share between 0 and 1");
        }
        if let Some(share) = self.target_reduction
            && !(0.0..=1.0).contains(&share)
        {
            return wrong("target_reduction", share.to_string(), "a share between 0 and 1");
        }
        if self.max_members < 1 {
            return wrong("max_members", self.max_members.to_string(), "at least 1");
        }
        if self.max_joint_organizers < 1 {
            return wrong("max_joint_organizers", self.max_joint_organizers.to_string(), "at least 1");
        }
        if self.threads > Self::MOST_THREADS {
            return wrong("threads", self.threads.to_string(), "at most 1024");
        }
        if self.exact_limit > 20 {
            return wrong("exact_limit", self.exact_limit.to_string(), "at most 20");
        }
        if let Some(year) = self.plan_year
            && !(1900..=2200).contains(&year)
        {
            return wrong("plan_year", year.to_string(), "a year between 1900 and 2200");
        }
        self.weights.check()
    }
}
