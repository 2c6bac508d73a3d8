import type { Rule } from "./rule.ts";
import { blockedForever } from "./rules/blockedForever.ts";
import { dataRace } from "./rules/dataRace.ts";
import { deadlockCycle } from "./rules/deadlockCycle.ts";
import { fatalError } from "./rules/fatalError.ts";
import { leak } from "./rules/leak.ts";
import { leaked } from "./rules/leaked.ts";
import { lockHeldWhileBlocked } from "./rules/lockHeldWhileBlocked.ts";
import { lockUpgrade } from "./rules/lockUpgrade.ts";
import { lockWithoutHolder } from "./rules/lockWithoutHolder.ts";
import { missingTimeout } from "./rules/missingTimeout.ts";
import { nilChannel } from "./rules/nilChannel.ts";
import { panic } from "./rules/panic.ts";
import { poolStarvation } from "./rules/poolStarvation.ts";
import { potentialDeadlock } from "./rules/potentialDeadlock.ts";
import { recursiveReadLock } from "./rules/recursiveReadLock.ts";
import { selfDeadlock } from "./rules/selfDeadlock.ts";

/** All rules, in the order they run: surest first, because what one has explained the later ones leave alone. */
export const RULES: readonly Rule[] = [
  panic,
  fatalError,
  dataRace,
  potentialDeadlock,
  leaked,
  nilChannel,
  blockedForever,
  selfDeadlock,
  lockUpgrade,
  recursiveReadLock,
  deadlockCycle,
  lockHeldWhileBlocked,
  poolStarvation,
  lockWithoutHolder,
  leak,
  missingTimeout,
];
