//! The JSON Schema of report specs as editors need it: a spec that extends another may leave out what stands there.

use serde_json::{Map, Value, json};

use super::written::SpecFile;

/// Returns the JSON Schema of a report spec (draft 2020-12).
///
/// A spec without `extends` must be whole. One with it holds what differs: no key is required, and every key may be
/// empty, which takes it away from what it extends.
pub fn schema() -> Value {
    let Value::Object(mut whole) = schemars::schema_for!(SpecFile).to_value() else { return Value::Null };
    let mut parts = take(&mut whole, "$defs");
    let frame = ["$schema", "title", "description"].map(|key| (key, whole.shift_remove(key)));
    let part = relaxed(&Value::Object(whole.clone()));
    let loose: Vec<(String, Value)> = parts.iter().map(|(name, value)| (loose_name(name), relaxed(value))).collect();
    parts.extend(loose);
    parts.insert("Whole".into(), Value::Object(whole));
    parts.insert("Part".into(), part);
    let mut schema: Map<String, Value> =
        frame.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect();
    schema.insert("if".into(), json!({ "required": ["extends"] }));
    schema.insert("then".into(), json!({ "$ref": "#/$defs/Part" }));
    schema.insert("else".into(), json!({ "$ref": "#/$defs/Whole" }));
    schema.insert("$defs".into(), Value::Object(parts));
    Value::Object(schema)
}

fn take(map: &mut Map<String, Value>, key: &str) -> Map<String, Value> {
    match map.shift_remove(key) {
        Some(Value::Object(taken)) => taken,
        _ => Map::new(),
    }
}

fn loose_name(name: &str) -> String {
    format!("{name}InPart")
}

/// Copies a schema in which no key is required and every key may be empty.
fn relaxed(schema: &Value) -> Value {
    match schema {
        Value::Object(keys) => Value::Object(keys.iter().filter_map(|(key, value)| relaxed_key(key, value)).collect()),
        Value::Array(items) => Value::Array(items.iter().map(relaxed).collect()),
        other => other.clone(),
    }
}

fn relaxed_key(key: &str, value: &Value) -> Option<(String, Value)> {
    let relaxed = match (key, value) {
        ("required", Value::Array(_)) => return None,
        ("$ref", Value::String(target)) => Value::from(loose_name(target)),
        ("properties", Value::Object(properties)) => {
            Value::Object(properties.iter().map(|(name, schema)| (name.clone(), or_empty(schema))).collect())
        }
        ("additionalProperties", Value::Object(_)) => or_empty(value),
        // A list takes the place of the base's, so its items are whole.
        ("items", _) => value.clone(),
        _ => relaxed(value),
    };
    Some((key.to_owned(), relaxed))
}

fn or_empty(schema: &Value) -> Value {
    json!({ "anyOf": [relaxed(schema), { "type": "null" }] })
}
