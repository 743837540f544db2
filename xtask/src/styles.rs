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
        joined.push_str(&fs::read_to_string(&file)?);
        joined.push('\n');
        fs::remove_file(file)?;
    }
    let mut hasher = DefaultHasher::new();
    joined.hash(&mut hasher);
    let name = format!("style-{:016x}.css", hasher.finish());
    fs::write(built.join(&name), joined)?;
    fs::write(page, with_one_link(&html, &links, &name))
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
