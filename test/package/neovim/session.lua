-- A session of Neovim's own client with the language server: opens a dump, asks, prints the answers as JSON.
-- Its arguments come in the environment: SERVER (a JSON list, the command), DUMP, ROOT, LINE and CHARACTER (0-based).
local timeout = 20000

local function session()
  local client = vim.lsp.start_client({ cmd = vim.fn.json_decode(vim.env.SERVER), root_dir = vim.env.ROOT })
  vim.wait(timeout, function()
    local started = vim.lsp.get_client_by_id(client)
    return started and started.initialized
  end)
  vim.cmd("edit " .. vim.fn.fnameescape(vim.env.DUMP))
  vim.bo.filetype = "goroutine-dump"
  vim.lsp.buf_attach_client(0, client)

  local document = { textDocument = vim.lsp.util.make_text_document_params() }
  local position = { line = tonumber(vim.env.LINE), character = tonumber(vim.env.CHARACTER) }
  local function ask(method, params)
    local answers = assert(vim.lsp.buf_request_sync(0, method, params, timeout))
    assert(not answers[client].err, vim.inspect(answers[client].err))
    return answers[client].result
  end

  local at = vim.tbl_extend("error", document, { position = position })
  local symbols = ask("textDocument/documentSymbol", document)
  local hover = ask("textDocument/hover", at)
  local definition = ask("textDocument/definition", at)
  local folds = ask("textDocument/foldingRange", document)
  local list = { command = "goroutineDump.groupList", arguments = { document.textDocument.uri, "state:running" } }
  local groups = ask("workspace/executeCommand", list)
  vim.wait(timeout, function() return #vim.diagnostic.get(0) > 0 end)
  return {
    symbols = #symbols,
    hover = hover.contents,
    definition = vim.tbl_islist(definition) and definition[1] or definition,
    folds = #folds,
    groups = groups,
    diagnostics = vim.tbl_map(function(each) return { source = each.source, message = each.message } end, vim.diagnostic.get(0)),
  }
end

local ok, result = pcall(session)
io.stdout:write(vim.fn.json_encode(ok and result or { error = result }))
vim.cmd("quitall!")
