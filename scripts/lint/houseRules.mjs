// Lint rules of this house, for what oxlint's own cannot say. See ARCHITECTURE.md, "Floors".
import { dirname, relative, resolve, sep } from "node:path";

/**
 * @typedef {object} Building
 * @property {string} folder of the building, from the root of the project
 * @property {readonly string[]} floors its folders, the ground floor first; a file beside them is above all but those in `ground`
 * @property {readonly string[]} ground files below all folders
 */

/**
 * The room a file is in, as its floor: -1 for what lies below all, the number of floors for what lies above them.
 * Undefined: outside the building. NaN: in a folder that has no floor.
 * @param {Building} building
 * @param {string} file
 * @param {string} root
 */
function floorOf({ folder, floors, ground }, file, root) {
  const path = relative(resolve(root, folder), file).split(sep);
  if (path[0] === undefined || path[0] === "..") return undefined;
  if (path.length === 1) return ground.includes(path[0]) ? -1 : floors.length;
  const floor = floors.indexOf(path[0]);
  return floor < 0 ? Number.NaN : floor;
}

/** Imports, of types too, lead to a lower floor or stay in their room. */
const floors = {
  meta: { type: "problem", schema: [{ type: "object" }] },
  /** @param {any} context */
  create(context) {
    const root = resolve(import.meta.dirname, "../..");
    if (floorOf(context.options[0], context.filename, root) === undefined) return {};
    const building = /** @type {Building} */ (context.options[0]);
    const from = floorOf(building, context.filename, root) ?? Number.NaN;
    /** @param {any} node */
    function check(node) {
      const target = node.source?.value;
      if (typeof target !== "string" || !target.startsWith(".")) return;
      const to = floorOf(building, resolve(dirname(context.filename), target), root);
      // NaN, a folder without a floor, is neither below nor above.
      if (to === undefined || to === from || to < from) return;
      context.report({ node, message: `${target} is not below this file: see the floors in ARCHITECTURE.md.` });
    }
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check };
  },
};

/**
 * A node of the syntax tree, and what a rule is given.
 * @typedef {{ type: string, parent?: Node, [key: string]: any }} Node
 * @typedef {{ report(problem: { node: Node, messageId: string }): void }} Context
 */

/** `Readonly<Record<string, X>>`, `Record<string, X>`. @param {Node | undefined} type @returns {boolean} */
function isRecordOfStrings(type) {
  const name = type?.typeName?.name;
  const [first] = type?.typeArguments?.params ?? [];
  if (name === "Readonly") return isRecordOfStrings(first);
  return name === "Record" && first?.type === "TSStringKeyword";
}

/**
 * Whether a name is a rest parameter of a function around a node: passing those on adds no arguments.
 * @param {Node} node @param {string} name
 */
function isRestParameter(node, name) {
  for (/** @type {Node | undefined} */ let around = node.parent; around; around = around.parent) {
    const last = around.params?.at(-1);
    if (last?.type === "RestElement" && last.argument.name === name) return true;
  }
  return false;
}

const noDataSpread = {
  meta: {
    messages: {
      spread: "Data spread into arguments throws from some 120,000 items on: take them one by one (core/lists.ts).",
    },
  },
  /** @param {Context} context */
  create(context) {
    /** @param {Node} call */
    const check = ({ arguments: given }) => {
      for (const node of given) {
        if (node.type !== "SpreadElement") continue;
        if (node.argument.type === "Identifier" && isRestParameter(node, node.argument.name)) continue;
        context.report({ node, messageId: "spread" });
      }
    };
    return { CallExpression: check, NewExpression: check };
  },
};

const noRecordTable = {
  meta: { messages: { table: 'A table in an object literal also answers to "toString": use a Map.' } },
  /** @param {Context} context */
  create(context) {
    return {
      /** @param {Node} node */
      VariableDeclarator(node) {
        const type = node.id.typeAnnotation?.typeAnnotation;
        if (node.init?.type === "ObjectExpression" && isRecordOfStrings(type)) {
          context.report({ node, messageId: "table" });
        }
      },
    };
  },
};

const plugin = {
  meta: { name: "house" },
  rules: { floors, "no-data-spread": noDataSpread, "no-record-table": noRecordTable },
};
export default plugin;
