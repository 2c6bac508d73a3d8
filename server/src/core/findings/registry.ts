import type { Rule } from "./rule.ts";
import { blockedForever } from "./rules/blockedForever.ts";
import { fatalError } from "./rules/fatalError.ts";
import { leak } from "./rules/leak.ts";
import { leaked } from "./rules/leaked.ts";
import { nilChannel } from "./rules/nilChannel.ts";
import { panic } from "./rules/panic.ts";

/** All rules, in the order they run: surest first, because what one has explained the later ones leave alone. */
export const RULES: readonly Rule[] = [panic, fatalError, leaked, nilChannel, blockedForever, leak];
