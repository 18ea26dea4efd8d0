//! Whole groups: laws that every merge keeps, and the rules one by one.

mod apart;
mod laws;
mod leads;
mod names;
mod plain_names;
mod ranks;
mod stand_in;
mod values;
