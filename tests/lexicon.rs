//! The shipped lexicon: size, links, and what must be told apart.

#![expect(clippy::print_stdout, reason = "figures for whoever reads the test")]

use tongchou::lexicon::Lexicon;

#[test]
fn the_shipped_files_load_and_are_as_large_as_promised() {
    let started = std::time::Instant::now();
    let lexicon = Lexicon::builtin();
    println!("loaded in {:?}", started.elapsed());
    assert!(lexicon.concepts.len() >= 800, "{} concepts", lexicon.concepts.len());
    assert!(lexicon.concepts.form_count() >= 3000, "{} forms", lexicon.concepts.form_count());
    assert!(lexicon.venues.len() >= 150, "{} venues", lexicon.venues.len());
    let mut fields: Vec<&str> = lexicon.concepts.entries().iter().map(|entry| entry.field.as_str()).collect();
    fields.sort_unstable();
    fields.dedup();
    assert!(fields.len() >= 40, "{} fields", fields.len());
}
