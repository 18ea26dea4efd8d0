//! `tongchou`: a folder of departments' submissions becomes one plan.
//!
//! The program parses arguments, opens files and prints; everything else is the library's.
#![expect(clippy::print_stderr, reason = "a command line speaks")]

mod args;
mod commands;
mod failure;
mod messages;
mod output;
mod progress;
mod sources;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version go to stdout and succeed; mistakes in the arguments exit with 2.
            let code = u8::from(error.use_stderr()) * 2;
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let outcome = match arguments.command {
        Command::Consolidate(options) => commands::consolidate::run(&options),
        Command::Frontier(options) => commands::frontier::run(&options),
        Command::Add(options) => commands::add::run(&options),
        Command::Explain(options) => commands::explain::run(&options),
        Command::Evaluate(options) => commands::evaluate::run(&options),
        Command::Estimate(options) => commands::estimate::run(&options),
        Command::Resolve(options) => commands::resolve::run(&options),
        Command::Schema => commands::schema::run(),
    };
    match outcome {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("{}", failure.chain());
            ExitCode::from(1)
        }
    }
}
