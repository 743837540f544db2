//! The address of a server as a person types or pastes it.

use crate::words::say;

/// What stands before the paths of a server: its origin, or a path on our own without a slash at its end.
///
/// # Errors
/// Says what is wrong with the text, as a sentence.
pub fn read(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(say("Say where the server is."));
    }
    if text.contains(|letter: char| letter.is_whitespace() || letter.is_control()) {
        return Err(say("An address has no spaces."));
    }
    if let Some(path) = text.strip_prefix('/') {
        return match path.starts_with(['/', '\\']) || path.contains(['?', '#']) {
            true => Err(say("This is neither an address nor a path of this companion.")),
            false => Ok(text.trim_end_matches('/').to_owned()),
        };
    }
    let (scheme, rest) = text.split_once("://").unwrap_or(("https", text));
    let host = rest.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    if host.contains('@') {
        return Err(say("Credentials have fields of their own below."));
    }
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if name.is_empty() {
        return Err(say("Say where the server is."));
    }
    match scheme.to_ascii_lowercase().as_str() {
        "https" => Ok(["https://", &host.to_ascii_lowercase()].concat()),
        // What is sent to this very machine crosses no network.
        "http" if ["127.0.0.1", "localhost"].contains(&name) => Ok(["http://", host].concat()),
        "http" => Err(say(
            "Use https: without it everybody on the way could read your secret.",
        )),
        _ => Err(say("An address begins with https://.")),
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn an_address_is_reduced_to_its_origin() {
        let good = |text: &str| read(text).expect("it is an address");
        assert_eq!(good(" cms.example.com "), "https://cms.example.com");
        assert_eq!(
            good("https://CMS.example.com:8443/admin?x#y"),
            "https://cms.example.com:8443"
        );
        assert_eq!(good("http://127.0.0.1:8081/"), "http://127.0.0.1:8081");
        assert_eq!(good("/"), "");
        assert_eq!(good("/gateway/live/"), "/gateway/live");
    }

    #[test]
    fn what_could_lead_a_secret_astray_is_refused() {
        for text in [
            "",
            "http://cms.example.com",
            "http://localhost.example.com",
            "//evil.example",
            "/\\evil.example",
            "https://me:pw@cms.example.com",
            "javascript://x",
            "https://",
            "https://:80",
            "cms example",
            "/path?query",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
