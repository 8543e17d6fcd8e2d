//! Writes synthetic case data whose tables are known beforehand.
//!
//! The figures that the records must add up to, and the seed, stand in a targets file beside the data; the program holds none of
//! its own. The steps, in order:
//!
//! - [`targets`]: reads the targets and checks that they agree with each other
//! - [`signals`], [`cases`] (with [`demographics`]), [`locations`]: make records that meet them
//! - [`ids`], [`calendar`], [`draw`]: the ids, days and random choices that they use
//! - [`write`]: puts the records into CSV files
//!
//! One subcommand a data set, each a module: [`connecticut`], [`national`]. [`diags`] holds what can go wrong.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is a command: results go to stdout, errors to stderr"
)]

mod calendar;
mod cases;
mod connecticut;
mod demographics;
mod diags;
mod draw;
mod ids;
mod locations;
mod national;
#[cfg(test)]
mod recount;
mod signals;
mod targets;
mod write;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Writes synthetic case data whose tables are known beforehand.
#[derive(Parser)]
#[command(name = "sample")]
struct Arguments {
    #[command(subcommand)]
    data_set: DataSet,
}

/// The data sets that can be written.
#[derive(Subcommand)]
enum DataSet {
    /// One state, counted out to the targets beside its data
    Connecticut(connecticut::Arguments),
    /// All jurisdictions, with the calls and cases of each as published
    National(national::Arguments),
}

fn main() -> ExitCode {
    let written = match Arguments::parse().data_set {
        DataSet::Connecticut(arguments) => connecticut::run(&arguments),
        DataSet::National(arguments) => national::run(&arguments),
    };
    match written {
        Ok(files) => {
            for file in files {
                println!("{}", file.display());
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(1)
        }
    }
}
