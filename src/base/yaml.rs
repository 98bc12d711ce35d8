//! Typed decoding of YAML with file, line and column; the one place that names the YAML crate.

/// Decodes one YAML document.
///
/// # Errors
/// The crate's message, which names path, line and column.
pub fn decode<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, serde_yaml::Error> {
    serde_yaml::from_str(text)
}
