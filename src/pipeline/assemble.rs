//! From groups to the plan.

use std::collections::BTreeMap;

use super::authority::Roster;
use super::belonging::belonging;
use super::decide::Judged;
use super::organizers::{self, OrganizerNames};
use super::prepare::Prepared;
use super::run::{Run, Stage};
use super::{Consolidator, review, visits, year_on_year};
use rustc_hash::FxHashMap;

use crate::cluster::{Group, Partition};
use crate::error::Result;
use crate::merge::{self, Member};
use crate::model::burden::Burden;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::item::{Item, Source};
use crate::model::plan::{
    Action, Clustering, ComponentGap, Disposition, ItemTargets, MergedCounts, PLAN_SCHEMA_VERSION, Plan,
    PlanItem, RunContext, Summary,
};
use crate::targets::burden;

pub(super) fn assemble(
    consolidator: &Consolidator,
    prepared: &Prepared<'_>,
    judged: &Judged,
    run: &Run<'_>,
) -> Result<Plan> {
    let total = prepared.batch.items.len();
    run.report(Stage::Merge, 0, total)?;
    let names = OrganizerNames::new(prepared);
    let co_names = organizers::co_names(prepared);
    let context = merge::Context { lexicon: &consolidator.lexicon, plan_year: prepared.plan_year };
    let groups = &judged.partition.groups;
    let mut merged: Vec<(usize, PlanItem)> = run
        .map(groups, |group| merge::merge(&members(prepared, judged, &names, &co_names, group), &context))?
        .into_iter()
        .enumerate()
        .collect();
    // As an office files it: by lead in roster order, each lead's items by id of their core.
    merged.sort_by_key(|(number, item)| {
        let core = groups[*number].core as usize;
        (names.rank(core), item.members[0].item.clone())
    });
    let order: Vec<usize> = merged.iter().map(|(number, _)| *number).collect();
    let mut items: Vec<PlanItem> = merged.into_iter().map(|(_, item)| item).collect();
    for (position, item) in items.iter_mut().enumerate() {
        item.number = position as u32 + 1;
    }
    let first = |item: &PlanItem| item.members.iter().map(|member| member.item.clone()).min();
    let firsts: Vec<String> = items.iter().map(|item| first(item).unwrap_or_default()).collect();
    let hashed: Vec<(&str, &str)> =
        items.iter().zip(&firsts).map(|(item, first)| (item.id.as_str(), first.as_str())).collect();
    let ids = distinct_ids(&hashed);
    for (item, id) in items.iter_mut().zip(ids) {
        item.id = id;
    }
    // A part does not know what others name their items: the join tells the names of all apart.
    if consolidator.whole.is_none() {
        merge::tell_apart(&mut items);
    }
    let mut group_of = vec![0u32; total];
    for (number, group) in groups.iter().enumerate() {
        for node in std::iter::once(group.core).chain(group.members.iter().copied()) {
            group_of[node as usize] = number as u32;
        }
    }
    run.report(Stage::Merge, total / 2, total)?;
    let close = review::close_pairs(consolidator, judged, &group_of);
    let review = run.map(&close, |pair| review::review_pair(prepared, judged, pair, &group_of))?;
    let barred = run.map(&review::barred_pairs(judged), |pair| judged.comparer.explain(pair.a, pair.b))?;
    let burden = burden(&visits::inputs(prepared, &names), &planned(groups, &order), prepared.roster.graph());
    let mut ids = vec![String::new(); groups.len()];
    for (&number, item) in order.iter().zip(&items) {
        ids[number].clone_from(&item.id);
    }
    let year_on_year = year_on_year::compare(consolidator, prepared, &group_of, &ids, &order, run)?;
    let dispositions = dispositions(prepared, &items);
    let targets = targets(prepared);
    let mut diagnostics = prepared.remarks();
    let sizes = groups.iter().map(|group| (&prepared.batch.items[group.core as usize], group.size()));
    diagnostics.extend(over_the_cap(consolidator, sizes));
    let mut plan = Plan {
        schema_version: PLAN_SCHEMA_VERSION,
        summary: Summary::default(),
        target: None,
        items,
        dispositions,
        review,
        barred,
        targets,
        burden,
        clustering: Some(clustering(prepared, &judged.partition)),
        year_on_year,
        diagnostics,
        submitted: prepared.submitted(),
        context: context_of(consolidator, prepared),
    };
    plan.summary = summary(prepared, &Counts::of(&plan), &plan.burden);
    run.report(Stage::Merge, total, total)?;
    Ok(plan)
}

pub(super) fn context_of(consolidator: &Consolidator, prepared: &Prepared<'_>) -> RunContext {
    let roster = match prepared.roster {
        Roster::Given(graph) if graph.len() <= RunContext::ROSTER_LIMIT => {
            graph.units().map(crate::targets::UnitView::to_unit).collect()
        }
        _ => Vec::new(),
    };
    RunContext {
        // Threads never change the result, so the record does not tell them.
        policy: serde_json::to_value(consolidator.policy.clone().with_threads(0)).unwrap_or_default(),
        roster,
        lexicon_extension: prepared.lexicon_extension.clone(),
    }
}

/// Ids of plan items, given their hashed ids and first members: of several with one hash the one whose
/// first member comes first keeps it, so that an id depends on the members alone.
pub(super) fn distinct_ids(hashed: &[(&str, &str)]) -> Vec<String> {
    let mut met: FxHashMap<&str, usize> = FxHashMap::default();
    // Nearly always nothing: ids are hashes.
    let mut of: BTreeMap<&str, Vec<(&str, usize)>> = BTreeMap::new();
    for (position, &(id, first)) in hashed.iter().enumerate() {
        if let Some(&before) = met.get(id) {
            of.entry(id).or_insert_with(|| vec![(hashed[before].1, before)]).push((first, position));
        } else {
            met.insert(id, position);
        }
    }
    let mut ids: Vec<String> = hashed.iter().map(|&(id, _)| id.to_owned()).collect();
    for (id, mut positions) in of {
        positions.sort_unstable();
        for (nth, (_, position)) in positions.into_iter().enumerate().skip(1) {
            ids[position] = format!("{id}-{}", nth + 1);
        }
    }
    ids
}

fn members<'a>(
    prepared: &'a Prepared<'_>,
    judged: &Judged,
    names: &'a OrganizerNames<'_>,
    co_names: &'a [Vec<String>],
    group: &Group,
) -> Vec<Member<'a>> {
    let batch = &prepared.batch;
    std::iter::once(group.core)
        .chain(group.members.iter().copied())
        .map(|node| {
            let position = node as usize;
            let (relation, evidence) = if node == group.core {
                (None, None)
            } else {
                let (relation, evidence) = belonging(prepared, judged, group, node);
                (Some(relation), Some(evidence))
            };
            Member {
                item: &batch.items[position],
                standard: &batch.standards[position],
                targets: &batch.targets[position],
                organizer: names.names[position].as_deref(),
                co_organizers: &co_names[position],
                functions: batch.organizers[position]
                    .as_ref()
                    .map_or(&[], |organizer| &organizer.office.functions),
                relation,
                evidence,
            }
        })
        .collect()
}

/// One row for every ingested row: the items by id, then the rejected rows by place.
pub(super) fn dispositions(prepared: &Prepared<'_>, items: &[PlanItem]) -> Vec<Disposition> {
    let sources: BTreeMap<&str, _> =
        prepared.batch.items.iter().map(|item| (item.id.as_str(), item.source.clone())).collect();
    let mut rows: Vec<Disposition> = items
        .iter()
        .flat_map(|item| {
            let core = &item.members[0].item;
            let sources = &sources;
            item.members.iter().map(move |member| Disposition {
                item_id: member.item.clone(),
                source: sources.get(member.item.as_str()).cloned().flatten(),
                plan_item: item.id.clone(),
                action: if member.relation.is_none() { Action::Kept } else { Action::Merged },
                relation: member.relation,
                core_item: member.relation.map(|_| core.clone()),
                probability: member.relation.map(|_| member.probability),
            })
        })
        .collect();
    let out = |item_id: String, source: Option<Source>, action: Action| Disposition {
        item_id,
        source,
        plan_item: String::new(),
        action,
        relation: None,
        core_item: None,
        probability: None,
    };
    let withdrawn = prepared.withdrawn.iter();
    rows.extend(withdrawn.map(|item| out(item.id.clone(), item.source.clone(), Action::Withdrawn)));
    rows.sort_by(|one, other| one.item_id.cmp(&other.item_id));
    let mut unread: Vec<_> = prepared
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Rejected)
        .map(|diagnostic| out(String::new(), Some(diagnostic.source.clone()), Action::Rejected))
        .collect();
    unread.sort_by(|one, other| one.source.cmp(&other.source));
    rows.extend(unread);
    rows
}

/// The gaps of the plan and of its components.
pub(super) fn clustering(prepared: &Prepared<'_>, partition: &Partition) -> Clustering {
    let components = partition
        .components
        .iter()
        .map(|component| ComponentGap {
            first: prepared.batch.items[component.first as usize].id.clone(),
            items: component.nodes as u32,
            links: component.links as u32,
            objective: component.objective,
            bound: component.bound,
            gap_percent: gap_percent(component.objective, component.bound),
        })
        .collect();
    clustering_of(components)
}

fn gap_percent(objective: i64, bound: i64) -> f64 {
    percent(bound - objective, bound.max(1))
}

/// The gap of the plan that is clustered in these components: everything else stands alone and adds nothing.
pub(super) fn clustering_of(components: Vec<ComponentGap>) -> Clustering {
    let objective = components.iter().map(|component| component.objective).sum();
    let bound = components.iter().map(|component| component.bound).sum();
    Clustering {
        objective,
        bound,
        gap_percent: gap_percent(objective, bound),
        unproven: components.iter().filter(|component| component.objective < component.bound).count() as u32,
        components,
    }
}

/// Remarks on plan items with more members than the policy allows, given the core and size of each: only
/// reviewers' merges, which are law, bring that about.
pub(super) fn over_the_cap<'a>(
    consolidator: &Consolidator,
    sizes: impl Iterator<Item = (&'a Item, usize)>,
) -> Vec<Diagnostic> {
    let most = consolidator.policy.max_members;
    sizes
        .filter(|&(_, size)| size > most)
        .map(|(core, size)| Diagnostic {
            severity: Severity::Warning,
            code: "decision_over_cap".to_owned(),
            source: core.source.clone().unwrap_or_default(),
            column: None,
            field: None,
            found: format!("{} {} ({})", core.id, core.name, size),
            expected_zh: format!("应不超过 {most} 项(max_members);因审定意见合并,予以保留,请核对"),
            expected_en: format!("at most {most} members (max_members); kept because reviewers merged them"),
        })
        .collect()
}

fn targets(prepared: &Prepared<'_>) -> Vec<ItemTargets> {
    let graph = prepared.roster.graph();
    prepared
        .batch
        .items
        .iter()
        .zip(&prepared.batch.targets)
        .map(|(item, set)| ItemTargets {
            item_id: item.id.clone(),
            units: set.units.iter().map(|unit| graph.unit(unit).id().to_owned()).collect(),
        })
        .collect()
}

/// What a summary counts.
pub(super) struct Counts {
    pub(super) planned: usize,
    pub(super) merged: MergedCounts,
    pub(super) rejected: usize,
    pub(super) review: usize,
    pub(super) barred: usize,
}

impl Counts {
    pub(super) fn of(plan: &Plan) -> Self {
        let mut merged = MergedCounts::default();
        for relation in plan.items.iter().flat_map(|item| &item.members).filter_map(|member| member.relation)
        {
            merged.add(relation);
        }
        Self {
            planned: plan.items.len(),
            merged,
            rejected: plan.dispositions.iter().filter(|row| row.action == Action::Rejected).count(),
            review: plan.review.len(),
            barred: plan.barred.len(),
        }
    }
}

pub(super) fn summary(prepared: &Prepared<'_>, counts: &Counts, burden: &Burden) -> Summary {
    let submitted = prepared.batch.items.len() as u32;
    let planned = counts.planned as u32;
    let last_year = prepared.last_year.as_ref().map(|batch| batch.items.len() as u32);
    let (before, after) = (burden.before, burden.after);
    Summary {
        plan_year: prepared.plan_year,
        submitted,
        planned,
        reduction_percent: percent(i64::from(submitted) - i64::from(planned), i64::from(submitted)),
        last_year,
        year_on_year_percent: last_year
            .filter(|&count| count > 0)
            .map(|count| percent(i64::from(planned) - i64::from(count), i64::from(count))),
        visits_before: before as f64 / 1000.0,
        visits_after: after as f64 / 1000.0,
        visit_reduction_percent: percent(before as i64 - after as i64, before as i64),
        rejected: counts.rejected as u32,
        withdrawn: prepared.withdrawn.len() as u32,
        review_pairs: counts.review as u32,
        merged: counts.merged,
        barred_pairs: counts.barred as u32,
    }
}

/// The members of the plan's items in the plan's order, each core first.
fn planned(groups: &[Group], order: &[usize]) -> Vec<Vec<usize>> {
    let nodes = |group: &Group| -> Vec<usize> {
        std::iter::once(group.core).chain(group.members.iter().copied()).map(|node| node as usize).collect()
    };
    order.iter().map(|&number| nodes(&groups[number])).collect()
}

/// `100 × part / whole`, rounded half up to one decimal; 0 when there is no whole.
pub(super) fn percent(part: i64, whole: i64) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    let tenths = (2000 * i128::from(part) + i128::from(whole)).div_euclid(2 * i128::from(whole));
    tenths as f64 / 10.0
}

#[cfg(test)]
mod tests {
    use super::{distinct_ids, percent};

    #[test]
    fn equal_hashes_are_told_apart_by_their_members() {
        let ids = distinct_ids(&[("P1", "c"), ("P2", "a"), ("P1", "b"), ("P1", "d")]);
        assert_eq!(ids, ["P1-2", "P2", "P1", "P1-3"]);
        // The order in the plan does not matter.
        let ids = distinct_ids(&[("P1", "b"), ("P1", "d"), ("P1", "c")]);
        assert_eq!(ids, ["P1", "P1-3", "P1-2"]);
    }

    #[test]
    fn percentages_round_half_up() {
        assert_eq!(percent(35, 132).to_bits(), 26.5f64.to_bits());
        assert_eq!(percent(1, 2000).to_bits(), 0.1f64.to_bits());
        assert_eq!(percent(-1, 8).to_bits(), (-12.5f64).to_bits());
        assert_eq!(percent(0, 0).to_bits(), 0f64.to_bits());
    }
}
