//! Items as JSON lines and the truth as JSON, written as they come.

use std::io::{self, Write};

use crate::county::{Draft, Pool};

/// The id of an item.
pub(crate) fn id(owner: &str, number: usize) -> String {
    format!("{owner}#{number:03}")
}

fn field(out: &mut impl Write, key: &str, value: &str) -> io::Result<()> {
    write!(out, ",\"{key}\":")?;
    serde_json::to_writer(out, value).map_err(io::Error::from)
}

/// One line of `items.jsonl`.
pub(crate) fn item(out: &mut impl Write, id: &str, jurisdiction: &str, draft: &Draft) -> io::Result<()> {
    write!(out, "{{\"id\":\"{id}\"")?;
    field(out, "name", &draft.name)?;
    field(out, "jurisdiction", jurisdiction)?;
    field(out, "organizer", &draft.organizer)?;
    field(out, "targets", &draft.targets)?;
    let optional = [
        ("kind", draft.kind),
        ("schedule", draft.schedule.as_deref()),
        ("frequency", draft.frequency),
        ("basis", draft.basis.as_deref()),
        ("content", draft.content.as_deref()),
        ("method", draft.method),
    ];
    for (key, value) in optional {
        if let Some(value) = value {
            field(out, key, value)?;
        }
    }
    writeln!(out, "}}")
}

/// The truth file in the making.
pub(crate) struct Truth<W> {
    out: W,
    groups: usize,
    barred: Vec<String>,
    lookalikes: Vec<String>,
}

impl<W: Write> Truth<W> {
    pub(crate) fn new(mut out: W) -> io::Result<Self> {
        write!(out, "{{\"groups\":[")?;
        Ok(Self { out, groups: 0, barred: Vec::new(), lookalikes: Vec::new() })
    }

    /// Writes the groups of a county; `id` gives the id of the item at a position.
    pub(crate) fn pool(&mut self, pool: &Pool, id: impl Fn(usize) -> String) -> io::Result<()> {
        for group in &pool.groups {
            let members = group.members.iter().map(|&(member, relation)| (id(member), relation));
            self.group(&id(group.core), members)?;
        }
        let pair = |&(a, b): &(usize, usize)| format!("{{\"a\":\"{}\",\"b\":\"{}\"}}", id(a), id(b));
        self.barred.extend(pool.barred.iter().map(pair));
        self.lookalikes.extend(pool.lookalikes.iter().map(pair));
        Ok(())
    }

    /// Writes the group of an item and the copies it covers.
    pub(crate) fn covered(&mut self, core: &str, copies: &[String]) -> io::Result<()> {
        self.group(core, copies.iter().map(|copy| (copy.clone(), "covered")))
    }

    fn group(&mut self, core: &str, members: impl Iterator<Item = (String, &'static str)>) -> io::Result<()> {
        let comma = if self.groups > 0 { "," } else { "" };
        self.groups += 1;
        let members: Vec<String> = members
            .map(|(id, relation)| format!("{{\"id\":\"{id}\",\"relation\":\"{relation}\"}}"))
            .collect();
        let (number, members) = (self.groups, members.join(","));
        write!(self.out, "{comma}\n{{\"id\":\"G{number}\",\"core\":\"{core}\",\"members\":[{members}]}}")
    }

    /// Writes what was kept back.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        let (barred, lookalikes) = (self.barred.join(",\n"), self.lookalikes.join(",\n"));
        writeln!(self.out, "],\n\"barred\":[{barred}],\n\"lookalikes\":[{lookalikes}]}}")?;
        self.out.flush()
    }
}
