import { callKind, isSystem } from "../../core/analysis/normal.ts";
import { roleOf, type StackKind } from "../../core/analysis/roles.ts";
import type { Group } from "../../core/group/groups.ts";
import type { Dump } from "../../core/model/dump.ts";
import { type Stack, stackOf } from "../../core/model/stack.ts";
import { stateInfo } from "../../core/model/state.ts";
import { outerFunction } from "../../core/names/functionName.ts";
import { firstUserFrame } from "../../core/names/userCode.ts";
import { remembered } from "../../core/text/remembered.ts";

/** How much a group is worth looking at; less is more. */
export const Interest = { blamed: 0, blocked: 1, running: 2, waiting: 3, idle: 4 } as const;
export type Interest = (typeof Interest)[keyof typeof Interest];

/** A server that waits for the next connection, whoever wrote the call. */
const ACCEPTING = /^(?:net\.\(\*\w+Listener\)\.Accept\w*|net\.\(\*netFD\)\.accept|internal\/poll\.\(\*FD\)\.Accept)$/;

/**
 * Where a group belongs in a list for people: what a finding blames, what is blocked in the user's code, what runs there,
 * what waits there for the network or time, and what idles: the runtime, libraries, servers without a request.
 */
export function interestOf(dump: Dump, { stack: number, state }: Group, isBlamed: boolean): Interest {
  if (isBlamed) return Interest.blamed;
  const stack = stackOf(dump, number);
  if (isIdle(stack, state)) return Interest.idle;
  switch (roleOf(stack, state, OF_THE_USER)) {
    case "blocked":
      return Interest.blocked;
    case "unclear":
      return Interest.running;
    default:
      return stateInfo(state).kind === "running" ? Interest.running : Interest.waiting;
  }
}

/** What is left once idle goroutines are set apart. */
const OF_THE_USER: StackKind = { isNormal: false, takesDump: false, hasUser: true, isDumper: false };

function isIdle(stack: Stack, state: string): boolean {
  return (
    firstUserFrame(stack.frames) === undefined ||
    isSystem(stack, state) ||
    stack.frames.some(({ function: name }) => isIdleCall(name))
  );
}

const isIdleCall = remembered((name) => ACCEPTING.test(name) || callKind(name, outerFunction(name)) !== "other");
