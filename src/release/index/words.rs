//! The words of the page in the languages that it speaks.

use chrono::{Locale, NaiveDate};
use serde::Serialize;

/// Words of one language. `{}` stands for what is filled in.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Words {
    /// Language tag of the words.
    pub tag: &'static str,
    #[serde(skip)]
    locale: Locale,
    #[serde(skip)]
    date: &'static str,
    pub skip: &'static str,
    pub to: &'static str,
    pub data_of: &'static str,
    pub edition: &'static str,
    pub revision: &'static str,
    pub revision_of: &'static str,
    pub incomplete: &'static str,
    pub missing: &'static str,
    pub totals: &'static str,
    pub totals_note: &'static str,
    pub reports: &'static str,
    pub pages: &'static str,
    pub page: &'static str,
    pub map: &'static str,
    pub map_help: &'static str,
    pub no_report: &'static str,
    pub find: &'static str,
    pub find_help: &'static str,
    pub clear: &'static str,
    pub shown: &'static str,
    pub none: &'static str,
    pub revised: &'static str,
    pub revised_list: &'static str,
    pub open: &'static str,
    pub first_page: &'static str,
    pub report: &'static str,
    pub tables: &'static str,
    pub picture: &'static str,
    pub figures: &'static str,
    pub figures_help: &'static str,
    pub check: &'static str,
    pub check_help: &'static str,
    pub earlier: &'static str,
}

const ENGLISH: Words = Words {
    tag: "en",
    locale: Locale::en_US,
    date: "%B %-d, %Y",
    skip: "Skip to the reports",
    to: "to",
    data_of: "Figures as of",
    edition: "Edition",
    revision: "Revision",
    revision_of: "of",
    incomplete: "This release is not complete:",
    missing: "Not in this release:",
    totals: "Totals",
    totals_note: "Sums of what the reports print.",
    reports: "Reports",
    pages: "pages",
    page: "page",
    map: "Reports by place",
    map_help: "Choose a place to go to its report. With the keyboard: the arrow keys move to the next place, Enter chooses it.",
    no_report: "no report",
    find: "Find a report",
    find_help: "Name or postal code",
    clear: "Show all",
    shown: "{} of {} reports shown",
    none: "No report has this name.",
    revised: "revised",
    revised_list: "Corrected in this revision",
    open: "Open the report",
    first_page: "First page",
    report: "Report",
    tables: "Tables",
    picture: "Map",
    figures: "Figures of all reports",
    figures_help: "The published tables over all reports, one file each. Columns and types are described in",
    check: "Checking the files",
    check_help: "lists a SHA-256 digest of every file; the manifest tells what the release was made from.",
    earlier: "Earlier publications",
};

const SPANISH: Words = Words {
    tag: "es",
    locale: Locale::es_US,
    date: "%-d de %B de %Y",
    skip: "Ir a los informes",
    to: "a",
    data_of: "Cifras al",
    edition: "Edición",
    revision: "Revisión",
    revision_of: "del",
    incomplete: "Esta publicación no está completa:",
    missing: "No está en esta publicación:",
    totals: "Totales",
    totals_note: "Sumas de lo que imprimen los informes.",
    reports: "Informes",
    pages: "páginas",
    page: "página",
    map: "Informes por lugar",
    map_help: "Elija un lugar para ir a su informe. Con el teclado: las flechas pasan al lugar vecino y la tecla Intro lo elige.",
    no_report: "sin informe",
    find: "Buscar un informe",
    find_help: "Nombre o código postal",
    clear: "Mostrar todos",
    shown: "Se muestran {} de {} informes",
    none: "Ningún informe lleva ese nombre.",
    revised: "corregido",
    revised_list: "Corregidos en esta revisión",
    open: "Abrir el informe",
    first_page: "Primera página",
    report: "Informe",
    tables: "Tablas",
    picture: "Mapa",
    figures: "Cifras de todos los informes",
    figures_help: "Las tablas publicadas de todos los informes, un archivo por tabla. Sus columnas y tipos se describen en",
    check: "Comprobar los archivos",
    check_help: "contiene un resumen SHA-256 de cada archivo; el manifiesto dice con qué se hizo la publicación.",
    earlier: "Publicaciones anteriores",
};

impl Words {
    /// Returns the words of a language by its tag, where the page speaks it.
    pub(super) fn in_language(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next() {
            Some("en") => Some(ENGLISH),
            Some("es") => Some(SPANISH),
            _ => None,
        }
    }

    /// Returns the words of a language by its tag; of an unknown one, English.
    pub(super) fn of(tag: &str) -> Self {
        Self::in_language(tag).unwrap_or(ENGLISH)
    }

    /// Writes an ISO date in words; what is no date stays as it is.
    pub(super) fn date(&self, iso: &str) -> String {
        match iso.parse::<NaiveDate>() {
            Ok(date) => date.format_localized(self.date, self.locale).to_string(),
            Err(_) => iso.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_in_the_language() {
        assert_eq!(Words::of("en-US").date("2016-12-31"), "December 31, 2016");
        assert_eq!(Words::of("es-PR").date("2016-01-01"), "1 de enero de 2016");
        assert_eq!(Words::of("fr").date("soon"), "soon");
        assert!(Words::in_language("fr-CA").is_none() && Words::in_language("es-US").is_some());
    }
}
