-- A session of Neovim's own client with the language server: opens a dump, asks, prints the answers as JSON.
-- Its arguments come in the environment: SERVER (a JSON list, the command), COMMAND (a file
-- with the documented command), DUMP, ROOT, LINE and CHARACTER (0-based).
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
  local window = vim.api.nvim_get_current_win()
  vim.cmd("luafile " .. vim.env.COMMAND)
  vim.cmd("Goroutines state:running")
  vim.wait(timeout, function() return #vim.fn.getqflist() > 0 end)
  local groups = vim.tbl_map(function(each)
    return { file = vim.api.nvim_buf_get_name(each.bufnr), line = each.lnum, text = each.text }
  end, vim.fn.getqflist())
  vim.api.nvim_set_current_win(window)
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
