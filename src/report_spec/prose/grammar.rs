//! What a template may say.
//!
//! A figure can be printed, and nothing else: no filter, test, operator, loop, condition or assignment may take it. So a
//! template is read here as the tree that the engine compiles, and every use of a figure but `{{ figures.NAME.text }}` is
//! refused. Of statements, prose has conditions, loops and plain assignments; what captures printed words as a value
//! (`{% set %}…{% endset %}`, `{% filter %}`, macros) is refused too. The match over the tree names every kind of node,
//! so that a new one of a later engine does not compile before it is judged.

use minijinja::machinery::ast::{BinOpKind, Call, CallArg, Expr, Spanned, Stmt, Test, UnaryOpKind};

use crate::diag::{Code, code, nearest};

use super::paths::{CHOSEN, ROOTS, is_named_figure, path};
use super::vocabulary::{FILTERS, TESTS};

/// Something that prose may not say.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Misuse {
    /// Code of the finding.
    pub code: Code,
    /// The placeholder at fault, as it is written.
    pub name: String,
    /// Where it begins in the template, in bytes.
    pub at: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// What takes the value of an expression.
#[derive(Clone)]
enum Taker {
    /// It is printed.
    Print,
    /// It decides.
    Condition,
    /// Something that would compute with it, in words.
    Other(String),
}

/// Reads a template; `reader` names what takes its text as a value, where it is more than printed.
pub(super) fn template(root: &Stmt<'_>, reader: Option<&str>) -> Vec<Misuse> {
    let mut reader = Reader { found: Vec::new(), printed: reader.map_or(Taker::Print, other) };
    reader.statement(root);
    reader.found
}

/// Reads an expression that decides whether a block stands.
pub(super) fn condition(root: &Expr<'_>) -> Vec<Misuse> {
    let mut reader = Reader { found: Vec::new(), printed: Taker::Print };
    reader.expression(root, &Taker::Condition);
    reader.found
}

struct Reader {
    found: Vec<Misuse>,
    /// What takes the text of the template.
    printed: Taker,
}

impl Reader {
    fn statements(&mut self, all: &[Stmt<'_>]) {
        for statement in all {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &Stmt<'_>) {
        match statement {
            Stmt::Template(template) => self.statements(&template.children),
            Stmt::EmitRaw(_) => {}
            Stmt::EmitExpr(emitted) => self.expression(&emitted.expr, &self.printed.clone()),
            Stmt::IfCond(branch) => {
                self.expression(&branch.expr, &Taker::Condition);
                self.statements(&branch.true_body);
                self.statements(&branch.false_body);
            }
            Stmt::ForLoop(looped) => {
                if looped.recursive {
                    self.refuse(looped, "for … recursive");
                }
                self.target(&looped.target);
                self.expression(&looped.iter, &other("a loop"));
                looped.filter_expr.iter().for_each(|test| self.expression(test, &Taker::Condition));
                self.statements(&looped.body);
                self.statements(&looped.else_body);
            }
            Stmt::WithBlock(block) => {
                for (target, value) in &block.assignments {
                    self.target(target);
                    self.expression(value, &other("an assignment"));
                }
                self.statements(&block.body);
            }
            Stmt::Set(assignment) => {
                self.target(&assignment.target);
                self.expression(&assignment.expr, &other("an assignment"));
            }
            Stmt::SetBlock(block) => self.refuse(block, "set NAME"),
            Stmt::FilterBlock(block) => self.refuse(block, "filter"),
            Stmt::AutoEscape(block) => self.refuse(block, "autoescape"),
            Stmt::Do(block) => self.refuse(block, "do"),
        }
    }

    /// Refuses a kind of statement: it would make a value of printed words.
    fn refuse<T>(&mut self, statement: &Spanned<T>, tag: &str) {
        self.found.push(Misuse {
            code: code::spec::TEMPLATE,
            name: tag.split(' ').next().unwrap_or_default().to_owned(),
            at: statement.span().start_offset as usize,
            message: format!("prose has no `{{% {tag} %}}`"),
            help: Some(
                "write the words where they are printed; conditions and loops are `{% if %}` and `{% for %}`".into(),
            ),
        });
    }

    /// Refuses a variable that would hide the figures.
    fn target(&mut self, target: &Expr<'_>) {
        match target {
            Expr::Var(variable) if ROOTS.contains(&variable.id) || variable.id == "note" => self.found.push(Misuse {
                code: code::spec::TEMPLATE,
                name: variable.id.to_owned(),
                at: variable.span().start_offset as usize,
                message: format!("`{}` has a meaning already", variable.id),
                help: Some("give the variable another name".into()),
            }),
            Expr::List(list) => list.items.iter().for_each(|item| self.target(item)),
            Expr::Tuple(list) => list.items.iter().for_each(|item| self.target(item)),
            Expr::Var(_) => {}
            other_target => self.expression(other_target, &other("an assignment")),
        }
    }

    fn expression(&mut self, expr: &Expr<'_>, taker: &Taker) {
        if let Some((path, at)) = path(expr)
            && ROOTS.contains(&path[0].as_str())
        {
            return self.figure(&path, at, taker);
        }
        match expr {
            Expr::Var(_) | Expr::Const(_) => {}
            Expr::IfExpr(choice) => {
                self.expression(&choice.test_expr, &Taker::Condition);
                self.expression(&choice.true_expr, taker);
                choice.false_expr.iter().for_each(|branch| self.expression(branch, taker));
            }
            Expr::UnaryOp(operation) => match operation.op {
                UnaryOpKind::Not => self.expression(&operation.expr, &Taker::Condition),
                UnaryOpKind::Neg => self.expression(&operation.expr, &other("the operator `-`")),
            },
            Expr::BinOp(operation) => {
                let decides = matches!((operation.op, taker), (BinOpKind::ScAnd | BinOpKind::ScOr, Taker::Condition));
                let taker = if decides { Taker::Condition } else { other(operator(operation.op)) };
                self.expression(&operation.left, &taker);
                self.expression(&operation.right, &taker);
            }
            Expr::Compare(comparison) => {
                self.all(
                    std::iter::once(&comparison.expr).chain(comparison.ops.iter().map(|next| &next.expr)),
                    "a comparison",
                );
            }
            Expr::Test(test) => self.test(test),
            Expr::Filter(filter) => {
                let name = format!("the filter `{}`", filter.name);
                self.known("filter", filter, filter.name, &FILTERS);
                self.all(&filter.expr, &name);
                self.arguments(&filter.args, &name);
            }
            Expr::Call(call) => self.call(call),
            Expr::Slice(slice) => {
                let bounds = [&slice.start, &slice.stop, &slice.step];
                self.all(std::iter::once(&slice.expr).chain(bounds.into_iter().flatten()), "a slice");
            }
            Expr::GetAttr(attribute) => {
                self.expression(&attribute.expr, &other(&format!("the attribute `{}`", attribute.name)));
            }
            Expr::GetItem(item) => self.all([&item.expr, &item.subscript_expr], "brackets"),
            Expr::List(list) => self.all(&list.items, "a list"),
            Expr::Tuple(list) => self.all(&list.items, "a list"),
            Expr::Map(map) => self.all(map.keys.iter().chain(&map.values), "a mapping"),
        }
    }

    /// Reads expressions of which each is taken by the same.
    fn all<'e, 'a: 'e>(&mut self, expressions: impl IntoIterator<Item = &'e Expr<'a>>, taker: &str) {
        expressions.into_iter().for_each(|expression| self.expression(expression, &other(taker)));
    }

    /// Reads a test; of a figure it may be asked whether there is one.
    fn test(&mut self, test: &Spanned<Test<'_>>) {
        let asks = matches!(test.name, "defined" | "undefined" | "none");
        let name = format!("the test `{}`", test.name);
        self.known("test", test, test.name, &TESTS);
        if !(asks && path(&test.expr).is_some_and(|(path, _)| is_named_figure(&path))) {
            self.expression(&test.expr, &other(&name));
        }
        self.arguments(&test.args, &name);
    }

    /// Refuses a filter or test that prose does not have.
    fn known<T>(&mut self, what: &str, node: &Spanned<T>, name: &str, all: &[&str]) {
        let name: String = name.split_whitespace().collect();
        if !all.contains(&name.as_str()) {
            self.found.push(Misuse {
                code: code::spec::TEMPLATE,
                at: node.span().start_offset as usize,
                message: format!("prose has no {what} `{name}`"),
                help: nearest(&name, all.iter().copied()).map(|known| format!("did you mean `{known}`?")),
                name,
            });
        }
    }

    fn call(&mut self, call: &Spanned<Call<'_>>) {
        let called = path(&call.expr).map(|(path, _)| path.join("."));
        if called.as_deref() != Some("note") {
            let name = called.unwrap_or_default();
            self.found.push(Misuse {
                code: code::spec::TEMPLATE,
                message: format!("prose calls nothing but `note(\"…\")`, and here `{name}` is called"),
                at: call.span().start_offset as usize,
                name,
                help: None,
            });
        }
        self.expression(&call.expr, &other("a call"));
        self.arguments(&call.args, "a call");
    }

    fn arguments(&mut self, arguments: &[CallArg<'_>], taker: &str) {
        for argument in arguments {
            let (CallArg::Pos(value)
            | CallArg::Kwarg(_, value)
            | CallArg::PosSplat(value)
            | CallArg::KwargSplat(value)) = argument;
            self.expression(value, &other(taker));
        }
    }

    /// Judges the use of a path into the figures.
    fn figure(&mut self, path: &[String], at: usize, taker: &Taker) {
        let name = path.join(".");
        let words: Vec<&str> = path.iter().map(String::as_str).collect();
        let (message, help) = match (if words.contains(&CHOSEN) { &[][..] } else { &words[..] }, taker) {
            (["figures" | "national", _, "form" | "hidden"] | ["ranks", _, "tied"], _)
            | (["figures" | "national", _, "text"] | ["ranks", _, "position" | "number" | "among"], Taker::Print)
            | (["ranks", _], Taker::Condition) => return,
            (["figures" | "national", key, "text"], taker) => {
                let root = words[0];
                let help = format!(
                    "prose may know of it whether it is shown, `{root}.{key}.hidden`, and its plural form, `{root}.{key}.form`"
                );
                (taken(&name, taker), help)
            }
            (["ranks", key, "position" | "number" | "among"], taker) => {
                let help = format!(
                    "prose may know of it whether there is one, `{{% if ranks.{key} %}}`, and `ranks.{key}.tied`"
                );
                (taken(&name, taker), help)
            }
            (["figures" | "national", _], Taker::Print) => {
                (format!("`{name}` is a figure with its forms, and no text"), format!("write `{{{{ {name}.text }}}}`"))
            }
            (["ranks", _], Taker::Print) => (
                format!("`{name}` is a rank with its forms, and no text"),
                format!("write `{{{{ {name}.position }}}}` or `.number`"),
            ),
            _ => {
                let help = "a figure is written `{{ figures.NAME.text }}`, with the name of a population";
                (format!("`{name}` is not printed as one figure"), help.to_owned())
            }
        };
        self.found.push(Misuse { code: code::spec::FIGURE_IN_PROSE, name, at, message, help: Some(help) });
    }
}

fn taken(name: &str, taker: &Taker) -> String {
    let taker = match taker {
        Taker::Print => "a print",
        Taker::Condition => "a condition",
        Taker::Other(words) => words,
    };
    format!("the figure `{name}` can only be printed, and here {taker} takes it")
}

fn other(words: &str) -> Taker {
    Taker::Other(words.to_owned())
}

fn operator(op: BinOpKind) -> &'static str {
    match op {
        BinOpKind::Eq | BinOpKind::Ne | BinOpKind::Lt | BinOpKind::Lte | BinOpKind::Gt | BinOpKind::Gte => {
            "a comparison"
        }
        BinOpKind::ScAnd => "the operator `and`",
        BinOpKind::ScOr => "the operator `or`",
        BinOpKind::Add => "the operator `+`",
        BinOpKind::Sub => "the operator `-`",
        BinOpKind::Mul => "the operator `*`",
        BinOpKind::Div => "the operator `/`",
        BinOpKind::FloorDiv => "the operator `//`",
        BinOpKind::Rem => "the operator `%`",
        BinOpKind::Pow => "the operator `**`",
        BinOpKind::Concat => "the operator `~`",
        BinOpKind::In => "the operator `in`",
    }
}
