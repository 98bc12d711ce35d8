//! Requests about rule files: which feature answers which method.

use super::workspace::Workspace;
use super::{actions, completion, hover, lens, navigate, outline};
use gen_lsp_types::{
    CodeActionParams, CodeLensParams, CompletionParams, DefinitionParams, DocumentSymbolParams, HoverParams, PrepareRenameParams,
    ReferenceParams, RenameParams, TextDocumentPositionParams,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A method that there is not.
pub const NO_METHOD: i64 = -32601;
/// Arguments of the wrong shape.
pub const INVALID_PARAMS: i64 = -32602;
/// A request that was understood and cannot be done.
pub const FAILED: i64 = -32803;

/// A request that cannot be answered: the code of the error and why.
pub type Failure = (i64, String);

/// Answers a request.
///
/// # Errors
/// There is no such method, its arguments have the wrong shape, or what it asks cannot be done.
pub fn answer(workspace: &mut Workspace, method: &str, params: Value) -> Result<Value, Failure> {
    let failed = |cause: String| (FAILED, cause);
    match method {
        "textDocument/completion" => {
            let CompletionParams { text_document_position_params: at, .. } = parse(params)?;
            let items = place(workspace, &at).map(|place| completion::items(workspace, &place));
            Ok(json!({ "isIncomplete": false, "items": items.unwrap_or_default() }))
        }
        "textDocument/hover" => {
            let HoverParams { text_document_position_params: at, .. } = parse(params)?;
            value(hover::hover(workspace, &at.text_document.uri, at.position))
        }
        "textDocument/definition" => {
            let DefinitionParams { text_document_position_params: at, .. } = parse(params)?;
            value(place(workspace, &at).and_then(|place| navigate::definition(workspace, &place)))
        }
        "textDocument/references" => {
            let ReferenceParams { text_document_position_params: at, context, .. } = parse(params)?;
            let found = place(workspace, &at).map(|p| navigate::references(workspace, &p, context.include_declaration));
            value(found)
        }
        "textDocument/prepareRename" => {
            let PrepareRenameParams { text_document_position_params: at, .. } = parse(params)?;
            let Some(place) = place(workspace, &at) else { return Ok(Value::Null) };
            let (range, placeholder) = navigate::renamed(workspace, &place).map_err(failed)?;
            Ok(json!({ "range": range, "placeholder": placeholder }))
        }
        "textDocument/rename" => {
            let RenameParams { text_document_position_params: at, new_name, .. } = parse(params)?;
            let Some(place) = place(workspace, &at) else { return Ok(Value::Null) };
            value(navigate::rename(workspace, &place, &new_name).map_err(failed)?)
        }
        "textDocument/documentSymbol" => {
            let DocumentSymbolParams { text_document, .. } = parse(params)?;
            value(outline::symbols(workspace, &workspace.key(&text_document.uri)))
        }
        "textDocument/codeLens" => {
            let CodeLensParams { text_document, .. } = parse(params)?;
            value(lens::lenses(workspace, &workspace.key(&text_document.uri)))
        }
        "textDocument/codeAction" => {
            let CodeActionParams { text_document, range, .. } = parse(params)?;
            let place = workspace.place(&text_document.uri, range.start);
            value(place.map(|place| actions::actions(workspace, &place, range)).unwrap_or_default())
        }
        _ => Err((NO_METHOD, format!("there is no method `{method}` here"))),
    }
}

fn place<'a>(workspace: &'a Workspace, at: &TextDocumentPositionParams) -> Option<super::workspace::Place<'a>> {
    workspace.place(&at.text_document.uri, at.position)
}

fn parse<T: DeserializeOwned>(params: Value) -> Result<T, Failure> {
    serde_json::from_value(params).map_err(|error| (INVALID_PARAMS, error.to_string()))
}

fn value(result: impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(result).map_err(|error| (FAILED, error.to_string()))
}
