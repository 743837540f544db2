//! The one place that sends a request: to the address of a connection, with its credentials and nothing else.

use gloo_net::http::{Method, RequestBuilder, Response};
use js_sys::{Array, Reflect, Uint8Array};
use provider::connection::{Incoming, Outgoing};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect,
};

/// How many bytes of an answer are taken; the rest is cut off, and what is cut is told as such.
const LARGEST: usize = 128 << 20;
/// How long an answer may take from the first byte to the last, in milliseconds.
const PATIENCE: u32 = 120_000;

/// Sends a request, unless `stop` says not to; none if no answer comes. Nothing of it is kept by the browser, no redirect
/// is followed, and cookies go to our own origin alone.
pub async fn send(request: &Outgoing, stop: &AbortSignal) -> Option<Incoming> {
    let is_ours = request.url.starts_with('/') && !request.url.starts_with("//");
    let ends = AbortSignal::any(&Array::of2(stop, &AbortSignal::timeout_with_u32(PATIENCE)));
    let mut building = RequestBuilder::new(&request.url)
        .method(match request.method {
            "HEAD" => Method::HEAD,
            "POST" => Method::POST,
            _ => Method::GET,
        })
        .abort_signal(Some(&ends))
        .cache(RequestCache::NoStore)
        .redirect(RequestRedirect::Manual)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .credentials(if is_ours {
            RequestCredentials::SameOrigin
        } else {
            RequestCredentials::Omit
        });
    for (name, value) in &request.headers {
        building = building.header(name, value.reveal());
    }
    let built = match &request.body {
        Some(form) => building.body(form.reveal()),
        None => building.build(),
    };
    let response = built.ok()?.send().await.ok()?;
    let headers = response.headers();
    Some(Incoming {
        status: response.status(),
        retry_after: headers.get("Retry-After"),
        content_type: headers.get("Content-Type"),
        body: body(&response).await,
    })
}

/// The body, as far as it came.
async fn body(response: &Response) -> Vec<u8> {
    let mut bytes = Vec::new();
    let Some(stream) = response.body() else { return bytes };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    while let Ok(piece) = JsFuture::from(reader.read()).await {
        let value = Reflect::get(&piece, &JsValue::from("value")).unwrap_or_default();
        if value.is_undefined() {
            break;
        }
        bytes.extend(Uint8Array::new(&value).to_vec());
        if bytes.len() > LARGEST {
            bytes.truncate(LARGEST);
            // Whether or not it ends well, nothing more of it is wanted.
            let _ = reader.cancel();
            break;
        }
    }
    bytes
}
