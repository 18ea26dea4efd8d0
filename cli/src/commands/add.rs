//! `tongchou add`

use std::collections::BTreeMap;
use std::fmt::Write;
use std::process::ExitCode;
use std::time::Instant;

use tongchou::ingest::{self, Limits};
use tongchou::pipeline::{Change, LiveGroup, LivePool};
use tongchou::report::{File, Lang};
use tongchou::{Consolidator, Error, Item};

use crate::args::Add;
use crate::failure::Failure;
use crate::messages::{Loudness, print_diagnostics, print_mappings};
use crate::output;
use crate::sources::Loaded;

pub(crate) fn run(options: &Add) -> Result<ExitCode, Failure> {
    let loudness = Loudness::new(options.verbose, options.quiet);
    let mut loaded = Loaded::read(&options.sources, loudness, options.lang)?;
    loaded.needs_items()?;
    let late = ingest::read_paths(&options.new, &Limits::default(), &mut |_| {})?;
    if options.verbose {
        print_mappings(&late.mappings, options.lang);
    }
    print_diagnostics(&late.diagnostics, loudness, options.lang);
    loaded.diagnostics.extend(late.diagnostics.iter().cloned());
    if late.items.is_empty() {
        return Err(Failure::NoItems);
    }
    let policy = loaded.policy.clone();
    let policy = if options.threads > 0 { policy.with_threads(options.threads) } else { policy };
    let consolidator = Consolidator::new(policy)?.with_lexicon(loaded.lexicon.clone());
    let units = loaded.units.take();
    let mut pool = consolidator.live(loaded.into_input(units.as_ref()))?;
    let mut named: BTreeMap<String, Named> =
        pool.items().map(|item| (item.id.clone(), Named::of(item))).collect();
    let mut refused = 0;
    for item in late.items {
        let (own, before, started) = (Named::of(&item), pool.planned(), Instant::now());
        let change = match pool.add(item) {
            Ok(change) => change,
            Err(error) => {
                eprintln!("{}", refusal(&own, &error, options.lang));
                refused += 1;
                continue;
            }
        };
        let took = started.elapsed();
        named.insert(change.id.clone(), own);
        if !options.quiet {
            let mut told = answer(&pool, &change, &named, before, options.lang);
            if options.verbose {
                let _ = writeln!(told, "  {took:.1?}{}", if change.reread { ", all read again" } else { "" });
            }
            output::print(&told);
        }
    }
    if let Some(folder) = &options.out {
        let plan = pool.plan()?;
        output::folder(folder)?;
        for file in File::of(&options.format) {
            output::stream(folder, file.name(), |out| Ok(file.write(&plan, options.lang, out)?))?;
        }
    }
    Ok(ExitCode::from(u8::from(refused > 0)))
}

/// Why a late item was not taken in.
fn refusal(own: &Named, error: &Error, lang: Lang) -> String {
    match (error, lang) {
        (Error::DuplicateId { id, first, .. }, Lang::Zh) => {
            format!("{}：编号 {id} 已由 {first} 使用，未采用；请改编号后再报", own.told(lang))
        }
        _ => format!("{}: {error}", own.told(lang)),
    }
}

/// An item as it is spoken of.
struct Named {
    name: String,
    organizer: Option<String>,
}

impl Named {
    fn of(item: &Item) -> Self {
        Self { name: item.name.clone(), organizer: item.organizer.clone() }
    }

    /// Name and organizer.
    fn told(&self, lang: Lang) -> String {
        let name = &self.name;
        match (self.organizer.as_deref(), lang) {
            (Some(organizer), Lang::Zh) => format!("“{name}”（{organizer}）"),
            (None, Lang::Zh) => format!("“{name}”"),
            (Some(organizer), Lang::En) => format!("`{name}` ({organizer})"),
            (None, Lang::En) => format!("`{name}`"),
        }
    }
}

/// Where a late item went, and what that made of the plan.
fn answer(
    pool: &LivePool<'_>,
    change: &Change,
    named: &BTreeMap<String, Named>,
    before: usize,
    lang: Lang,
) -> String {
    let told = |id: &str| named.get(id).map_or_else(|| id.to_owned(), |item| item.told(lang));
    let mut answer = format!("{} {}\n", change.id, told(&change.id));
    let group = pool.group_of(&change.id);
    match &group {
        Some(group) if !group.members.is_empty() => members(group, change, &told, lang, &mut answer),
        _ => answer.push_str(match lang {
            Lang::Zh => "  单列：不与其他事项合并\n",
            Lang::En => "  stands alone: nothing to merge it with\n",
        }),
    }
    for other in change.formed.iter().filter(|other| Some(*other) != group.as_ref()) {
        let ids: Vec<String> = other.ids().map(told).collect();
        let _ = match lang {
            Lang::Zh => writeln!(answer, "  因此另行归并：{}", ids.join(" + ")),
            Lang::En => writeln!(answer, "  regrouped by it: {}", ids.join(" + ")),
        };
    }
    let (items, planned) = (pool.len(), pool.planned());
    let _ = match lang {
        Lang::Zh => writeln!(answer, "  计划 {before} 项 → {planned} 项（共上报 {items} 项）"),
        Lang::En => writeln!(answer, "  plan: {before} -> {planned} items of {items} submitted"),
    };
    answer
}

fn members(
    group: &LiveGroup,
    change: &Change,
    told: &impl Fn(&str) -> String,
    lang: Lang,
    answer: &mut String,
) {
    let mut members: Vec<_> = group.members.iter().collect();
    members.sort_by_key(|member| member.id != change.id);
    for member in members {
        let sure = f64::from(member.probability) / 100.0;
        let _ = if member.id == change.id {
            match lang {
                Lang::Zh => writeln!(
                    answer,
                    "  并入 {} {}：{}，把握 {sure:.0}%",
                    group.core,
                    told(&group.core),
                    member.relation.label_zh()
                ),
                Lang::En => writeln!(
                    answer,
                    "  merges into {} {}: {}, {sure:.0}%",
                    group.core,
                    told(&group.core),
                    member.relation.key()
                ),
            }
        } else if group.core == change.id {
            match lang {
                Lang::Zh => writeln!(
                    answer,
                    "  {} {} 并入本项：{}，把握 {sure:.0}%",
                    member.id,
                    told(&member.id),
                    member.relation.label_zh()
                ),
                Lang::En => writeln!(
                    answer,
                    "  takes in {} {}: {}, {sure:.0}%",
                    member.id,
                    told(&member.id),
                    member.relation.key()
                ),
            }
        } else {
            match lang {
                Lang::Zh => writeln!(answer, "  同组还有 {} {}", member.id, told(&member.id)),
                Lang::En => writeln!(answer, "  beside {} {}", member.id, told(&member.id)),
            }
        };
    }
}
