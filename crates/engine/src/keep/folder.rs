//! The folder of what is kept, in the origin's private file system.
//!
//! Its methods are looked up when they are called: where a browser lacks one, that is an answer like any other failure.

use js_sys::{Array, ArrayBuffer, Function, Object, Promise, Reflect, Uint8Array};
use protocol::KeepFailure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileReaderSync};

/// The one name that Rollcall has in the origin's private file system.
const NAME: &str = "kept";

/// How often a file is made anew that another tab has taken away, or holds.
const TRIES: u32 = 5;

/// The folder.
pub struct Folder(JsValue);

/// A file that is being written, and that nobody else can write or take away meanwhile.
pub struct Writing(JsValue);

impl Folder {
    /// The folder, if anything was ever kept.
    pub async fn find() -> Option<Self> {
        Self::at(false).await.ok()
    }

    async fn at(create: bool) -> Result<Self, JsValue> {
        let root = root().await?;
        let options = options("create", &create.into());
        let found = asked(&root, "getDirectoryHandle", [NAME.into(), options]);
        found.await.map(Self)
    }

    /// The names of its files, in no order.
    pub async fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        let Ok(keys) = call(&self.0, "keys", []) else {
            return names;
        };
        while let Ok(step) = asked(&keys, "next", []).await {
            match member(&step, "value").as_string() {
                Some(name) => names.push(name),
                None => break,
            }
        }
        names
    }

    /// A file to read.
    ///
    /// # Errors
    /// When it is not there, or the browser does not give it out.
    pub async fn file(&self, name: &str) -> Result<File, KeepFailure> {
        let file = async {
            let handle = asked(&self.0, "getFileHandle", [name.into()]).await?;
            asked(&handle, "getFile", []).await?.dyn_into()
        };
        file.await.map_err(|error| failure(&error))
    }

    /// A new file to write, with its name and the folder, which is made if it is not there. Each try has a name of its own.
    ///
    /// # Errors
    /// When the browser gives no storage.
    pub async fn create(named: impl Fn(u32) -> String) -> Result<(Self, String, Writing), KeepFailure> {
        let mut tries = 1;
        loop {
            let name = named(tries);
            let made = async {
                let folder = Self::at(true).await?;
                let handle = asked(
                    &folder.0,
                    "getFileHandle",
                    [(&*name).into(), options("create", &true.into())],
                )
                .await?;
                Ok((folder, Writing(asked(&handle, "createSyncAccessHandle", []).await?)))
            };
            match made.await {
                Ok((folder, writing)) => return Ok((folder, name, writing)),
                // Another tab that tidies up may hold what nobody writes yet, and take it away; one that keeps may take the same name.
                Err(error) if tries < TRIES && ["NotFoundError", HELD].contains(&&*name_of(&error)) => tries += 1,
                Err(error) => return Err(failure(&error)),
            }
        }
    }

    /// Whether a file was never finished and nobody is writing it. Who writes one holds it from its first byte to its
    /// last: so once it can be held here, what its first bytes say is final.
    pub async fn is_abandoned(&self, name: &str) -> bool {
        let start = Uint8Array::new_with_length(8);
        let held = async {
            let handle = asked(&self.0, "getFileHandle", [name.into()]).await?;
            let held = Writing(asked(&handle, "createSyncAccessHandle", []).await?);
            call(
                &held.0,
                "read",
                [start.clone().into(), options("at", &JsValue::from_f64(0.0))],
            )
        };
        held.await.is_ok() && start.to_vec().iter().all(|byte| *byte == 0)
    }

    /// Takes a file away.
    ///
    /// # Errors
    /// When it is being written.
    pub async fn remove(&self, name: &str) -> Result<(), KeepFailure> {
        let removed = asked(&self.0, "removeEntry", [name.into()]).await;
        removed.map(drop).map_err(|error| failure(&error))
    }

    /// Takes the folder away if nothing is in it, so that nothing tells that something was kept.
    pub async fn remove_if_empty(&self) {
        if let Ok(root) = root().await {
            // One that is not empty is refused.
            let _ = asked(&root, "removeEntry", [NAME.into()]).await;
        }
    }
}

impl Writing {
    /// Writes at a place.
    ///
    /// # Errors
    /// When there is no room.
    pub fn write(&self, at: u64, bytes: &[u8]) -> Result<(), KeepFailure> {
        let place = options("at", &JsValue::from_f64(at as f64));
        let written =
            call(&self.0, "write", [Uint8Array::from(bytes).into(), place]).map_err(|error| failure(&error))?;
        // What there was no room for is left out without a word.
        if written.as_f64() == Some(bytes.len() as f64) {
            Ok(())
        } else {
            Err(FULL)
        }
    }

    /// Waits until what was written is on the disk.
    ///
    /// # Errors
    /// When there is no room.
    pub fn flush(&self) -> Result<(), KeepFailure> {
        let flushed = call(&self.0, "flush", []);
        flushed.map(drop).map_err(|error| failure(&error))
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        // Nothing is written any more: whether it ends well does not matter.
        let _ = call(&self.0, "close", []);
    }
}

/// Some bytes of a file, as far as it has them. The worker waits meanwhile.
///
/// # Errors
/// When the browser does not give it out, as after it was taken away.
pub fn read(file: &File, from: f64, to: f64) -> Result<ArrayBuffer, KeepFailure> {
    let read = || FileReaderSync::new()?.read_as_array_buffer(&file.slice_with_f64_and_f64(from, to)?);
    read().map_err(|error| failure(&error))
}

/// How many bytes the browser would still keep, where it says so.
pub async fn free() -> Option<u64> {
    let estimate = asked(&storage().ok()?, "estimate", []).await.ok()?;
    let number = |name| member(&estimate, name).as_f64();
    Some((number("quota")? - number("usage")?).max(0.0) as u64)
}

fn storage() -> Result<JsValue, JsValue> {
    Reflect::get(&member(&js_sys::global(), "navigator"), &"storage".into())
}

async fn root() -> Result<JsValue, JsValue> {
    asked(&storage()?, "getDirectory", []).await
}

/// How many bytes are needed is told by who writes them.
const FULL: KeepFailure = KeepFailure::Full { needed: 0, free: None };

/// The name of the error where another tab writes a file.
const HELD: &str = "NoModificationAllowedError";

fn failure(error: &JsValue) -> KeepFailure {
    match name_of(error).as_str() {
        "QuotaExceededError" => FULL,
        HELD => KeepFailure::Busy,
        // A method that is not there is a type error.
        "SecurityError" | "NotAllowedError" | "TypeError" => KeepFailure::Refused,
        name => KeepFailure::Other {
            reason: member(error, "message").as_string().unwrap_or_else(|| name.to_owned()),
        },
    }
}

fn name_of(error: &JsValue) -> String {
    member(error, "name").as_string().unwrap_or_default()
}

fn member(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

fn options(name: &str, value: &JsValue) -> JsValue {
    let options = Object::new();
    // A fresh object takes any member.
    let _ = Reflect::set(&options, &name.into(), value);
    options.into()
}

fn call<const N: usize>(of: &JsValue, method: &str, arguments: [JsValue; N]) -> Result<JsValue, JsValue> {
    let found: JsValue = Reflect::get(of, &method.into())?;
    let Ok(function) = found.dyn_into::<Function>() else {
        return Err(js_sys::TypeError::new(method).into());
    };
    Reflect::apply(&function, of, &arguments.into_iter().collect::<Array>())
}

async fn asked<const N: usize>(of: &JsValue, method: &str, arguments: [JsValue; N]) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::resolve(&call(of, method, arguments)?)).await
}
