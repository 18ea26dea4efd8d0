//! Indices into the tables of one run, each typed by what it indexes.

use serde::{Deserialize, Serialize};

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(u32);

        impl $name {
            /// The largest number of entries a table may hold.
            pub const LIMIT: usize = u32::MAX as usize;

            /// The index of entry `position`.
            ///
            /// # Panics
            /// If `position` is not below [`Self::LIMIT`].
            #[must_use]
            pub fn new(position: usize) -> Self {
                assert!(position < Self::LIMIT, "table of {position} entries is too large");
                Self(position as u32)
            }

            /// The position in its table.
            #[must_use]
            pub const fn as_usize(self) -> usize {
                self.0 as usize
            }

            /// The raw number.
            #[must_use]
            pub const fn as_u32(self) -> u32 {
                self.0
            }
        }

        impl From<u32> for $name {
            fn from(raw: u32) -> Self {
                Self(raw)
            }
        }
    };
}

index!(
    /// An item of the pool, in the run's canonical order.
    ItemIdx
);
index!(
    /// A unit of the [unit graph](crate::targets::UnitGraph).
    UnitIdx
);
index!(
    /// A concept of the [lexicon](crate::lexicon::Lexicon).
    ConceptIdx
);
index!(
    /// A venue type of the [lexicon](crate::lexicon::Lexicon).
    VenueIdx
);
