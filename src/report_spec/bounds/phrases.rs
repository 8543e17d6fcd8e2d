//! Words that make a number a bound, in English and Spanish, whose numbers the program knows in words.

/// Before the least number that is not meant, of anything that is counted.
pub(super) const UNDER: &str = "fewer than, less than, smaller than, lower than, <, \
     menos de, menos que, menor que, menores que, inferior a, inferiores a, por debajo de";

/// Before the same number, and before an age or a place as well.
pub(super) const UNDER_ANYTHING: &str = "under, below, menor de, menores de";

/// Before the greatest number that is meant.
pub(super) const UP_TO: &str = "up to, at most, no more than, not more than, less than or equal to, < =, ≤, maximum of, \
     hasta, como máximo, a lo sumo, no más de, máximo de, menor o igual a, menores o iguales a";

/// Behind the greatest number that is meant.
pub(super) const OR_LESS: &str = "or fewer, or less, and fewer, o menos";

/// Before a number that is exceeded, or the least that is meant.
pub(super) const AT_LEAST: &str = "at least, no fewer than, not fewer than, no less than, not less than, more than, over, above, \
     > =, ≥, >, al menos, por lo menos, no menos de, más de, a partir de, mayor que, mayores que, superior a, superiores a";

/// Behind the least number that is meant.
pub(super) const OR_MORE: &str = "or more, and more, or over, and over, or above, and above, o más";

/// Between the two ends of a range.
pub(super) const TO: &str = "to, through, a, –, —, -";

/// What a text calls counts, before a bound of them.
pub(super) const COUNTS: &str = "count, counts, number, numbers, figure, figures, value, values, cell, cells, total, totals, \
     cifra, cifras, número, números, valor, valores, recuento, recuentos, conteo, conteos, celda, celdas, total, totales";

/// Between what is called counts and a bound.
pub(super) const LINKS: &str = "of, that, which, are, is, were, from, de, que, son, sean";

/// What is counted, behind a bound of it.
pub(super) const COUNTED: &str = "times, cases, records, veces, casos, registros";

/// What is measured and not counted, behind a number.
pub(super) const UNITS: &str = "%, percent, per cent, por ciento, year, years, month, months, week, weeks, day, days, hour, hours, \
     minute, minutes, second, seconds, mile, miles, feet, kilometers, km, dollars, \
     años, meses, semanas, días, horas, minutos, segundos, millas, kilómetros, dólares";

/// The beginnings of words that say that something is hidden.
const HIDES: &str = "hidden, hide, hides, suppress, withh, mask, redact, conceal, ocult, suprim";

/// The beginnings of words that say so with a negation.
const SHOWS: &str =
    "show, display, disclos, publish, report, list, print, reveal, mostr, muestr, public, divulg, revel";

const NEGATIONS: &str = "not, no, never, cannot, nunca";

/// Lists the phrases of a text above.
pub(super) fn phrases(all: &str) -> impl Iterator<Item = &str> {
    all.split(", ")
}

/// Tells whether words say that something is hidden, or not shown.
pub(super) fn say_hidden<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    let begins = |stems: &str, word: &str| phrases(stems).any(|stem| word.starts_with(stem));
    let (mut hides, mut shows, mut negates) = (false, false, false);
    for word in words {
        hides |= begins(HIDES, word);
        shows |= begins(SHOWS, word);
        negates |= phrases(NEGATIONS).any(|phrase| phrase == word);
    }
    hides || (shows && negates)
}
