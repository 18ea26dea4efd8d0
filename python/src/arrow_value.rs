//! Columns of Arrow as the texts of a field.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, ArrowTemporalType, Date32Type, Date64Type, Decimal128Type, Float32Type, Float64Type,
    Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};
use tongchou::ingest::Value;

use crate::value::without_midnight;

/// The values of a column; `None` for a type that has no text.
///
/// Complexity: O(rows + entries of lists).
pub(crate) fn values_of(array: &ArrayRef) -> Option<Vec<Value>> {
    Some(match array.data_type() {
        DataType::Null => vec![Value::Nothing; array.len()],
        DataType::Utf8 => texts(array.as_string::<i32>()),
        DataType::LargeUtf8 => texts(array.as_string::<i64>()),
        DataType::Utf8View => texts(array.as_string_view()),
        DataType::Boolean => array.as_boolean().iter().map(|value| optional(value, Value::truth)).collect(),
        DataType::Int8 => numbers::<Int8Type>(array),
        DataType::Int16 => numbers::<Int16Type>(array),
        DataType::Int32 => numbers::<Int32Type>(array),
        DataType::Int64 => numbers::<Int64Type>(array),
        DataType::UInt8 => numbers::<UInt8Type>(array),
        DataType::UInt16 => numbers::<UInt16Type>(array),
        DataType::UInt32 => numbers::<UInt32Type>(array),
        DataType::UInt64 => numbers::<UInt64Type>(array),
        DataType::Float32 => primitive::<Float32Type>(array, |value| Value::number(value.into())),
        DataType::Float64 => primitive::<Float64Type>(array, Value::number),
        DataType::Decimal128(_, _) => {
            let decimals = array.as_primitive::<Decimal128Type>();
            let text = |row| Value::Text(decimals.value_as_string(row));
            (0..decimals.len()).map(|row| optional(decimals.is_valid(row).then_some(row), text)).collect()
        }
        DataType::Date32 => moments::<Date32Type>(array),
        DataType::Date64 => moments::<Date64Type>(array),
        DataType::Timestamp(TimeUnit::Second, None) => moments::<TimestampSecondType>(array),
        DataType::Timestamp(TimeUnit::Millisecond, None) => moments::<TimestampMillisecondType>(array),
        DataType::Timestamp(TimeUnit::Microsecond, None) => moments::<TimestampMicrosecondType>(array),
        DataType::Timestamp(TimeUnit::Nanosecond, None) => moments::<TimestampNanosecondType>(array),
        DataType::Dictionary(_, _) => {
            let dictionary = array.as_any_dictionary();
            let values = values_of(dictionary.values())?;
            let keys = dictionary.normalized_keys();
            keys.into_iter()
                .enumerate()
                .map(|(row, key)| {
                    optional(dictionary.is_valid(row).then_some(key), |key| values[key].clone())
                })
                .collect()
        }
        DataType::List(_) => lists(array.as_list::<i32>().iter())?,
        DataType::LargeList(_) => lists(array.as_list::<i64>().iter())?,
        DataType::FixedSizeList(_, _) => lists(array.as_fixed_size_list().iter())?,
        _ => return None,
    })
}

fn optional<T>(value: Option<T>, some: impl FnOnce(T) -> Value) -> Value {
    value.map_or(Value::Nothing, some)
}

fn texts<'a>(array: impl IntoIterator<Item = Option<&'a str>>) -> Vec<Value> {
    array.into_iter().map(|text| optional(text, |text| Value::Text(text.to_owned()))).collect()
}

fn primitive<T: ArrowPrimitiveType>(array: &ArrayRef, some: impl Fn(T::Native) -> Value) -> Vec<Value> {
    array.as_primitive::<T>().iter().map(|value| optional(value, &some)).collect()
}

fn numbers<T: ArrowPrimitiveType>(array: &ArrayRef) -> Vec<Value>
where
    T::Native: std::fmt::Display,
{
    primitive::<T>(array, |value| Value::Text(value.to_string()))
}

fn moments<T: ArrowTemporalType>(array: &ArrayRef) -> Vec<Value>
where
    i64: From<T::Native>,
{
    let moments = array.as_primitive::<T>();
    let text = |row| {
        let moment = moments.value_as_datetime(row)?;
        let text = moment.format("%Y-%m-%d %H:%M:%S").to_string();
        Some(Value::Text(without_midnight(&text).to_owned()))
    };
    (0..moments.len())
        .map(|row| moments.is_valid(row).then(|| text(row)).flatten().unwrap_or(Value::Nothing))
        .collect()
}

/// Lists of scalars; a list of lists has no text.
fn lists(lists: impl Iterator<Item = Option<ArrayRef>>) -> Option<Vec<Value>> {
    lists
        .map(|list| {
            let Some(list) = list else { return Some(Value::Nothing) };
            if list.data_type().is_nested() {
                return None;
            }
            Some(Value::List(values_of(&list)?.into_iter().filter_map(Value::into_text).collect()))
        })
        .collect()
}
