//! Dotted paths into the values of placeholders.

use minijinja::machinery::ast::Expr;

/// The parts of the context that hold figures.
pub(super) const ROOTS: [&str; 3] = ["figures", "national", "ranks"];

/// Stands in a path for a key that is not written but computed.
pub(super) const CHOSEN: &str = "[…]";

/// Tells whether a path names one figure, or one of its forms.
pub(super) fn is_named_figure(path: &[String]) -> bool {
    path.len() > 1 && ROOTS.contains(&path[0].as_str()) && path.iter().all(|key| key != CHOSEN)
}

/// Reads a dotted path, with where it begins; what is chosen by anything but a written name ends in `[…]`.
pub(super) fn path(expr: &Expr<'_>) -> Option<(Vec<String>, usize)> {
    match expr {
        Expr::Var(variable) => Some((vec![variable.id.to_owned()], variable.span().start_offset as usize)),
        Expr::GetAttr(attribute) => {
            let (mut path, at) = path(&attribute.expr)?;
            path.push(attribute.name.to_owned());
            Some((path, at))
        }
        Expr::GetItem(item) => {
            let (mut path, at) = path(&item.expr)?;
            let key = match &item.subscript_expr {
                Expr::Const(key) => key.value.as_str().map(str::to_owned),
                _ => None,
            };
            path.push(key.unwrap_or_else(|| CHOSEN.to_owned()));
            Some((path, at))
        }
        _ => None,
    }
}
