import ts from "typescript";
import { Converter } from "../schema/convert";
import type { JsonSchema } from "../schema/json-schema";
import { TYPES_ENTRY } from "./files";
import { type Operation, readOperations } from "./operations";

/** An address of Stripe's API and the names of the schemas that it is held to. */
export interface Address {
  method: string;
  /** `/v1/customers/:id` */
  path: string;
  /** What the SDK calls it: `Customer.retrieve`. */
  name: string;
  params: string | null;
  response: string | null;
}

export interface Generated {
  addresses: Address[];
  /** By name: `object customer`, `params POST /v1/customers`, `response POST /v1/customers`, `error`. */
  schemas: Map<string, JsonSchema>;
}

/** Reads all of the installed package's types. Takes some seconds. @throws when they are written in an unknown way */
export function generate(): Generated {
  const program = ts.createProgram([TYPES_ENTRY], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  });
  const wire = new Converter(program.getTypeChecker(), "wire");
  const form = new Converter(program.getTypeChecker(), "form");
  const schemas = new Map<string, JsonSchema>();
  const addresses = readOperations(program).map((operation) => {
    const { params, response } = operation;
    const address = addressOf(operation);
    if (address.params && params) schemas.set(address.params, form.object(params));
    if (address.response && response) schemas.set(address.response, wire.convert(response));
    return address;
  });
  schemas.set("error", errorSchema(program, wire));
  // Converting one kind meets others, which a Map's iteration comes to in turn.
  for (const [kind, type] of wire.kinds) schemas.set(`object ${kind}`, wire.object(type));
  return { addresses, schemas };
}

function addressOf({ method, path, name, params, response }: Operation): Address {
  const at = `${method} ${path}`;
  return { method, path, name, params: params && `params ${at}`, response: response && `response ${at}` };
}

/** Members of the SDK's error that it adds itself. */
const NOT_ON_THE_WIRE = ["detail", "exception", "headers", "requestId", "statusCode"];

/** Codes that answers have beyond those of the types: Stripe's own newest refusal, and ours. */
const OTHER_CODES = ["payment_method_types_no_longer_supported", "standin_unsupported"];

/** `{ "error": … }`, whose codes are those that a failed payment intent may name. */
function errorSchema(program: ts.Program, wire: Converter): JsonSchema {
  const schema = wire.object(declaredType(program, "Types.d.ts", "StripeRawError"));
  const intent = wire.object(declaredType(program, "PaymentIntents.d.ts", "PaymentIntent"));
  const code = memberOf(memberOf(intent, "last_payment_error"), "code");
  const members = Object.entries(schema.properties ?? {}).filter(([name]) => !NOT_ON_THE_WIRE.includes(name));
  const codes = { enum: [...(code.enum ?? []), ...OTHER_CODES] };
  const properties = { ...Object.fromEntries(members), code: codes };
  const error = { ...schema, properties, required: ["type", "message"] };
  return { type: "object", properties: { error }, required: ["error"], additionalProperties: false };
}

function memberOf(schema: JsonSchema, name: string): JsonSchema {
  const member = schema.properties?.[name];
  if (!member) throw new Error(`Stripe's types have no ${name} where it was`);
  return member;
}

function declaredType(program: ts.Program, file: string, name: string): ts.Type {
  const source = program.getSourceFiles().find((candidate) => candidate.fileName.endsWith(`/${file}`));
  const statement = source?.statements.find(
    (candidate) =>
      (ts.isInterfaceDeclaration(candidate) || ts.isTypeAliasDeclaration(candidate)) && candidate.name.text === name,
  );
  if (!statement) throw new Error(`${name} is not declared in ${file}`);
  return program.getTypeChecker().getTypeAtLocation(statement);
}
