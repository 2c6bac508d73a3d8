import { standsAside } from "../../analysis/roles.ts";
import { type Group, joinRows } from "../../group/groups.ts";
import type { Finding } from "../finding.ts";
import type { Investigation } from "../investigation.ts";
import { rowsFinding } from "../rowsFinding.ts";
import type { Rule } from "../rule.ts";
import { callAt, goroutines, minutes, waited } from "../../analysis/wording.ts";
import { type Message, NOTHING, say } from "../../text/say.ts";
import { largest } from "../../lists.ts";

interface Call {
  readonly what: Message;
  readonly remedy: Message;
  readonly functions: readonly string[];
}

/** Calls to another process that take as long as the other side likes, unless they are given a timeout. */
const CALLS: readonly Call[] = [
  {
    what: say`an HTTP request`,
    remedy: say`Set http.Client.Timeout, or give the request a context with a deadline.`,
    functions: ["net/http.(*Client).do", "net/http.(*Transport).roundTrip", "net/http.(*persistConn).roundTrip"],
  },
  {
    what: say`a database call`,
    remedy: say`Use the Context methods (QueryContext, ExecContext) with a deadline.`,
    functions: [
      "database/sql.(*DB).query",
      "database/sql.(*DB).exec",
      "database/sql.(*DB).QueryContext",
      "database/sql.(*DB).ExecContext",
      "database/sql.(*DB).PingContext",
      "database/sql.(*DB).BeginTx",
      "database/sql.(*Stmt).QueryContext",
      "database/sql.(*Stmt).ExecContext",
    ],
  },
  {
    what: say`a gRPC call`,
    remedy: say`Give the call a context with a deadline.`,
    functions: ["google.golang.org/grpc.(*ClientConn).Invoke", "google.golang.org/grpc.invoke"],
  },
  {
    what: say`dialling`,
    remedy: say`Set net.Dialer.Timeout, or dial with a context that has a deadline.`,
    functions: ["net.(*Dialer).DialContext", "net.Dial", "crypto/tls.(*Dialer).DialContext"],
  },
];

/** Many goroutines have been in an outgoing call for minutes. */
export const missingTimeout: Rule = {
  id: "missing-timeout",
  title: "Outgoing calls without a timeout",
  certainties: ["suspect"],
  *find(investigation) {
    for (const call of CALLS) yield* findCalls(investigation, call);
  },
};

function findCalls({ analysis, isExplained }: Investigation, { what, remedy, functions: names }: Call): Finding[] {
  const functions = names.filter((name) => analysis.hasFamily(name));
  if (functions.length === 0) return [];
  const { callMinutes, callCount } = analysis.context.thresholds;
  const groups = analysis.groups.groups.filter((group) => isLong(group, callMinutes) && !isExplained(group));
  const calling = groups.filter((group) => {
    const { families, role } = analysis.traits(group);
    return !standsAside(role) && functions.some((name) => families.has(name));
  });
  const count = calling.reduce((sum, group) => sum + group.count, 0);
  const [first] = calling;
  const row = first === undefined ? undefined : analysis.groups.rows[first.start];
  if (first === undefined || row === undefined || count < callCount) return [];
  const place = analysis.place(first);
  const longest = waited({ max: largest(calling, ({ wait }) => wait?.max ?? 0, 0) }) ?? NOTHING;
  return [
    rowsFinding(analysis, {
      rule: "missing-timeout",
      certainty: "suspect",
      what: say`No timeout in ${what}`,
      message: say`${goroutines(count)} have been in ${what} for ${longest}${place === null ? NOTHING : say`, most of them in ${callAt(place)}`}. ${remedy}`,
      rows: joinRows(calling.map((group) => analysis.rows(group))),
      at: row,
      evidence: [
        say`${goroutines(count)} are in ${what} and have waited ${minutes(callMinutes)} or more; the longest ${longest}.`,
      ],
    }),
  ];
}

function isLong({ wait }: Group, least: number): boolean {
  return wait !== null && wait.min >= least;
}
