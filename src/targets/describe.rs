//! A resolution in words, for `tongchou resolve`.

use std::fmt::Write as _;

use super::graph::UnitGraph;
use crate::lexicon::Lexicon;
use crate::model::target_set::{Sureness, TargetSet, TermRole};

/// Most units that are listed by name.
const MOST_NAMES: usize = 20;

/// What a phrase was taken for: its words with their roles, the units, how sure, and what was not
/// understood. In Chinese when `zh`, else in English.
#[must_use]
pub fn describe(set: &TargetSet, graph: &UnitGraph, lexicon: &Lexicon, zh: bool) -> String {
    let mut text = String::new();
    let say = |zh_text: &'static str, en_text: &'static str| if zh { zh_text } else { en_text };
    let _ = writeln!(text, "{}", say("释义:", "Reading:"));
    for term in &set.terms {
        let _ = writeln!(
            text,
            "  {} → {} ({})",
            term.text,
            role(term.role, zh),
            counted(term.units as usize, zh)
        );
    }
    let _ = writeln!(text, "{} {}", say("可信度:", "Sureness:"), sureness(set.sureness, zh));
    if let Some(count) = set.sample_count {
        let _ = writeln!(text, "{} {count}", say("抽取数量:", "Sampled number:"));
    }
    if let Some(share) = set.sample_share {
        let _ = writeln!(text, "{} {}.{:02}%", say("抽取比例:", "Sampled share:"), share / 100, share % 100);
    }
    if !set.groups.is_empty() {
        let _ = writeln!(text, "{} {}", say("单位类别:", "Groups:"), set.groups.join(", "));
    }
    if !set.venues.is_empty() {
        let names: Vec<&str> =
            set.venues.iter().map(|venue| lexicon.venues.entry(venue.as_u32()).name.as_str()).collect();
        let _ = writeln!(text, "{} {}", say("场所类型:", "Venue types:"), names.join(", "));
    }
    let _ = writeln!(text, "{} {}", say("单位:", "Units:"), counted(set.units.len(), zh));
    for unit in set.units.iter().take(MOST_NAMES) {
        let view = graph.unit(unit);
        let _ = writeln!(text, "  {} {}", view.id(), view.name());
    }
    if set.units.len() > MOST_NAMES {
        let more = set.units.len() - MOST_NAMES;
        let _ =
            writeln!(text, "  {}", if zh { format!("…… 另 {more} 个") } else { format!("… {more} more") });
    }
    let unknown: Vec<&str> = set
        .terms
        .iter()
        .filter(|term| term.role == TermRole::Unknown)
        .map(|term| term.text.as_str())
        .collect();
    if !unknown.is_empty() {
        let _ = writeln!(text, "{} {}", say("未识别:", "Not understood:"), unknown.join(", "));
    }
    text
}

fn counted(units: usize, zh: bool) -> String {
    match (zh, units) {
        (true, _) => format!("{units} 个"),
        (false, 1) => "1 unit".to_owned(),
        (false, _) => format!("{units} units"),
    }
}

fn role(role: TermRole, zh: bool) -> &'static str {
    let (chinese, english) = match role {
        TermRole::Unit => ("单位", "unit"),
        TermRole::Group => ("单位类别", "group"),
        TermRole::Venue => ("场所类型", "venue type"),
        TermRole::Qualifier => ("限定", "qualifier"),
        TermRole::All => ("全部", "all"),
        TermRole::Exclusion => ("除外", "exclusion"),
        TermRole::Quota => ("数量", "quota"),
        TermRole::Scope => ("范围", "scope"),
        TermRole::Delegation => ("另见名单", "list elsewhere"),
        TermRole::Vague => ("未限定", "open"),
        TermRole::Unknown => ("未识别", "not understood"),
    };
    if zh { chinese } else { english }
}

fn sureness(sureness: Sureness, zh: bool) -> &'static str {
    let (chinese, english) = match sureness {
        Sureness::Exact => ("明确", "exact"),
        Sureness::Sample => ("抽样", "sample"),
        Sureness::Vague => ("不明确(取最宽)", "vague (widest reading)"),
        Sureness::Unknown => ("未识别", "unknown"),
        Sureness::Absent => ("无对象", "absent"),
    };
    if zh { chinese } else { english }
}
