//! The frontier on a terminal.

use std::fmt::Write as _;

use crate::model::frontier::{Frontier, FrontierStep, Zone};
use crate::report::lang::Lang;
use crate::report::measure::{Ambiguous, text_width};
use crate::report::number::{chance, percent, visits};
use crate::report::tidy::one_line;

/// The longest name shown, in characters.
const NAME: usize = 28;

/// Tables of up to this many steps are shown whole.
const WHOLE: usize = 120;

/// The table: a row a step, a line where the plan without a target ends, and what lies below the
/// review line. Long tables show the steps at which another whole percent is saved; `all` shows every step.
#[must_use]
pub fn table(frontier: &Frontier, lang: Lang, all: bool) -> String {
    let head = [
        lang.pick("步", "step"),
        lang.pick("余项", "left"),
        lang.pick("压减", "fewer"),
        lang.pick("迎检", "visits"),
        lang.pick("本步概率", "match"),
        lang.pick("最低概率", "lowest"),
        lang.pick("并入", "merge"),
    ];
    let whole = all || frontier.steps.len() <= WHOLE;
    let mut rows = vec![head.map(str::to_owned)];
    let mut notes: Vec<(usize, String)> = Vec::new();
    let start = visits(frontier.visits_before);
    rows.push(["0", &frontier.submitted.to_string(), "0.0%", &start, "", "", ""].map(str::to_owned));
    let default = frontier.default_steps as usize;
    if default == 0 {
        notes.push((rows.len(), default_line(frontier, lang)));
    }
    let mut shown = -1.0;
    for (position, step) in frontier.steps.iter().enumerate() {
        let ends = position + 1 == default || position + 1 == frontier.steps.len();
        if whole || ends || step.reduction_percent.floor() > shown {
            shown = step.reduction_percent.floor();
            rows.push(row(step, lang));
        }
        if position + 1 == default {
            notes.push((rows.len(), default_line(frontier, lang)));
        }
    }
    notes.push((rows.len(), review_line(frontier, lang)));
    rows.extend(frontier.beyond.iter().map(|step| row(step, lang)));
    laid_out(&rows, &notes)
}

fn default_line(frontier: &Frontier, lang: Lang) -> String {
    let probability = chance(frontier.merge_probability);
    match lang {
        Lang::Zh => format!("—— 以上为不设目标时的计划(匹配概率不低于 {probability});以下须设压减目标 ——"),
        Lang::En => {
            format!(
                "-- the plan without a target ends here (match {probability} or more); below, for a target only --"
            )
        }
    }
}

fn review_line(frontier: &Frontier, lang: Lang) -> String {
    let probability = chance(frontier.review_probability);
    match lang {
        Lang::Zh if frontier.beyond.is_empty() => {
            format!("—— 待议线(匹配概率 {probability}):此后再无可并 ——")
        }
        Lang::Zh => format!("—— 待议线(匹配概率 {probability}):以下各步不会采用 ——"),
        Lang::En if frontier.beyond.is_empty() => {
            format!("-- review line (match {probability}): nothing more to merge --")
        }
        Lang::En => format!("-- review line (match {probability}): never taken --"),
    }
}

fn row(step: &FrontierStep, lang: Lang) -> [String; 7] {
    let decided = step.zone == Zone::Decided;
    let word = lang.pick("审定", "decided");
    [
        step.step.to_string(),
        step.items_left.to_string(),
        percent(step.reduction_percent),
        visits(step.visits),
        if decided { word.to_owned() } else { chance(step.probability) },
        chance(step.lowest_probability),
        merge(step, lang),
    ]
}

/// `春季…督查 ← 拆分 秋季…督查`.
pub(super) fn merge(step: &FrontierStep, lang: Lang) -> String {
    let mut text = format!("{} {}", step.core, short(&step.core_name));
    for (position, item) in step.added.iter().enumerate() {
        let mark = if position == 0 { " ← " } else { lang.pick("、", ", ") };
        let _ = write!(text, "{mark}{} {} {}", lang.relation(item.relation), item.id, short(&item.name));
    }
    text
}

fn short(name: &str) -> String {
    let name = one_line(name);
    match name.char_indices().nth(NAME) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name,
    }
}

/// Columns side by side, numbers to the right, with notes before the row of their number.
fn laid_out(rows: &[[String; 7]], notes: &[(usize, String)]) -> String {
    let wide = |text: &str| text_width(text, Ambiguous::Narrow);
    let widths: Vec<usize> =
        (0..6).map(|column| rows.iter().map(|row| wide(&row[column])).max().unwrap_or(0)).collect();
    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        for (_, note) in notes.iter().filter(|(place, _)| *place == number) {
            let _ = writeln!(text, "{note}");
        }
        for (cell, width) in row.iter().zip(&widths) {
            let _ = write!(text, "{}{cell}  ", " ".repeat(width - wide(cell)));
        }
        let _ = writeln!(text, "{}", row[6]);
    }
    for (_, note) in notes.iter().filter(|(place, _)| *place >= rows.len()) {
        let _ = writeln!(text, "{note}");
    }
    text
}
