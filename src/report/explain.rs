//! One pair at length: what `tongchou explain A B` prints.

use std::fmt::Write;
use std::ops::Range;

use super::lang::{Label, Lang};
use super::measure::{Ambiguous, text_width, wrap};
use super::number::{bits, chance};
use super::tidy::{join, one_line};
use crate::model::evidence::Evidence;
use crate::model::item::{Field, Item};

/// Columns of the terminal for the label and for each item.
const LABEL_WIDTH: usize = 12;
const ITEM_WIDTH: usize = 42;

/// Why two items are, or are not, put together, as readable text that ends with a line feed.
///
/// Both items stand side by side; then come the comparisons with their levels, what was compared and
/// the weight of each in bits, so that `prior + Σ weight = total` can be added up by hand; then the
/// outcome, the rule behind it and what would have to differ. `a` and `b` are the items of
/// `evidence`, in either order: the text follows the order of the evidence.
#[must_use]
pub fn explain(evidence: &Evidence, a: &Item, b: &Item, lang: Lang) -> String {
    let (a, b) = if a.id == evidence.b && b.id == evidence.a { (b, a) } else { (a, b) };
    let mut text = String::new();
    write_items(&mut text, a, b, lang);
    text.push('\n');
    write_comparisons(&mut text, evidence, lang);
    text.push('\n');
    write_outcome(&mut text, evidence, lang);
    text
}

fn write_items(text: &mut String, a: &Item, b: &Item, lang: Lang) {
    write_columns(text, "", "A", "B");
    for field in Field::ALL {
        let (left, right) = (value(a, field), value(b, field));
        if !left.is_empty() || !right.is_empty() {
            write_columns(text, lang.field(field), &left, &right);
        }
    }
    let places = [place(a), place(b)];
    if places.iter().any(|place| !place.is_empty()) {
        write_columns(text, Label::File.text(lang), &places[0], &places[1]);
    }
}

/// The text of a field on one line.
fn value(item: &Item, field: Field) -> String {
    let text = |value: &Option<String>| one_line(value.as_deref().unwrap_or(""));
    let list = |values: &[String]| join(values.iter().map(String::as_str), "；");
    match field {
        Field::Id => one_line(&item.id),
        Field::Name => one_line(&item.name),
        Field::Kind => text(&item.kind),
        Field::Jurisdiction => text(&item.jurisdiction),
        Field::Organizer => text(&item.organizer),
        Field::CoOrganizers => list(&item.co_organizers),
        Field::Targets => list(&item.targets),
        Field::Schedule => text(&item.schedule),
        Field::Frequency => text(&item.frequency),
        Field::Basis => text(&item.basis),
        Field::Content => text(&item.content),
        Field::Method => text(&item.method),
        Field::Ratio => text(&item.ratio),
        Field::Notes => text(&item.notes),
    }
}

fn place(item: &Item) -> String {
    item.source.as_ref().map_or_else(String::new, |source| {
        one_line(&format!("{} {} {}", source.file, source.sheet, source.row))
    })
}

/// Two wrapped texts side by side behind a label.
fn write_columns(text: &mut String, label: &str, left: &str, right: &str) {
    let wrapped = |value: &str| wrap(value, ITEM_WIDTH, Ambiguous::Narrow);
    let (left_lines, right_lines) = (wrapped(left), wrapped(right));
    for line in 0..left_lines.len().max(right_lines.len()) {
        let cut = |value: &'_ str, lines: &[Range<usize>]| {
            lines.get(line).map_or_else(String::new, |range| value[range.clone()].to_owned())
        };
        let row = format!(
            "{}{}  {}",
            pad(if line == 0 { label } else { "" }, LABEL_WIDTH),
            pad(&cut(left, &left_lines), ITEM_WIDTH),
            cut(right, &right_lines)
        );
        let _ = writeln!(text, "{}", row.trim_end());
    }
}

fn write_comparisons(text: &mut String, evidence: &Evidence, lang: Lang) {
    let _ = writeln!(text, "{}", Label::Comparisons.text(lang));
    write_weight(text, Label::Prior.text(lang), &bits(evidence.prior), "");
    for comparison in &evidence.comparisons {
        let (a, b) = (one_line(&comparison.a), one_line(&comparison.b));
        let sides = if a.is_empty() && b.is_empty() {
            String::new()
        } else {
            format!("  A {}  B {}", lang.quote(&a), lang.quote(&b))
        };
        let level = format!("{}{sides}", lang.level(comparison));
        write_weight(text, lang.aspect(comparison.aspect), &bits(comparison.weight), &level);
    }
    write_weight(text, Label::Total.text(lang), &bits(evidence.total), "");
    let probability = format!("{} {}", Label::Probability.text(lang), chance(evidence.probability));
    write_weight(text, Label::Threshold.text(lang), &bits(evidence.threshold), &probability);
}

fn write_weight(text: &mut String, label: &str, weight: &str, remark: &str) {
    let line = format!("  {}{weight:>10}  {remark}", pad(label, LABEL_WIDTH));
    let _ = writeln!(text, "{}", line.trim_end());
}

fn write_outcome(text: &mut String, evidence: &Evidence, lang: Lang) {
    let colon = Label::Colon.text(lang);
    let mut line = |label: Label, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "{}{colon}{}", label.text(lang), one_line(value));
        }
    };
    line(Label::Conclusion, lang.relation(evidence.relation));
    line(Label::Covered, evidence.covered.as_deref().unwrap_or(""));
    line(Label::Protection, evidence.protection.map_or("", |protection| lang.protection(protection)));
    line(Label::Rule, lang.rule(evidence));
    line(Label::Counterfactual, lang.counterfactual(evidence));
}

fn pad(text: &str, columns: usize) -> String {
    let used = text_width(text, Ambiguous::Narrow);
    format!("{text}{}", " ".repeat(columns.saturating_sub(used)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::relation::{Protection, Relation};
    use crate::report::sample;

    fn explained(lang: Lang, swapped: bool) -> String {
        let plan = sample::plan();
        let item = |id: &str| plan.submitted.iter().find(|item| item.id == id).unwrap();
        let evidence = sample::evidence("MZJ-01", "XF-01", Relation::Joint);
        let (a, b) = (item("MZJ-01"), item("XF-01"));
        if swapped { explain(&evidence, b, a, lang) } else { explain(&evidence, a, b, lang) }
    }

    /// The thousandths of the weight on a line.
    fn weight(line: &str) -> Option<i32> {
        line.split_whitespace().nth(1)?.replace('.', "").parse().ok()
    }

    #[test]
    fn the_weights_shown_add_up() {
        for lang in [Lang::Zh, Lang::En] {
            let text = explained(lang, false);
            let weights: Vec<i32> =
                text.lines().filter(|line| line.starts_with("  ")).filter_map(weight).collect();
            let [weights @ .., total, threshold] = weights.as_slice() else { panic!("{text}") };
            assert_eq!(weights.len(), 5, "{text}");
            assert_eq!(weights.iter().sum::<i32>(), *total, "{text}");
            assert_eq!(*threshold, 1_000);
        }
    }

    #[test]
    fn the_order_of_the_arguments_does_not_matter() {
        assert_eq!(explained(Lang::Zh, false), explained(Lang::Zh, true));
    }

    #[test]
    fn names_rule_and_counterfactual() {
        let text = explained(Lang::Zh, false);
        for expected in ["结论：联合\n", "规则：同一场所", "反过来：若受检单位", "+6.120", "80.73%"]
        {
            assert!(text.contains(expected), "{expected}\n{text}");
        }
        let evidence = Evidence {
            protection: Some(Protection::Unannounced),
            ..sample::evidence("a", "b", Relation::Barred)
        };
        let text = explain(&evidence, &Item::default(), &Item::default(), Lang::En);
        assert!(text.contains("protection: unannounced visits"), "{text}");
    }
}
