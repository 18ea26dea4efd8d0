//! A plan in a notebook.

use std::fmt::Write;

use tongchou::Plan;
use tongchou::model::item::Field;
use tongchou::model::plan::{PlanItem, Traced};
use tongchou::model::relation::Relation;
use tongchou::report::{self, Lang};

/// Most items shown.
const MOST: usize = 200;

/// The reduction, then the items in a table. All text is escaped.
pub(crate) fn render(plan: &Plan) -> String {
    let mut html = String::from("<div class=\"tongchou-plan\">");
    for (line, text) in report::headline(plan, Lang::Zh).lines().enumerate() {
        let tag = if line == 0 { "strong" } else { "span" };
        let _ = write!(html, "<p style=\"margin:0\"><{tag}>{}</{tag}></p>", escape(text));
    }
    html.push_str("<table><thead><tr>");
    let fields = [Field::Name, Field::Organizer, Field::CoOrganizers, Field::Targets, Field::Schedule];
    for header in ["序号"].into_iter().chain(fields.map(Field::label_zh)).chain(["并入事项"]) {
        let _ = write!(html, "<th style=\"text-align:left\">{header}</th>");
    }
    html.push_str("</tr></thead><tbody>");
    for item in plan.items.iter().take(MOST) {
        row(&mut html, item);
    }
    html.push_str("</tbody></table>");
    if plan.items.len() > MOST {
        let _ = write!(html, "<p>…… 另 {} 项</p>", plan.items.len() - MOST);
    }
    html.push_str("</div>");
    html
}

fn row(html: &mut String, item: &PlanItem) {
    let one = |traced: &Option<Traced<String>>| escape(traced.as_ref().map_or("", |traced| &traced.value));
    let several = |list: &[Traced<String>]| {
        escape(&list.iter().map(|traced| &*traced.value).collect::<Vec<_>>().join("；"))
    };
    let merged: Vec<String> = item
        .members
        .iter()
        .filter_map(|member| Some(format!("{} {}", member.relation.map(Relation::label_zh)?, member.item)))
        .collect();
    let cells = [
        item.number.to_string(),
        escape(&item.name.value),
        one(&item.lead),
        several(&item.co_organizers),
        several(&item.targets),
        one(&item.schedule),
        escape(&merged.join("；")),
    ];
    html.push_str("<tr>");
    for cell in cells {
        let _ = write!(html, "<td style=\"text-align:left\">{cell}</td>");
    }
    html.push_str("</tr>");
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
