//! Which files are read, under which names and in which order.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::codes::Code;
use super::limits::Limits;
use super::rows::source;
use super::sniff;
use crate::error::{Error, Result};
use crate::model::diagnostic::{Diagnostic, Severity};

/// A file to read.
#[derive(Clone, Debug)]
pub(super) struct FoundFile {
    /// The name it is reported under.
    pub(super) name: String,
    path: PathBuf,
}

/// All files under `paths`, sorted by name.
pub(super) fn collect(
    paths: &[PathBuf],
    limits: &Limits,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<FoundFile>> {
    let mut found: Vec<(FoundFile, PathBuf)> = Vec::new();
    for path in paths {
        let read_error = |error| Error::Read { path: path.display().to_string(), source: error };
        let metadata = fs::metadata(path).map_err(read_error)?;
        if metadata.is_dir() {
            fs::read_dir(path).map_err(read_error)?;
            let before = found.len();
            let mut walk = Walk { root: path, limits, diagnostics, found: &mut found };
            walk.folder(path, "", 0);
            if found.len() == before {
                diagnostics.push(Code::NoFiles.at(source(&path.display().to_string(), "", 0), ""));
            }
        } else {
            fs::File::open(path).map_err(read_error)?;
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            found.push((FoundFile { name, path: path.clone() }, PathBuf::new()));
        }
    }
    let mut files = without_repetition(found, diagnostics);
    if files.len() > limits.max_files {
        let found = format!("{} files > {}", files.len(), limits.max_files);
        diagnostics.push(Code::TooManyFiles.at(source(&files[limits.max_files].name, "", 0), &found));
        files.truncate(limits.max_files);
    }
    Ok(files)
}

/// Reads the bytes of a file, within the limit even when it grows meanwhile.
pub(super) fn load(file: &FoundFile, limits: &Limits) -> std::result::Result<Vec<u8>, Box<Diagnostic>> {
    let place = || source(&file.name, "", 0);
    let unreadable = |error: std::io::Error| Box::new(Code::UnreadableFile.at(place(), &error.to_string()));
    let opened = fs::File::open(&file.path).map_err(unreadable)?;
    let length = opened.metadata().map_err(unreadable)?.len();
    let too_large = |length: u64| Box::new(Code::FileTooLarge.at(place(), &format!("{length} bytes")));
    if length > limits.max_file_bytes {
        return Err(too_large(length));
    }
    let mut bytes = Vec::with_capacity(length as usize);
    opened.take(limits.max_file_bytes + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > limits.max_file_bytes {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}

struct Walk<'a> {
    root: &'a Path,
    limits: &'a Limits,
    diagnostics: &'a mut Vec<Diagnostic>,
    found: &'a mut Vec<(FoundFile, PathBuf)>,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, prefix: &str, depth: usize) {
        if depth > self.limits.max_depth {
            self.report(Code::TooDeep, prefix, "");
            return;
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.report(Code::UnreadableFile, prefix, &error.to_string()),
        };
        let mut names: Vec<std::ffi::OsString> = Vec::new();
        for entry in entries {
            match entry {
                Ok(entry) => names.push(entry.file_name()),
                Err(error) => self.report(Code::UnreadableFile, prefix, &error.to_string()),
            }
            // One more than allowed is enough to report it.
            if names.len() > self.limits.max_files.saturating_mul(4) {
                self.report(Code::TooManyFiles, prefix, &names.len().to_string());
                return;
            }
        }
        names.sort_by(|a, b| a.as_encoded_bytes().cmp(b.as_encoded_bytes()));
        for name in names {
            let path = folder.join(&name);
            let name = name.to_string_lossy();
            if name.starts_with('.') || name.starts_with("~$") {
                continue;
            }
            let relative = if prefix.is_empty() { name.into_owned() } else { format!("{prefix}/{name}") };
            self.entry(path, relative, depth);
        }
    }

    fn entry(&mut self, path: PathBuf, relative: String, depth: usize) {
        let metadata = match fs::symlink_metadata(&path) {
            Ok(metadata) => metadata,
            Err(error) => return self.report(Code::UnreadableFile, &relative, &error.to_string()),
        };
        if metadata.is_dir() {
            self.folder(&path, &relative, depth + 1);
            return;
        }
        if metadata.is_symlink() {
            match fs::metadata(&path) {
                Ok(target) if target.is_dir() => return self.report(Code::LinkNotFollowed, &relative, ""),
                Ok(_) => {}
                Err(error) => return self.report(Code::UnreadableFile, &relative, &error.to_string()),
            }
        } else if !metadata.is_file() {
            return self.report(Code::UnreadableFile, &relative, "no ordinary file");
        }
        let extension = sniff::extension(&relative);
        if sniff::READABLE.contains(&extension.as_str()) {
            let root = self.root.to_path_buf();
            self.found.push((FoundFile { name: relative, path }, root));
        } else {
            self.report(Code::UnknownExtension, &relative, &format!(".{extension}"));
            // A submission as PDF or old Word file must not be overlooked.
            if sniff::DOCUMENTS.contains(&extension.as_str())
                && let Some(last) = self.diagnostics.last_mut()
            {
                last.severity = Severity::Warning;
            }
        }
    }

    fn report(&mut self, code: Code, name: &str, found: &str) {
        self.diagnostics.push(code.at(source(name, "", 0), found));
    }
}

/// Each file once, under a name no other file has, sorted by name.
fn without_repetition(found: Vec<(FoundFile, PathBuf)>, diagnostics: &mut Vec<Diagnostic>) -> Vec<FoundFile> {
    let mut by_place: BTreeMap<PathBuf, (FoundFile, PathBuf)> = BTreeMap::new();
    for (file, root) in found {
        let place = fs::canonicalize(&file.path).unwrap_or_else(|_| file.path.clone());
        match by_place.get(&place) {
            Some((kept, _)) => {
                diagnostics.push(Code::GivenTwice.at(source(&file.name, "", 0), &kept.name));
                // Which of two names stands must not depend on the order of the paths.
                if file.name < kept.name {
                    by_place.insert(place, (file, root));
                }
            }
            None => {
                by_place.insert(place, (file, root));
            }
        }
    }
    let mut files: Vec<(FoundFile, PathBuf)> = by_place.into_values().collect();
    for attempt in 0..2 {
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        for (file, _) in &files {
            *names.entry(file.name.clone()).or_default() += 1;
        }
        for (file, root) in &mut files {
            if names.get(&file.name).is_some_and(|&count| count > 1) {
                let folder = root.file_name().map(|name| name.to_string_lossy().into_owned());
                file.name = match folder.filter(|_| attempt == 0) {
                    Some(folder) => format!("{folder}/{}", file.name),
                    None => file.path.display().to_string().replace('\\', "/"),
                };
            }
        }
    }
    files.sort_by(|a, b| a.0.name.as_bytes().cmp(b.0.name.as_bytes()));
    files.into_iter().map(|(file, _)| file).collect()
}
