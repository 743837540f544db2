//! The binary `rollcall`: reads the command line and runs the companion until it is told to stop.

use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "\
usage: rollcall serve [--port PORT] [--console FOLDER]

  --port PORT        where to listen on 127.0.0.1; 8081 unless told, 0 for any free port
  --console FOLDER   the built console; dist/app unless told";

/// What the command line asks for.
struct Options {
    port: u16,
    console: PathBuf,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|it| it == "--help" || it == "-h") {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let options = match parse(&arguments) {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("{problem}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match serve(&options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(options: &Options) -> Result<(), String> {
    let listener = server::listen(options.port)
        .await
        .map_err(|error| format!("port {} of 127.0.0.1 cannot be used: {error}", options.port))?;
    let address = listener
        .local_addr()
        .map_err(|error| format!("the address listened at is not known: {error}"))?;
    println!("The companion is at http://{address}/");
    if !options.console.join("index.html").is_file() {
        println!(
            "There is no console in {} yet: `cargo xtask build` puts it there.",
            options.console.display()
        );
    }
    server::run(listener, &options.console)
        .await
        .map_err(|error| format!("the companion stopped: {error}"))
}

/// Reads the words after the program's name.
fn parse(arguments: &[String]) -> Result<Options, String> {
    let mut words = arguments.iter();
    match words.next().map(String::as_str) {
        Some("serve") => {}
        Some(other) => return Err(format!("there is no command `{other}`")),
        None => return Err("a command is needed".to_owned()),
    }
    let mut options = Options {
        port: 8081,
        console: PathBuf::from("dist/app"),
    };
    while let Some(word) = words.next() {
        let value = words.next().ok_or(format!("`{word}` needs a value"));
        match word.as_str() {
            "--port" => {
                let value = value?;
                options.port = value.parse().map_err(|_| format!("`{value}` is not a port"))?;
            }
            "--console" => options.console = PathBuf::from(value?),
            _ => return Err(format!("there is no option `{word}`")),
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<(u16, String), String> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        parse(&words).map(|it| (it.port, it.console.display().to_string()))
    }

    #[test]
    fn the_command_line_is_read() {
        let home = || "dist/app".to_owned();
        assert_eq!(parsed("serve"), Ok((8081, home())));
        assert_eq!(parsed("serve --port 0"), Ok((0, home())));
        assert_eq!(
            parsed("serve --console built --port 9000"),
            Ok((9000, "built".to_owned()))
        );
    }

    #[test]
    fn what_it_does_not_know_is_named() {
        let problem = |line| parsed(line).unwrap_err();
        assert_eq!(problem(""), "a command is needed");
        assert_eq!(problem("start"), "there is no command `start`");
        assert_eq!(problem("serve --port"), "`--port` needs a value");
        assert_eq!(problem("serve --port 99999"), "`99999` is not a port");
        assert_eq!(problem("serve --host here"), "there is no option `--host`");
    }
}
