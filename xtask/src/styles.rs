//! All stylesheets that the page links become one file, named by its content.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// Replaces the links in `built`'s `index.html` by one, in whose file the sheets stand in the order of the links.
pub fn join(built: &Path) -> std::io::Result<()> {
    let page = built.join("index.html");
    let html = fs::read_to_string(&page)?;
    let links = links(&html);
    let mut joined = String::new();
    for link in &links {
        let file = built.join(link.href.trim_start_matches('/'));
        append(&mut joined, &fs::read_to_string(&file)?);
        fs::remove_file(file)?;
    }
    let mut hasher = DefaultHasher::new();
    joined.hash(&mut hasher);
    let name = format!("style-{:016x}.css", hasher.finish());
    fs::write(built.join(&name), joined)?;
    fs::write(page, with_one_link(&html, &links, &name))
}

const LAYER: &str = "@layer components{";

/// Adds a sheet; where it is of nothing but the layer that the one before ends with, it goes on with that.
fn append(joined: &mut String, sheet: &str) {
    let goes_on = is_one_layer(sheet) && is_one_layer(joined.rsplit('\n').nth(1).unwrap_or_default());
    match sheet.strip_prefix(LAYER) {
        Some(rest) if goes_on => {
            // The line's end, and the bracket before it.
            joined.truncate(joined.len() - 2);
            joined.push_str(rest);
        }
        _ => joined.push_str(sheet),
    }
    joined.push('\n');
}

/// Whether a sheet on one line is all in the layer of components.
fn is_one_layer(sheet: &str) -> bool {
    let Some(inside) = sheet.strip_prefix(LAYER).and_then(|rest| rest.strip_suffix('}')) else {
        return false;
    };
    let mut depth = 0;
    inside.chars().all(|letter| {
        depth += match letter {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        depth >= 0 && letter != '\n'
    })
}

/// A link to a stylesheet: where it stands in the page, and what it links.
struct Link<'a> {
    tag: &'a str,
    href: &'a str,
}

fn links(html: &str) -> Vec<Link<'_>> {
    html.match_indices("<link")
        .filter_map(|(start, _)| {
            let end = start + html[start..].find('>')? + 1;
            let tag = &html[start..end];
            let is_sheet = attribute(tag, "rel")? == "stylesheet";
            let href = attribute(tag, "href")?;
            is_sheet.then_some(Link { tag, href })
        })
        .collect()
}

/// The value of an attribute, in quotes or, where the page was minified, without.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = tag.split_once(&format!(" {name}="))?;
    match after.chars().next()? {
        quote @ ('"' | '\'') => after[1..].split(quote).next(),
        _ => after.split([' ', '>']).next(),
    }
}

fn with_one_link(html: &str, links: &[Link<'_>], name: &str) -> String {
    let mut page = html.to_owned();
    for (index, link) in links.iter().enumerate() {
        let instead = if index == 0 {
            format!("<link rel=\"stylesheet\" href=\"/{name}\">")
        } else {
            String::new()
        };
        page = page.replacen(link.tag, &instead, 1);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_of_one_layer_are_one_block() {
        let mut joined = String::new();
        for sheet in [
            "@layer base{p{a:b}}",
            "@layer components{.a{b:c}}",
            "@layer components{.d{e:f}}",
            "@layer components{.g{h:i}}@media print{p{j:k}}",
            "@layer components{.l{m:n}}",
        ] {
            append(&mut joined, sheet);
        }
        let expected = "@layer base{p{a:b}}\n@layer components{.a{b:c}.d{e:f}}\n\
                        @layer components{.g{h:i}}@media print{p{j:k}}\n@layer components{.l{m:n}}\n";
        assert_eq!(joined, expected);
    }

    #[test]
    fn links_become_one_in_the_place_of_the_first() {
        let html = "<meta><link rel=\"stylesheet\" href=\"/a-1.css\" integrity=\"x\"/><link rel=icon href=i.svg><link href=/b-2.css rel=stylesheet><p>";
        let links = links(html);
        let hrefs: Vec<_> = links.iter().map(|link| link.href).collect();
        assert_eq!(hrefs, ["/a-1.css", "/b-2.css"]);
        assert_eq!(
            with_one_link(html, &links, "style-0.css"),
            "<meta><link rel=\"stylesheet\" href=\"/style-0.css\"><link rel=icon href=i.svg><p>"
        );
    }
}
