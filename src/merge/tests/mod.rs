//! Whole groups: laws that every merge keeps, and the fixture pool.

mod laws;
mod leads;
mod names;
mod pool;
mod stand_in;
mod values;
