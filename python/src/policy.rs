//! The policy of a run.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::{Map, Value};
use tongchou::Policy;

use crate::error::{self, Fault};
use crate::json;

/// What an office may set. The defaults are meant to be used.
///
/// Arguments:
///     plan_year: The year the plan is for; inferred from the items by default.
///     merge_threshold: Weight in bits (log2 odds) from which a pair merges; 1.0.
///     review_threshold: Weight in bits from which a pair is shown to a reviewer; -2.0.
///     review_share: Largest share of the items' number in the review list, 0 to 1; 0.15.
///     target_reduction: The share of the items by which the plan shall be smaller (0.15); by default as
///         the evidence says. Merges down to `review_threshold` may serve it, the safest first.
///     max_members: Most members of one plan item; 24.
///     max_joint_organizers: Most organizers of one joint item; 8.
///     exact_limit: Largest component clustered to the exact optimum, at most 20; 16.
///     threads: 0 takes what the machine offers. Never changes the result.
///     weights: Match weights that differ from the shipped ones, as in the policy's schema:
///         `{"matter": {"same_concept": 4.0}}`.
///
/// Raises:
///     PolicyError: A setting is unknown, of a wrong type or out of range; `.field` names it.
///
/// Examples:
///     >>> import tongchou
///     >>> tongchou.Policy(merge_threshold=3.0).merge_threshold
///     3.0
///     >>> tongchou.Policy(review_share=2)
///     Traceback (most recent call last):
///     ...
///     tongchou.exceptions.PolicyError: policy: review_share: found `2`, expected a share between 0 and 1
#[pyclass(name = "Policy", module = "tongchou", frozen, eq, skip_from_py_object)]
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PyPolicy {
    pub(crate) policy: Policy,
}

#[pymethods]
impl PyPolicy {
    #[new]
    #[pyo3(
        signature = (**settings),
        text_signature = "(*, plan_year=None, merge_threshold=1.0, review_threshold=-2.0, review_share=0.15, target_reduction=None, \
                          max_members=24, max_joint_organizers=8, exact_limit=16, threads=0, weights=None)"
    )]
    fn new(py: Python<'_>, settings: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let Some(settings) = settings else { return Ok(Self { policy: Policy::default() }) };
        let text = json::dumps(settings.as_any(), "PolicyError")?;
        let policy = read(&text).map_err(|fault| fault.raise(py))?;
        policy.check().map_err(|failure| error::raise(py, failure))?;
        Ok(Self { policy })
    }

    /// The policy of a TOML text.
    ///
    /// Raises:
    ///     PolicyError: The text is not TOML, a setting is unknown or out of range.
    ///
    /// Examples:
    ///     >>> import tongchou
    ///     >>> tongchou.Policy.from_toml("plan_year = 2026").plan_year
    ///     2026
    #[staticmethod]
    #[pyo3(signature = (text, /))]
    fn from_toml(py: Python<'_>, text: &str) -> PyResult<Self> {
        let policy = Policy::from_toml(text).map_err(|failure| error::raise(py, failure))?;
        Ok(Self { policy })
    }

    /// The policy as TOML, which `from_toml` and the command line's `--policy` read.
    ///
    /// Examples:
    ///     >>> import tongchou
    ///     >>> policy = tongchou.Policy(plan_year=2026)
    ///     >>> tongchou.Policy.from_toml(policy.to_toml()) == policy
    ///     True
    fn to_toml(&self, py: Python<'_>) -> PyResult<String> {
        self.policy.to_toml().map_err(|failure| error::raise(py, failure))
    }

    /// All settings as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::object(py, &self.policy)
    }

    /// The year the plan is for, if set.
    #[getter]
    fn plan_year(&self) -> Option<i32> {
        self.policy.plan_year
    }

    /// Weight in bits from which a pair merges.
    #[getter]
    fn merge_threshold(&self) -> f64 {
        self.policy.merge_threshold
    }

    /// Weight in bits from which a pair is shown to a reviewer.
    #[getter]
    fn review_threshold(&self) -> f64 {
        self.policy.review_threshold
    }

    /// Largest share of the items' number in the review list.
    #[getter]
    fn review_share(&self) -> f64 {
        self.policy.review_share
    }

    /// The share of the items by which the plan shall be smaller, if set.
    #[getter]
    fn target_reduction(&self) -> Option<f64> {
        self.policy.target_reduction
    }

    /// Most members of one plan item.
    #[getter]
    fn max_members(&self) -> usize {
        self.policy.max_members
    }

    /// Most organizers of one joint item.
    #[getter]
    fn max_joint_organizers(&self) -> usize {
        self.policy.max_joint_organizers
    }

    /// Largest component clustered to the exact optimum.
    #[getter]
    fn exact_limit(&self) -> usize {
        self.policy.exact_limit
    }

    /// Threads; 0 takes what the machine offers.
    #[getter]
    fn threads(&self) -> usize {
        self.policy.threads
    }

    /// Match weights: priors, and what differs from the shipped ones.
    #[getter]
    fn weights<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::object(py, &self.policy.weights)
    }

    fn __repr__(&self) -> String {
        let set = serde_json::to_value(&self.policy).unwrap_or_default();
        let shipped = serde_json::to_value(Policy::default()).unwrap_or_default();
        let changed: Vec<String> = set
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(key, value)| shipped.get(key) != Some(value))
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        format!("Policy({})", changed.join(", "))
    }
}

/// The policy of a JSON object; the fault names the setting that does not fit.
fn read(text: &str) -> Result<Policy, Fault> {
    let unusable = |field: &str, error: &serde_json::Error| Fault {
        field: Some(field.into()),
        ..Fault::new("PolicyError", format!("policy: {field}: {error}"))
    };
    let settings: Map<String, Value> =
        serde_json::from_str(text).map_err(|error| unusable("settings", &error))?;
    // `None` means the default, as in the signature.
    let settings: Map<String, Value> = settings.into_iter().filter(|(_, value)| !value.is_null()).collect();
    for (key, value) in &settings {
        let alone = Value::Object([(key.clone(), value.clone())].into_iter().collect());
        serde_json::from_value::<Policy>(alone).map_err(|error| unusable(key, &error))?;
    }
    serde_json::from_value(Value::Object(settings)).map_err(|error| unusable("settings", &error))
}
