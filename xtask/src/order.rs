//! The order of a binary's functions: each stands beside one that is much like it, where a compressor finds it.

use std::convert::Infallible;
use std::fs;
use std::path::Path;

use wasm_encoder::reencode::{self, Reencode, utils};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionSectionReader, ImportSectionReader, Parser, Payload, TypeRef};

use crate::step::{Done, Failure};

/// So many functions stay where they are: these indices take a byte each, and wasm-opt gave them to what is called most.
const SHORT: u32 = 128;
/// Functions are as much alike as they have pieces of so many bytes in common,
const PIECE: usize = 5;
/// but for pieces that more functions have, which say little and take long.
const COMMON: usize = 200;

/// Puts the functions of the binary at `path` in order. What they do, and what they are called outside, stays.
///
/// Cost: O(bytes · log bytes + functions²).
pub fn put_in_order(path: &Path) -> Done {
    let failed = |error: String| Failure(format!("The functions of {} have no order: {error}.", path.display()));
    let binary = fs::read(path).map_err(|error| failed(error.to_string()))?;
    let ordered = ordered(&binary, SHORT).map_err(|error| failed(error.to_string()))?;
    fs::write(path, ordered).map_err(|error| failed(error.to_string()))
}

/// A binary whose first `short` functions, imported ones among them, have the indices that they had.
fn ordered(binary: &[u8], short: u32) -> Result<Vec<u8>, reencode::Error> {
    let mut imported = 0;
    let mut bodies = Vec::new();
    for part in Parser::new(0).parse_all(binary) {
        match part? {
            Payload::ImportSection(imports) => imported = functions_of(imports)?,
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    let order = by_likeness(&bodies, short.saturating_sub(imported) as usize);
    let mut module = Module::new();
    Ordering::new(imported, order).parse_core_module(&mut module, Parser::new(0), binary)?;
    Ok(module.finish())
}

fn functions_of(imports: ImportSectionReader<'_>) -> Result<u32, reencode::Error> {
    let mut functions = 0;
    for import in imports.into_imports() {
        functions += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
    }
    Ok(functions)
}

/// The first `kept` bodies, and then of those that are left always the one that has most in common with the one before; of several
/// the shortest.
fn by_likeness(bodies: &[&[u8]], kept: usize) -> Vec<usize> {
    let mut pieces: Vec<(&[u8], usize)> = Vec::new();
    for (at, body) in bodies.iter().enumerate() {
        pieces.extend(body.windows(PIECE).map(|piece| (piece, at)));
    }
    pieces.sort_unstable();
    pieces.dedup();
    // For each body, those that have a piece of it, piece by piece.
    let mut sharing = vec![Vec::new(); bodies.len()];
    for same in pieces.chunk_by(|one, other| one.0 == other.0) {
        if same.len() <= COMMON {
            same.iter().for_each(|&(_, at)| sharing[at].push(same));
        }
    }
    let mut order: Vec<usize> = (0..bodies.len()).collect();
    let mut left = order.split_off(kept.min(order.len()));
    left.sort_by_key(|&at| bodies[at].len());
    while !left.is_empty() {
        let mut common = vec![0; bodies.len()];
        for &(_, other) in order
            .last()
            .into_iter()
            .flat_map(|&last| sharing[last].iter().copied().flatten())
        {
            common[other] += 1;
        }
        let likest = (0..left.len()).rev().max_by_key(|&place| common[left[place]]);
        order.extend(likest.map(|place| left.remove(place)));
    }
    order
}

/// Writes a binary anew with its functions in another order.
struct Ordering {
    imported: u32,
    /// For each place behind what is imported, the function that comes there.
    order: Vec<usize>,
    /// And for each function its place.
    places: Vec<u32>,
}

impl Ordering {
    fn new(imported: u32, order: Vec<usize>) -> Self {
        let mut places = vec![0; order.len()];
        for (place, &function) in (0..).zip(&order) {
            places[function] = place;
        }
        Self {
            imported,
            order,
            places,
        }
    }
}

impl Reencode for Ordering {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, reencode::Error> {
        Ok(match function.checked_sub(self.imported) {
            Some(own) => self.imported + self.places[own as usize],
            None => function,
        })
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        let types = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        self.order.iter().for_each(|&at| {
            functions.function(types[at]);
        });
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        std::mem::take(&mut self.order)
            .into_iter()
            .try_for_each(|at| utils::parse_function_body(self, code, bodies[at].clone()))
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{EntityType, ExportKind, ExportSection, Function, ImportSection, TypeSection};
    use wasmparser::{FunctionBody, Operator};

    use super::*;

    #[test]
    fn the_likest_follows_and_the_shortest_where_nothing_is_like() {
        let bodies: [&[u8]; 5] = [
            b"kept where it is",
            b"like no other function",
            b"a piece of what is last",
            b"short",
            b"what is last",
        ];
        assert_eq!(by_likeness(&bodies, 1), [0, 3, 4, 2, 1]);
        assert_eq!(by_likeness(&bodies, 9), [0, 1, 2, 3, 4]);
    }

    /// A binary of an imported function and own ones, which are called `f0`, `f1`, and so on; each has a type of its own, and calls the
    /// functions that are listed.
    fn binary(calls: &[&[u32]]) -> Vec<u8> {
        let (mut types, mut imports, mut functions) =
            (TypeSection::new(), ImportSection::new(), FunctionSection::new());
        let (mut exports, mut code) = (ExportSection::new(), CodeSection::new());
        types.ty().function([], []);
        imports.import("outside", "called", EntityType::Function(0));
        for (at, called) in (0..).zip(calls) {
            types.ty().function([], []);
            functions.function(at + 1);
            exports.export(&format!("f{at}"), ExportKind::Func, at + 1);
            let mut function = Function::new([]);
            called.iter().for_each(|&called| {
                function.instructions().call(called);
            });
            function.instructions().end();
            code.function(&function);
        }
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&exports)
            .section(&code);
        module.finish()
    }

    /// For each function by its place, its type, its name, and the functions that it calls, by name.
    fn told(binary: &[u8]) -> Vec<(u32, String, Vec<String>)> {
        let mut names = vec!["outside".to_owned()];
        let (mut types, mut bodies) = (Vec::new(), Vec::new());
        for part in Parser::new(0).parse_all(binary) {
            match part.expect("it is valid") {
                Payload::FunctionSection(section) => types.extend(section.into_iter().map(|it| it.expect("a type"))),
                Payload::ExportSection(section) => {
                    names.resize(section.count() as usize + 1, String::new());
                    for export in section.into_iter().map(|it| it.expect("an export")) {
                        names[export.index as usize] = export.name.to_owned();
                    }
                }
                Payload::CodeSectionEntry(body) => bodies.push(body),
                _ => {}
            }
        }
        let calls = |body: &FunctionBody<'_>| {
            let operators = body.get_operators_reader().expect("operators").into_iter();
            let called = operators.filter_map(|it| match it.expect("an operator") {
                Operator::Call { function_index } => Some(names[function_index as usize].clone()),
                _ => None,
            });
            called.collect()
        };
        let rows = types.into_iter().zip(&names[1..]).zip(&bodies);
        rows.map(|((kind, name), body)| (kind, name.clone(), calls(body)))
            .collect()
    }

    #[test]
    fn every_function_does_what_it_did_under_its_name() {
        let calls: [&[u32]; 6] = [
            &[0],
            &[5, 1, 5, 1, 5, 1, 2],
            &[],
            &[6, 4, 6, 4],
            &[5, 1, 5, 1, 5, 1],
            &[6, 4, 6, 4, 3],
        ];
        let before = binary(&calls);
        let after = ordered(&before, 2).expect("it can be ordered");
        let places: Vec<String> = told(&after).into_iter().map(|(_, name, _)| name).collect();
        assert_eq!(places, ["f0", "f2", "f3", "f5", "f4", "f1"]);
        let sorted = |mut functions: Vec<_>| {
            functions.sort();
            functions
        };
        assert_eq!(sorted(told(&after)), sorted(told(&before)));
        assert_eq!(
            ordered(&before, 128).expect("it can be ordered"),
            before,
            "all are short"
        );
    }
}
