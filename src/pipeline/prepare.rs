//! From submitted items to subjects ready for comparison.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::admission::{admit, withdraw};
use super::authority::{Roster, jurisdiction};
use super::batch::{Batch, Visit};
use super::offices::organizers;
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
use crate::targets::Resolver;

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

    /// What is to be told of the input: what reading it found, and jurisdictions that the roster does not know.
    pub(super) fn remarks(&self) -> Vec<Diagnostic> {
        let mut remarks = self.diagnostics.clone();
        remarks.extend(self.roster.unknown(&self.batch.items));
        remarks
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
        Roster::derived(items.iter().chain(last_year.iter().flatten()), lexicon)
    };
    let batch = understand(items, plan_year, &roster, lexicon, run)?;
    let last_year = last_year
        .map(|items| understand(items, plan_year.map(|year| year - 1), &roster, lexicon, &run.silent()))
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
    roster: &Roster<'_>,
    lexicon: &Lexicon,
    run: &Run<'_>,
) -> Result<Batch> {
    let graph = roster.graph();
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
    let authorities = roster.authorities(&items, lexicon);
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
    let mut numbers: FxHashMap<(Option<UnitIdx>, &str), u32> = FxHashMap::default();
    let mut names: Vec<(Option<UnitIdx>, &str)> = Vec::new();
    for (item, &by) in items.iter().zip(by) {
        for name in item.organizer.iter().chain(&item.co_organizers) {
            numbers.entry((by, name)).or_insert_with(|| {
                names.push((by, name));
                names.len() as u32 - 1
            });
        }
    }
    let known = organizers(&names, graph, lexicon, run)?;
    let of_name = |by: Option<UnitIdx>, name: &str| Arc::clone(&known[numbers[&(by, name)] as usize]);
    let of_item = || items.iter().zip(by);
    let organizers =
        of_item().map(|(item, &by)| item.organizer.as_deref().map(|name| of_name(by, name))).collect();
    let nobody: Arc<[Arc<Organizer>]> = Arc::from([]);
    let co_organizers = of_item().map(|(item, &by)| match &item.co_organizers[..] {
        [] => Arc::clone(&nobody),
        names => names.iter().map(|name| of_name(by, name)).collect(),
    });
    let co_organizers = co_organizers.collect();
    let jurisdictions = authorities.iter().map(|&unit| jurisdiction(graph, unit)).collect();
    Ok(Batch { items, standards, targets, organizers, co_organizers, jurisdictions })
}
