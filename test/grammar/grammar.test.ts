import { beforeAll, describe, expect, it } from "vitest";
import { INITIAL } from "vscode-textmate";
import type { IGrammar } from "vscode-textmate";
import { cpuTime } from "../support/cpuTime.ts";
import { describeTokens, loadDumpGrammar } from "../support/grammar.ts";

type Row = readonly [line: string, tokens: string];

/** Lines as Go and its tools write them, and what of them is coloured as what. */
const rows: Readonly<Record<string, readonly Row[]>> = {
  headers: [
    [
      "goroutine 1 [running]:",
      "goroutine‹keyword.control.goroutine› 1‹constant.numeric.id› running‹keyword.other.wait-reason›",
    ],
    [
      "goroutine 9 [sync.Mutex.Lock, 2 minutes]:",
      "goroutine‹keyword.control.goroutine› 9‹constant.numeric.id› sync.Mutex.Lock‹keyword.other.wait-reason› 2‹constant.numeric.wait› minutes‹keyword.other.unit›",
    ],
    [
      "goroutine 18 gp=0xc000102380 m=nil [chan receive (leaked), 4 minutes, locked to thread, synctest bubble 3]:",
      "goroutine‹keyword.control.goroutine› 18‹constant.numeric.id› gp‹variable.field› =‹keyword.operator.assignment› 0xc000102380‹constant.numeric› m‹variable.field› =‹keyword.operator.assignment› nil‹constant.numeric› chan receive‹keyword.other.wait-reason› (leaked)‹invalid.illegal.leaked› 4‹constant.numeric.wait› minutes‹keyword.other.unit› locked to thread‹storage.modifier› synctest bubble‹storage.modifier› 3‹constant.numeric.bubble›",
    ],
    [
      "goroutine 5 gp=0xc1 m=3 mp=0xc2 [select (no cases) (durable)]:",
      "goroutine‹keyword.control.goroutine› 5‹constant.numeric.id› gp‹variable.field› =‹keyword.operator.assignment› 0xc1‹constant.numeric› m‹variable.field› =‹keyword.operator.assignment› 3‹constant.numeric› mp‹variable.field› =‹keyword.operator.assignment› 0xc2‹constant.numeric› select (no cases)‹keyword.other.wait-reason› (durable)‹storage.modifier›",
    ],
    [
      "goroutine 9 [chan receive (nil chan) (leaked) (scan)]:",
      "goroutine‹keyword.control.goroutine› 9‹constant.numeric.id› chan receive (nil chan)‹keyword.other.wait-reason› (leaked)‹invalid.illegal.leaked› (scan)‹storage.modifier›",
    ],
    [
      "goroutine 61 gp=0xc1 m=nil [GC worker (idle)]:",
      "goroutine‹keyword.control.goroutine› 61‹constant.numeric.id› gp‹variable.field› =‹keyword.operator.assignment› 0xc1‹constant.numeric› m‹variable.field› =‹keyword.operator.assignment› nil‹constant.numeric› GC worker (idle)‹keyword.other.wait-reason›",
    ],
    [
      'goroutine 8 [running labels:{"route": "/x]", "user": "7"}]:',
      'goroutine‹keyword.control.goroutine› 8‹constant.numeric.id› running‹keyword.other.wait-reason› labels:‹keyword.other.labels› "route"‹entity.other.attribute-name› "/x]"‹string.quoted.double› "user"‹entity.other.attribute-name› "7"‹string.quoted.double›',
    ],
    [
      'goroutine 8 [IO wait] {region: "eu\\t\\"west\\"", route: /buy, empty: }:',
      'goroutine‹keyword.control.goroutine› 8‹constant.numeric.id› IO wait‹keyword.other.wait-reason› region‹entity.other.attribute-name› "eu‹string.quoted.double› \\t\\"‹constant.character.escape› west‹string.quoted.double› \\"‹constant.character.escape› "‹string.quoted.double› route‹entity.other.attribute-name› /buy‹string.unquoted.label› empty‹entity.other.attribute-name›',
    ],
    [
      'goroutine 12 [select, 7 minutes, "job":"back]up"]:',
      'goroutine‹keyword.control.goroutine› 12‹constant.numeric.id› select‹keyword.other.wait-reason› 7‹constant.numeric.wait› minutes‹keyword.other.unit› "job"‹string.quoted.double› "back]up"‹string.quoted.double›',
    ],
    [
      "> goroutine 4 [IO wait, 2 minutes]:",
      ">‹comment.line.prefix› goroutine‹keyword.control.goroutine› 4‹constant.numeric.id› IO wait‹keyword.other.wait-reason› 2‹constant.numeric.wait› minutes‹keyword.other.unit›",
    ],
    [
      "[pod/shopd-7c9d/shopd] goroutine 65 [running]:",
      "goroutine‹keyword.control.goroutine› 65‹constant.numeric.id› running‹keyword.other.wait-reason›",
    ],
    [
      "2026-11-21T03:04:05.123530000Z stderr F goroutine 8 [running]:",
      "2026-11-21T03:04:05.123530000Z stderr F‹comment.line.prefix› goroutine‹keyword.control.goroutine› 8‹constant.numeric.id› running‹keyword.other.wait-reason›",
    ],
    [
      "leaktest: leaked goroutine: goroutine 7 [chan receive]:",
      "leaktest: leaked goroutine:‹invalid.illegal.leaked› goroutine‹keyword.control.goroutine› 7‹constant.numeric.id› chan receive‹keyword.other.wait-reason›",
    ],
    [
      '{"log":"goroutine 33 [running]:\\n","stream":"stderr"}',
      "goroutine‹keyword.control.goroutine› 33‹constant.numeric.id› running‹keyword.other.wait-reason›",
    ],
  ],
  calls: [
    ["main.main()", "main‹entity.name.namespace› main‹entity.name.function›"],
    [
      "example.com/shop/cart.(*Service).Add(0xc0000a4000, {0xc000012345, 0x5?, ...}, _, ...)",
      "example.com/shop/‹comment.other.import-path› cart‹entity.name.namespace› Service‹entity.name.type.receiver› Add‹entity.name.function› 0xc0000a4000‹constant.numeric.hex› 0xc000012345‹constant.numeric.hex› 0x5‹constant.numeric.hex› ?‹keyword.operator.stale› ...‹comment.block.elided› _‹comment.block.elided› ...‹comment.block.elided›",
    ],
    [
      "net/http.HandlerFunc.ServeHTTP({})",
      "net/‹comment.other.import-path› http‹entity.name.namespace› HandlerFunc‹entity.name.type.receiver› ServeHTTP‹entity.name.function›",
    ],
    [
      "main.main.func1.2(...)",
      "main‹entity.name.namespace› main.func1.2‹entity.name.function› ...‹comment.block.elided›",
    ],
    [
      "example.com/a/b.worker.gowrap1()",
      "example.com/a/‹comment.other.import-path› b‹entity.name.namespace› worker.gowrap1‹entity.name.function›",
    ],
    ["main.F[...].func1()", "main‹entity.name.namespace› F[...].func1‹entity.name.function›"],
    [
      "main.T[...].M[...](0x1)",
      "main‹entity.name.namespace› T[...]‹entity.name.type.receiver› M[...]‹entity.name.function› 0x1‹constant.numeric.hex›",
    ],
    [
      "gopkg.in/yaml%2ev3.(*parser).parse-fm(0x1)",
      "gopkg.in/‹comment.other.import-path› yaml%2ev3‹entity.name.namespace› parser‹entity.name.type.receiver› parse-fm‹entity.name.function› 0x1‹constant.numeric.hex›",
    ],
    [
      "  main.(*L[go.shape.struct { X int; Y string }]).Push()",
      "main‹entity.name.namespace› L[go.shape.struct { X int; Y string }]‹entity.name.type.receiver› Push‹entity.name.function›",
    ],
    [
      "go.(*struct { sync.Mutex; n int }).Lock(...)",
      "go‹entity.name.namespace› struct { sync.Mutex; n int }‹entity.name.type.receiver› Lock‹entity.name.function› ...‹comment.block.elided›",
    ],
    [
      "panic({0x93cf38?, 0x216be4278470?})",
      "panic‹invalid.illegal.failure› 0x93cf38‹constant.numeric.hex› ?‹keyword.operator.stale› 0x216be4278470‹constant.numeric.hex› ?‹keyword.operator.stale›",
    ],
    ["findrunnable(0xc208012900)", "findrunnable‹entity.name.function› 0xc208012900‹constant.numeric.hex›"],
    ["main._Cfunc_box_abort()", "main‹entity.name.namespace› _Cfunc_box_abort‹entity.name.function›"],
    [
      "2026/11/21 03:04:05.000004 [ERROR] main.lookup(...)",
      "2026/11/21 03:04:05.000004‹comment.line.prefix› main‹entity.name.namespace› lookup‹entity.name.function› ...‹comment.block.elided›",
    ],
    ["non-Go function at pc=0x7fdbae87feec", "non-Go function at pc=0x7fdbae87feec‹comment.line.cgo›"],
    ["runtime.dopanic_m", "runtime‹entity.name.namespace› dopanic_m‹entity.name.function›"],
  ],
  locations: [
    [
      "\t/src/shop/cart/service.go:88 +0x1a5 fp=0xc00004af28 sp=0xc00004aef0 pc=0x4057fc",
      "/src/shop/cart/service.go‹string.unquoted.path› 88‹constant.numeric.line› +0x1a5 fp=0xc00004af28 sp=0xc00004aef0 pc=0x4057fc‹comment.line.registers›",
    ],
    [
      "\t/home/dev/My Projects/ledger app/book/book.go:51",
      "/home/dev/My Projects/ledger app/book/book.go‹string.unquoted.path› 51‹constant.numeric.line›",
    ],
    [
      "> \tD:/soft/go/go1.19.1/src/net/http/server.go:3102 +0x9e5",
      ">‹comment.line.prefix› D:/soft/go/go1.19.1/src/net/http/server.go‹string.unquoted.path› 3102‹constant.numeric.line› +0x9e5‹comment.line.registers›",
    ],
    [
      "C:/Users/runneradmin/go/x.go:1140 +0x8a",
      "C:/Users/runneradmin/go/x.go‹string.unquoted.path› 1140‹constant.numeric.line› +0x8a‹comment.line.registers›",
    ],
    ["[web-1] /src/a.go:7", "/src/a.go‹string.unquoted.path› 7‹constant.numeric.line›"],
    ["\tgithub.com/a/b@v1.2.3/c.go:7", "github.com/a/b@v1.2.3/c.go‹string.unquoted.path› 7‹constant.numeric.line›"],
    [
      "\t_cgo_gotypes.go:56 +0x45",
      "_cgo_gotypes.go‹string.unquoted.path› 56‹constant.numeric.line› +0x45‹comment.line.registers›",
    ],
    [
      "\\t/src/My Shop/a.go:7 +0x4b",
      "/src/My Shop/a.go‹string.unquoted.path› 7‹constant.numeric.line› +0x4b‹comment.line.registers›",
    ],
    ["#011/src/a.go:7", "/src/a.go‹string.unquoted.path› 7‹constant.numeric.line›"],
    ["\tparser.y:120", "parser.y‹string.unquoted.path› 120‹constant.numeric.line›"],
    ["\t?:0 +0x6d", "?‹string.unquoted.path› 0‹constant.numeric.line› +0x6d‹comment.line.registers›"],
    [
      "\t/src/lib/a.c:12 pc=0x4004d0",
      "/src/lib/a.c‹string.unquoted.path› 12‹constant.numeric.line› pc=0x4004d0‹comment.line.registers›",
    ],
    ["\tpc=0x4004d0", "pc=0x4004d0‹comment.line.registers›"],
  ],
  "created by, ancestors and notices": [
    [
      "created by net/http.(*Server).Serve in goroutine 12",
      "created by‹keyword.control.created-by› net/‹comment.other.import-path› http‹entity.name.namespace› Server‹entity.name.type.receiver› Serve‹entity.name.function› in goroutine‹keyword.control.created-by› 12‹constant.numeric.id›",
    ],
    [
      "created by main.spawn.func1",
      "created by‹keyword.control.created-by› main‹entity.name.namespace› spawn.func1‹entity.name.function›",
    ],
    ["[originating from goroutine 7]:", "originating from goroutine‹keyword.control.ancestor› 7‹constant.numeric.id›"],
    ["...additional frames elided...", "...additional frames elided...‹comment.line.notice›"],
    ["...23 frames elided...", "...23 frames elided...‹comment.line.notice›"],
    [
      "\tgoroutine running on other thread; stack unavailable",
      "goroutine running on other thread; stack unavailable‹comment.line.notice›",
    ],
  ],
  "what ended the process": [
    [
      "panic: close [5] of x [recovered]",
      "panic‹invalid.illegal.failure› close [5] of x‹string.unquoted.message› [recovered]‹storage.modifier›",
    ],
    [
      "\tpanic: boom [recovered, repanicked]",
      "panic‹invalid.illegal.failure› boom‹string.unquoted.message› [recovered, repanicked]‹storage.modifier›",
    ],
    [
      "\tfatal error: all goroutines are asleep - deadlock!",
      "fatal error‹invalid.illegal.failure› all goroutines are asleep - deadlock!‹string.unquoted.message›",
    ],
    [
      "[signal SIGSEGV: segmentation violation code=0x1 addr=0x0]",
      "signal‹keyword.other.signal› SIGSEGV‹invalid.illegal.signal› code‹variable.field› =‹keyword.operator.assignment› 0x1‹constant.numeric› addr‹variable.field› =‹keyword.operator.assignment› 0x0‹constant.numeric›",
    ],
    ["SIGQUIT: quit", "SIGQUIT‹invalid.illegal.signal› quit‹string.unquoted.message›"],
    [
      "PC=0x4631a1 m=0 sigcode=18446744073709551610",
      "PC‹variable.field› =‹keyword.operator.assignment› 0x4631a1‹constant.numeric› m‹variable.field› =‹keyword.operator.assignment› 0‹constant.numeric› sigcode‹variable.field› =‹keyword.operator.assignment› 18446744073709551610‹constant.numeric›",
    ],
    [
      "Exception 0xc0000005 0x0",
      "Exception‹invalid.illegal.failure› 0xc0000005‹constant.numeric.hex› 0x0‹constant.numeric.hex›",
    ],
    ["runtime: goroutine stack exceeds 1000000000-byte limit", "runtime:‹keyword.other.notice›"],
    ["unexpected fault address 0x10", "unexpected fault address‹invalid.illegal.failure› 0x10‹constant.numeric.hex›"],
    ["signal arrived during cgo execution", "signal arrived during cgo execution‹keyword.other.notice›"],
    ["runtime stack:", "runtime stack:‹markup.heading.section›"],
    ["rax    0xca", "rax‹variable.register› 0xca‹constant.numeric.hex›"],
    [
      "r0\t0x1\tr1\t0x2",
      "r0‹variable.register› 0x1‹constant.numeric.hex› r1‹variable.register› 0x2‹constant.numeric.hex›",
    ],
    ["exit status 2", "exit status‹keyword.other.notice› 2‹constant.numeric›"],
  ],
  tests: [
    ["\trunning tests:", "running tests:‹markup.heading.section›"],
    ["\t\tTestBuy/card (9m58s)", "TestBuy/card‹entity.name.function.test› 9m58s‹constant.numeric.duration›"],
    [
      "--- FAIL: TestBuy (0.00s)",
      "--- FAIL:‹invalid.illegal.failure› TestBuy‹entity.name.function.test› 0.00s‹constant.numeric.duration›",
    ],
    ["FAIL", "FAIL‹invalid.illegal.failure›"],
    [
      "FAIL\texample.com/shop\t0.011s",
      "FAIL‹invalid.illegal.failure› example.com/shop‹entity.name.namespace› 0.011s‹constant.numeric.duration›",
    ],
    ["=== RUN   TestBuy/card", "=== RUN‹keyword.other.result› TestBuy/card‹entity.name.function.test›"],
  ],
  "profiles as text": [
    [
      "goroutineleak profile: total 42",
      "goroutineleak profile:‹markup.heading.section› total‹keyword.other.total› 42‹constant.numeric.count›",
    ],
    [
      "40 @ 0x4375f6 0x4463be",
      "40‹constant.numeric.count› @‹keyword.control.record› 0x4375f6 0x4463be‹comment.line.addresses›",
    ],
    ["4 @", "4‹constant.numeric.count› @‹keyword.control.record›"],
    [
      '# labels: {"route":"/buy", "team":"zoë \\"x\\""}',
      '#‹comment.line.addresses› labels:‹keyword.other.labels› "route"‹entity.other.attribute-name› "/buy"‹string.quoted.double› "team"‹entity.other.attribute-name› "zoë‹string.quoted.double› \\"‹constant.character.escape› x‹string.quoted.double› \\"‹constant.character.escape› "‹string.quoted.double›',
    ],
    [
      "#\t0x466b04\tsync.(*Mutex).lockSlow+0x164\t\t/usr/local/go/src/sync/mutex.go:171",
      "#\t0x466b04‹comment.line.addresses› sync‹entity.name.namespace› Mutex‹entity.name.type.receiver› lockSlow‹entity.name.function› +0x164‹comment.line.registers› /usr/local/go/src/sync/mutex.go‹string.unquoted.path› 171‹constant.numeric.line›",
    ],
    [
      "#\tsync.(*Mutex).lockSlow  \t/usr/local/go/src/sync/mutex.go:171",
      "#‹comment.line.addresses› sync‹entity.name.namespace› Mutex‹entity.name.type.receiver› lockSlow‹entity.name.function› /usr/local/go/src/sync/mutex.go‹string.unquoted.path› 171‹constant.numeric.line›",
    ],
    ["#\tmain.f", "#‹comment.line.addresses› main‹entity.name.namespace› f‹entity.name.function›"],
    ["#\t0x46", "#\t0x46‹comment.line.addresses›"],
  ],
  "race reports": [
    ["==================", "==================‹comment.line.separator›"],
    ["WARNING: DATA RACE", "WARNING: DATA RACE‹invalid.illegal.failure›"],
    [
      "Previous write at 0x00c000098030 by goroutine 7:",
      "Previous write‹keyword.control.access› 0x00c000098030‹constant.numeric.hex› by‹keyword.control.access› goroutine‹keyword.control.goroutine› 7‹constant.numeric.id›",
    ],
    [
      "Read at 0x00c00009803c by main goroutine:",
      "Read‹keyword.control.access› 0x00c00009803c‹constant.numeric.hex› by‹keyword.control.access› main goroutine‹keyword.control.goroutine›",
    ],
    [
      "      /home/dev/src/tally/main.go:35 +0x186",
      "/home/dev/src/tally/main.go‹string.unquoted.path› 35‹constant.numeric.line› +0x186‹comment.line.registers›",
    ],
    [
      "Goroutine 7 (finished) created at:",
      "Goroutine‹keyword.control.goroutine› 7‹constant.numeric.id› (finished)‹keyword.other.wait-reason› created at‹keyword.control.created-by›",
    ],
    [
      "Heap block of size 8 at 0x00c0 allocated by main goroutine:",
      "Heap block‹keyword.control.access› 8‹constant.numeric.size› 0x00c0‹constant.numeric.hex› allocated by‹keyword.control.access› main goroutine‹keyword.control.goroutine›",
    ],
    [
      "Global var main.hits of size 8 at 0x5a declared at /src/x/main.go:7",
      "Global var‹keyword.control.access› main.hits‹variable.global› 8‹constant.numeric.size› 0x5a‹constant.numeric.hex› declared at‹keyword.control.created-by› /src/x/main.go‹string.unquoted.path› 7‹constant.numeric.line›",
    ],
    ["  [failed to restore the stack]", "[failed to restore the stack]‹comment.line.notice›"],
    ["Found 2 data race(s)", "Found 2 data race(s)‹invalid.illegal.failure›"],
  ],
  "reports of go-deadlock": [
    [
      "POTENTIAL DEADLOCK: Inconsistent locking. saw this ordering in one goroutine:",
      "POTENTIAL DEADLOCK: Inconsistent locking. saw this ordering in one goroutine:‹invalid.illegal.failure›",
    ],
    ["in another goroutine: happened before", "in another goroutine: happened before‹keyword.control.access›"],
    [
      "current goroutine 22 lock 0xc0000a8000",
      "goroutine‹keyword.control.goroutine› 22‹constant.numeric.id› lock‹keyword.control.access› 0xc0000a8000‹constant.numeric.hex›",
    ],
    [
      "main.go:22 main.(*ledger).book { l.mu.Lock() } <<<<<",
      "main.go‹string.unquoted.path› 22‹constant.numeric.line› main‹entity.name.namespace› ledger‹entity.name.type.receiver› book‹entity.name.function› { l.mu.Lock() }‹comment.line.source› <<<<<‹keyword.control.current›",
    ],
  ],
  "leak checkers": [
    ["    x_test.go:4: found unexpected goroutines:", "found unexpected goroutines:‹invalid.illegal.leaked›"],
    [
      "[Goroutine 20 in state chan receive, 2 minutes, with main.leak.func1 on top of the stack:",
      "Goroutine‹keyword.control.goroutine› 20‹constant.numeric.id› in state‹keyword.control.goroutine› chan receive, 2 minutes‹keyword.other.wait-reason› with‹keyword.control.goroutine› main‹entity.name.namespace› leak.func1‹entity.name.function› on top of the stack‹keyword.control.goroutine›",
    ],
  ],
  debuggers: [
    [
      "* Goroutine 18 - User: /src/x/w.go:40 main.(*W).run (0x4b2c3d) (thread 7) [chan receive 17s]",
      "*‹keyword.control.current› Goroutine‹keyword.control.goroutine› 18‹constant.numeric.id› User:‹keyword.other.place› /src/x/w.go‹string.unquoted.path› 40‹constant.numeric.line› main‹entity.name.namespace› W‹entity.name.type.receiver› run‹entity.name.function› (0x4b2c3d)‹comment.line.registers› (thread 7)‹comment.line.registers› [chan receive 17s]‹keyword.other.wait-reason›",
    ],
    [
      '\tLabels: "route":"/buy"... (3 more)',
      'Labels:‹keyword.other.labels› "route"‹string.quoted.double› "/buy"‹string.quoted.double›',
    ],
    [
      "\t0  0x000000000043c8ee in runtime.gopark",
      "0‹constant.numeric.index› 0x000000000043c8ee‹comment.line.addresses› in‹keyword.control.frame› runtime‹entity.name.namespace› gopark‹entity.name.function›",
    ],
    [
      "\t    at /usr/local/go/src/runtime/proc.go:398",
      "at‹keyword.control.frame› /usr/local/go/src/runtime/proc.go‹string.unquoted.path› 398‹constant.numeric.line›",
    ],
    ["[2 goroutines]", "[2 goroutines]‹comment.line.notice›"],
    [
      "* [Go 18 route:/buy] main.main (Thread 12345)",
      "*‹keyword.control.current› Go‹keyword.control.goroutine› 18‹constant.numeric.id› route:/buy‹string.unquoted.label› main‹entity.name.namespace› main‹entity.name.function› (Thread 12345)‹comment.line.registers›",
    ],
    [
      "* 1 running  runtime.futex",
      "*‹keyword.control.current› 1‹constant.numeric.id› running‹keyword.other.wait-reason› runtime‹entity.name.namespace› futex‹entity.name.function›",
    ],
    [
      "#0  runtime.gopark (unlockf=0x0) at /usr/x/proc.go:398",
      "#0‹constant.numeric.index› runtime‹entity.name.namespace› gopark‹entity.name.function› unlockf‹variable.field› =‹keyword.operator.assignment› 0x0‹constant.numeric› at‹keyword.control.frame› /usr/x/proc.go‹string.unquoted.path› 398‹constant.numeric.line›",
    ],
    [
      "#1  0x000000000043c8ee in main.f ()",
      "#1‹constant.numeric.index› 0x000000000043c8ee‹comment.line.addresses› in‹keyword.control.frame› main‹entity.name.namespace› f‹entity.name.function›",
    ],
    [
      "SCHED 1004ms: gomaxprocs=8",
      "SCHED‹markup.heading.section› 1004‹constant.numeric.duration› ms‹keyword.other.unit› gomaxprocs‹variable.field› =‹keyword.operator.assignment› 8‹constant.numeric›",
    ],
    [
      "  G18: status=4(chan receive) m=nil",
      "G18‹keyword.control.goroutine› status‹variable.field› =‹keyword.operator.assignment› 4‹constant.numeric› (chan receive)‹keyword.other.wait-reason› m‹variable.field› =‹keyword.operator.assignment› nil‹constant.numeric›",
    ],
  ],
  "go tool pprof": [
    ["Type: goroutine", "Type‹entity.other.attribute-name› goroutine‹string.unquoted.value›"],
    [
      "-----------+-------------------------------------------------------",
      "-----------+-------------------------------------------------------‹comment.line.separator›",
    ],
    ['       job:  re"index"', 'job‹entity.other.attribute-name› re"index"‹string.unquoted.label›'],
    [
      "         3   runtime.gopark",
      "3‹constant.numeric.count› runtime‹entity.name.namespace› gopark‹entity.name.function›",
    ],
    [
      "             runtime/pprof.Do (inline)",
      "runtime/‹comment.other.import-path› pprof‹entity.name.namespace› Do‹entity.name.function› (inline)‹comment.line.notice›",
    ],
    [
      "       402 99.75% 99.75%        402 99.75%                | runtime.gopark",
      "402‹constant.numeric.count› 99.75%‹comment.line.share› 99.75%‹comment.line.share› 402‹constant.numeric.count› 99.75%‹comment.line.share› runtime‹entity.name.namespace› gopark‹entity.name.function›",
    ],
    [
      "                                                 2   0.5% |   runtime.netpollblock",
      "2‹constant.numeric.count› 0.5%‹comment.line.share› runtime‹entity.name.namespace› netpollblock‹entity.name.function›",
    ],
    [
      "     4: 0x71d6f9 M=1 example.com/shop/ws.(*Hub).deliver /src/ws/hub.go:58:0 s=57",
      "4‹constant.numeric.index› 0x71d6f9 M=1‹comment.line.addresses› example.com/shop/‹comment.other.import-path› ws‹entity.name.namespace› Hub‹entity.name.type.receiver› deliver‹entity.name.function› /src/ws/hub.go‹string.unquoted.path› 58‹constant.numeric.line› :0 s=57‹comment.line.registers›",
    ],
    [
      "             main.main /src/My Shop/main.go:64:0 s=25",
      "main‹entity.name.namespace› main‹entity.name.function› /src/My Shop/main.go‹string.unquoted.path› 64‹constant.numeric.line› :0 s=25‹comment.line.registers›",
    ],
    ["        400: 1 2 3 4 ", "400‹constant.numeric.count› 1 2 3 4‹comment.line.addresses›"],
  ],
  "other text": [
    ["SELECT * FROM visits WHERE at < now();", ""],
    ['{"a": 1, "b": [2]}', ""],
    ["2026/11/21 03:04:05 listening on :8080", "2026/11/21 03:04:05‹comment.line.prefix›"],
    ["see goroutine 5 for the panic", ""],
  ],
};

/** How lines begin, and what repeated after it makes a matcher try again and again. */
const hostileStarts = [
  "",
  "\t",
  "created by x",
  "[Goroutine 1 in state ",
  "* Goroutine 18 - User: a",
  "#0  a (",
  "     4: 0x1 a",
];
const hostileUnits = [
  " ",
  "a(0 ",
  "a[[] ",
  "a[ [] ",
  "{ a{ ",
  "(*",
  "/:1 ",
  "\t:1",
  '"\\',
  " 1: 0x0",
  ":1:1 ",
  ") at ",
  "0x0, ",
  "goroutine 1 [",
  "Goroutine 1 in state a, with ",
  "Global var x of size 8 at 0x1 declared at ",
  "[recovered",
];
/** The length from which on VS Code leaves a line uncoloured. */
const longestLine = 20_000;
/** Of processor time: far above what such a line takes (0.2 s), far below what a rule that backtracks takes (20 s). */
const backtrackingMs = 2000;

let grammar: IGrammar;
beforeAll(async () => {
  grammar = await loadDumpGrammar();
});

describe.each(Object.entries(rows))("the grammar colours %s", (_, lines) => {
  it.each(lines)("%j", (line, tokens) => {
    expect(describeTokens(grammar, line)).toBe(tokens);
  });
});

describe("the grammar", () => {
  it.each(["goroutine 5 [chan rec", 'goroutine 5 [running] {a: "b', "main.f(0x1, {0x2", "panic: bo", '# labels: {"a'])(
    "starts the line after a cut one afresh: %j",
    (cut) => {
      expect(grammar.tokenizeLine(cut, INITIAL).ruleStack.depth).toBe(1);
    },
  );

  it.each(hostileUnits)("takes the longest line of %j in its stride", (unit) => {
    for (const start of hostileStarts) {
      const line = `${start.padEnd(longestLine, unit).slice(0, longestLine - 1)}!`;
      expect(cpuTime(() => void grammar.tokenizeLine(line, INITIAL))).toBeLessThan(backtrackingMs);
    }
  });
});
