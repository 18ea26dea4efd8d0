//! The cells of one item of the plan.

use crate::model::plan::{Part, PlanItem, Traced};
use crate::report::index::Index;
use crate::report::lang::{Label, Lang};
use crate::report::tidy::{join, one_line};

/// Columns of the plan.
pub(super) const COLUMNS: [Label; 13] = [
    Label::Number,
    Label::Name,
    Label::Kind,
    Label::Lead,
    Label::CoOrganizers,
    Label::Targets,
    Label::Schedule,
    Label::Frequency,
    Label::Basis,
    Label::Content,
    Label::Method,
    Label::Ratio,
    Label::Remarks,
];

/// The texts of the columns but the number.
pub(super) fn texts(item: &PlanItem, index: &Index<'_>, lang: Lang) -> [String; 12] {
    let list = |values: &[Traced<String>], label: Label| {
        join(values.iter().map(|traced| traced.value.as_str()), label.text(lang))
    };
    let lines = |values: &[Traced<String>]| join(values.iter().map(|traced| traced.value.as_str()), "\n");
    let one = |value: &Option<Traced<String>>| {
        value.as_ref().map_or_else(String::new, |traced| one_line(&traced.value))
    };
    let (basis, content) = if item.parts.is_empty() {
        (lines(&item.basis), lines(&item.content))
    } else {
        (
            by_organizer(&item.parts, lang, |part| part.basis.as_deref()),
            by_organizer(&item.parts, lang, |part| Some(part.content.as_deref().unwrap_or(&part.name))),
        )
    };
    [
        one_line(&item.name.value),
        lang.kind(item.kind).to_owned(),
        one(&item.lead),
        list(&item.co_organizers, Label::ListComma),
        list(&item.targets, Label::Semicolon),
        one(&item.schedule),
        one(&item.frequency),
        basis,
        content,
        list(&item.method, Label::Semicolon),
        list(&item.ratio, Label::Semicolon),
        remarks(item, index, lang),
    ]
}

/// Who checks what: one line a value, before it the units whose part has it.
fn by_organizer<'p>(parts: &'p [Part], lang: Lang, value: impl Fn(&'p Part) -> Option<&'p str>) -> String {
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for part in parts {
        let text = one_line(value(part).unwrap_or(""));
        if text.is_empty() {
            continue;
        }
        let who = one_line(part.organizer.as_deref().unwrap_or(Label::NoOrganizer.text(lang)));
        match lines.iter_mut().find(|(known, _)| *known == text) {
            Some((_, units)) if units.contains(&who) => {}
            Some((_, units)) => units.push(who),
            None => lines.push((text, vec![who])),
        }
    }
    let (comma, colon) = (Label::ListComma.text(lang), Label::Colon.text(lang));
    lines
        .into_iter()
        .map(|(text, units)| format!("{}{colon}{text}", units.join(comma)))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The remarks, then which items were merged and how each stands to the core.
fn remarks(item: &PlanItem, index: &Index<'_>, lang: Lang) -> String {
    let mut text = join(item.notes.iter().map(|note| note.value.as_str()), "\n");
    if item.members.len() < 2 {
        return text;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(
        &lang.pick("由 N 项合并：", "Merged from N items: ").replace('N', &item.members.len().to_string()),
    );
    let members: Vec<String> = item
        .members
        .iter()
        .map(|member| {
            let relation = member.relation.map_or(Label::Core.text(lang), |relation| lang.relation(relation));
            let organizer = one_line(index.organizer(&member.item));
            let name = one_line(index.name(&member.item));
            let name = match lang {
                Lang::Zh => format!("{organizer}“{name}”"),
                Lang::En => format!("{organizer} \"{name}\""),
            };
            format!("{}{}{relation}{}", name.trim(), Label::Open.text(lang), Label::Close.text(lang))
        })
        .collect();
    text.push_str(&members.join(Label::Semicolon.text(lang)));
    text.push_str(Label::Stop.text(lang));
    text
}
