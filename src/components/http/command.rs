//! A request as something to run: for a shell, and for a script.

/// What proves who asks, by the variables that a person fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// `TOKEN`.
    Token,
    /// `KEY` and `SECRET`.
    Key,
}

/// The request for `sh`; where no server is known, the shell is to know it as `SERVER`.
#[must_use]
pub fn curl(method: &str, server: &str, url: &str, proof: Proof) -> String {
    let method = if method == "HEAD" { " --head" } else { "" };
    // Brackets in an address would be ranges to curl.
    let plain = if url.contains(['[', '{']) { " --globoff" } else { "" };
    let proof = match proof {
        Proof::Token => "--header \"Authorization: Bearer $TOKEN\"",
        Proof::Key => "--user \"$KEY:$SECRET\"",
    };
    let address = if server.is_empty() {
        ["\"$SERVER\"", &quoted(url)].concat()
    } else {
        quoted(&[server, url].concat())
    };
    ["curl", method, plain, " \\\n  ", proof, " \\\n  ", &address].concat()
}

/// A text that a shell takes as it is: nothing ends single quotes but a single quote.
fn quoted(text: &str) -> String {
    ["'", &text.replace('\'', "'\\''"), "'"].concat()
}

/// The request for JavaScript, with the same variables in lower case.
#[must_use]
pub fn fetch(method: &str, server: &str, url: &str, proof: Proof) -> String {
    let address = if server.is_empty() {
        ["server + ", &literal(url)].concat()
    } else {
        literal(&[server, url].concat())
    };
    let method = if method == "HEAD" { "\n  method: \"HEAD\"," } else { "" };
    let proof = match proof {
        Proof::Token => "`Bearer ${token}`",
        Proof::Key => "`Basic ${btoa(`${key}:${secret}`)}`",
    };
    [
        "await fetch(",
        &address,
        ", {",
        method,
        "\n  headers: { Authorization: ",
        proof,
        " },\n})",
    ]
    .concat()
}

/// A text as a literal of JavaScript. What an address holds is never a control character: those are encoded.
fn literal(text: &str) -> String {
    ["\"", &text.replace('\\', "\\\\").replace('"', "\\\""), "\""].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_runs_nothing_of_an_address() {
        let command = curl("HEAD", "", "/u/$(id)`id`\"o'neil", Proof::Token);
        let lines = [
            "curl --head \\",
            "  --header \"Authorization: Bearer $TOKEN\" \\",
            "  \"$SERVER\"'/u/$(id)`id`\"o'\\''neil'",
        ];
        assert_eq!(command, lines.join("\n"));
    }

    #[test]
    fn brackets_are_no_ranges() {
        let command = curl("GET", "https://pssc.example", "/a?b[c]=1", Proof::Key);
        let lines = [
            "curl --globoff \\",
            "  --user \"$KEY:$SECRET\" \\",
            "  'https://pssc.example/a?b[c]=1'",
        ];
        assert_eq!(command, lines.join("\n"));
    }

    #[test]
    fn a_script_has_the_address_as_it_is() {
        let script = fetch("HEAD", "", "/u/\"\\", Proof::Token);
        let lines = [
            "await fetch(server + \"/u/\\\"\\\\\", {",
            "  method: \"HEAD\",",
            "  headers: { Authorization: `Bearer ${token}` },",
            "})",
        ];
        assert_eq!(script, lines.join("\n"));
    }
}
