//! JSON Schemas of what crosses the border of the crate.

use schemars::schema_for;
use serde_json::{Map, Value, json};

use crate::model::item::{Field, Item};
use crate::model::plan::Plan;

/// The JSON Schemas of an item (`item`), a row of the roster (`unit`) and `plan.json` (`plan`), each
/// a document of its own under its name.
///
/// The schema of the item says what the readers take, which is more than what `plan.json` holds: any
/// scalar for a text, one value or several for a list, and nothing but `name` is required.
#[must_use]
pub fn schema() -> Value {
    schema_with(Vec::new())
}

/// [`schema()`] and more schemas, by name; for types that other rooms own, such as the policy.
#[must_use]
pub fn schema_with(more: Vec<(String, Value)>) -> Value {
    let mut schemas = Map::new();
    schemas.insert("item".to_owned(), item());
    schemas.insert("unit".to_owned(), unit());
    schemas.insert("plan".to_owned(), schema_for!(Plan).to_value());
    schemas.extend(more);
    Value::Object(schemas)
}

fn item() -> Value {
    let mut schema = schema_for!(Item).to_value();
    schema["required"] = json!(["name"]);
    let scalar = ["string", "number", "boolean", "null"];
    for field in Field::ALL {
        let property = &mut schema["properties"][field.key()];
        let description = property["description"].clone();
        *property = match field {
            Field::CoOrganizers | Field::Targets => json!({
                "description": description,
                "type": ["array", "string", "number", "boolean", "null"],
                "items": { "type": scalar },
            }),
            Field::Name => json!({ "description": description, "type": ["string", "number"] }),
            _ => json!({ "description": description, "type": scalar }),
        };
    }
    schema
}

/// A row of `units.csv`. Written by hand: the model keeps a list of parents, the file one column.
fn unit() -> Value {
    let text = |description: &str| json!({ "type": "string", "description": description });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "RosterRow",
        "description": "A row of the roster units.csv. In a cell, several values are separated by `|`.",
        "type": "object",
        "required": ["id", "name"],
        "properties": {
            "id": text("Unique id."),
            "name": text("Canonical name."),
            "aliases": text("Other and former names, separated by `|`."),
            "kind": text("Kind of unit: government, department, township, village, school, medical, operator …"),
            "parent": text("Id of the unit that contains it, or several separated by `|`; empty for the root."),
            "tags": text("Industry, venue type and other classes, separated by `|`."),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_shape_of_everything() {
        let schemas = schema_with(vec![("policy".to_owned(), json!({ "type": "object" }))]);
        let names: Vec<&String> = schemas.as_object().unwrap().keys().collect();
        assert_eq!(names, ["item", "plan", "policy", "unit"]);
        for name in ["item", "plan", "unit"] {
            assert!(schemas[name]["$schema"].is_string(), "{name}");
        }
        assert_eq!(schemas["item"]["required"], json!(["name"]));
        for field in Field::ALL {
            assert!(schemas["item"]["properties"][field.key()]["description"].is_string(), "{}", field.key());
        }
        assert!(schemas["plan"]["$defs"]["Evidence"].is_object());
    }
}
