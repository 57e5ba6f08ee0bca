import ts from "typescript";
import { isFraction } from "./fractions";
import { anyOf, type JsonSchema } from "./json-schema";
import { kindOf } from "./kinds";

/** `wire` is JSON as Stripe answers it; `form` is how a request's parameters arrive, where every value is text. */
export type Mode = "wire" | "form";

const DECIMAL = "^-?\\d+(\\.\\d+)?$";
const INTEGER = "^-?\\d+$";
const F = ts.TypeFlags;

/**
 * Turns TypeScript types into JSON Schema that allows nothing but what the type names.
 *
 * An object of the API (it says what it is in `object`) inside another one becomes a reference that only looks at `object`: such
 * objects are checked each by itself, wherever they are, so that no schema has to contain the whole of Stripe.
 */
export class Converter {
  /** Objects of the API met so far, by kind. */
  readonly kinds = new Map<string, ts.Type>();
  readonly #under: ts.Type[] = [];
  /** Whether what is converted is told in part only, as in an event's `previous_attributes`. */
  #partial = false;

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly mode: Mode,
  ) {}

  /** @param member name of the member that has this type; it decides whether a number may have a fraction */
  convert(type: ts.Type, member = ""): JsonSchema {
    if (type.flags & (F.Any | F.Unknown | F.NonPrimitive)) return {};
    if (type.isUnion()) return this.#union(type, member);
    if (isOtherString(type)) return { type: "string" };
    if (isDecimal(type)) return { type: "string", pattern: DECIMAL };
    if (type.flags & (F.StringLike | F.NumberLike | F.BooleanLike | F.Null)) return this.#simple(type, member);
    if (this.checker.isArrayType(type)) return { type: "array", items: this.#element(type) };
    const kind = this.mode === "wire" ? this.kindOf(type) : null;
    return kind ? this.#reference(type, kind) : this.object(type);
  }

  /** The whole object, its own kind of object included. */
  object(type: ts.Type): JsonSchema {
    if (this.#under.includes(type)) throw new Error(`${this.checker.typeToString(type)} contains itself`);
    this.#under.push(type);
    const properties: Record<string, JsonSchema> = {};
    const required: string[] = [];
    for (const property of type.getProperties()) {
      const declared = property.valueDeclaration ?? property.declarations?.[0];
      const held = declared && this.checker.getTypeOfSymbolAtLocation(property, declared);
      // `deleted?: void` says that the member is not there.
      if (!held || isAbsent(held)) continue;
      properties[property.name] = this.#member(property.name, held);
      if (!this.#partial && !(property.flags & ts.SymbolFlags.Optional)) required.push(property.name);
    }
    const others = type.getStringIndexType();
    this.#under.pop();
    return {
      type: "object",
      properties,
      ...(required.length > 0 && { required }),
      additionalProperties: others ? this.#member("", others) : false,
    };
  }

  /** Old values are told of what changed, however deep inside; null stands for what was not there. */
  #member(name: string, type: ts.Type): JsonSchema {
    const outer = this.#partial;
    this.#partial ||= name === "previous_attributes";
    const schema = this.convert(type, name);
    this.#partial = outer;
    return outer ? anyOf([schema, { type: "null" }]) : schema;
  }

  /** As {@link kindOf} of a value says it; null for what is no object of the API, and for lists, which hold them. */
  kindOf(type: ts.Type): string | null {
    const [object, deleted, event] = ["object", "deleted", "type"].map((member) => this.#literal(type, member));
    return object ? kindOf({ object, deleted: deleted === "true", type: event }) : null;
  }

  #literal(type: ts.Type, member: string): string | null {
    const property = type.getProperty(member);
    const declared = property?.valueDeclaration;
    if (!property || !declared) return null;
    const held = this.checker.getTypeOfSymbolAtLocation(property, declared);
    if (held.isStringLiteral()) return held.value;
    return held.flags & F.BooleanLiteral ? this.checker.typeToString(held) : null;
  }

  #reference(type: ts.Type, kind: string): JsonSchema {
    const known = this.kinds.get(kind);
    if (known && known !== type) throw new Error(`Stripe has two types of ${kind}`);
    this.kinds.set(kind, type);
    return referenceTo([kind]);
  }

  #element(array: ts.Type): JsonSchema {
    const [element] = this.checker.getTypeArguments(array as ts.TypeReference);
    const outer = this.#partial;
    this.#partial = false;
    const schema = element ? this.convert(element) : {};
    this.#partial = outer;
    return schema;
  }

  #simple(type: ts.Type, member: string): JsonSchema {
    const form = this.mode === "form";
    if (type.flags & F.Null) return form ? { enum: [""] } : { type: "null" };
    if (type.isStringLiteral()) return { enum: [type.value] };
    if (type.isNumberLiteral()) return { enum: [form ? String(type.value) : type.value] };
    if (type.flags & F.BooleanLiteral) {
      const text = this.checker.typeToString(type);
      return { enum: [form ? text : text === "true"] };
    }
    if (type.flags & F.BooleanLike) return form ? { enum: ["true", "false"] } : { type: "boolean" };
    if (type.flags & F.StringLike) return { type: "string" };
    if (form) return { type: "string", pattern: isFraction(member) ? DECIMAL : INTEGER };
    return { type: isFraction(member) ? "number" : "integer" };
  }

  #union(union: ts.UnionType, member: string): JsonSchema {
    const types = union.types.filter((type) => !isAbsent(type));
    const literals = types.some((type) => type.isStringLiteral());
    // An enum is open in the types (`"a" | OtherString`) for the sake of later versions; this is one version.
    const closed = types.filter((type) => !(literals && isOtherString(type)));
    const isBoolean = closed.filter((type) => type.flags & F.BooleanLiteral).length === 2;
    const rest = isBoolean ? closed.filter((type) => !(type.flags & F.BooleanLiteral)) : closed;
    const kinds = this.mode === "wire" ? rest.filter((type) => this.kindOf(type) !== null) : [];
    const schemas = rest.filter((type) => !kinds.includes(type)).map((type) => this.convert(type, member));
    for (const type of kinds) this.convert(type);
    return anyOf([
      ...schemas,
      ...(isBoolean ? [this.mode === "form" ? { enum: ["true", "false"] } : ({ type: "boolean" } as const)] : []),
      ...(kinds.length > 0 ? [referenceTo(kinds.map((type) => this.kindOf(type) ?? ""))] : []),
    ]);
  }
}

function referenceTo(kinds: string[]): JsonSchema {
  const names = [...new Set(kinds.map((kind) => kind.split(" ")[0] ?? kind))];
  const deleted = kinds.filter((kind) => kind.endsWith(" deleted")).length;
  return {
    type: "object",
    properties: { object: { enum: names }, ...(deleted === 0 && { deleted: false }) },
    required: deleted === kinds.length ? ["object", "deleted"] : ["object"],
  };
}

function isAbsent(type: ts.Type): boolean {
  if (type.isUnion()) return type.types.every(isAbsent);
  return (type.flags & (F.Void | F.Undefined | F.Never)) !== 0;
}

/** `string & Record<never, never>`. */
function isOtherString(type: ts.Type): boolean {
  return type.isIntersection() && type.types.some((part) => part.flags & F.String);
}

/** The SDK's class for exact numbers; text on the wire. */
function isDecimal(type: ts.Type): boolean {
  const file = type.symbol?.declarations?.[0]?.getSourceFile().fileName ?? "";
  return type.aliasSymbol?.name === "Decimal" || /Decimal\.d\.[mc]?ts$/.test(file);
}
