//! The room of the Python binding.
