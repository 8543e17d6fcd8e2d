//! A figure in every place of the language: each filter, test, function, operator and form of statement that the engine
//! has, with a figure, what holds one, and what captures one printed.

use minijinja::machinery::ast::{BinOpKind, Expr};
use minijinja::machinery::parse_expr;

use super::{Engine, built_in, prose, refused, refused_condition, report};
use crate::diag::{Code, code};

/// A figure, what holds one, and what would hand one on.
const SUBJECTS: [&str; 15] = [
    "figures.a.text",
    "figures['a']['text']",
    "national.a.text",
    "ranks.r.number",
    "ranks.r.position",
    "figures.a",
    "figures",
    "national",
    "[figures.a.text]",
    "[[figures.a], 1]",
    "(figures.a.text, figures.b.text)",
    "{'k': figures.a.text}",
    "{figures.a.text: 'k'}",
    "(figures.a.text if word else word)",
    "(word ~ figures.a.text)",
];

/// The operators of two sides as they are written.
const OPERATORS: [&str; 18] =
    ["+", "-", "*", "/", "//", "%", "**", "~", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or"];

/// Names an operator of the engine; a new one does not compile before it is written above.
fn symbol(op: BinOpKind) -> &'static str {
    match op {
        BinOpKind::Eq => "==",
        BinOpKind::Ne => "!=",
        BinOpKind::Lt => "<",
        BinOpKind::Lte => "<=",
        BinOpKind::Gt => ">",
        BinOpKind::Gte => ">=",
        BinOpKind::ScAnd => "and",
        BinOpKind::ScOr => "or",
        BinOpKind::Add => "+",
        BinOpKind::Sub => "-",
        BinOpKind::Mul => "*",
        BinOpKind::Div => "/",
        BinOpKind::FloorDiv => "//",
        BinOpKind::Rem => "%",
        BinOpKind::Pow => "**",
        BinOpKind::Concat => "~",
        BinOpKind::In => "in",
    }
}

/// The names of tests that are words; the others are operators.
fn tests() -> Vec<String> {
    built_in("tests").into_iter().filter(|test| test.starts_with(char::is_alphabetic)).collect()
}

/// Expressions that take the subject `S` by the language itself, or by what no list of the engine names.
const SHAPES: [&str; 51] = [
    "-S",
    "not S",
    "S[0]",
    "S[number]",
    "S[0:1]",
    "S[:-1]",
    "S[::2]",
    "word[S]",
    "word[S:]",
    "word[:S]",
    "word[::S]",
    "items[S]",
    "{S: 1}",
    "{S: 1}[S]",
    "{'k': S}.k",
    "{'k': S}['k']",
    "[S]",
    "[S][0]",
    "(S, 1)",
    "(S, 1)[0]",
    "S.k",
    "S.length",
    "S['a']['b']",
    "S.upper()",
    "S()",
    "S(S)",
    "word(S)",
    "word.replace('O', S)",
    "items.index(S)",
    "'x' if S else 'y'",
    "S if S is odd else word",
    "1 < S < 9",
    "S < number < S",
    "'%s' | format(S)",
    "'{}'.format(S)",
    "'%d' % S",
    "note(S)",
    "loop.cycle(S)",
    "loop.changed(S)",
    "loop(S)",
    "self.b(S)",
    "caller(S)",
    "[S] | map('int') | first",
    "[S] | map(attribute='text') | first",
    "[S] | sum",
    "items | map('default', S) | first",
    "items | select('==', S) | first",
    "items | selectattr('x', '==', S) | first",
    "items | join(S)",
    "items | sort(attribute=S)",
    "items | first ~ S",
];

/// Every expression in which something takes the subject.
fn expressions(subject: &str) -> Vec<String> {
    let mut all: Vec<String> = SHAPES.map(|shape| shape.replace('S', subject)).into();
    for filter in built_in("filters") {
        for form in [
            "S | F",
            "S | F | int - 1",
            "S | F('a')",
            "word | F(S)",
            "word | F(a=S)",
            "items | F(*S)",
            "items | F(**S)",
        ] {
            all.push(form.replace('F', &filter).replace('S', subject));
        }
        all.push(format!("[{subject}] | map('{filter}') | first"));
        all.push(format!("items | map('{filter}', {subject}) | first"));
    }
    for test in tests() {
        for form in ["word is T(S)", "word is not T S", "S is T(S)"] {
            all.push(form.replace('T', &test).replace('S', subject));
        }
        // Whether there is a figure may be asked.
        if !matches!(test.as_str(), "defined" | "undefined" | "none") {
            all.push(format!("{subject} is {test}"));
        }
        all.push(format!("[{subject}] | select('{test}') | first"));
        all.push(format!("[{subject}] | rejectattr('text', '{test}') | first"));
        all.push(format!("items | select('{test}', {subject}) | first"));
    }
    for function in built_in("globals") {
        all.extend(
            ["F(S)", "F(a=S)", "F(a=S).a", "F(1, S)"].map(|form| form.replace('F', &function).replace('S', subject)),
        );
    }
    for operator in OPERATORS {
        for form in ["S O number", "number O S", "S O '2'", "word O S", "S O S", "S O figures.b.text"] {
            all.push(form.replace('O', operator).replace('S', subject));
        }
    }
    all
}

/// Every statement that takes an expression, and hands on what it gives.
const STATEMENTS: [&str; 22] = [
    "{{ E }}",
    "{% if E %}x{% endif %}",
    "{% if word %}{% elif E %}x{% else %}y{% endif %}",
    "{% for x in E %}{{ x }}{% else %}none{% endfor %}",
    "{% for x in items if E %}{{ x }}{% endfor %}",
    "{% for x in [E] %}{{ loop.previtem }}{{ x }}{{ loop.nextitem }}{% endfor %}",
    "{% for x in [[E]] recursive %}{{ loop.depth }}{{ loop(x) }}{% endfor %}",
    "{% for x in items %}{{ loop.changed(E) }}{{ loop.cycle(E, 1) }}{% endfor %}",
    "{% for k, v in {'k': E} | items %}{{ v }}{% endfor %}",
    "{% set x = E %}{{ x }}{{ x | int }}",
    "{% set x, y = E, E %}{{ y }}",
    "{% set x = namespace(v=E) %}{% set x.v = E %}{{ x.v | int }}",
    "{% with x = E %}{{ x }}{% endwith %}",
    "{% set x %}{{ E }}{% endset %}{{ x | int - 1 }}",
    "{% set x | upper %}{{ E }}{% endset %}{{ x }}",
    "{% filter replace('1', E) %}{{ word }}{% endfilter %}",
    "{% filter int %}{{ E }}{% endfilter %}",
    "{% autoescape E %}{{ word }}{% endautoescape %}",
    "{% macro m(p=E) %}{{ p }}{% endmacro %}{{ m() | int }}",
    "{% call m(E) %}{{ E }}{% endcall %}",
    "{% do note(E) %}",
    "{% include E %}",
];

/// What prints a figure as it may be printed, and captures the words.
const CAPTURES: [&str; 9] = [
    "{% set x %}{{ S }}{% endset %}{{ A }}",
    "{% set x %}1{{ S }}{% endset %}{% if A %}y{% endif %}",
    "{% set x | trim %}{{ S }}{% endset %}{{ A }}",
    "{% filter F %}{{ S }}{% endfilter %}",
    "{% filter F | int %}1{{ S }}{% endfilter %}",
    "{% macro m() %}{{ S }}{% endmacro %}{% set x = m() %}{{ A }}",
    "{% call(x) m() %}{{ S }}{% endcall %}{{ A }}",
    "{% block b %}{{ S }}{% endblock %}{% set x = self.b() %}{{ A }}",
    "{% set x %}{% for i in items %}{{ S }}{% endfor %}{% endset %}{{ A }}",
];

/// Tells whether a template is refused for what it does, and not for a name that it does not know.
fn is_refused(codes: &[Code]) -> bool {
    codes.iter().any(|code| matches!(*code, code::spec::FIGURE_IN_PROSE | code::spec::TEMPLATE))
}

/// Asserts that what a template prints, or why it fails, does not depend on the words of the figures, save where these stand
/// as they are.
fn learns_nothing(engine: &Engine, text: &str) {
    let says = |a: &str, b: &str| {
        let rich = engine.rich(&prose(text), &report(a, b));
        let said = rich.map_or_else(|finding| finding.message, |rich| format!("{rich:?}"));
        said.replace(a, "(a)").replace(b, "(b)")
    };
    assert_eq!(says("40961", "40962"), says("7777777", "fewer than three"), "{text}");
}

#[test]
fn the_operators_are_those_of_the_engine() {
    for operator in OPERATORS {
        match parse_expr(&format!("a {operator} b")).unwrap() {
            Expr::BinOp(operation) => assert_eq!(symbol(operation.op), operator),
            // A negation of `in`.
            _ => assert_eq!(operator, "not in"),
        }
    }
}

#[test]
fn no_expression_takes_a_figure_in_any_statement() {
    let engine = Engine::new();
    let mut tried = 0;
    for subject in SUBJECTS {
        for (at, expression) in expressions(subject).into_iter().enumerate() {
            assert!(is_refused(&refused_condition(&expression)), "{expression}");
            // Each expression in some statements, and each statement with some expressions.
            for statement in [&STATEMENTS[0], &STATEMENTS[1 + at % (STATEMENTS.len() - 1)]] {
                let text = statement.replace('E', &expression);
                assert!(is_refused(&refused(&text)), "{text}");
                learns_nothing(&engine, &text);
                tried += 1;
            }
        }
        for statement in &STATEMENTS[1..] {
            let text = statement.replace('E', subject);
            assert!(is_refused(&refused(&text)), "{text}");
            learns_nothing(&engine, &text);
        }
    }
    assert!(tried > 20_000, "{tried}");
}

#[test]
fn nothing_computes_with_what_was_printed() {
    let engine = Engine::new();
    let filters = built_in("filters");
    let captured: Vec<String> = expressions("x").into_iter().chain(["x".to_owned()]).collect();
    for figure in ["figures.a.text", "ranks.r.number"] {
        for capture in CAPTURES {
            let forms: Vec<String> = match capture.contains('F') {
                true => filters.iter().map(|filter| capture.replace('F', filter)).collect(),
                false => captured.iter().map(|expression| capture.replace('A', expression)).collect(),
            };
            for text in forms {
                let text = text.replace('S', figure);
                assert!(is_refused(&refused(&text)), "{text}");
                learns_nothing(&engine, &text);
            }
        }
    }
}

/// Of a figure, prose gets what it prints, whether it is hidden, and its plural form.
#[test]
fn of_a_figure_nothing_else_is_reached() {
    for (root, known) in
        [("figures.a", &["text", "hidden", "form"][..]), ("ranks.r", &["position", "number", "tied", "among"])]
    {
        for name in known {
            assert_eq!(refused(&format!("{{{{ {root}.{name} }}}}")), [], "{root}.{name}");
        }
        for name in ["count", "value", "number_of", "words", "at", "0", "__class__", "real", "length", "TEXT", ""] {
            let text = format!("{{{{ {root}['{name}'] }}}}");
            assert!(is_refused(&refused(&text)), "{text}");
        }
    }
}
