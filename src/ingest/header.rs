//! Finding a table's header and reading what each column is for.

use super::aliases::{Aliases, Match, Role};
use super::table::{Cell, Grid, Merge, Row};
use crate::model::item::Field;
use crate::text::fold;

/// A header row, or two or three that make one header.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// Physical number of its first row.
    pub(super) first_row: u32,
    /// Physical number of its last row.
    pub(super) last_row: u32,
    /// Its columns, left to right.
    pub(super) columns: Vec<HeaderColumn>,
    /// Two for each exact alias, one for each weaker match.
    pub(super) score: u32,
}

/// One column of a header.
#[derive(Clone, Debug)]
pub(super) struct HeaderColumn {
    /// From 1.
    pub(super) column: u32,
    /// The header as written, a parent header before it with `/`.
    pub(super) text: String,
    /// Its own header without its parents, or with them where it says nothing alone.
    pub(super) label: String,
    /// What it was recognised as.
    pub(super) found: Option<Match>,
}

/// Rows looked at for the first header of a grid.
const WINDOW: usize = 40;
/// A header is made of at most this many rows.
const MAX_DEPTH: usize = 3;
/// A cell with more characters than this stands in no second header row.
const MAX_CHILD_CHARS: usize = 30;

/// How sure a row must look to be taken for a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Demand {
    /// Above the first table: a name column and another field.
    First,
    /// Below a header: two exact aliases, a name among them, and most cells known.
    Repeated,
}

impl Header {
    /// The first header at or below the `from`th row of the grid, looking at a window of rows.
    ///
    /// Without a row that names two fields, a lone name alias will do, and then a row that has no
    /// name column but at least four telling fields with the content among them.
    pub(super) fn find(grid: &Grid, from: usize) -> Option<Self> {
        let window = from..grid.rows().len().min(from + WINDOW);
        window
            .clone()
            .find_map(|index| Self::at(grid, index, Demand::First))
            .or_else(|| window.clone().find_map(|index| Self::lone_name(grid, index)))
            .or_else(|| window.clone().find_map(|index| Self::nameless(grid, index)))
    }

    /// The header that begins at the `index`th row, if one does.
    ///
    /// A title line with two cells can look like the parent of the header below it: a header that
    /// begins later inside of this one and says no less goes before.
    pub(super) fn at(grid: &Grid, index: usize, demand: Demand) -> Option<Self> {
        let mut header = Self::best(grid, index, |header| header.satisfies(demand))?;
        for later in index + 1..index + MAX_DEPTH {
            if grid.rows().get(later).is_none_or(|row| header.last_row < row.number) {
                break;
            }
            if let Some(inner) = Self::best(grid, later, |header| header.satisfies(demand))
                && header.score <= inner.score
            {
                header = inner;
            }
        }
        Some(header)
    }

    fn best(grid: &Grid, index: usize, accept: impl Fn(&Self) -> bool) -> Option<Self> {
        let mut best: Option<Self> = None;
        for depth in 1..=MAX_DEPTH {
            let Some(header) = Self::read(grid, index, depth) else { break };
            if accept(&header) && best.as_ref().is_none_or(|best| best.score <= header.score) {
                best = Some(header);
            }
        }
        best
    }

    fn satisfies(&self, demand: Demand) -> bool {
        let matches = || self.columns.iter().filter_map(|column| column.found);
        let mut fields: Vec<Field> = matches()
            .filter(|found| found.role.is_telling())
            .filter_map(|found| found.role.field())
            .collect();
        fields.sort_unstable();
        fields.dedup();
        let known = matches().count();
        let exact = matches().filter(|found| found.exact).count();
        let named = fields.contains(&Field::Name);
        let exactly_named = matches().any(|found| found.exact && found.role == Role::Field(Field::Name));
        match demand {
            Demand::First => {
                let two_fields = named && fields.len() >= 2 && exact >= 1 && known * 3 >= self.columns.len();
                two_fields || exactly_named && exact >= 2 && known * 2 >= self.columns.len()
            }
            Demand::Repeated => exactly_named && exact >= 2 && known * 5 >= self.columns.len() * 3,
        }
    }

    fn lone_name(grid: &Grid, index: usize) -> Option<Self> {
        Self::read(grid, index, 1).filter(|header| {
            header.columns.len() <= 3
                && header
                    .columns
                    .iter()
                    .any(|column| column.found.is_some_and(|m| m.exact && m.role == Role::Field(Field::Name)))
        })
    }

    fn nameless(grid: &Grid, index: usize) -> Option<Self> {
        Self::best(grid, index, |header| {
            let mut fields: Vec<Field> = header
                .columns
                .iter()
                .filter_map(|column| column.found)
                .filter(|found| found.exact && found.role.is_telling())
                .filter_map(|found| found.role.field())
                .collect();
            fields.sort_unstable();
            fields.dedup();
            fields.len() >= 4 && fields.contains(&Field::Content)
        })
    }

    /// Reads `depth` rows from the `index`th on as one header, whatever they hold; nothing when
    /// they do not fit together as one.
    fn read(grid: &Grid, index: usize, depth: usize) -> Option<Self> {
        let rows = grid.rows().get(index..index + depth)?;
        // A line with one cell is a title, not the parent of a header.
        if depth > 1 && rows[0].cells.len() < 2 {
            return None;
        }
        if rows.windows(2).any(|pair| pair[1].number != pair[0].number + 1) {
            return None;
        }
        let levels: Vec<Level<'_>> = (0..depth).map(|level| Level::read(grid, rows, level)).collect();
        for (level, row) in rows.iter().enumerate().skip(1) {
            if !fits_below(row, &levels[..level]) {
                return None;
            }
        }
        let aliases = Aliases::built_in();
        let last_column = rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column).max()?;
        let mut columns = Vec::new();
        let mut score = 0;
        for column in 1..=last_column {
            let path: Vec<&str> = levels.iter().filter_map(|level| level.text(column)).collect();
            if path.is_empty() {
                continue;
            }
            let found = recognise(aliases, &path);
            score += found.map_or(0, |found| if found.exact { 2 } else { 1 });
            let child = path.last().copied().unwrap_or_default();
            let alone = child.chars().count() > 1 && !aliases.is_generic(&fold(child));
            let label = joined(if alone { &path[path.len() - 1..] } else { &path });
            columns.push(HeaderColumn { column, text: joined(&path), label, found });
        }
        Some(Self { first_row: rows[0].number, last_row: rows[depth - 1].number, columns, score })
    }
}

/// One header row with its cells spread over the columns they head.
struct Level<'a> {
    /// Column, text, whether the text heads several columns; in order of columns.
    texts: Vec<(u32, &'a str, bool)>,
}

impl<'a> Level<'a> {
    fn read(grid: &'a Grid, rows: &'a [Row], level: usize) -> Self {
        let row = &rows[level];
        let below = rows.get(level + 1);
        let merges: Vec<&Merge> = grid
            .merges_from(row.number)
            .iter()
            .filter(|merge| merge.first_column < merge.last_column)
            .collect();
        let mut texts: Vec<(u32, &str, bool)> = Vec::new();
        for (position, cell) in row.cells.iter().enumerate() {
            let next = row.cells.get(position + 1).map_or(grid.last_column() + 1, |next| next.column);
            let span = merges.iter().find(|merge| merge.first_column == cell.column);
            let last = match span {
                Some(merge) => merge.last_column.min(next - 1),
                // Without merges (a CSV file) a parent reaches over the blanks to its right that
                // have a child below, if it has a child itself.
                None if merges.is_empty() && below.is_some_and(|below| below.cell(cell.column).is_some()) => {
                    let has_child = |column: &u32| below.is_some_and(|below| below.cell(*column).is_some());
                    (cell.column + 1..next).take_while(has_child).last().unwrap_or(cell.column)
                }
                None => cell.column,
            };
            for column in cell.column..=last {
                texts.push((column, &cell.text, last > cell.column));
            }
        }
        Self { texts }
    }

    fn at(&self, column: u32) -> Option<&(u32, &'a str, bool)> {
        self.texts.binary_search_by_key(&column, |text| text.0).ok().map(|index| &self.texts[index])
    }

    fn text(&self, column: u32) -> Option<&'a str> {
        self.at(column).map(|text| text.1)
    }
}

/// Whether `row` can be the next row of a header whose upper rows are `levels`: every cell stands
/// under a blank, under a parent that heads several columns, or is itself an exact alias.
fn fits_below(row: &Row, levels: &[Level<'_>]) -> bool {
    let aliases = Aliases::built_in();
    let mut known = 0;
    let repeats = |cell: &&Cell| {
        levels
            .last()
            .and_then(|level| level.at(cell.column))
            .is_some_and(|above| above.1 == &*cell.text && !above.2)
    };
    // The same header once more, not its children.
    if row.cells.iter().filter(repeats).nth(1).is_some() {
        return false;
    }
    for cell in &row.cells {
        if cell.text.chars().nth(MAX_CHILD_CHARS).is_some() {
            return false;
        }
        let above = levels.iter().rev().find_map(|level| level.at(cell.column));
        let child = fold(&cell.text);
        if !child.chars().any(char::is_alphabetic) {
            return false;
        }
        let exact = aliases.exact(&child);
        let spread = match above {
            // Under a header of one column only what may stand for it: 起止时间 under 时间安排.
            Some((_, parent, false)) => {
                let field = |found: Match| found.role.field().filter(|_| found.role.is_telling());
                let (child, parent) = (exact.and_then(field), aliases.find(parent).and_then(field));
                if child.is_none() || parent.is_some() && child != parent {
                    return false;
                }
                false
            }
            Some((_, parent, _)) => aliases.exact(&format!("{}{child}", fold(parent))).is_some(),
            None => false,
        };
        known += usize::from(
            exact.is_some() || spread || aliases.is_generic(&child) || aliases.weak(&child).is_some(),
        );
    }
    known * 2 >= row.cells.len()
}

/// What the header path of one column means, from the parent down to the last child.
fn recognise(aliases: &Aliases, path: &[&str]) -> Option<Match> {
    let child = fold(path.last()?);
    let Some(parent) = path.len().checked_sub(2).map(|index| fold(path[index])) else {
        return aliases.exact(&child).or_else(|| aliases.weak(&child));
    };
    if parent == child {
        return aliases.exact(&child).or_else(|| aliases.weak(&child));
    }
    let both = format!("{parent}{child}");
    let generic = aliases.is_generic(&child);
    let of_parent = || aliases.exact(&parent).or_else(|| aliases.weak(&parent));
    aliases
        .exact(&both)
        .or_else(|| if generic { of_parent() } else { None })
        .or_else(|| aliases.exact(&child))
        .or_else(|| aliases.weak(&child))
        .or_else(|| aliases.weak(&both))
}

/// The header path as one text; a header that only repeats its parent stands once.
fn joined(path: &[&str]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in path {
        let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
        if parts.last() != Some(&part) {
            parts.push(part);
        }
    }
    parts.join("/")
}
