//! From submitted items to subjects ready for comparison.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::admission::{admit, withdraw};
use super::batch::{Batch, Visit};
use super::run::{Run, Stage};
use super::{Consolidator, Input};
use crate::compare::{Comparer, Organizer};
use crate::decisions;
use crate::error::Result;
use crate::lexicon::Lexicon;
use crate::model::decision::Decision;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::ids::{ItemIdx, UnitIdx};
use crate::model::item::{Item, Source};
use crate::standardise::{self, Context, Places, Standardiser};
use crate::targets::{Resolver, UnitGraph};
use crate::text::fold;

/// The roster of a run: the caller's, or one derived from the phrases.
#[derive(Debug)]
pub(super) enum Roster<'a> {
    Given(&'a UnitGraph),
    Derived(Box<UnitGraph>),
}

impl Roster<'_> {
    pub(super) fn graph(&self) -> &UnitGraph {
        match self {
            Self::Given(graph) => graph,
            Self::Derived(graph) => graph,
        }
    }
}

/// Everything a run knows before it compares.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    pub(super) batch: Batch,
    pub(super) last_year: Option<Batch>,
    pub(super) roster: Roster<'a>,
    pub(super) plan_year: Option<i32>,
    pub(super) decisions: Vec<Decision>,
    pub(super) withdrawn: Vec<Item>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) lexicon_extension: Option<String>,
}

impl Prepared<'_> {
    /// The item of that id.
    pub(super) fn position(&self, id: &str) -> Option<ItemIdx> {
        self.batch.position(id)
    }

    /// All items with a name, by id, withdrawn ones too.
    pub(super) fn submitted(&self) -> Vec<Item> {
        let mut submitted = self.batch.items.clone();
        submitted.extend(self.withdrawn.iter().cloned());
        submitted.sort_by(|one, other| one.id.cmp(&other.id));
        submitted
    }

    /// The places of rows that became no item.
    pub(super) fn unread(&self) -> impl Iterator<Item = &Source> {
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Rejected)
            .map(|diagnostic| &diagnostic.source)
    }

    pub(super) fn comparer(&self, consolidator: &Consolidator, run: &Run<'_>) -> Result<Comparer> {
        let comparer = Comparer::of_part(
            &self.batch.subjects(),
            std::sync::Arc::clone(&consolidator.lexicon),
            &consolidator.policy,
            consolidator.whole.as_ref().map(|whole| &whole.counts),
            run.stop(),
        );
        run.check()?;
        Ok(comparer)
    }
}

pub(super) fn prepare<'a>(
    consolidator: &Consolidator,
    input: Input<'a>,
    run: &Run<'_>,
) -> Result<Prepared<'a>> {
    let lexicon: &Lexicon = &consolidator.lexicon;
    let mut diagnostics = input.diagnostics;
    let items = admit(input.items, &mut diagnostics)?;
    let (decisions, unmatched) = decisions::recognise(input.decisions, &items);
    decisions::check(&decisions)?;
    diagnostics.extend(unmatched);
    let (items, withdrawn) = withdraw(items, &decisions);
    let last_year = input.last_year.map(|items| admit(items, &mut Vec::new())).transpose()?;
    let plan_year = match &consolidator.whole {
        Some(whole) => whole.plan_year,
        None => consolidator.policy.plan_year.or_else(|| standardise::infer_plan_year(&items)),
    };
    let roster = if let Some(graph) = input.units {
        Roster::Given(graph)
    } else {
        let phrases: Vec<&str> = items
            .iter()
            .chain(last_year.iter().flatten())
            .flat_map(|item| item.targets.iter().map(String::as_str))
            .collect();
        Roster::Derived(Box::new(UnitGraph::derived(lexicon, &phrases)))
    };
    let batch = understand(items, plan_year, roster.graph(), lexicon, run)?;
    let last_year = last_year
        .map(|items| {
            understand(items, plan_year.map(|year| year - 1), roster.graph(), lexicon, &run.silent())
        })
        .transpose()?;
    Ok(Prepared {
        batch,
        last_year,
        roster,
        plan_year,
        decisions,
        withdrawn,
        diagnostics,
        lexicon_extension: input.lexicon_extension,
    })
}

fn understand(
    items: Vec<Item>,
    plan_year: Option<i32>,
    graph: &UnitGraph,
    lexicon: &Lexicon,
    run: &Run<'_>,
) -> Result<Batch> {
    let total = items.len();
    let places = Places::new(graph.names_of_places(lexicon));
    let context = Context { lexicon, plan_year, places: &places };
    run.report(Stage::Standardise, 0, total)?;
    let standards = run.stretches(&items, || {
        let mut standardiser = Standardiser::new(&context);
        move |item| standardiser.standardise(item)
    })?;
    run.report(Stage::Targets, 0, total)?;
    let resolver = Resolver::new(graph, lexicon);
    let mut seats: FxHashMap<&str, Option<UnitIdx>> = FxHashMap::default();
    let authorities: Vec<Option<UnitIdx>> = items
        .iter()
        .map(|item| {
            let name = item.jurisdiction.as_deref()?;
            *seats.entry(name).or_insert_with(|| authority(graph, name))
        })
        .collect();
    let positions: Vec<usize> = (0..total).collect();
    let (all, by, resolver) = (&items, &authorities, &resolver);
    let targets = run.stretches(&positions, || {
        // Many items of one jurisdiction say the same, and their sets are held once.
        let mut known: FxHashMap<(Option<UnitIdx>, &[String]), Arc<Visit>> = FxHashMap::default();
        move |&position: &usize| {
            let (phrases, by) = (&all[position].targets, by[position]);
            let visit = known
                .entry((by, phrases))
                .or_insert_with(|| Arc::new(Visit::of(resolver.resolve(phrases, by), graph)));
            Arc::clone(visit)
        }
    })?;
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    let mut names: Vec<&str> = Vec::new();
    for item in &items {
        for name in item.organizer.iter().chain(&item.co_organizers) {
            numbers.entry(name).or_insert_with(|| {
                names.push(name);
                names.len() as u32 - 1
            });
        }
    }
    let known = run.map(&names, |name| Arc::new(organizer(name, graph, lexicon)))?;
    let of_name = |name: &str| Arc::clone(&known[numbers[name] as usize]);
    let organizers = items.iter().map(|item| item.organizer.as_deref().map(of_name)).collect();
    let nobody: Arc<[Arc<Organizer>]> = Arc::from([]);
    let co_organizers = items.iter().map(|item| match &item.co_organizers[..] {
        [] => Arc::clone(&nobody),
        names => names.iter().map(|name| of_name(name)).collect(),
    });
    let co_organizers = co_organizers.collect();
    let jurisdictions = authorities.iter().map(|&unit| jurisdiction(graph, unit)).collect();
    Ok(Batch { items, standards, targets, organizers, co_organizers, jurisdictions })
}

/// The range that a planning authority plans for: everything, for one that is not known.
pub(super) fn jurisdiction(graph: &UnitGraph, authority: Option<UnitIdx>) -> (u32, u32) {
    authority.or_else(|| graph.root()).map_or((0, u32::MAX), |unit| range(graph, unit))
}

pub(super) fn authority(graph: &UnitGraph, name: &str) -> Option<UnitIdx> {
    graph.by_id(name).or_else(|| graph.find(name))
}

fn range(graph: &UnitGraph, unit: UnitIdx) -> (u32, u32) {
    let subtree = graph.subtree(unit);
    (subtree.start, subtree.end)
}

/// Recognises an organizer.
pub(super) fn organizer(name: &str, graph: &UnitGraph, lexicon: &Lexicon) -> Organizer {
    let text = fold(name);
    let unit = if graph.is_derived() { None } else { graph.find(name) };
    // A sub-unit acts for the department it belongs to, unless the roster has it directly under a government.
    let department = unit.map(|unit| {
        let view = graph.unit(unit);
        match view.parent().map(|parent| graph.unit(parent)) {
            Some(parent) if parent.kind() == view.kind() && !parent.kind().is_empty() => parent.index(),
            _ => unit,
        }
    });
    let official = unit.map(|unit| fold(graph.unit(unit).name()));
    let mut functions = lexicon.departments.functions_of(&text).to_vec();
    if let Some(official) = official {
        functions.extend_from_slice(lexicon.departments.functions_of(&official));
    }
    functions.sort_unstable();
    functions.dedup();
    let mut callings: Vec<String> = text.split(['(', ')']).map(str::to_owned).collect();
    for unit in unit.into_iter().chain(department) {
        let view = graph.unit(unit);
        callings.push(fold(view.name()));
        callings.extend(view.aliases().map(fold));
    }
    let names = in_passing(&callings, lexicon);
    Organizer { text, unit, department, functions, names }
}

/// Names without the place in front: 市应急局 and 钧宁市应急管理局 are 应急局 and 应急管理局 to others.
fn in_passing(names: &[String], lexicon: &Lexicon) -> Vec<String> {
    let mut short: BTreeSet<String> = BTreeSet::new();
    for name in names {
        let mut characters = name.char_indices();
        // 市 of 市场监督管理局 is no place.
        let plain = lexicon.departments.by_form(name).is_some();
        let place = characters
            .by_ref()
            .take(5)
            .find(|(_, character)| !plain && "省市盟州县区旗".contains(*character));
        let rest = place.map_or(name.as_str(), |(at, character)| &name[at + character.len_utf8()..]);
        for form in [rest, name] {
            if (3..=8).contains(&form.chars().count()) {
                short.insert(form.to_owned());
            }
        }
    }
    short.into_iter().collect()
}
