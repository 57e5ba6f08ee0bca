import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { resourceFiles } from "./files";

/** One method of the SDK: what it asks, with which parameters, and what it gets. */
export interface Operation {
  method: string;
  /** `/v1/customers/:id` */
  path: string;
  /** `Customer.retrieve` */
  name: string;
  /** Null for a method that takes none. */
  params: ts.Type | null;
  /** Null for what is not JSON. */
  response: ts.Type | null;
}

/** Every method of the SDK's `/v1` classes: the address from the JavaScript, the types from the declaration beside it. */
export function readOperations(program: ts.Program): Operation[] {
  const files = resourceFiles().filter((file) => !file.includes(`${path.sep}V2${path.sep}`));
  return files.flatMap((file) => {
    const declared = program.getSourceFile(file.replace(/\.js$/, ".d.ts"));
    if (!declared) return [];
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
    return source.statements
      .filter(ts.isClassDeclaration)
      .flatMap((written) => operationsOf(written, declared, program.getTypeChecker()));
  });
}

function operationsOf(written: ts.ClassDeclaration, declared: ts.SourceFile, checker: ts.TypeChecker): Operation[] {
  const name = written.name?.text ?? "";
  const types = declared.statements.filter(ts.isClassDeclaration).find((statement) => statement.name?.text === name);
  if (!types) return [];
  return written.members.filter(ts.isMethodDeclaration).flatMap((member) => {
    const request = member.body && requestIn(member.body);
    const method = member.name.getText();
    const typed = types.members.filter(ts.isMethodDeclaration).find((candidate) => candidate.name.getText() === method);
    if (!request || !typed || !request.path.startsWith("/v1/")) return [];
    return [{ ...request, name: `${name.replace(/Resource$/, "")}.${method}`, ...signature(typed, checker) }];
  });
}

/** The `this._makeRequest("GET", `/v1/customers/${…}`, …)` of a method's body. */
function requestIn(body: ts.Node): { method: string; path: string } | null {
  let found: { method: string; path: string } | null = null;
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const [method, address] = node.arguments;
      if (node.expression.name.text === "_makeRequest" && method && ts.isStringLiteral(method) && address)
        found ??= { method: method.text, path: pathOf(address) };
    }
    ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}

function pathOf(address: ts.Expression): string {
  if (ts.isStringLiteralLike(address)) return address.text;
  if (!ts.isTemplateExpression(address)) throw new Error(`an address that cannot be read: ${address.getText()}`);
  return (
    address.head.text + address.templateSpans.map((span) => `:${nameIn(span.expression)}${span.literal.text}`).join("")
  );
}

/** `id` of `encodeURIComponent(id)`. */
function nameIn(expression: ts.Expression): string {
  return ts.isCallExpression(expression) ? (expression.arguments[0]?.getText() ?? "id") : expression.getText();
}

function signature(method: ts.MethodDeclaration, checker: ts.TypeChecker): Pick<Operation, "params" | "response"> {
  const params = method.parameters.find((parameter) => parameter.name.getText() === "params");
  const returned = checker.getSignatureFromDeclaration(method)?.getReturnType();
  const awaited = returned && checker.getAwaitedType(returned);
  const response = awaited?.aliasSymbol?.name === "Response" ? awaited.aliasTypeArguments?.[0] : undefined;
  return {
    params: params?.type ? checker.getNonNullableType(checker.getTypeFromTypeNode(params.type)) : null,
    response: response ?? null,
  };
}
