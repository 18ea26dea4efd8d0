//! `plan.json` and `summary.json`.

use std::io::Write;

use serde::Serialize;

use super::file::write_error;
use crate::error::Result;
use crate::model::burden::BurdenRow;
use crate::model::frontier::TargetOutcome;
use crate::model::plan::{MergedCounts, Plan};

/// Writes the whole plan, pretty, in the order of the fields of [`Plan`]. The shape is versioned by
/// `schema_version` and told by the JSON Schema of [`schema`](super::schema).
///
/// # Errors
/// [`Error::Write`](crate::error::Error::Write) when `out` fails.
pub fn write_plan(plan: &Plan, out: &mut dyn Write) -> Result<()> {
    write_pretty("plan.json", plan, out)
}

/// Writes the numbers: the keys of the contract first (null where absent), then what was merged by
/// relation, year on year and the burden tables in visits.
///
/// # Errors
/// [`Error::Write`](crate::error::Error::Write) when `out` fails.
pub fn write_summary(plan: &Plan, out: &mut dyn Write) -> Result<()> {
    write_pretty("summary.json", &SummaryFile::new(plan), out)
}

pub(super) fn write_pretty(file: &str, value: &impl Serialize, out: &mut dyn Write) -> Result<()> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(|cause| write_error(file, &cause))?;
    out.write_all(b"\n").map_err(|cause| write_error(file, &cause))
}

/// The shape of `summary.json`.
#[derive(Serialize)]
struct SummaryFile<'p> {
    schema_version: u32,
    plan_year: Option<i32>,
    submitted: u32,
    planned: u32,
    reduction_percent: f64,
    last_year: Option<u32>,
    year_on_year_percent: Option<f64>,
    visits_before: f64,
    visits_after: f64,
    visit_reduction_percent: f64,
    rejected: u32,
    withdrawn: u32,
    review_pairs: u32,
    barred_pairs: u32,
    optimality_gap_percent: Option<f64>,
    target: Option<TargetCost>,
    merged_by_relation: MergedCounts,
    year_on_year: Option<YearOnYearCounts>,
    burden: BurdenTables<'p>,
}

/// What a target reduction cost.
#[derive(Serialize)]
struct TargetCost {
    target_percent: f64,
    target_items: u32,
    reached: bool,
    merges: u32,
    below_threshold: u32,
    lowest_probability: f64,
}

impl From<&TargetOutcome> for TargetCost {
    fn from(target: &TargetOutcome) -> Self {
        Self {
            target_percent: target.target_percent,
            target_items: target.target_items,
            reached: target.reached,
            merges: target.merges,
            below_threshold: target.below_threshold,
            lowest_probability: f64::from(target.lowest_probability) / 10_000.0,
        }
    }
}

#[derive(Serialize)]
struct YearOnYearCounts {
    carried: usize,
    changed: usize,
    new: usize,
    dropped: usize,
}

#[derive(Serialize)]
struct BurdenTables<'p> {
    by_organizer: Vec<Visits<'p>>,
    by_month: Vec<Visits<'p>>,
    by_unit_kind: Vec<Visits<'p>>,
    most_visited: Vec<Visits<'p>>,
    unresolved: Visits<'p>,
}

/// A burden row in visits instead of thousandths.
#[derive(Serialize)]
struct Visits<'p> {
    label: &'p str,
    before: f64,
    after: f64,
}

impl<'p> SummaryFile<'p> {
    fn new(plan: &'p Plan) -> Self {
        let summary = &plan.summary;
        let table = |rows: &'p [BurdenRow]| rows.iter().map(Visits::from).collect();
        Self {
            schema_version: plan.schema_version,
            plan_year: summary.plan_year,
            submitted: summary.submitted,
            planned: summary.planned,
            reduction_percent: summary.reduction_percent,
            last_year: summary.last_year,
            year_on_year_percent: summary.year_on_year_percent,
            visits_before: summary.visits_before,
            visits_after: summary.visits_after,
            visit_reduction_percent: summary.visit_reduction_percent,
            rejected: summary.rejected,
            withdrawn: summary.withdrawn,
            review_pairs: summary.review_pairs,
            barred_pairs: summary.barred_pairs,
            optimality_gap_percent: plan.clustering.as_ref().map(|clustering| clustering.gap_percent),
            target: plan.target.as_ref().map(TargetCost::from),
            merged_by_relation: summary.merged,
            year_on_year: plan.year_on_year.as_ref().map(|year| YearOnYearCounts {
                carried: year.carried.len(),
                changed: year.carried.iter().filter(|item| !item.changed.is_empty()).count(),
                new: year.new.len(),
                dropped: year.dropped.len(),
            }),
            burden: BurdenTables {
                by_organizer: table(&plan.burden.by_organizer),
                by_month: table(&plan.burden.by_month),
                by_unit_kind: table(&plan.burden.by_unit_kind),
                most_visited: table(&plan.burden.most_visited),
                unresolved: Visits::from(&plan.burden.unresolved),
            },
        }
    }
}

impl<'p> From<&'p BurdenRow> for Visits<'p> {
    fn from(row: &'p BurdenRow) -> Self {
        Self { label: &row.label, before: row.before as f64 / 1000.0, after: row.after as f64 / 1000.0 }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::report::sample;

    fn summary(plan: &Plan) -> Value {
        let mut bytes = Vec::new();
        write_summary(plan, &mut bytes).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    #[test]
    fn the_plan_comes_back() {
        let plan = sample::plan();
        let mut bytes = Vec::new();
        write_plan(&plan, &mut bytes).unwrap();
        assert_eq!(serde_json::from_slice::<Plan>(&bytes).unwrap(), plan);
        assert!(bytes.starts_with(b"{\n  \"schema_version\": 1,"));
    }

    #[test]
    fn the_summary_has_the_keys_of_the_contract() {
        let full = summary(&sample::plan());
        let empty = summary(&sample::empty());
        let keys = [
            "submitted",
            "planned",
            "reduction_percent",
            "last_year",
            "year_on_year_percent",
            "visits_before",
            "visits_after",
            "visit_reduction_percent",
            "rejected",
            "review_pairs",
        ];
        for key in keys {
            assert!(full[key].is_number(), "{key}: {}", full[key]);
            assert!(empty.as_object().unwrap().contains_key(key), "{key}");
        }
        assert!(empty["last_year"].is_null());
        assert_eq!(full["merged_by_relation"]["joint"], 1);
        assert_eq!(full["burden"]["by_organizer"][0]["before"], 12.5);
        assert_eq!(full["year_on_year"]["changed"], 1);
    }
}
