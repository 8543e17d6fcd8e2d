//! Colour spaces and their inks (ISO 32000-1, 8.6).

use lopdf::{Dictionary, Document, Object};

use super::display_list::Ink;

/// A colour space, as far as a press is concerned.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Space {
    Gray,
    Rgb,
    Cmyk,
    All,
    None,
    Spot(String),
    Independent(String),
    Indexed(Box<Self>),
    Pattern,
}

/// Deepest nesting of colour spaces.
const DEPTH: usize = 8;

impl Space {
    /// Finds the space of a name or array; names that are no device's stand in the resources.
    pub(super) fn of(document: &Document, object: &Object, resources: &[&Dictionary]) -> Self {
        Self::at_depth(document, object, resources, 0)
    }

    fn at_depth(document: &Document, object: &Object, resources: &[&Dictionary], depth: usize) -> Self {
        let unknown = || Self::Independent("unknown".into());
        let Ok((_, object)) = document.dereference(object) else { return unknown() };
        if depth > DEPTH {
            return unknown();
        }
        if let Ok(name) = object.as_name() {
            return match name {
                b"DeviceGray" | b"G" | b"CalGray" => Self::Gray,
                b"DeviceRGB" | b"RGB" => Self::Rgb,
                b"DeviceCMYK" | b"CMYK" => Self::Cmyk,
                b"Pattern" => Self::Pattern,
                _ => resource(document, resources, b"ColorSpace", name)
                    .map_or_else(unknown, |found| Self::at_depth(document, found, &[], depth + 1)),
            };
        }
        let Ok(array) = object.as_array() else { return unknown() };
        let (name, first) = (array.first().and_then(|name| name.as_name().ok()).unwrap_or_default(), array.get(1));
        let inner = |object: Option<&Object>| {
            object.map_or_else(unknown, |object| Self::at_depth(document, object, resources, depth + 1))
        };
        match name {
            b"ICCBased" => icc(document, first).unwrap_or_else(unknown),
            b"Separation" => separation(document, first),
            b"DeviceN" | b"NChannel" => names(document, first),
            b"Indexed" | b"I" => Self::Indexed(Box::new(inner(first))),
            b"CalGray" => Self::Gray,
            b"CalRGB" => Self::Rgb,
            b"Pattern" => Self::Pattern,
            b"DeviceGray" | b"DeviceRGB" | b"DeviceCMYK" => inner(array.first()),
            other => Self::Independent(String::from_utf8_lossy(other).into_owned()),
        }
    }

    /// Returns the ink of some components.
    pub(super) fn ink(&self, components: &[f64]) -> Ink {
        let at = |index: usize| components.get(index).copied().unwrap_or(0.0).clamp(0.0, 1.0);
        match self {
            Self::Gray => Ink::Process([0.0, 0.0, 0.0, 1.0 - at(0)]),
            Self::Rgb => Ink::Rgb,
            Self::Cmyk => Ink::Process([at(0), at(1), at(2), at(3)]),
            Self::All => Ink::All,
            Self::None => Ink::Process([0.0; 4]),
            Self::Spot(name) => process_plate(name, at(0)).unwrap_or_else(|| Ink::Spot(name.clone())),
            Self::Independent(name) => Ink::Independent(name.clone()),
            Self::Indexed(base) => match **base {
                Self::Rgb => Ink::Rgb,
                Self::Independent(ref name) => Ink::Independent(name.clone()),
                Self::Spot(ref name) => Ink::Spot(name.clone()),
                _ => Ink::Unread,
            },
            Self::Pattern => Ink::Pattern,
        }
    }

    /// Returns the components that a fresh choice of the space has.
    pub(super) fn initial(&self) -> Vec<f64> {
        match self {
            Self::Cmyk => vec![0.0, 0.0, 0.0, 1.0],
            Self::Spot(_) | Self::All => vec![1.0],
            _ => vec![0.0],
        }
    }
}

/// Tells the ink of a separation that is one of the four plates.
fn process_plate(name: &str, tint: f64) -> Option<Ink> {
    let place = ["Cyan", "Magenta", "Yellow", "Black"].iter().position(|plate| *plate == name)?;
    let mut inks = [0.0; 4];
    inks[place] = tint;
    Some(Ink::Process(inks))
}

fn icc(document: &Document, stream: Option<&Object>) -> Option<Space> {
    let stream = document.dereference(stream?).ok()?.1.as_stream().ok()?;
    Some(match stream.dict.get(b"N").and_then(Object::as_i64).ok()? {
        1 => Space::Gray,
        3 => Space::Rgb,
        4 => Space::Cmyk,
        _ => return None,
    })
}

fn separation(document: &Document, name: Option<&Object>) -> Space {
    let name = name.and_then(|name| document.dereference(name).ok()?.1.as_name().ok()).unwrap_or_default();
    match name {
        b"All" => Space::All,
        b"None" => Space::None,
        other => Space::Spot(String::from_utf8_lossy(other).into_owned()),
    }
}

fn names(document: &Document, names: Option<&Object>) -> Space {
    let names = names.and_then(|names| document.dereference(names).ok()?.1.as_array().ok());
    let names: Vec<String> = names
        .into_iter()
        .flatten()
        .filter_map(|name| Some(String::from_utf8_lossy(name.as_name().ok()?).into_owned()))
        .collect();
    match names.as_slice() {
        all if all == ["Cyan", "Magenta", "Yellow", "Black"] => Space::Cmyk,
        all => Space::Spot(all.join(", ")),
    }
}

/// Finds a named resource of a kind.
pub(super) fn resource<'d>(
    document: &'d Document,
    resources: &[&'d Dictionary],
    kind: &[u8],
    name: &[u8],
) -> Option<&'d Object> {
    resources.iter().find_map(|all| {
        let kinds = all.get_deref(kind, document).and_then(Object::as_dict).ok()?;
        kinds.get(name).ok()
    })
}

/// Reads a number of either kind.
pub(super) fn number(object: &Object) -> Option<f64> {
    object.as_float().ok().map(f64::from).filter(|number| number.is_finite())
}

/// Reads all numbers of a list.
pub(super) fn numbers(objects: &[Object]) -> Vec<f64> {
    objects.iter().filter_map(number).collect()
}

/// Reads four numbers behind a key as an upright area.
pub(super) fn area(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Option<super::super::geometry::Area> {
    let array = dictionary.get_deref(key, document).and_then(Object::as_array).ok()?;
    let resolved: Vec<f64> = array.iter().filter_map(|item| number(document.dereference(item).ok()?.1)).collect();
    let [a, b, c, d] = resolved.try_into().ok()?;
    Some(super::super::geometry::Area([f64::min(a, c), f64::min(b, d), f64::max(a, c), f64::max(b, d)]))
}
