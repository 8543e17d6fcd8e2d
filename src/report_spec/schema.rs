//! The JSON Schema of report specs as editors need it: a spec that extends another may leave out what stands there.
//!
//! Each type stands in it once, in the form that suits both kinds of spec: no key is required, and each may be empty.
//! What a spec that extends nothing must have beyond that stands beside the types, without their descriptions, under
//! names that begin with `Whole`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::raw::SpecFile;

type Object = Map<String, Value>;

/// The name of the spec itself among the types.
const SPEC: &str = "Spec";

/// The name of what every value but an empty one is.
const GIVEN: &str = "Given";

/// Returns the JSON Schema of a report spec (draft 2020-12).
///
/// A spec without `extends` must be whole. One with it holds what differs: no key is required, and every key may be
/// empty, which takes it away from what it extends. A list takes the place of the base's, so its items are whole.
pub fn schema() -> Value {
    let Value::Object(mut spec) = schemars::schema_for!(SpecFile).to_value() else { return Value::Null };
    let mut types = match spec.shift_remove("$defs") {
        Some(Value::Object(types)) => types,
        _ => Object::new(),
    };
    let frame = ["$schema", "title", "description"].map(|key| (key, spec.shift_remove(key)));
    types.insert(SPEC.into(), Value::Object(spec));
    let whole = Whole::of(&types);
    let mut schema: Object = frame.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect();
    schema.insert("allOf".into(), json!([reference(SPEC)]));
    schema.insert("if".into(), json!({ "not": { "required": ["extends"] } }));
    schema.insert("then".into(), reference(&whole_name(SPEC)));
    schema.insert("$defs".into(), Value::Object(whole.definitions()));
    Value::Object(schema)
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn whole_name(name: &str) -> String {
    format!("Whole{name}")
}

/// What a spec must have that extends nothing, beyond what each of its values must be.
struct Whole<'a> {
    types: &'a Object,
    /// The types of which something is required, in themselves or below.
    demanding: BTreeSet<&'a str>,
}

impl<'a> Whole<'a> {
    fn of(types: &'a Object) -> Self {
        let mut whole = Self { types, demanding: BTreeSet::new() };
        // A type may demand something for the sake of one that it holds, or of itself: until no more do.
        loop {
            let more = types.iter().filter(|(_, schema)| whole.demands(schema).is_some());
            let more: BTreeSet<&str> = more.map(|(name, _)| name.as_str()).collect();
            if more == whole.demanding {
                return whole;
            }
            whole.demanding = more;
        }
    }

    /// Returns the types, each once, and what is demanded of them.
    fn definitions(&self) -> Object {
        let relaxed = self.types.iter().map(|(name, schema)| (name.clone(), self.relaxed(schema)));
        let mut definitions: Object = relaxed.collect();
        let demands = self.types.iter().filter_map(|(name, schema)| Some((whole_name(name), self.demands(schema)?)));
        definitions.extend(demands);
        definitions.insert(GIVEN.into(), json!({ "not": { "type": "null" } }));
        definitions
    }

    /// Copies a schema in which no key is required and every key may be empty.
    fn relaxed(&self, schema: &Value) -> Value {
        match schema {
            Value::Object(keys) => keys.iter().filter_map(|(key, value)| self.relaxed_key(key, value)).collect(),
            Value::Array(items) => items.iter().map(|item| self.relaxed(item)).collect(),
            other => other.clone(),
        }
    }

    fn relaxed_key(&self, key: &str, value: &Value) -> Option<(String, Value)> {
        let relaxed = match (key, value) {
            ("required", Value::Array(_)) | ("default", Value::Null) => return None,
            ("properties", Value::Object(properties)) => {
                properties.iter().map(|(name, schema)| (name.clone(), or_empty(self.relaxed(schema)))).collect()
            }
            ("additionalProperties", Value::Object(_)) => or_empty(self.relaxed(value)),
            ("items", _) => match self.demands(value) {
                Some(demands) => json!({ "allOf": [value, demands] }),
                None => value.clone(),
            },
            _ => self.relaxed(value),
        };
        Some((key.to_owned(), relaxed))
    }

    /// Returns what is demanded of a value beyond the relaxed schema, its list items aside; nothing of most.
    fn demands(&self, schema: &Value) -> Option<Value> {
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            let name = target.rsplit('/').next()?;
            return self.demanding.contains(name).then(|| reference(&whole_name(name)));
        }
        // `Option` of a type: what is demanded of a mapping says nothing of an empty value.
        if let Some(Value::Array(branches)) = schema.get("anyOf") {
            return branches.iter().find_map(|branch| self.demands(branch));
        }
        let mut demands = Object::new();
        if let Some(required) = schema.get("required") {
            demands.insert("required".into(), required.clone());
        }
        if let Some(Value::Object(properties)) = schema.get("properties") {
            self.demand_properties(properties, &mut demands);
        }
        if let Some(values @ Value::Object(_)) = schema.get("additionalProperties") {
            demands.insert("additionalProperties".into(), self.demands_given(values));
        }
        (!demands.is_empty()).then_some(Value::Object(demands))
    }

    /// Says which keys of a mapping may be empty, and what is demanded of the others.
    fn demand_properties(&self, properties: &Object, demands: &mut Object) {
        let mut special = Object::new();
        let mut has_others = false;
        for (name, schema) in properties {
            let demand = match (self.demands(schema), is_nullable(schema)) {
                (None, false) => {
                    has_others = true;
                    continue;
                }
                (Some(_), false) => self.demands_given(schema),
                (Some(demand), true) => demand,
                (None, true) => Value::Bool(true),
            };
            special.insert(name.clone(), demand);
        }
        if has_others {
            demands.insert("additionalProperties".into(), reference(GIVEN));
        } else {
            special.retain(|_, demand| *demand != Value::Bool(true));
        }
        if !special.is_empty() {
            demands.insert("properties".into(), Value::Object(special));
        }
    }

    fn demands_given(&self, schema: &Value) -> Value {
        match self.demands(schema) {
            Some(demands) => json!({ "allOf": [reference(GIVEN), demands] }),
            None => reference(GIVEN),
        }
    }
}

/// Tells whether an empty value is valid by a schema.
fn is_nullable(schema: &Value) -> bool {
    let is_null = |kind: &Value| kind.as_str() == Some("null");
    let by_type = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is_null),
        Some(kind) => is_null(kind),
        None => false,
    };
    let branches = ["anyOf", "oneOf"].into_iter().filter_map(|key| schema.get(key)?.as_array());
    by_type || branches.flatten().any(is_nullable)
}

/// Lets a value be empty as well; what describes it stays where editors look for it.
fn or_empty(schema: Value) -> Value {
    if is_nullable(&schema) {
        return schema;
    }
    let Value::Object(mut keys) = schema else { return schema };
    let has_constants = keys.contains_key("enum") || keys.contains_key("const");
    if let Some(kind @ Value::String(_)) = keys.get("type").filter(|_| !has_constants).cloned() {
        keys.insert("type".into(), json!([kind, "null"]));
        return Value::Object(keys);
    }
    let notes =
        ["description", "default"].into_iter().filter_map(|key| Some((key.to_owned(), keys.shift_remove(key)?)));
    let mut noted: Object = notes.collect();
    noted.insert("anyOf".into(), json!([keys, { "type": "null" }]));
    Value::Object(noted)
}

#[cfg(test)]
mod tests {
    use super::*;

    use jsonschema::validator_for;

    /// Calls with each copy of a value in which one value within it is another.
    fn changed_everywhere(whole: &Value, visit: &mut impl FnMut(&str, &Value)) {
        let mut pointers = vec![String::new()];
        while let Some(pointer) = pointers.pop() {
            let at = whole.pointer(&pointer).unwrap();
            let below: Vec<String> = match at {
                Value::Object(keys) => keys.keys().map(|key| key.replace('~', "~0").replace('/', "~1")).collect(),
                Value::Array(items) => (0..items.len()).map(|item| item.to_string()).collect(),
                _ => Vec::new(),
            };
            pointers.extend(below.iter().map(|key| format!("{pointer}/{key}")));
            for other in [json!(null), json!("?"), json!(-7), json!(true), json!({}), json!([]), json!({ "no_key": 1 })]
            {
                let mut copy = whole.clone();
                *copy.pointer_mut(&pointer).unwrap() = other;
                visit(&pointer, &copy);
            }
            let Value::Object(keys) = at else { continue };
            for key in keys.keys() {
                let mut copy = whole.clone();
                copy.pointer_mut(&pointer).unwrap().as_object_mut().unwrap().shift_remove(key);
                visit(&format!("{pointer}/{key} taken out"), &copy);
            }
        }
    }

    /// The specs of the repository that extend nothing, at their shortest: one entry of each mapping of names is enough.
    fn specs() -> Vec<Value> {
        let read = |path: &str| {
            let text = std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
            serde_yaml::from_str::<Value>(&text).unwrap()
        };
        let mut spec = read("config/nhth-2016.yaml");
        for names in ["jurisdictions", "notes"] {
            let names = spec[names].as_object_mut().unwrap();
            *names = names.iter().take(2).map(|(name, value)| (name.clone(), value.clone())).collect();
        }
        vec![spec]
    }

    #[test]
    fn a_whole_spec_is_valid_for_editors_exactly_where_it_is_for_the_program() {
        let program = validator_for(&schemars::schema_for!(SpecFile).to_value()).unwrap();
        let editor = validator_for(&schema()).unwrap();
        for spec in specs() {
            assert!(program.is_valid(&spec) && editor.is_valid(&spec));
            let (mut sound, mut faulty) = (0, 0);
            changed_everywhere(&spec, &mut |what, copy| {
                // With `extends` it is a part, and not to be compared.
                if copy.get("extends").is_none() {
                    assert_eq!(editor.is_valid(copy), program.is_valid(copy), "{what}: {copy:#}");
                    *(if program.is_valid(copy) { &mut sound } else { &mut faulty }) += 1;
                }
            });
            assert!(sound > 100 && faulty > 1000, "{sound} sound, {faulty} faulty");
        }
    }

    #[test]
    fn a_part_may_leave_out_or_empty_any_key_but_not_within_a_list() {
        let editor = validator_for(&schema()).unwrap();
        let part = |more: Value| {
            let mut part = json!({ "extends": "base.yaml" });
            part.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            editor.is_valid(&part)
        };
        assert!(part(json!({})));
        assert!(part(json!({ "title": null, "language": { "locale": null }, "tables": { "reason": null } })));
        assert!(part(json!({ "tables": { "reason": { "total": { "percent": "100%" } } } })));
        assert!(!part(json!({ "tables": { "reason": { "order": "no such order" } } })));
        assert!(!part(json!({ "titel": "A" })));
        assert!(part(json!({ "accept": [{ "code": "c", "figure": "f", "reason": "r" }] })));
        assert!(!part(json!({ "accept": [{ "code": "c", "figure": "f" }] })), "an item of a list is whole");
    }

    #[test]
    fn no_type_stands_in_the_schema_twice() {
        let schema = schema();
        let definitions = schema["$defs"].as_object().unwrap();
        let mut described = BTreeSet::new();
        for (name, definition) in definitions {
            if name.starts_with("Whole") {
                assert!(!definition.to_string().contains("description"), "{name}");
            }
            if let Some(properties) = definition.get("properties").filter(|_| !name.starts_with("Whole")) {
                assert!(described.insert(properties.to_string()), "{name} is as another type");
            }
        }
        let original = schemars::schema_for!(SpecFile).to_value();
        assert!(
            schema.to_string().len() * 2 < original.to_string().len() * 3,
            "a half more than each type once, at most"
        );
    }
}
