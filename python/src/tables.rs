//! What a plan holds, as Arrow tables.

use std::sync::Arc;

use arrow_array::builder::{Int32Builder, ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray};
use tongchou::Item;
use tongchou::estimate::Estimate;
use tongchou::ingest::HeaderMapping;
use tongchou::model::diagnostic::{Diagnostic, Severity};
use tongchou::model::evidence::MilliBits;
use tongchou::model::frontier::FrontierStep;
use tongchou::model::item::{Field, Source};
use tongchou::model::plan::{Action, Plan, PlanItem, Traced};
use tongchou::model::relation::Relation;
use tongchou::model::unit::Unit;

type Column = (&'static str, ArrayRef);

fn table(columns: Vec<Column>) -> RecordBatch {
    let columns = columns.into_iter().map(|(name, array)| (name, array, true));
    RecordBatch::try_from_iter_with_nullable(columns).expect("columns of one length")
}

fn texts<'a>(name: &'static str, texts: impl Iterator<Item = Option<&'a str>>) -> Column {
    (name, Arc::new(texts.collect::<StringArray>()))
}

fn counts(name: &'static str, counts: impl Iterator<Item = Option<u32>>) -> Column {
    // Signed and wide: Spark and others know no unsigned numbers.
    (name, Arc::new(counts.map(|count| count.map(i64::from)).collect::<Int64Array>()))
}

fn numbers(name: &'static str, numbers: impl Iterator<Item = Option<f64>>) -> Column {
    (name, Arc::new(numbers.collect::<Float64Array>()))
}

/// Bits, out of thousandths.
fn bits(weight: MilliBits) -> f64 {
    f64::from(weight) / 1000.0
}

/// Probabilities from 0 to 1, out of ten-thousandths.
fn probabilities(name: &'static str, values: impl Iterator<Item = Option<u16>>) -> Column {
    let share = |value: u16| f64::from(value) / 10_000.0;
    (name, Arc::new(values.map(|value| value.map(share)).collect::<Float64Array>()))
}

fn lists<'a, T: AsRef<str> + 'a>(name: &'static str, lists: impl Iterator<Item = &'a [T]>) -> Column {
    let mut builder = ListBuilder::new(StringBuilder::new());
    for list in lists {
        for text in list {
            builder.values().append_value(text.as_ref());
        }
        builder.append(true);
    }
    (name, Arc::new(builder.finish()))
}

/// `source`, `sheet`, `row`.
fn places<'a>(sources: impl Iterator<Item = Option<&'a Source>> + Clone) -> [Column; 3] {
    [
        texts("source", sources.clone().map(|source| source.map(|source| &*source.file))),
        texts("sheet", sources.clone().map(|source| source.map(|source| &*source.sheet))),
        counts("row", sources.map(|source| source.map(|source| source.row))),
    ]
}

/// Submitted items.
pub(crate) fn items(items: &[Item]) -> RecordBatch {
    let mut columns: Vec<Column> = Field::ALL
        .into_iter()
        .map(|field| {
            let text = |get: fn(&Item) -> Option<&str>| texts(field.key(), items.iter().map(get));
            match field {
                Field::Id => text(|item| Some(&item.id)),
                Field::Name => text(|item| Some(&item.name)),
                Field::Kind => text(|item| item.kind.as_deref()),
                Field::Jurisdiction => text(|item| item.jurisdiction.as_deref()),
                Field::Organizer => text(|item| item.organizer.as_deref()),
                Field::CoOrganizers => lists(field.key(), items.iter().map(|item| &*item.co_organizers)),
                Field::Targets => lists(field.key(), items.iter().map(|item| &*item.targets)),
                Field::Schedule => text(|item| item.schedule.as_deref()),
                Field::Frequency => text(|item| item.frequency.as_deref()),
                Field::Basis => text(|item| item.basis.as_deref()),
                Field::Content => text(|item| item.content.as_deref()),
                Field::Method => text(|item| item.method.as_deref()),
                Field::Ratio => text(|item| item.ratio.as_deref()),
                Field::Notes => text(|item| item.notes.as_deref()),
            }
        })
        .collect();
    columns.extend(places(items.iter().map(|item| item.source.as_ref())));
    table(columns)
}

/// Items as they travel in a cluster.
pub(crate) fn read_items(
    items: &[Item],
    ranges: &[(u32, u32)],
    texts_of: &[String],
    years: &[Vec<i32>],
) -> RecordBatch {
    let mut named = ListBuilder::new(Int32Builder::new());
    for years in years {
        named.values().append_slice(years);
        named.append(true);
    }
    table(vec![
        texts("id", items.iter().map(|item| Some(&*item.id))),
        counts("first", ranges.iter().map(|&(first, _)| Some(first))),
        counts("last", ranges.iter().map(|&(_, last)| Some(last))),
        texts("item", texts_of.iter().map(|text| Some(&**text))),
        ("years", Arc::new(named.finish())),
    ])
}

/// Pairs of ids.
pub(crate) fn pairs(pairs: &[(String, String)]) -> RecordBatch {
    table(vec![
        texts("a", pairs.iter().map(|(a, _)| Some(&**a))),
        texts("b", pairs.iter().map(|(_, b)| Some(&**b))),
    ])
}

/// Which part an item belongs to.
pub(crate) fn parts(parts: &[(&str, u32)]) -> RecordBatch {
    table(vec![
        texts("id", parts.iter().map(|&(id, _)| Some(id))),
        counts("part", parts.iter().map(|&(_, part)| Some(part))),
    ])
}

/// The items of a plan.
pub(crate) fn plan_items(plan: &Plan) -> RecordBatch {
    let items = &plan.items;
    let traced = |name, get: fn(&PlanItem) -> &Option<Traced<String>>| {
        texts(name, items.iter().map(|item| get(item).as_ref().map(|traced| &*traced.value)))
    };
    let several = |name, get: fn(&PlanItem) -> &[Traced<String>]| {
        let values: Vec<Vec<&str>> =
            items.iter().map(|item| get(item).iter().map(|traced| &*traced.value).collect()).collect();
        lists(name, values.iter().map(Vec::as_slice))
    };
    let members: Vec<Vec<&str>> =
        items.iter().map(|item| item.members.iter().map(|member| &*member.item).collect()).collect();
    let relations: Vec<Vec<&str>> = items
        .iter()
        .map(|item| item.members.iter().map(|member| member.relation.map_or("core", Relation::key)).collect())
        .collect();
    table(vec![
        texts("id", items.iter().map(|item| Some(&*item.id))),
        counts("number", items.iter().map(|item| Some(item.number))),
        texts("name", items.iter().map(|item| Some(&*item.name.value))),
        texts("kind", items.iter().map(|item| Some(item.kind.label()))),
        texts("jurisdiction", items.iter().map(|item| item.jurisdiction.as_deref())),
        traced("lead", |item| &item.lead),
        several("co_organizers", |item| &item.co_organizers),
        several("targets", |item| &item.targets),
        counts("target_units", items.iter().map(|item| Some(item.target_units))),
        traced("schedule", |item| &item.schedule),
        traced("frequency", |item| &item.frequency),
        counts("visits_per_year", items.iter().map(|item| item.visits_per_year)),
        several("basis", |item| &item.basis),
        several("content", |item| &item.content),
        several("method", |item| &item.method),
        several("ratio", |item| &item.ratio),
        several("notes", |item| &item.notes),
        lists("members", members.iter().map(Vec::as_slice)),
        lists("relations", relations.iter().map(Vec::as_slice)),
        probabilities("probability", items.iter().map(|item| Some(item.probability))),
    ])
}

/// Where every row went: the columns of `dispositions.csv`.
pub(crate) fn dispositions(plan: &Plan) -> RecordBatch {
    let rows = &plan.dispositions;
    let action = |action: Action| match action {
        Action::Kept => "kept",
        Action::Merged => "merged",
        Action::Rejected | Action::Withdrawn => "rejected",
    };
    let mut columns = vec![texts("item_id", rows.iter().map(|row| Some(&*row.item_id)))];
    columns.extend(places(rows.iter().map(|row| row.source.as_ref())));
    columns.extend([
        texts("plan_item", rows.iter().map(|row| Some(&*row.plan_item))),
        texts("action", rows.iter().map(|row| Some(action(row.action)))),
        texts("relation", rows.iter().map(|row| row.relation.map(Relation::key))),
        texts("core_item", rows.iter().map(|row| row.core_item.as_deref())),
        probabilities("probability", rows.iter().map(|row| row.probability)),
    ]);
    table(columns)
}

/// Pairs for a reviewer.
pub(crate) fn review(plan: &Plan) -> RecordBatch {
    let pairs = &plan.review;
    table(vec![
        texts("a", pairs.iter().map(|pair| Some(&*pair.evidence.a))),
        texts("b", pairs.iter().map(|pair| Some(&*pair.evidence.b))),
        texts("relation", pairs.iter().map(|pair| Some(pair.evidence.relation.key()))),
        texts("if_merged", pairs.iter().map(|pair| Some(pair.if_merged.key()))),
        ("merged", Arc::new(pairs.iter().map(|pair| Some(pair.merged)).collect::<BooleanArray>())),
        numbers("weight", pairs.iter().map(|pair| Some(bits(pair.evidence.total)))),
        probabilities("probability", pairs.iter().map(|pair| Some(pair.evidence.probability))),
        texts("a_fingerprint", pairs.iter().map(|pair| Some(&*pair.a_fingerprint))),
        texts("b_fingerprint", pairs.iter().map(|pair| Some(&*pair.b_fingerprint))),
        texts("rule_zh", pairs.iter().map(|pair| Some(&*pair.evidence.rule_zh))),
        texts("rule_en", pairs.iter().map(|pair| Some(&*pair.evidence.rule_en))),
        texts("counterfactual_zh", pairs.iter().map(|pair| Some(&*pair.evidence.counterfactual_zh))),
        texts("counterfactual_en", pairs.iter().map(|pair| Some(&*pair.evidence.counterfactual_en))),
    ])
}

/// The units of every item: one row an item and unit, as `targets.csv`.
pub(crate) fn targets(plan: &Plan) -> RecordBatch {
    let pairs = || plan.targets.iter().flat_map(|item| item.units.iter().map(move |unit| (item, unit)));
    table(vec![
        texts("item_id", pairs().map(|(item, _)| Some(&*item.item_id))),
        texts("unit_id", pairs().map(|(_, unit)| Some(unit.as_str()))),
    ])
}

/// Remarks.
pub(crate) fn diagnostics(list: &[Diagnostic]) -> RecordBatch {
    let severity = |severity: Severity| match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Rejected => "rejected",
        Severity::Unreadable => "unreadable",
    };
    let mut columns = vec![
        texts("severity", list.iter().map(|one| Some(severity(one.severity)))),
        texts("code", list.iter().map(|one| Some(&*one.code))),
    ];
    columns.extend(places(list.iter().map(|one| Some(&one.source))));
    columns.extend([
        counts("column", list.iter().map(|one| one.column)),
        texts("field", list.iter().map(|one| one.field.map(Field::key))),
        texts("found", list.iter().map(|one| Some(&*one.found))),
        texts("expected_zh", list.iter().map(|one| Some(&*one.expected_zh))),
        texts("expected_en", list.iter().map(|one| Some(&*one.expected_en))),
    ]);
    table(columns)
}

/// How headers were understood: one row a column.
pub(crate) fn mappings(list: &[HeaderMapping]) -> RecordBatch {
    let columns = || list.iter().flat_map(|one| one.columns.iter().map(move |column| (one, column)));
    table(vec![
        texts("source", columns().map(|(one, _)| Some(&*one.file))),
        texts("sheet", columns().map(|(one, _)| Some(&*one.sheet))),
        counts("header_row", columns().map(|(one, _)| Some(one.header_row))),
        counts("column", columns().map(|(_, column)| Some(column.column))),
        texts("header", columns().map(|(_, column)| Some(&*column.header))),
        texts("field", columns().map(|(_, column)| column.field.map(Field::key))),
    ])
}

/// Units of a roster.
pub(crate) fn units(units: &[Unit]) -> RecordBatch {
    table(vec![
        texts("id", units.iter().map(|unit| Some(&*unit.id))),
        texts("name", units.iter().map(|unit| Some(&*unit.name))),
        lists("aliases", units.iter().map(|unit| &*unit.aliases)),
        texts("kind", units.iter().map(|unit| Some(&*unit.kind))),
        lists("parent", units.iter().map(|unit| &*unit.parents)),
        lists("tags", units.iter().map(|unit| &*unit.tags)),
    ])
}

/// What was estimated of every level.
pub(crate) fn levels(estimate: &Estimate) -> RecordBatch {
    let hypotheses = [("matter", &estimate.matter), ("visit", &estimate.visit)];
    let levels =
        || hypotheses.into_iter().flat_map(|(name, of)| of.levels.iter().map(move |one| (name, one)));
    table(vec![
        texts("hypothesis", levels().map(|(name, _)| Some(name))),
        texts("level", levels().map(|(_, one)| Some(&*one.level))),
        texts("level_zh", levels().map(|(_, one)| Some(&*one.level_zh))),
        numbers("m", levels().map(|(_, one)| Some(one.m))),
        numbers("u", levels().map(|(_, one)| Some(one.u))),
        numbers("matches", levels().map(|(_, one)| Some(one.matches))),
        numbers("given", levels().map(|(_, one)| Some(bits(one.given)))),
        numbers("weight", levels().map(|(_, one)| Some(bits(one.weight)))),
        ("kept", Arc::new(levels().map(|(_, one)| Some(one.kept)).collect::<BooleanArray>())),
    ])
}

/// Steps of a frontier.
pub(crate) fn steps(list: &[FrontierStep]) -> RecordBatch {
    let added: Vec<Vec<&str>> =
        list.iter().map(|step| step.added.iter().map(|item| &*item.id).collect()).collect();
    table(vec![
        counts("step", list.iter().map(|step| Some(step.step))),
        texts("zone", list.iter().map(|step| Some(step.zone.key()))),
        counts("items_left", list.iter().map(|step| Some(step.items_left))),
        numbers("reduction_percent", list.iter().map(|step| Some(step.reduction_percent))),
        numbers("year_on_year_percent", list.iter().map(|step| step.year_on_year_percent)),
        numbers("visits", list.iter().map(|step| Some(step.visits))),
        numbers("visit_reduction_percent", list.iter().map(|step| Some(step.visit_reduction_percent))),
        numbers("weight", list.iter().map(|step| Some(bits(step.weight)))),
        probabilities("probability", list.iter().map(|step| Some(step.probability))),
        probabilities("lowest_probability", list.iter().map(|step| Some(step.lowest_probability))),
        texts("core", list.iter().map(|step| Some(&*step.core))),
        texts("core_name", list.iter().map(|step| Some(&*step.core_name))),
        lists("added", added.iter().map(Vec::as_slice)),
    ])
}
