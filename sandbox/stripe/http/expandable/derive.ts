import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript";

const MAX_DEPTH = 5;
/** What appears only when it is asked for and is no list; the types do not tell it from other optional members. */
const INCLUDABLE: Record<string, readonly string[]> = {
  coupon: ["applies_to", "currency_options"],
  customer: ["cash_balance", "invoice_credit_balance", "tax"],
  invoice: ["confirmation_secret"],
  plan: ["tiers"],
  price: ["currency_options", "tiers"],
  promotion_code: ["restrictions.currency_options"],
  search_result: ["total_count"],
};

/** Whether a type is one of Stripe's objects: it has a member `object` with a name of its own. */
function objectName(checker: ts.TypeChecker, type: ts.Type): string | null {
  const member = type.getProperty("object");
  const declaration = member?.valueDeclaration;
  const named = member && declaration ? checker.getTypeOfSymbolAtLocation(member, declaration) : null;
  return named?.isStringLiteral() ? named.value : null;
}

/** The constituents of a type, of a list's elements when it is one, without null and undefined. */
function constituents(checker: ts.TypeChecker, type: ts.Type): ts.Type[] {
  const parts = type.isUnion() ? type.types : [type];
  return parts.flatMap((part) => {
    const element = checker.isArrayType(part) ? checker.getTypeArguments(part as ts.TypeReference)[0] : undefined;
    return element ? constituents(checker, element) : [part];
  });
}

function isPlainText(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.String) !== 0;
}

/** The paths below a type that hold an id or the whole object, or a list that appears only when it is asked for. */
function pathsBelow(checker: ts.TypeChecker, type: ts.Type, depth: number): string[] {
  if (depth > MAX_DEPTH) return [];
  return type.getProperties().flatMap((member) => {
    const declaration = member.valueDeclaration;
    if (!declaration) return [];
    const parts = constituents(checker, checker.getTypeOfSymbolAtLocation(member, declaration));
    const objects = parts.filter((part) => objectName(checker, part) !== null);
    if (objects.length > 0 && parts.some(isPlainText)) return [member.name];
    const isOptional = (member.flags & ts.SymbolFlags.Optional) !== 0;
    if (isOptional && objects.some((part) => objectName(checker, part) === "list")) return [member.name];
    const plain = parts.filter(
      (part) => (part.flags & ts.TypeFlags.Object) !== 0 && objectName(checker, part) === null,
    );
    return plain.flatMap((part) =>
      part.getStringIndexType() || part.getNumberIndexType()
        ? []
        : pathsBelow(checker, part, depth + 1).map((path) => `${member.name}.${path}`),
    );
  });
}

/**
 * For every object of the API the members that can be expanded, read from the types of the installed `stripe` package. It takes
 * some seconds, so the result is kept in a file.
 */
export function deriveExpandable(): Record<string, string[]> {
  const folder = dirname(createRequire(import.meta.url).resolve("stripe"));
  const entry = join(folder, "../esm/stripe.esm.node.d.ts");
  const program = ts.createProgram([entry], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
  });
  const checker = program.getTypeChecker();
  const found = new Map<string, string[]>([["search_result", [...(INCLUDABLE.search_result ?? [])]]]);
  for (const file of program.getSourceFiles()) {
    if (!/\/stripe\/esm\/resources\/(?!V2)/.test(file.fileName)) continue;
    ts.forEachChild(file, function visit(node) {
      if (ts.isModuleDeclaration(node) || ts.isModuleBlock(node)) ts.forEachChild(node, visit);
      if (!ts.isInterfaceDeclaration(node)) return;
      const type = checker.getTypeAtLocation(node);
      const name = objectName(checker, type);
      const deleted = type.getProperty("deleted");
      if (!name || (deleted && (deleted.flags & ts.SymbolFlags.Optional) === 0)) return;
      const known = [...(found.get(name) ?? []), ...(INCLUDABLE[name] ?? [])];
      const paths = [...new Set([...known, ...pathsBelow(checker, type, 1)])].sort();
      if (paths.length > 0) found.set(name, paths);
    });
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
