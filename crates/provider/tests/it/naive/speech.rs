//! The spelling of a query: keywords and fields in any case, quotes, white space and parentheses where none are needed.

use super::model::Facts;
use super::phrase::{Break, Form, Phrase, Sentence, Term};
use super::spelling::Spelling;
use super::zenql::stands_bare;

impl Sentence {
    /// The query's text, in its own spelling.
    pub fn text(&self, facts: &Facts) -> String {
        let mut speaker = Speaker {
            facts,
            spelling: Spelling::new(self.seed),
            text: String::new(),
        };
        if let Some(phrase) = &self.phrase {
            speaker.phrase(phrase, 0);
        }
        for (place, (field, direction)) in self.order.iter().enumerate() {
            speaker.word(if place == 0 { " ORDER BY " } else { "," });
            speaker.word(field);
            speaker.word(direction);
        }
        let mut text = speaker.text;
        if let Some((place, how)) = &self.break_at {
            let starts = text.char_indices().map(|(start, _)| start).collect::<Vec<_>>();
            let start = if starts.is_empty() { 0 } else { *place.get(&starts) };
            match how {
                Break::Remove if starts.is_empty() => {}
                Break::Remove => drop(text.remove(start)),
                Break::Insert(part) => text.insert_str(start, part),
            }
        }
        text
    }
}

struct Speaker<'a> {
    facts: &'a Facts,
    spelling: Spelling,
    text: String,
}

impl Speaker<'_> {
    fn word(&mut self, word: &str) {
        let word = self.spelling.cased(word);
        self.text.push_str(&word);
    }

    /// White space where none is needed.
    fn gap(&mut self) {
        self.text
            .push_str(["", "", "", "", " ", "  ", "\t", "\n"][self.spelling.choice(8) as usize]);
    }

    /// Binds as tightly as its place asks: 0 for a part of `OR`, 1 for one of `AND`, 2 for one of `NOT`.
    fn phrase(&mut self, phrase: &Phrase, binds: u8) {
        let own = match phrase {
            Phrase::Or(..) => 0,
            Phrase::And(..) => 1,
            _ => 2,
        };
        let in_parentheses = own < binds || self.spelling.seldom(10);
        if in_parentheses {
            self.text.push('(');
            self.gap();
        }
        match phrase {
            Phrase::Or(one, other) => self.pair(one, " OR ", other, 0),
            Phrase::And(one, other) => self.pair(one, " AND ", other, 1),
            Phrase::Not(inner) => {
                self.word("NOT ");
                self.phrase(inner, 2);
            }
            Phrase::Predicate {
                field,
                is_negated,
                form,
            } => self.predicate(field, *is_negated, form),
        }
        if in_parentheses {
            self.gap();
            self.text.push(')');
        }
    }

    fn pair(&mut self, one: &Phrase, word: &str, other: &Phrase, binds: u8) {
        self.phrase(one, binds);
        self.word(word);
        self.phrase(other, binds + 1);
    }

    fn predicate(&mut self, field: &str, is_negated: bool, form: &Form) {
        self.word(field);
        if is_negated {
            self.word(" NOT");
        }
        match form {
            Form::Mark(mark, term) => {
                self.gap();
                self.text.push_str(mark);
                self.gap();
                self.term(term);
            }
            Form::Word(word, term) => {
                self.text.push(' ');
                self.word(word);
                if let Some(term) = term {
                    self.text.push(' ');
                    self.term(term);
                }
            }
            Form::List(word, terms) => {
                self.text.push(' ');
                self.word(word);
                self.gap();
                for (place, term) in terms.iter().enumerate() {
                    self.text.push(if place == 0 { '(' } else { ',' });
                    self.gap();
                    self.term(term);
                    self.gap();
                }
                self.text.push(')');
            }
        }
    }

    fn term(&mut self, term: &Term) {
        match term {
            Term::Plain(text) => self.text.push_str(text),
            Term::Text(text) => self.quoted(text),
            Term::User(pick) => self.quoted(&pick.user(self.facts)),
            Term::Group(pick) => self.quoted(&pick.group(self.facts)),
        }
    }

    fn quoted(&mut self, text: &str) {
        if stands_bare(text) && !self.spelling.seldom(4) {
            self.text.push_str(text);
            return;
        }
        let quote = if text.contains('"') || (!text.contains('\'') && self.spelling.seldom(3)) {
            '\''
        } else {
            '"'
        };
        self.text.push(quote);
        self.text.push_str(text);
        self.text.push(quote);
    }
}
