//! `plan.md`: the plan for a reader with nothing but a text viewer.
//!
//! Raw, it is meant to be read by a clerk; rendered, it has one table of the plan, one section a
//! merged item, and tables for everything else. Text of users is escaped: it cannot open a
//! column, a link or a tag.

mod escape;
mod sections;

use std::fmt::Write;

use self::escape::escape;
use super::index::Index;
use super::lang::{Label, Lang};
use super::number::chance;
use super::{labels, summary, tidy};
use crate::model::plan::{Plan, PlanItem, Traced};

/// The whole of `plan.md`. Complexity: O(plan).
#[must_use]
pub fn render(plan: &Plan, lang: Lang) -> String {
    let index = Index::new(plan);
    let mut page = Page { text: String::new(), lang };
    page.title(plan);
    page.plan_table(plan);
    sections::merged(&mut page, plan, &index);
    sections::barred(&mut page, plan, &index);
    sections::review(&mut page, plan, &index);
    sections::burden(&mut page, plan);
    sections::year_on_year(&mut page, plan, &index);
    sections::rejected(&mut page, plan, &index);
    page.text
}

/// The text as it grows.
struct Page {
    text: String,
    lang: Lang,
}

impl Page {
    fn label(&self, label: Label) -> &'static str {
        label.text(self.lang)
    }

    /// A line that holds markup; users' text in it must be escaped.
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn heading(&mut self, level: usize, text: &str) {
        let _ = writeln!(self.text, "\n{} {text}\n", "#".repeat(level));
    }

    /// A row of a table from cells of plain text.
    fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for cell in cells {
            self.text.push_str("| ");
            self.text.push_str(&escape(cell));
            self.text.push(' ');
        }
        self.line("|");
    }

    fn table_head(&mut self, labels: &[Label]) {
        let lang = self.lang;
        self.row(labels.iter().map(|label| label.text(lang)));
        self.line(&"|---".repeat(labels.len()));
        // Close the rule in place: `|---|---|`.
        self.text.insert(self.text.len() - 1, '|');
    }

    fn title(&mut self, plan: &Plan) {
        let title = labels::title(plan, self.lang);
        let _ = writeln!(self.text, "# {}\n", escape(&title));
        for line in summary::lines(plan, self.lang) {
            let _ = writeln!(self.text, "- {}", escape(&line));
        }
    }

    fn plan_table(&mut self, plan: &Plan) {
        if plan.items.is_empty() {
            return;
        }
        self.heading(2, self.label(Label::SheetPlan));
        self.table_head(&[
            Label::Number,
            Label::Name,
            Label::Kind,
            Label::Lead,
            Label::CoOrganizers,
            Label::Targets,
            Label::Schedule,
            Label::Frequency,
            Label::Merged,
        ]);
        for item in &plan.items {
            let number = item.number.to_string();
            let merged = match (item.members.len(), self.lang) {
                (0 | 1, _) => String::new(),
                (members, Lang::Zh) => format!("{members} 项合并，{}", chance(item.probability)),
                (members, Lang::En) => format!("{members} items, {}", chance(item.probability)),
            };
            self.row([
                &number,
                &*item.name.value,
                self.lang.kind(item.kind),
                one(item.lead.as_ref()),
                &many(&item.co_organizers, self.label(Label::ListComma)),
                &many(&item.targets, self.label(Label::Semicolon)),
                one(item.schedule.as_ref()),
                one(item.frequency.as_ref()),
                &merged,
            ]);
        }
    }
}

fn one(value: Option<&Traced<String>>) -> &str {
    value.map_or("", |traced| &traced.value)
}

fn many(values: &[Traced<String>], separator: &str) -> String {
    tidy::join(values.iter().map(|traced| traced.value.as_str()), separator)
}

/// The number and the name of a plan item, for a heading or a cell.
fn numbered(item: &PlanItem) -> String {
    format!("{}. {}", item.number, tidy::one_line(&item.name.value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    /// Pipes that Markdown takes for borders of cells.
    fn borders(line: &str) -> usize {
        line.replace("\\|", "").matches('|').count()
    }

    #[test]
    fn tables_keep_their_columns() {
        for lang in [Lang::Zh, Lang::En] {
            let text = render(&sample::plan(), lang);
            let mut columns = 0;
            for line in text.lines() {
                if !line.starts_with('|') {
                    columns = 0;
                    assert_eq!(borders(line), 0, "{line}");
                } else if columns == 0 {
                    columns = borders(line);
                } else {
                    assert_eq!(borders(line), columns, "{line}");
                }
            }
            assert!(!text.contains("<img"), "{text}");
        }
    }

    #[test]
    fn names_every_member_and_every_open_end() {
        let plan = sample::plan();
        let text = render(&plan, Lang::Zh);
        for item in plan.items.iter().filter(|item| item.members.len() > 1) {
            for member in &item.members {
                assert!(text.contains(&format!("`{}`", member.item)), "{}", member.item);
            }
        }
        for expected in [
            "不预先告知的检查不得与告知的检查合并",
            "## 待议事项",
            "去年事项5",
            "住建局.xlsx",
            "=阳光养老院",
            "分工",
        ] {
            assert!(text.contains(expected), "{expected}\n{text}");
        }
    }
}
