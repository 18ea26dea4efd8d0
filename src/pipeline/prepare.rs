//! From submitted items to subjects ready for comparison.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::run::{Run, Stage};
use super::{Consolidator, Input};
use crate::compare::{Comparer, Organizer, Subject};
use crate::decisions;
use crate::error::{Error, Result};
use crate::lexicon::Lexicon;
use crate::model::decision::{Decision, Verdict};
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::ids::{ItemIdx, UnitIdx};
use crate::model::item::{Field, Item, Source};
use crate::model::standard_item::StandardItem;
use crate::model::target_set::TargetSet;
use crate::model::unit_set::UnitSet;
use crate::standardise::{self, Context, Places, Standardiser};
use crate::targets::{Resolver, UnitGraph};
use crate::text::{fold, survives_folding};

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

/// Items with everything that stages before comparison find out.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Sorted by id.
    pub(super) items: Vec<Item>,
    pub(super) standards: Vec<StandardItem>,
    pub(super) targets: Vec<Arc<Visit>>,
    pub(super) organizers: Vec<Option<Arc<Organizer>>>,
    pub(super) co_organizers: Vec<Arc<[Arc<Organizer>]>>,
    pub(super) jurisdictions: Vec<(u32, u32)>,
}

/// Whom items with these target phrases visit; held once for those of one jurisdiction.
#[derive(Debug, Default)]
pub(super) struct Visit {
    targets: TargetSet,
    /// Whether all units visited are operators and institutions.
    sites: bool,
    /// What lies inside the units, where they govern.
    reach: Arc<UnitSet>,
}

impl Visit {
    pub(super) fn of(mut targets: TargetSet, graph: &UnitGraph) -> Self {
        // They tell how a phrase was read, which nobody asks of a whole pool, and are most of a set's memory.
        targets.terms = Vec::new();
        let sites = visits_sites(&targets, graph);
        let reach = if sites { UnitSet::default() } else { reach(&targets, graph) };
        Self { targets, sites, reach: Arc::new(reach) }
    }
}

impl Visit {
    /// What lies inside the units, where they govern.
    pub(super) fn reach(&self) -> &Arc<UnitSet> {
        &self.reach
    }

    /// Whether all units visited are operators and institutions.
    pub(super) fn visits_sites(&self) -> bool {
        self.sites
    }
}

impl Deref for Visit {
    type Target = TargetSet;

    fn deref(&self) -> &TargetSet {
        &self.targets
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

impl Batch {
    pub(super) fn position(&self, id: &str) -> Option<ItemIdx> {
        self.items.binary_search_by(|item| item.id.as_str().cmp(id)).ok().map(ItemIdx::new)
    }

    /// Lends out some of the items in another order, until they are [given back](Self::give_back).
    pub(super) fn lend(&mut self, order: &[u32]) -> Self {
        let each = || order.iter().map(|&position| position as usize);
        Self {
            items: each().map(|position| std::mem::take(&mut self.items[position])).collect(),
            standards: each().map(|position| self.standards[position].clone()).collect(),
            targets: each().map(|position| Arc::clone(&self.targets[position])).collect(),
            organizers: each().map(|position| self.organizers[position].clone()).collect(),
            co_organizers: each().map(|position| Arc::clone(&self.co_organizers[position])).collect(),
            jurisdictions: each().map(|position| self.jurisdictions[position]).collect(),
        }
    }

    /// Takes back what was [lent](Self::lend) in that order.
    pub(super) fn give_back(&mut self, lent: Self, order: &[u32]) {
        for (&position, item) in order.iter().zip(lent.items) {
            self.items[position as usize] = item;
        }
    }

    pub(super) fn subjects(&self) -> Vec<Subject<'_>> {
        (0..self.items.len()).map(|position| self.subject(position)).collect()
    }

    pub(super) fn subject(&self, position: usize) -> Subject<'_> {
        Subject {
            item: &self.items[position],
            standard: &self.standards[position],
            targets: &self.targets[position],
            organizer: self.organizers[position].as_ref(),
            co_organizers: &self.co_organizers[position],
            reach: &self.targets[position].reach,
            visits_sites: self.targets[position].sites,
            jurisdiction: self.jurisdictions[position],
        }
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

/// Gives every item an id, rejects items without a name, and sorts by id.
///
/// # Errors
/// [`Error::DuplicateId`]: two items without a source carry one id.
pub fn admit(items: Vec<Item>, diagnostics: &mut Vec<Diagnostic>) -> Result<Vec<Item>> {
    let mut named = items;
    named.retain_mut(|item| {
        if !item.name.chars().any(survives_folding) && fold(&item.name).is_empty() {
            diagnostics.push(Diagnostic {
                severity: Severity::Rejected,
                code: "missing_name".to_owned(),
                source: item.source.clone().unwrap_or_default(),
                column: None,
                field: Some(Field::Name),
                found: item.id.clone(),
                expected_zh: "事项名称".to_owned(),
                expected_en: "a name".to_owned(),
            });
            return false;
        }
        if item.id.is_empty() {
            item.id = item.source.as_ref().map_or_else(|| content_id(item), Source::place);
        }
        true
    });
    // The whole item decides the order among equal ids, so that the order of the input never does.
    named.sort_by(|one, other| {
        (&one.id, &one.source, &one.name, &one.organizer, &one.targets)
            .cmp(&(&other.id, &other.source, &other.name, &other.organizer, &other.targets))
            .then_with(|| format!("{one:?}").cmp(&format!("{other:?}")))
    });
    let mut first = 0;
    let mut repeated = Vec::new();
    for position in 1..named.len() {
        if named[position].id == named[first].id {
            repeated.push((position, first));
        } else {
            first = position;
        }
    }
    for &(position, first) in &repeated {
        let item = &named[position];
        let Some(source) = &item.source else {
            let first = &named[first];
            return Err(Error::DuplicateId {
                id: item.id.clone(),
                first: first.source.as_ref().map_or_else(|| first.name.clone(), Source::place),
                second: item.name.clone(),
            });
        };
        diagnostics.push(Diagnostic {
            severity: Severity::Warning,
            code: "duplicate_id".to_owned(),
            source: source.clone(),
            column: None,
            field: Some(Field::Id),
            found: item.id.clone(),
            expected_zh: "不重复的编号;已在编号后附上来源位置".to_owned(),
            expected_en: "an id of its own; its place was added".to_owned(),
        });
    }
    for (position, _) in repeated {
        let item = &mut named[position];
        if let Some(source) = &item.source {
            item.id = format!("{}@{}", item.id, source.place());
        }
    }
    named.sort_by(|one, other| one.id.cmp(&other.id));
    if let Some(pair) = named.windows(2).find(|pair| pair[0].id == pair[1].id) {
        return Err(Error::DuplicateId {
            id: pair[0].id.clone(),
            first: pair[0].name.clone(),
            second: pair[1].name.clone(),
        });
    }
    Ok(named)
}

/// An id made of the content, for items that have none and come from nowhere: FNV-1a, 64 bits.
fn content_id(item: &Item) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in serde_json::to_string(item).unwrap_or_default().bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("item-{hash:016x}")
}

/// Takes withdrawn items out.
pub(super) fn withdraw(items: Vec<Item>, decisions: &[Decision]) -> (Vec<Item>, Vec<Item>) {
    let out: BTreeSet<&str> = decisions
        .iter()
        .filter_map(|decision| match &decision.verdict {
            Verdict::Withdraw { item } => Some(item.as_str()),
            _ => None,
        })
        .collect();
    if out.is_empty() {
        // Nearly always: a nation's items are not moved for nothing.
        return (items, Vec::new());
    }
    items.into_iter().partition(|item| !out.contains(item.id.as_str()))
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

/// Kinds of units that govern: visits to them are no visits to a place.
const GOVERNING: &[&str] = &[
    "government",
    "department",
    "township",
    "street",
    "village",
    "community",
    "party",
    "county",
    "city",
    "province",
    "政府",
    "部门",
    "乡镇",
    "街道",
    "村",
    "社区",
    "嘎查",
    "苏木",
    "镇",
    "乡",
    "单位",
    "机关",
    "党政机关",
    "县",
    "区",
    "旗",
    "市",
    "盟",
    "省",
    "行政村",
    "园区",
];

/// What lies inside the units of a set; the authority itself is only itself.
fn reach(set: &TargetSet, graph: &UnitGraph) -> UnitSet {
    if graph.is_derived() || set.units.is_empty() {
        return UnitSet::default();
    }
    let root = UnitSet::from_units(graph.root());
    graph.descendants_of(&set.units.difference(&root))
}

/// Whether a set holds operators and institutions only.
fn visits_sites(set: &TargetSet, graph: &UnitGraph) -> bool {
    !graph.is_derived()
        && !set.units.is_empty()
        && set.units.iter().take(64).all(|unit| !GOVERNING.contains(&graph.unit(unit).kind()))
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
