//! Which header means which column: the data of `headers.toml`, loaded and checked once.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::model::item::Field;
use crate::text::fold;

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Role {
    /// A field of the item.
    Field(Field),
    /// Two fields in one column: the second only takes the text when it has no column of its own.
    Both(Field, Field),
    /// Begin of a period.
    ScheduleFrom,
    /// End of a period.
    ScheduleTo,
    /// Number of targets sampled.
    Number,
    /// Number of all targets.
    Base,
    /// Section inside the organizer.
    Desk,
    /// Kept in the notes under its header.
    Labelled,
    /// Not kept: numbering, people, signatures.
    Ignored,
}

impl Role {
    fn parse(text: &str) -> Option<Self> {
        let field = |key: &str| Field::ALL.into_iter().find(|field| field.key() == key);
        Some(match text {
            "schedule_from" => Self::ScheduleFrom,
            "schedule_to" => Self::ScheduleTo,
            "number" => Self::Number,
            "base" => Self::Base,
            "desk" => Self::Desk,
            "labelled" => Self::Labelled,
            "ignored" => Self::Ignored,
            _ => match text.split_once('+') {
                Some((first, second)) => Self::Both(field(first)?, field(second)?),
                None => Self::Field(field(text)?),
            },
        })
    }

    /// The field that a column of this role fills, as the mapping reports it.
    pub(super) fn field(self) -> Option<Field> {
        match self {
            Self::Field(field) | Self::Both(field, _) => Some(field),
            Self::ScheduleFrom | Self::ScheduleTo => Some(Field::Schedule),
            Self::Number | Self::Base => Some(Field::Ratio),
            Self::Desk | Self::Labelled => Some(Field::Notes),
            Self::Ignored => None,
        }
    }

    /// Whether a column of this role is about the item itself, not about the form.
    pub(super) fn is_telling(self) -> bool {
        !matches!(self, Self::Ignored | Self::Labelled | Self::Desk | Self::Field(Field::Notes | Field::Id))
    }
}

/// A header that was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// What the column is for.
    pub(super) role: Role,
    /// Found in `exact`, not by a weaker rule.
    pub(super) exact: bool,
    /// Position in its role's list: the lower, the better among columns of one role.
    pub(super) rank: u32,
}

#[derive(Deserialize)]
struct File {
    generic: Vec<String>,
    role: Vec<RoleEntry>,
}

#[derive(Deserialize)]
struct RoleEntry {
    role: String,
    exact: Vec<String>,
    #[serde(default)]
    prefix: Vec<String>,
    #[serde(default)]
    contains: Vec<String>,
}

/// The aliases, folded.
#[derive(Debug)]
pub(super) struct Aliases {
    exact: FxHashMap<String, (Role, u32)>,
    prefix: Vec<(String, Role)>,
    contains: Vec<(String, Role)>,
    generic: Vec<String>,
}

/// Headers longer than this are sentences: the weaker rules do not look into them.
const MAX_HEADER_CHARS: usize = 40;

static ALIASES: LazyLock<Aliases> = LazyLock::new(|| {
    Aliases::load(include_str!("headers.toml")).unwrap_or_else(|message| panic!("headers.toml: {message}"))
});

impl Aliases {
    /// The built-in aliases.
    pub(super) fn built_in() -> &'static Self {
        &ALIASES
    }

    /// Parses and checks an alias file: every role known, no alias twice.
    fn load(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut aliases = Self {
            exact: FxHashMap::default(),
            prefix: Vec::new(),
            contains: Vec::new(),
            generic: Vec::new(),
        };
        aliases.generic = file.generic.iter().map(|alias| fold(alias)).collect();
        for entry in file.role {
            let role = Role::parse(&entry.role).ok_or_else(|| format!("unknown role `{}`", entry.role))?;
            for (rank, alias) in entry.exact.iter().enumerate() {
                if aliases.exact.insert(fold(alias), (role, rank as u32)).is_some() {
                    return Err(format!("`{alias}` stands twice, the second time under `{}`", entry.role));
                }
            }
            for (list, found) in
                [(&entry.prefix, &mut aliases.prefix), (&entry.contains, &mut aliases.contains)]
            {
                for alias in list {
                    let alias = fold(alias);
                    if found.iter().any(|(other, _)| *other == alias) {
                        return Err(format!(
                            "the rule `{alias}` stands twice, the second time under `{}`",
                            entry.role
                        ));
                    }
                    found.push((alias, role));
                }
            }
        }
        Ok(aliases)
    }

    /// Whether a folded header says little on its own.
    pub(super) fn is_generic(&self, folded: &str) -> bool {
        self.generic.iter().any(|generic| generic == folded)
    }

    /// The exact alias a folded header is, as it stands or without marks, numbers and brackets.
    pub(super) fn exact(&self, folded: &str) -> Option<Match> {
        let bare = strip_marks(folded);
        let unbracketed = strip_brackets(bare);
        [folded, bare, &unbracketed]
            .into_iter()
            .find_map(|form| self.exact.get(form).map(|&(role, rank)| Match { role, exact: true, rank }))
    }

    /// What a folded header means by the weaker rules.
    pub(super) fn weak(&self, folded: &str) -> Option<Match> {
        let bare = strip_marks(folded);
        if bare.chars().count() > MAX_HEADER_CHARS {
            return None;
        }
        let weak = |role: Role| Match { role, exact: false, rank: 1000 };
        if let Some((_, role)) = self.prefix.iter().find(|(prefix, _)| bare.starts_with(prefix.as_str())) {
            return Some(weak(*role));
        }
        let unbracketed = strip_brackets(bare);
        [unbracketed.as_str(), bare].into_iter().find_map(|form| {
            self.contains
                .iter()
                .filter_map(|(part, role)| {
                    form.rfind(part.as_str()).map(|at| (part.len(), at + part.len(), *role))
                })
                .max_by_key(|&(length, end, _)| (length, end))
                .map(|(_, _, role)| weak(role))
        })
    }

    /// What a header means, by any rule.
    pub(super) fn find(&self, header: &str) -> Option<Match> {
        let folded = fold(header);
        self.exact(&folded).or_else(|| self.weak(&folded))
    }
}

/// Without leading numbering and marks (`*`, `1.`, `(2)`, `一、`) and trailing marks.
fn strip_marks(folded: &str) -> &str {
    let trimmed =
        folded.trim_matches(|c: char| matches!(c, '*' | ':' | '★' | '☆' | '.' | '、' | ';' | ',' | '"'));
    for (open, close) in [("", '.'), ("", '、'), ("(", ')')] {
        if let Some(rest) = trimmed.strip_prefix(open)
            && let Some((number, after)) = rest.split_once(close)
            && !after.is_empty()
            && !number.is_empty()
            && number.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
        {
            return after;
        }
    }
    trimmed
}

/// Without everything in brackets; the text itself when nothing would be left.
fn strip_brackets(folded: &str) -> String {
    let mut depth = 0u32;
    let mut bare = String::with_capacity(folded.len());
    for character in folded.chars() {
        match character {
            '(' | '《' => depth += 1,
            ')' | '》' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    if bare.is_empty() { folded.to_owned() } else { bare }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field_of(header: &str) -> Option<Field> {
        Aliases::built_in().find(header).and_then(|found| found.role.field())
    }

    #[test]
    fn an_alias_twice_is_refused() {
        let twice =
            "generic=[]\n[[role]]\nrole='name'\nexact=['事项']\n[[role]]\nrole='content'\nexact=['事 项']\n";
        assert!(Aliases::load(twice).is_err_and(|message| message.contains("content")));
    }

    #[test]
    fn canonical_keys_map_to_themselves() {
        for field in Field::ALL {
            assert_eq!(field_of(field.key()), Some(field), "{}", field.key());
        }
    }

    #[test]
    fn headers_are_read_through_their_noise() {
        for (header, field) in [
            ("抽查 \n事项", Field::Name),
            ("*事项名称（必填）", Field::Name),
            ("一、检查依据：", Field::Basis),
            ("检查类型(日常/专项)", Field::Kind),
            ("备注(联查部门)", Field::CoOrganizers),
            ("是否属跨部门联合检查（如是，需写明牵头部门和配合部门）", Field::Notes),
            ("抽查 比例 (数量)", Field::Ratio),
            ("2024年度拟开展的检查时间", Field::Schedule),
            ("具体检查对象（含数量）或“双随机”抽查对象（含总数及比例）", Field::Targets),
        ] {
            assert_eq!(field_of(header), Some(field), "{header}");
        }
    }
}
