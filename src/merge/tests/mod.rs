//! Whole groups: laws that every merge keeps, and the fixture pool.

mod laws;
mod names;
mod pool;
mod stand_in;
