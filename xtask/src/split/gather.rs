//! Gathers the code that several chunks share into a few files.
//!
//! The splitter writes one file for each set of chunks that share anything: hundreds, most of them smaller than the
//! request for them. Here all that the same frequent chunks share becomes one file, and the loader is written anew.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{EntityType, ExportKind, ExportSection, ImportSection, Module};
use wasmparser::{Parser, Payload};

use crate::project::Project;
use crate::split::{FEATURES, LOADER};
use crate::step::{Done, Failure, run, side_by_side};

/// What is less than this, in bytes before anything is optimised or compressed, is not worth a request.
const SMALL: u64 = 36_000;

/// What every part takes from the main part: its memory, its table of functions and its stack pointer.
const FROM_MAIN: &str = "__wasm_split";
/// How the splitter names what is shared, in the loader, and what is in one chunk alone.
const SHARED: &str = "__chunk_";
const LOAD: &str = "export const __wasm_split_load_";

/// The chunk that needs a piece of every other: it shows all components, to designers alone.
const GALLERY: &str = "gallery";

/// The chunks of the loader that the splitter wrote, each with the shared pieces that it needs, in their order.
type Chunks = BTreeMap<String, Vec<String>>;

/// Merges the shared pieces in `folder` and writes the loader of binary `name` for what is there then.
///
/// A piece goes into the file for those of the `frequent` chunks that need it, so that none of them fetches what it
/// does not need; the other chunks fetch whole files of which they may need a part. What the first of them, that of the first
/// screen, shares in small files is one file: a browser asks for six at a time.
pub fn gather(project: &Project, folder: &Path, name: &str, frequent: &[&str]) -> Done {
    let failed = |error: io::Error| Failure(format!("The chunks of the {name} could not be gathered: {error}."));
    let loader = folder.join(LOADER);
    let chunks = chunks(&fs::read_to_string(&loader).map_err(failed)?);
    let size = |piece: &String| fs::metadata(folder.join(format!("{piece}.wasm"))).map_or(0, |about| about.len());
    let files = joined(files(&chunks, frequent), frequent, &size);
    let adapter = folder.join("adapter.wasm");
    write_adapter(folder, &files, &adapter)?;
    let merges: Vec<_> = files.iter().collect();
    side_by_side(&merges, |(file, pieces)| {
        let mut merge = project.command("wasm-merge");
        merge
            .args(FEATURES)
            .arg(&adapter)
            .arg(FROM_MAIN)
            .args(["--output", &format!("{file}.wasm")])
            .current_dir(folder);
        for piece in *pieces {
            merge.args([&format!("{piece}.wasm"), piece]);
        }
        run(&mut merge)
    })?;
    for piece in files.values().flatten() {
        fs::remove_file(folder.join(format!("{piece}.wasm"))).map_err(failed)?;
    }
    fs::remove_file(adapter).map_err(failed)?;
    fs::write(loader, written(name, &chunks, &files)).map_err(failed)
}

/// Reads the loader that the splitter wrote.
fn chunks(loader: &str) -> Chunks {
    let exports = loader.split(LOAD).skip(1);
    exports
        .filter_map(|export| {
            let (chunk, rest) = export.split_once(" = ")?;
            let needs = rest.split(SHARED).skip(1);
            let numbers = needs.filter_map(|it| it.split(|it: char| !it.is_ascii_digit()).next());
            Some((chunk.to_owned(), numbers.map(|it| format!("chunk_{it}")).collect()))
        })
        .collect()
}

/// Which file holds which pieces, by the frequent chunks that need them. What one chunk shares with the gallery alone has a
/// file of its own, so that no other screen fetches it.
fn files(chunks: &Chunks, frequent: &[&str]) -> BTreeMap<String, Vec<String>> {
    let mut needed_by: BTreeMap<&String, String> = BTreeMap::new();
    for piece in chunks.values().flatten() {
        let mut others = chunks
            .iter()
            .filter(|(name, needs)| *name != GALLERY && needs.contains(piece));
        let file = match (others.next(), others.next()) {
            (Some((one, _)), None) if !frequent.contains(&one.as_str()) => ["shared_", one].concat(),
            _ => "shared".to_owned(),
        };
        needed_by.insert(piece, file);
    }
    for chunk in frequent {
        for piece in chunks.get(*chunk).into_iter().flatten() {
            needed_by.entry(piece).or_default().push_str(&format!("_{chunk}"));
        }
    }
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (piece, file) in needed_by {
        files.entry(file).or_default().push(piece.clone());
    }
    files
}

/// The same files, but those that the first of the frequent chunks needs and that are small as one.
fn joined(
    files: BTreeMap<String, Vec<String>>,
    frequent: &[&str],
    size: &dyn Fn(&String) -> u64,
) -> BTreeMap<String, Vec<String>> {
    let first = ["shared_", frequent.first().copied().unwrap_or_default()].concat();
    let mut joined: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, pieces) in files {
        let is_small = pieces.iter().map(size).sum::<u64>() < SMALL;
        let file = if is_small && file.starts_with(&first) {
            [&first, "_small"].concat()
        } else {
            file
        };
        joined.entry(file).or_default().extend(pieces);
    }
    joined
}

/// Writes a part that takes from the main part what the pieces take from it and gives it to them.
///
/// Without it a merged part would import the memory once for each piece, as if these were different memories.
fn write_adapter(folder: &Path, files: &BTreeMap<String, Vec<String>>, adapter: &Path) -> Done {
    let mut shared = BTreeMap::new();
    for piece in files.values().flatten() {
        let binary = fs::read(folder.join(format!("{piece}.wasm"))).map_err(|error| error.to_string());
        let taken = binary.and_then(|binary| from_main(&binary));
        shared.extend(taken.map_err(|error| Failure(format!("{piece}.wasm could not be read: {error}.")))?);
    }
    let binary = passing_on(&shared).map_err(Failure)?;
    fs::write(adapter, binary).map_err(|error| Failure(format!("target/split cannot be written: {error}.")))
}

/// What a piece takes from the main part.
fn from_main(piece: &[u8]) -> Result<Vec<(String, EntityType)>, String> {
    let mut taken = Vec::new();
    for part in Parser::new(0).parse_all(piece) {
        let Payload::ImportSection(imports) = part.map_err(|error| error.to_string())? else {
            continue;
        };
        for import in imports.into_imports() {
            let import = import.map_err(|error| error.to_string())?;
            let kind = RoundtripReencoder
                .entity_type(import.ty)
                .map_err(|error| error.to_string())?;
            if import.module == FROM_MAIN {
                taken.push((import.name.to_owned(), kind));
            }
        }
    }
    Ok(taken)
}

/// A binary that imports things and exports them under the names that they had.
fn passing_on(shared: &BTreeMap<String, EntityType>) -> Result<Vec<u8>, String> {
    let (mut imports, mut exports) = (ImportSection::new(), ExportSection::new());
    let (mut memories, mut tables, mut globals) = (0.., 0.., 0..);
    for (name, kind) in shared {
        let (export, index) = match kind {
            EntityType::Memory(_) => (ExportKind::Memory, memories.next()),
            EntityType::Table(_) => (ExportKind::Table, tables.next()),
            EntityType::Global(_) => (ExportKind::Global, globals.next()),
            _ => {
                return Err(format!(
                    "A chunk takes {name} from the main part, which is nothing that the splitter shares."
                ));
            }
        };
        imports.import("main", name, *kind);
        exports.export(name, export, index.unwrap_or_default());
    }
    let mut module = Module::new();
    module.section(&imports).section(&exports);
    Ok(module.finish())
}

/// The loader: of each chunk one function, which fetches what the chunk needs and calls back. In a page, what arrives is
/// held against the digest that the page has of it.
fn written(name: &str, chunks: &Chunks, files: &BTreeMap<String, Vec<String>>) -> String {
    let mut text = format!(
        "import {{ initSync }} from \"./{name}.js\";
const main = () => initSync();
const map = globalThis.document?.querySelector(\"script[type=importmap]\").text;
const digests = map ? JSON.parse(map).integrity : {{}};
const part = (url) => {{
    let arrival;
    return () => arrival ??= (async () => {{
        const exports = main();
        try {{
            await WebAssembly.instantiateStreaming(fetch(url, {{ integrity: digests[url.pathname] }}), {{ main: exports, {FROM_MAIN}: exports }});
        }} catch (error) {{
            // What did not arrive is fetched again by the next call.
            arrival = undefined;
            throw error;
        }}
    }})();
}};
const load = (...parts) => async (callback, data) => {{
    let success = true;
    try {{
        await Promise.all(parts.map((part) => part()));
    }} catch (error) {{
        console.error(error);
        success = false;
    }}
    main().__indirect_function_table.get(callback)(data, success);
}};
"
    );
    let part = |file: &str| format!("part(new URL(\"./{file}.wasm\", import.meta.url))");
    for file in files.keys() {
        text.push_str(&format!("const {file} = {};\n", part(file)));
    }
    for (chunk, needs) in chunks {
        let shared = files
            .iter()
            .filter(|(_, pieces)| pieces.iter().any(|piece| needs.contains(piece)))
            .map(|(file, _)| format!("{file}, "));
        let shared: String = shared.collect();
        text.push_str(&format!(
            "{LOAD}{chunk} = load({shared}{});\n",
            part(&format!("split_{chunk}"))
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{GlobalType, MemoryType, ValType};

    use super::*;

    const LOADER: &str = "/* a, b */\nconst __chunk_1 = makeLoad(() => fetch(\"./chunk_1.wasm\"), []);\n\
        export const __wasm_split_load_a = wrap(makeLoad(\"./split_a.wasm\", [__chunk_1, __chunk_12]));\n\
        export const __wasm_split_load_b = wrap(makeLoad(\"./split_b.wasm\", [__chunk_1, __chunk_3]));\n\
        export const __wasm_split_load_c = wrap(makeLoad(\"./split_c.wasm\", [__chunk_3, __chunk_12]));\n";

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn the_loader_tells_what_each_chunk_needs() {
        let expected = [
            ("a", owned(&["chunk_1", "chunk_12"])),
            ("b", owned(&["chunk_1", "chunk_3"])),
            ("c", owned(&["chunk_3", "chunk_12"])),
        ];
        assert_eq!(
            chunks(LOADER),
            expected.map(|(name, needs)| (name.to_owned(), needs)).into()
        );
    }

    #[test]
    fn pieces_that_the_same_frequent_chunks_need_share_a_file() {
        let expected = [
            ("shared", owned(&["chunk_3"])),
            ("shared_a", owned(&["chunk_1", "chunk_12"])),
        ];
        assert_eq!(
            files(&chunks(LOADER), &["a"]),
            expected.map(|(file, pieces)| (file.to_owned(), pieces)).into()
        );
    }

    #[test]
    fn what_is_small_of_the_first_chunk_is_one_file() {
        let pieces = [
            ("shared", owned(&["chunk_4"])),
            ("shared_a", owned(&["chunk_1"])),
            ("shared_a_b", owned(&["chunk_2", "chunk_3"])),
            ("shared_a_c", owned(&["chunk_5"])),
            ("shared_b", owned(&["chunk_6"])),
        ];
        let size = |piece: &String| if piece == "chunk_5" { SMALL } else { SMALL / 3 };
        let files = pieces.map(|(file, pieces)| (file.to_owned(), pieces)).into();
        let expected = [
            ("shared", owned(&["chunk_4"])),
            ("shared_a_c", owned(&["chunk_5"])),
            ("shared_a_small", owned(&["chunk_1", "chunk_2", "chunk_3"])),
            ("shared_b", owned(&["chunk_6"])),
        ];
        assert_eq!(
            joined(files, &["a", "b"], &size),
            expected.map(|(file, pieces)| (file.to_owned(), pieces)).into()
        );
    }

    #[test]
    fn the_gallery_puts_nothing_into_the_files_of_others() {
        let needs = [
            ("a", owned(&["chunk_1"])),
            ("b", owned(&["chunk_2", "chunk_3"])),
            ("c", owned(&["chunk_3"])),
            ("gallery", owned(&["chunk_1", "chunk_2", "chunk_3"])),
        ];
        let chunks = needs.map(|(name, pieces)| (name.to_owned(), pieces)).into();
        let expected = [
            ("shared", owned(&["chunk_3"])),
            ("shared_a", owned(&["chunk_1"])),
            ("shared_b", owned(&["chunk_2"])),
        ];
        assert_eq!(
            files(&chunks, &["a"]),
            expected.map(|(file, pieces)| (file.to_owned(), pieces)).into()
        );
    }

    #[test]
    fn a_chunk_is_loaded_with_all_files_that_hold_a_piece_of_it() {
        let chunks = chunks(LOADER);
        let text = written("console", &chunks, &files(&chunks, &["a"]));
        for line in [
            "import { initSync } from \"./console.js\";",
            "const shared_a = part(new URL(\"./shared_a.wasm\", import.meta.url));",
            "load_a = load(shared_a, part(new URL(\"./split_a.wasm\", import.meta.url)));",
            "load_b = load(shared, shared_a, part(new URL(\"./split_b.wasm\", import.meta.url)));",
        ] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
    }

    #[test]
    fn what_pieces_take_from_the_main_part_is_passed_on_by_its_name() {
        let global = EntityType::Global(GlobalType {
            val_type: ValType::I32,
            mutable: true,
            shared: false,
        });
        let memory = EntityType::Memory(MemoryType {
            minimum: 19,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let takes = |imports: &[(&str, &str, EntityType)]| {
            let mut section = ImportSection::new();
            for (module, name, kind) in imports {
                section.import(module, name, *kind);
            }
            let mut module = Module::new();
            module.section(&section);
            from_main(&module.finish())
        };
        let pieces = [
            takes(&[(FROM_MAIN, "stack", global), ("other", "memory", memory)]),
            takes(&[(FROM_MAIN, "memory", memory), (FROM_MAIN, "stack", global)]),
        ];
        let shared = pieces.into_iter().flatten().flatten().collect();
        let adapter = passing_on(&shared).unwrap_or_default();
        let mut parts = Vec::new();
        for part in Parser::new(0).parse_all(&adapter) {
            match part {
                Ok(Payload::ImportSection(imports)) => {
                    let named = imports
                        .into_imports()
                        .flatten()
                        .map(|it| format!("{}.{}", it.module, it.name));
                    parts.extend(named);
                }
                Ok(Payload::ExportSection(exports)) => {
                    parts.extend(
                        exports
                            .into_iter()
                            .flatten()
                            .map(|it| format!("{} {:?} {}", it.name, it.kind, it.index)),
                    );
                }
                _ => {}
            }
        }
        let expected = ["main.memory", "main.stack", "memory Memory 0", "stack Global 0"];
        assert_eq!(parts, expected);
        let function = BTreeMap::from([("run".to_owned(), EntityType::Function(0))]);
        assert!(passing_on(&function).is_err_and(|error| error.contains("run")));
    }
}
