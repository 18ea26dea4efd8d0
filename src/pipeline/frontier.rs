//! How far this pool can be consolidated, and the plan for a target.

use std::cell::Cell;

use super::assemble::percent;
use super::belonging::relation;
use super::decide::{self, Judged};
use super::organizers::OrganizerNames;
use super::prepare::Prepared;
use super::run::Run;
use super::{Consolidator, visits};
use crate::cluster::Group;
use crate::compare::probability;
use crate::error::Result;
use crate::frontier::{Edge, Part, Pool, Step, Walk};
use crate::model::burden::MilliVisits;
use crate::model::evidence::MilliBits;
use crate::model::frontier::{Frontier, FrontierItem, FrontierStep, TargetOutcome, Zone};
use crate::model::relation::Relation;
use crate::targets::visits_of;

/// How far below the review line pairs are remembered, to tell what would be next.
pub(super) const BELOW_THE_LINE: MilliBits = 6_000;

/// The most merges that are told below the review line.
const NEXT: usize = 10;

/// A match that is certain, in ten-thousandths.
const CERTAIN: u16 = 10_000;

/// All merges of a run.
pub(super) struct Course {
    walk: Walk,
    /// Steps that reviewers and clustering take.
    default: usize,
    /// Steps down to the review line.
    allowed: usize,
}

/// Walks from the safest merge to the boldest.
pub(super) fn course(
    consolidator: &Consolidator,
    prepared: &Prepared<'_>,
    judged: &Judged,
    run: &Run<'_>,
) -> Result<Course> {
    let stop = run.stop();
    let rulings = &judged.rulings;
    let line = judged.comparer.review_threshold();
    let edges: Vec<Edge> = judged
        .pairs
        .iter()
        .map(|pair| (pair.a.as_u32(), pair.b.as_u32(), pair.score))
        .filter(|&(a, b, _)| !rulings.kept[a as usize] && !rulings.kept[b as usize])
        .filter(|&(a, b, score)| score.protection.is_none() || rulings.together(a, b))
        .map(|(a, b, score)| Edge {
            a,
            b,
            weight: score.total,
            // What lies below the line says nothing of the groups above it.
            joint: score.leaning == Relation::Joint && score.total >= line,
        })
        .collect();
    let pool = Pool {
        block: &rulings.block,
        edges: &edges,
        apart: &decide::apart(&judged.comparer, &judged.pairs, rulings),
        organizer: &decide::departments(&judged.comparer),
        max_members: consolidator.policy.max_members,
        max_joint_organizers: consolidator.policy.max_joint_organizers,
        rank: &|node| decide::core_rank(prepared, node) + decide::leading(&judged.comparer, node),
    };
    let clustered: Vec<_> = judged
        .partition
        .groups
        .iter()
        .map(|group| crate::frontier::Group { core: group.core, members: group.members.clone() })
        .collect();
    let first_below = Cell::new(None);
    let walk = Walk::new(&pool, &clustered, &|weight, steps| {
        let enough = weight < line && {
            let from = first_below.get().unwrap_or(steps);
            first_below.set(Some(from));
            steps >= from + NEXT
        };
        enough || stop.asked()
    });
    run.check()?;
    let default = walk.steps.iter().filter(|step| step.part != Part::Beyond).count();
    let allowed = walk.steps.iter().filter(|step| step.part != Part::Beyond || step.weight >= line).count();
    Ok(Course { walk, default, allowed })
}

/// The course as readers see it.
pub(super) fn frontier(prepared: &Prepared<'_>, judged: &Judged, course: &Course) -> Frontier {
    let comparer = &judged.comparer;
    let names = OrganizerNames::new(prepared);
    let mut teller = Teller::new(prepared, judged, &names);
    let before = teller.visits;
    let mut steps: Vec<FrontierStep> = course.walk.steps.iter().map(|step| teller.tell(step)).collect();
    let beyond = steps.split_off(course.allowed);
    Frontier {
        submitted: prepared.batch.items.len() as u32,
        last_year: prepared.last_year.as_ref().map(|batch| batch.items.len() as u32),
        visits_before: before as f64 / 1000.0,
        default_steps: course.default as u32,
        merge_threshold: comparer.threshold(),
        review_threshold: comparer.review_threshold(),
        merge_probability: probability(comparer.threshold()),
        review_probability: probability(comparer.review_threshold()),
        steps,
        beyond,
    }
}

/// Takes as many merges as `share` asks for, the safest first, and says what that cost.
///
/// Merges of reviewers are always taken; nothing below the review line ever is.
pub(super) fn aim(
    consolidator: &Consolidator,
    prepared: &Prepared<'_>,
    judged: &mut Judged,
    share: f64,
    run: &Run<'_>,
) -> Result<TargetOutcome> {
    let course = course(consolidator, prepared, judged, run)?;
    let told = frontier(prepared, judged, &course);
    let submitted = told.submitted;
    // A hair less, so that 0.15 of 20 is 3 although 0.15 is not a binary fraction.
    let wanted = ((share * f64::from(submitted) - 1e-9).ceil().max(0.0) as u32).min(submitted);
    let decided = told.steps.iter().filter(|step| step.zone == Zone::Decided).count();
    let taken = (wanted as usize).clamp(decided, course.allowed);
    judged.partition.groups = course
        .walk
        .groups(taken)
        .into_iter()
        .map(|group| Group { core: group.core, members: group.members })
        .collect();
    let reached = taken >= wanted as usize;
    let steps = &told.steps[..taken];
    Ok(TargetOutcome {
        target_percent: share * 100.0,
        target_items: submitted - wanted,
        reached,
        reduction_percent: steps.last().map_or(0.0, |step| step.reduction_percent),
        merges: taken as u32,
        below_threshold: taken.saturating_sub(course.default) as u32,
        default_merges: course.default as u32,
        lowest_probability: steps.last().map_or(CERTAIN, |step| step.lowest_probability),
        bold: steps.iter().skip(course.default).cloned().collect(),
        next: if reached { Vec::new() } else { told.beyond },
    })
}

/// Tells one step after the other, with the sums so far.
struct Teller<'a> {
    prepared: &'a Prepared<'a>,
    judged: &'a Judged,
    inputs: Vec<crate::targets::BurdenInput<'a>>,
    before: MilliVisits,
    visits: MilliVisits,
    left: u32,
    step: u32,
    lowest: u16,
}

impl<'a> Teller<'a> {
    fn new(prepared: &'a Prepared<'_>, judged: &'a Judged, names: &'a OrganizerNames<'_>) -> Self {
        let inputs = visits::inputs(prepared, names);
        let units = prepared.roster.graph().len();
        let before =
            inputs.iter().map(|input| visits_of(&[input], units)).fold(0, MilliVisits::saturating_add);
        let left = inputs.len() as u32;
        Self { prepared, judged, inputs, before, visits: before, left, step: 0, lowest: CERTAIN }
    }

    fn tell(&mut self, step: &Step) -> FrontierStep {
        let items = &self.prepared.batch.items;
        let union = [step.kept.as_slice(), &step.added].concat();
        let paid = self.pays(&step.kept).saturating_add(self.pays(&step.added));
        self.visits = self.visits.saturating_sub(paid).saturating_add(self.pays(&union));
        self.left -= 1;
        self.step += 1;
        let line = self.judged.comparer.review_threshold();
        let zone = match step.part {
            Part::Decided => Zone::Decided,
            Part::Clustered => Zone::Sure,
            Part::Beyond if step.weight >= self.judged.comparer.threshold() => Zone::Sure,
            Part::Beyond if step.weight >= line => Zone::Review,
            Part::Beyond => Zone::Below,
        };
        let certain = if zone == Zone::Decided { CERTAIN } else { probability(step.weight) };
        self.lowest = self.lowest.min(certain);
        let submitted = self.inputs.len() as i64;
        let left = i64::from(self.left);
        let last_year = self.prepared.last_year.as_ref().map(|batch| batch.items.len() as i64);
        let members = union.iter().copied().filter(|&node| node != step.core).collect();
        let group = Group { core: step.core, members };
        let core = &items[step.core as usize];
        FrontierStep {
            step: self.step,
            zone,
            items_left: self.left,
            reduction_percent: percent(submitted - left, submitted),
            year_on_year_percent: last_year
                .filter(|&count| count > 0)
                .map(|count| percent(left - count, count)),
            visits: self.visits as f64 / 1000.0,
            visit_reduction_percent: percent(self.before as i64 - self.visits as i64, self.before as i64),
            weight: if zone == Zone::Decided { 0 } else { step.weight },
            probability: certain,
            lowest_probability: self.lowest,
            core: core.id.clone(),
            core_name: core.name.clone(),
            added: step
                .added
                .iter()
                .map(|&node| FrontierItem {
                    id: items[node as usize].id.clone(),
                    name: items[node as usize].name.clone(),
                    relation: relation(self.judged, &group, node),
                })
                .collect(),
        }
    }

    /// The visits of one plan item.
    fn pays(&self, nodes: &[u32]) -> MilliVisits {
        let members: Vec<_> = nodes.iter().map(|&node| &self.inputs[node as usize]).collect();
        visits_of(&members, self.prepared.roster.graph().len())
    }
}
