//! A plan's run, made again from what the plan keeps of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Consolidator, Input};
use crate::error::Result;
use crate::lexicon::Lexicon;
use crate::model::item::Item;
use crate::model::plan::{Action, Plan};
use crate::policy::Policy;
use crate::targets::UnitGraph;

/// The consolidator and the input of a plan, so that any pair of its pool can be judged again.
///
/// Left out are last year's items and reviewers' decisions, which say nothing of the evidence on a pair;
/// withdrawn items took no part and take none. A roster of more than
/// [`RunContext::ROSTER_LIMIT`](crate::model::plan::RunContext::ROSTER_LIMIT) units is not kept in a
/// plan; then units are derived from the phrases, and weights may differ.
#[derive(Debug)]
pub struct Rerun {
    consolidator: Consolidator,
    items: Vec<Item>,
    units: Option<UnitGraph>,
}

impl Rerun {
    /// Reads policy, lexicon, roster and items of `plan`.
    ///
    /// # Errors
    /// [`Error::Policy`](crate::Error::Policy), [`Error::Lexicon`](crate::Error::Lexicon) or
    /// [`Error::Roster`](crate::Error::Roster) if the plan was tampered with or written by a version
    /// with other settings.
    pub fn of_plan(plan: &Plan) -> Result<Self> {
        let mut policy = Policy::of_plan(plan)?;
        policy.plan_year = plan.summary.plan_year;
        let lexicon = match &plan.context.lexicon_extension {
            Some(text) => Arc::new(Lexicon::with_extension("plan.json", text)?),
            None => Lexicon::builtin(),
        };
        let units = if plan.context.roster.is_empty() {
            None
        } else {
            Some(UnitGraph::from_units(plan.context.roster.clone(), &lexicon)?.0)
        };
        let withdrawn: BTreeSet<&str> = plan
            .dispositions
            .iter()
            .filter(|row| row.action == Action::Withdrawn)
            .map(|row| row.item_id.as_str())
            .collect();
        let items =
            plan.submitted.iter().filter(|item| !withdrawn.contains(item.id.as_str())).cloned().collect();
        Ok(Self { consolidator: Consolidator::new(policy)?.with_lexicon(lexicon), items, units })
    }

    /// The consolidator, with the policy and the lexicon of the plan.
    #[must_use]
    pub fn consolidator(&self) -> &Consolidator {
        &self.consolidator
    }

    /// The items and the roster.
    #[must_use]
    pub fn input(&self) -> Input<'_> {
        Input { items: self.items.clone(), units: self.units.as_ref(), ..Input::default() }
    }
}
