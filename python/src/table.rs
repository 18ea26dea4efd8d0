//! A table of results: rows as dicts for people, Arrow for everything else.

use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{Float64Type, Int32Type, UInt32Type};
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchIterator};
use arrow_schema::DataType;
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyIndexError, PyKeyError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyIterator, PyList, PyString};

/// A table of results.
///
/// It is a sequence of rows (dicts), and says itself in Arrow (`__arrow_c_stream__`), so that
/// `polars.DataFrame(table)`, `pyarrow.table(table)` and DuckDB read it without a copy.
///
/// Examples:
///     >>> import tongchou
///     >>> plan = tongchou.consolidate([{"name": "森林防火检查"}, {"name": "医保参保检查"}])
///     >>> plan.items.column_names[:3]
///     ['id', 'number', 'name']
///     >>> [row["name"] for row in plan.items] == plan.items["name"]
///     True
#[pyclass(name = "Table", module = "tongchou", frozen, skip_from_py_object)]
#[derive(Clone, Debug)]
pub(crate) struct PyTable {
    batch: RecordBatch,
}

impl PyTable {
    pub(crate) fn new(batch: RecordBatch) -> Self {
        Self { batch }
    }

    fn row<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (field, column) in self.batch.schema_ref().fields().iter().zip(self.batch.columns()) {
            dict.set_item(field.name(), cell(py, column, row)?)?;
        }
        Ok(dict)
    }
}

#[pymethods]
impl PyTable {
    /// The names of the columns, left to right.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.batch.schema_ref().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// All rows as a list of dicts.
    pub(crate) fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let rows = (0..self.batch.num_rows()).map(|row| self.row(py, row)).collect::<PyResult<Vec<_>>>()?;
        PyList::new(py, rows)
    }

    /// A `pyarrow.Table`; needs pyarrow.
    fn to_pyarrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pyarrow")?.call_method1("table", (slf,))
    }

    /// A `pandas.DataFrame`; needs pandas. Lists stay lists.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let columns = PyDict::new(py);
        columns.set_item("columns", slf.get().column_names())?;
        py.import("pandas")?.call_method("DataFrame", (slf.get().to_dicts(py)?,), Some(&columns))
    }

    /// A `polars.DataFrame`; needs polars.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("polars")?.call_method1("DataFrame", (slf,))
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        self.to_dicts(py)?.try_iter()
    }

    /// The row of that number (negative from the end) as a dict, or the column of that name as a list.
    fn __getitem__<'py>(&self, py: Python<'py>, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        if let Ok(name) = key.cast::<PyString>() {
            let name = name.to_str()?;
            let column = self.batch.column_by_name(name);
            let column = column.ok_or_else(|| PyKeyError::new_err(name.to_owned()))?;
            return values(py, column)?.into_bound_py_any(py);
        }
        let Ok(position) = key.extract::<isize>() else {
            return Err(PyTypeError::new_err("a table is indexed by a row's number or a column's name"));
        };
        let rows = self.batch.num_rows();
        let row =
            if position < 0 { rows.checked_add_signed(position) } else { Some(position.unsigned_abs()) };
        match row.filter(|&row| row < rows) {
            Some(row) => self.row(py, row)?.into_bound_py_any(py),
            None => Err(PyIndexError::new_err(format!("row {position} of {rows}"))),
        }
    }

    fn __repr__(&self) -> String {
        format!("<tongchou.Table: {} rows; {}>", self.batch.num_rows(), self.column_names().join(", "))
    }

    /// The table as a stream of the Arrow C data interface. `requested_schema` is not honoured, as the
    /// interface allows.
    #[pyo3(signature = (requested_schema=None))]
    pub(crate) fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches = RecordBatchIterator::new([Ok(self.batch.clone())], self.batch.schema());
        let stream = FFI_ArrowArrayStream::new(Box::new(batches));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }
}

fn values<'py>(py: Python<'py>, column: &ArrayRef) -> PyResult<Bound<'py, PyList>> {
    let values = (0..column.len()).map(|row| cell(py, column, row)).collect::<PyResult<Vec<_>>>()?;
    PyList::new(py, values)
}

/// One value, of the few types that `tables` makes.
fn cell<'py>(py: Python<'py>, column: &ArrayRef, row: usize) -> PyResult<Bound<'py, PyAny>> {
    if column.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).into_bound_py_any(py),
        DataType::UInt32 => column.as_primitive::<UInt32Type>().value(row).into_bound_py_any(py),
        DataType::Int32 => column.as_primitive::<Int32Type>().value(row).into_bound_py_any(py),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).into_bound_py_any(py),
        DataType::Boolean => column.as_boolean().value(row).into_bound_py_any(py),
        DataType::List(_) => values(py, &column.as_list::<i32>().value(row))?.into_bound_py_any(py),
        other => Err(PyTypeError::new_err(other.to_string())),
    }
}
