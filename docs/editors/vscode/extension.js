// Starts `gainsay lsp` for YAML files; the server itself leaves files alone that are no rule files.
const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = () => {
  const settings = workspace.getConfiguration("gainsay");
  const articles = settings.get("articles");
  client = new LanguageClient(
    "gainsay",
    "gainsay",
    { command: settings.get("command"), args: ["lsp"] },
    {
      documentSelector: [{ language: "yaml" }],
      initializationOptions: articles.length > 0 ? { articles } : {},
    },
  );
  return client.start();
};

exports.deactivate = () => client?.stop();
