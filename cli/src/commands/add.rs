//! `tongchou add`

use std::fmt::Write;
use std::process::ExitCode;
use std::time::Instant;

use tongchou::ingest::{self, Limits};
use tongchou::pipeline::{Change, LiveGroup, LiveMember, LivePool};
use tongchou::report::{File, Lang};
use tongchou::{Consolidator, Error, Item};

use crate::args::Add;
use crate::failure::Failure;
use crate::messages::{print_diagnostics, print_mappings};
use crate::output;
use crate::sources::Loaded;

pub(crate) fn run(options: &Add) -> Result<ExitCode, Failure> {
    let manner = &options.manner;
    let (lang, loudness) = (manner.lang, manner.loudness());
    let mut loaded = Loaded::read(&options.sources, loudness, lang)?;
    loaded.needs_items()?;
    let late = ingest::read_paths(&options.new, &Limits::default(), &mut |_| {})?;
    if manner.verbose {
        print_mappings(&late.mappings, lang);
    }
    print_diagnostics(&late.diagnostics, loudness, lang);
    loaded.diagnostics.extend(late.diagnostics.iter().cloned());
    if late.items.is_empty() {
        return Err(Failure::NoItems);
    }
    let policy = manner.apply(loaded.policy.clone());
    let consolidator = Consolidator::new(policy)?.with_lexicon(loaded.lexicon.clone());
    let units = loaded.units.take();
    let mut pool = consolidator.live(loaded.into_input(units.as_ref()))?;
    let mut refused = 0;
    for item in late.items {
        let (own, before, started) = (told(&item, lang), pool.planned(), Instant::now());
        let change = match pool.add(item) {
            Ok(change) => change,
            Err(error) => {
                eprintln!("{}", refusal(&own, &error, lang));
                refused += 1;
                continue;
            }
        };
        let took = started.elapsed();
        if !manner.quiet {
            let mut answer = answer(&pool, &change, before, lang);
            if manner.verbose {
                let _ =
                    writeln!(answer, "  {took:.1?}{}", if change.reread { ", all read again" } else { "" });
            }
            output::print(&answer);
        }
    }
    if let Some(folder) = &options.out {
        let plan = pool.plan()?;
        output::folder(folder)?;
        for file in File::of(&options.format) {
            output::stream(folder, file.name(), |out| Ok(file.write(&plan, lang, out)?))?;
        }
    }
    Ok(ExitCode::from(u8::from(refused > 0)))
}

/// Why a late item was not taken in.
fn refusal(own: &str, error: &Error, lang: Lang) -> String {
    match (error, lang) {
        (Error::DuplicateId { id, first, .. }, Lang::Zh) => {
            format!("{own}：编号 {id} 已由 {first} 使用，未采用；请改编号后再报")
        }
        _ => format!("{own}: {error}"),
    }
}

/// An item as it is spoken of: its name and its organizer.
fn told(item: &Item, lang: Lang) -> String {
    let name = &item.name;
    match (item.organizer.as_deref(), lang) {
        (Some(organizer), Lang::Zh) => format!("“{name}”（{organizer}）"),
        (None, Lang::Zh) => format!("“{name}”"),
        (Some(organizer), Lang::En) => format!("`{name}` ({organizer})"),
        (None, Lang::En) => format!("`{name}`"),
    }
}

/// Where a late item went, and what that made of the plan.
fn answer(pool: &LivePool<'_>, change: &Change, before: usize, lang: Lang) -> String {
    let told = |id: &str| pool.item(id).map_or_else(|| id.to_owned(), |item| told(item, lang));
    let mut answer = format!("{} {}\n", change.id, told(&change.id));
    let mut line = |text: String| {
        let _ = writeln!(answer, "  {text}");
    };
    let group = pool.group_of(&change.id);
    match &group {
        Some(group) if !group.members.is_empty() => {
            // What the late item itself did comes first.
            let (own, others): (Vec<_>, Vec<_>) =
                group.members.iter().partition(|member| member.id == change.id);
            own.into_iter().chain(others).for_each(|other| line(member(other, group, change, &told, lang)));
        }
        _ => line(match lang {
            Lang::Zh => "单列：不与其他事项合并".to_owned(),
            Lang::En => "stands alone: nothing to merge it with".to_owned(),
        }),
    }
    for other in change.formed.iter().filter(|other| Some(*other) != group.as_ref()) {
        let ids = other.ids().map(told).collect::<Vec<_>>().join(" + ");
        line(match lang {
            Lang::Zh => format!("因此另行归并：{ids}"),
            Lang::En => format!("regrouped by it: {ids}"),
        });
    }
    let (items, planned) = (pool.len(), pool.planned());
    line(match lang {
        Lang::Zh => format!("计划 {before} 项 → {planned} 项（共上报 {items} 项）"),
        Lang::En => format!("plan: {before} -> {planned} items of {items} submitted"),
    });
    answer
}

/// What a member of the late item's group has to do with it.
fn member(
    member: &LiveMember,
    group: &LiveGroup,
    change: &Change,
    told: &impl Fn(&str) -> String,
    lang: Lang,
) -> String {
    let sure = f64::from(member.probability) / 100.0;
    let is_new = member.id == change.id;
    let other = if is_new { &group.core } else { &member.id };
    let named = format!("{other} {}", told(other));
    match (lang, is_new, group.core == change.id) {
        (Lang::Zh, true, _) => format!("并入 {named}：{}，把握 {sure:.0}%", member.relation.label_zh()),
        (Lang::Zh, _, true) => format!("{named} 并入本项：{}，把握 {sure:.0}%", member.relation.label_zh()),
        (Lang::Zh, ..) => format!("同组还有 {named}"),
        (Lang::En, true, _) => format!("merges into {named}: {}, {sure:.0}%", member.relation.key()),
        (Lang::En, _, true) => format!("takes in {named}: {}, {sure:.0}%", member.relation.key()),
        (Lang::En, ..) => format!("beside {named}"),
    }
}
