//! Recognising organizers.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::run::Run;
use crate::compare::{Office, Organizer};
use crate::error::Result;
use crate::lexicon::Lexicon;
use crate::model::ids::UnitIdx;
use crate::targets::UnitGraph;
use crate::text::fold;

/// What a name, or a unit's names, tell of an organizer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Telling {
    functions: Vec<u32>,
    names: Vec<String>,
}

/// The organizer that an item of `authority` (the root's, where there is none) calls `name`.
pub(super) fn organizer(
    name: &str,
    authority: Option<UnitIdx>,
    graph: &UnitGraph,
    lexicon: &Lexicon,
) -> Organizer {
    let unit = unit_of(name, authority, graph);
    let by_unit = unit.map(|unit| of_unit(unit, graph, lexicon));
    let text = fold(name);
    let by_text = of_text(&text, lexicon);
    Organizer {
        office: Arc::new(together(text, &by_text, by_unit.as_ref())),
        unit,
        department: unit.map(|unit| department_of(unit, graph)),
    }
}

/// The organizers that items of these authorities call by these names.
///
/// Complexity: linear in the names, those of the units among them; what a text or a unit tells is found out once,
/// and offices that tell the same are one.
pub(super) fn organizers(
    names: &[(Option<UnitIdx>, &str)],
    graph: &UnitGraph,
    lexicon: &Lexicon,
    run: &Run<'_>,
) -> Result<Vec<Arc<Organizer>>> {
    let units = run.map(names, |&(by, name)| unit_of(name, by, graph))?;
    let mut texts = Distinct::default();
    let mut met = Distinct::default();
    let text_of: Vec<u32> = names.iter().map(|&(_, name)| texts.number(name)).collect();
    let unit_of: Vec<Option<u32>> = units.iter().map(|unit| unit.map(|unit| met.number(unit))).collect();
    let by_text = run.map(&texts.list, |name| {
        let text = fold(name);
        let telling = of_text(&text, lexicon);
        (text, telling)
    })?;
    let by_unit = run.map(&met.list, |&unit| of_unit(unit, graph, lexicon))?;
    // 教育局 of every county.
    let mut alike = Distinct::default();
    let telling_of: Vec<u32> = by_unit.iter().map(|telling| alike.number(telling)).collect();
    let mut offices: FxHashMap<(u32, Option<u32>), Arc<Office>> = FxHashMap::default();
    let each = units.into_iter().zip(text_of).zip(unit_of);
    let organizers = each.map(|((unit, text), met)| {
        let telling = met.map(|met| telling_of[met as usize]);
        let office = offices.entry((text, telling)).or_insert_with(|| {
            let (text, by_text) = &by_text[text as usize];
            Arc::new(together(text.clone(), by_text, telling.map(|telling| alike.list[telling as usize])))
        });
        let department = unit.map(|unit| department_of(unit, graph));
        Arc::new(Organizer { office: Arc::clone(office), unit, department })
    });
    Ok(organizers.collect())
}

/// Different values in order of first sight.
struct Distinct<T> {
    list: Vec<T>,
    numbers: FxHashMap<T, u32>,
}

impl<T> Default for Distinct<T> {
    fn default() -> Self {
        Self { list: Vec::new(), numbers: FxHashMap::default() }
    }
}

impl<T: Copy + Eq + std::hash::Hash> Distinct<T> {
    fn number(&mut self, value: T) -> u32 {
        *self.numbers.entry(value).or_insert_with(|| {
            self.list.push(value);
            self.list.len() as u32 - 1
        })
    }
}

fn unit_of(name: &str, authority: Option<UnitIdx>, graph: &UnitGraph) -> Option<UnitIdx> {
    if graph.is_derived() { None } else { graph.find_within(name, authority.or_else(|| graph.root())) }
}

/// A sub-unit acts for the department it belongs to, unless the roster has it directly under a government.
fn department_of(unit: UnitIdx, graph: &UnitGraph) -> UnitIdx {
    let view = graph.unit(unit);
    match view.parent().map(|parent| graph.unit(parent)) {
        Some(parent) if parent.kind() == view.kind() && !parent.kind().is_empty() => parent.index(),
        _ => unit,
    }
}

fn of_text(text: &str, lexicon: &Lexicon) -> Telling {
    let functions = lexicon.departments.functions_of(text).to_vec();
    Telling { functions, names: in_passing(text.split(['(', ')']), lexicon) }
}

fn of_unit(unit: UnitIdx, graph: &UnitGraph, lexicon: &Lexicon) -> Telling {
    let functions = lexicon.departments.functions_of(&fold(graph.unit(unit).name())).to_vec();
    let mut names: Vec<String> = Vec::new();
    for unit in [unit, department_of(unit, graph)] {
        let view = graph.unit(unit);
        names.push(fold(view.name()));
        names.extend(view.aliases().map(fold));
    }
    Telling { functions, names: in_passing(names.iter().map(String::as_str), lexicon) }
}

fn together(text: String, by_text: &Telling, by_unit: Option<&Telling>) -> Office {
    let mut functions = by_text.functions.clone();
    let mut names = by_text.names.clone();
    if let Some(by_unit) = by_unit {
        functions.extend_from_slice(&by_unit.functions);
        names.extend_from_slice(&by_unit.names);
    }
    functions.sort_unstable();
    functions.dedup();
    names.sort_unstable();
    names.dedup();
    Office { text, functions, names }
}

/// Names without the place in front: 市应急局 and 钧宁市应急管理局 are 应急局 and 应急管理局 to others, the former with
/// its level too.
fn in_passing<'n>(names: impl Iterator<Item = &'n str>, lexicon: &Lexicon) -> Vec<String> {
    let mut short: BTreeSet<String> = BTreeSet::new();
    for name in names {
        // 市 of 市场监督管理局 is no place.
        let plain = lexicon.departments.by_form(name).is_some();
        let place = name
            .char_indices()
            .take(5)
            .find(|(_, character)| !plain && "省市盟州县区旗".contains(*character));
        let rest = place.map_or(name, |(at, character)| &name[at + character.len_utf8()..]);
        // A whole place in front would make as many names as there are counties, of one office.
        let levelled = place.is_none_or(|(at, _)| at == 0).then_some(name);
        for form in levelled.into_iter().chain([rest]) {
            if (3..=8).contains(&form.chars().count()) {
                short.insert(form.to_owned());
            }
        }
    }
    short.into_iter().collect()
}
