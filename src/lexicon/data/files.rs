/// The data files with their names.
const FILES: &[(&str, &str)] = &[];
