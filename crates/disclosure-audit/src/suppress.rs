//! stub
use crate::model::Model;
/// stub
pub struct Suppression;
/// stub
pub struct SuppressionSettings;
/// stub
pub fn suppress(_model: &Model) {}
