//! `tongchou schema`

use std::process::ExitCode;

use crate::failure::Failure;
use crate::output;

pub(crate) fn run() -> Result<ExitCode, Failure> {
    let schema = tongchou::schema();
    let text = serde_json::to_string_pretty(&schema)
        .map_err(|error| tongchou::Error::Write { what: "schema".to_owned(), message: error.to_string() })?;
    output::print(&text);
    Ok(ExitCode::SUCCESS)
}
