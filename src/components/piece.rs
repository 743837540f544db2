//! Pieces of a view as data: one that is drawn again sets what differs, and leaves all else as it is.
//!
//! The attributes of an erased view are all taken away and set anew whenever it is drawn again. For a button that is nothing; for
//! a window of rows it was a third of the work between a key and its rows, and had the browser lay out what had not changed.

use std::borrow::Cow;

use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::no_attrs;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::view::iterators::StaticVec;
use leptos::tachys::view::{Mountable, Position, PositionState};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, Node};

/// What is said, or the value of an attribute.
type Words = Cow<'static, str>;

/// An element, or a text.
#[derive(Default)]
pub struct Piece {
    /// Empty for a text.
    tag: &'static str,
    words: Words,
    attributes: Vec<(&'static str, Option<Words>)>,
    pieces: Vec<Piece>,
}

/// An element with this tag and nothing in it.
#[must_use]
pub fn piece(tag: &'static str) -> Piece {
    Piece {
        tag,
        ..Piece::default()
    }
}

/// A `span` of this class with nothing in it.
#[must_use]
pub fn span(class: &'static str) -> Piece {
    piece("span").with("class", class)
}

/// A text.
#[must_use]
pub fn text(words: impl Into<Words>) -> Piece {
    Piece {
        words: words.into(),
        ..Piece::default()
    }
}

/// Several, one after the other.
#[must_use]
pub fn several(pieces: impl IntoIterator<Item = Piece>) -> AnyView {
    let pieces: Vec<_> = pieces.into_iter().map(IntoAny::into_any).collect();
    StaticVec::from(pieces).into_any()
}

impl Piece {
    /// With an attribute. `checked` is the state of a box instead, `true` or `false`, and what begins with `--` a property of its style.
    #[must_use]
    pub fn with(self, name: &'static str, value: impl Into<Words>) -> Self {
        self.may(name, Some(value.into()))
    }

    /// With an attribute that has no value, if so.
    #[must_use]
    pub fn when(self, name: &'static str, holds: bool) -> Self {
        self.may(name, holds.then_some("".into()))
    }

    /// With an attribute, if there is a value for it. That there was none is known to the next drawing.
    #[must_use]
    pub fn may(mut self, name: &'static str, value: Option<Words>) -> Self {
        self.attributes.push((name, value));
        self
    }

    /// With this at its end.
    #[must_use]
    pub fn of(mut self, piece: Self) -> Self {
        self.pieces.push(piece);
        self
    }

    /// With these at its end: any number of pieces, or one that may be there.
    #[must_use]
    pub fn of_all(mut self, pieces: impl IntoIterator<Item = Self>) -> Self {
        self.pieces.extend(pieces);
        self
    }

    /// With these words at its end.
    #[must_use]
    pub fn saying(self, words: impl Into<Words>) -> Self {
        self.of(text(words))
    }
}

/// A piece on screen.
pub struct Drawn {
    node: Node,
    tag: &'static str,
    words: Words,
    attributes: Vec<(&'static str, Option<Words>)>,
    pieces: Vec<Drawn>,
}

impl Drawn {
    /// Whether it is the same element as a piece, whatever that says, has and holds.
    fn is(&self, piece: &Piece) -> bool {
        let mut names = self.attributes.iter().zip(&piece.attributes);
        self.tag == piece.tag
            && self.attributes.len() == piece.attributes.len()
            && names.all(|(before, now)| before.0 == now.0)
    }

    /// Draws these at its end.
    fn grow(&mut self, pieces: impl IntoIterator<Item = Piece>) {
        for piece in pieces {
            let mut drawn = piece.build();
            drawn.mount(self.node.unchecked_ref(), None);
            self.pieces.push(drawn);
        }
    }
}

impl Render for Piece {
    type State = Drawn;

    fn build(self) -> Drawn {
        let node: Node = match self.tag {
            "" => Rndr::create_text_node(&self.words).into(),
            // A `title` is that of a drawing.
            "svg" | "title" | "use" => Rndr::create_element(self.tag, Some("http://www.w3.org/2000/svg")).into(),
            tag => Rndr::create_element(tag, None).into(),
        };
        let element = node.unchecked_ref();
        for (name, value) in &self.attributes {
            if value.is_some() {
                set(element, name, value.as_deref());
            }
        }
        let mut drawn = Drawn {
            node,
            tag: self.tag,
            words: self.words,
            attributes: self.attributes,
            pieces: Vec::with_capacity(self.pieces.len()),
        };
        drawn.grow(self.pieces);
        drawn
    }

    /// Costs a comparison for each word and value, and a call of the browser for each that differs.
    fn rebuild(self, drawn: &mut Drawn) {
        if !drawn.is(&self) {
            let mut new = self.build();
            drawn.insert_before_this(&mut new);
            drawn.unmount();
            *drawn = new;
            return;
        }
        if self.words != drawn.words {
            drawn.node.set_node_value(Some(&self.words));
            drawn.words = self.words;
        }
        for (before, now) in drawn.attributes.iter_mut().zip(self.attributes) {
            if before.1 != now.1 {
                set(drawn.node.unchecked_ref(), now.0, now.1.as_deref());
                *before = now;
            }
        }
        while drawn.pieces.len() > self.pieces.len() {
            drawn.pieces.pop().iter_mut().for_each(Drawn::unmount);
        }
        let mut pieces = self.pieces.into_iter();
        // What is drawn comes first: `zip` takes from it before it takes from the others.
        for (drawn, piece) in drawn.pieces.iter_mut().zip(pieces.by_ref()) {
            piece.rebuild(drawn);
        }
        drawn.grow(pieces);
    }
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    if name == "checked" {
        Rndr::set_property(element, name, &JsValue::from_bool(value == Some("true")));
    } else if name.starts_with("--") {
        let style = element.unchecked_ref::<HtmlElement>().style();
        let _ = style.set_property(name, value.unwrap_or_default());
    } else if let Some(value) = value {
        Rndr::set_attribute(element, name, value);
    } else {
        Rndr::remove_attribute(element, name);
    }
}

impl Mountable for Drawn {
    fn unmount(&mut self) {
        Rndr::remove(&self.node);
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        Rndr::insert_node(parent, &self.node, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let parent = self.node.parent_node();
        if let Some(parent) = &parent {
            child.mount(parent.unchecked_ref(), Some(&self.node));
        }
        parent.is_some()
    }

    /// It has the attributes that it was made with: nobody adds others.
    fn elements(&self) -> Vec<Element> {
        Vec::new()
    }
}

no_attrs!(Piece);

/// There is no server that would draw the console.
impl RenderHtml for Piece {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Drawn {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
