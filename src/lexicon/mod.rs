//! What the words of the field mean: data in files, checked on load, never learned at run time.
//!
//! | part | says | file |
//! |---|---|---|
//! | [`Taxonomy`] of concepts | 森防 is 森林草原防灭火; 大棚房 is part of 耕地保护 | `data/concepts/*.toml` |
//! | [`Taxonomy`] of venues | 敬老院 is a kind of 养老机构, a specific place | `data/venues.toml` |
//! | [`Departments`] | 环保局 and 生态环境分局 do the same work | `data/departments.toml` |
//! | [`Groups`] | 镇街 means 乡镇 and 街道 | `data/groups.toml` |
//! | [`Words`] | kinds, boilerplate, contrast words, protections | the other files |
//!
//! All forms are [folded](crate::text::fold) when they are loaded, so that they are found in folded text.

mod department;
mod group;
mod load;
mod matcher;
mod taxonomy;
mod words;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

pub use department::{Department, DepartmentIdx, Departments};
pub use group::{Group, Groups};
pub use matcher::{Marks, Matcher, Mention};
pub use taxonomy::{Entry, Taxonomy};
pub use words::{Contrast, ProtectionWords, Words};

use crate::error::Result;

/// The loaded lexicon. Immutable; cheap to share behind an [`Arc`].
#[derive(Debug)]
pub struct Lexicon {
    /// Matters: what items are about. Indexed by [`ConceptIdx`](crate::model::ids::ConceptIdx).
    pub concepts: Taxonomy,
    /// Places and operators: whom items visit. Indexed by [`VenueIdx`](crate::model::ids::VenueIdx).
    pub venues: Taxonomy,
    /// Departments and what they do.
    pub departments: Departments,
    /// Groups of government units.
    pub groups: Groups,
    /// Kinds, boilerplate, contrasts, protections.
    pub words: Words,
    id: LexiconId,
}

/// Tells a lexicon from every other that the process loads, for what is made with one and kept elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LexiconId(usize);

impl LexiconId {
    fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

impl Lexicon {
    /// The lexicon that ships with the crate.
    ///
    /// Loaded once a process; later calls cost a pointer.
    ///
    /// # Panics
    /// Never: the tests load the shipped files.
    #[must_use]
    pub fn builtin() -> Arc<Self> {
        static BUILTIN: OnceLock<Arc<Lexicon>> = OnceLock::new();
        Arc::clone(
            BUILTIN.get_or_init(|| {
                Arc::new(load::builtin().expect("the shipped lexicon is checked by the tests"))
            }),
        )
    }

    pub(crate) fn id(&self) -> LexiconId {
        self.id
    }

    /// The shipped lexicon with a user's entries added.
    ///
    /// `toml` may hold `[[concept]]`, `[[venue]]`, `[[department]]`, `[[group]]` and `[[contrast]]`
    /// tables as in the shipped files. An entry whose `name` exists adds its aliases and links to it.
    ///
    /// # Errors
    /// [`Error::Lexicon`](crate::Error::Lexicon) naming `file` and the entries, when the text is not
    /// TOML, a form has two meanings, a link points nowhere, or links run in a circle.
    pub fn with_extension(file: &str, toml: &str) -> Result<Self> {
        load::extended(file, toml)
    }
}
