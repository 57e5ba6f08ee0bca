import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

/** A JSON Schema as far as descriptions of our kind have them. */
export type Schema = {
  type?: string | string[];
  format?: string;
  pattern?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  examples?: unknown[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  propertyNames?: Schema;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  prefixItems?: Schema[];
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
};

export type Parameter = { name: string; in: "path" | "query" | "header"; required: boolean; schema: Schema };

export type Described = {
  /** Of a refusal: the codes that it may have. */
  codes: string[];
  mediaTypes: string[];
  validate: ValidateFunction | null;
};

export type Operation = {
  method: string;
  path: string;
  parameters: Parameter[];
  body: { schema: Schema; example: unknown; validate: ValidateFunction } | null;
  answers: Map<number, Described>;
};

export type Description = {
  operations: Operation[];
  /** The methods of each path. */
  methods: Map<string, string[]>;
  validateProblem: ValidateFunction;
};

type Content = Record<string, { schema: Schema; example?: unknown }>;
type RawOperation = {
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
};
export type Document = {
  paths: Record<string, Record<string, RawOperation | string>>;
  components: { schemas: { Problem: Schema } };
};

const METHODS = ["get", "put", "post", "delete", "patch"];
const JSON_TYPE = "application/json";

/** Reads what the fuzzer needs out of an OpenAPI document, and nothing that is not in there. */
export function readDescription(document: Document): Description {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const answerOf = ({ description, content = {} }: RawOperation["responses"][string]): Described => {
    const schema = content[JSON_TYPE]?.schema;
    return {
      codes: [...description.matchAll(/`(\w+)`/g)].map((match) => String(match[1])),
      mediaTypes: Object.keys(content),
      validate: schema ? ajv.compile(schema) : null,
    };
  };
  const operations = Object.entries(document.paths).flatMap(([path, members]) =>
    Object.entries(members).flatMap(([member, raw]): Operation[] => {
      if (!METHODS.includes(member) || typeof raw === "string") return [];
      const body = raw.requestBody?.content[JSON_TYPE];
      return [
        {
          method: member.toUpperCase(),
          path,
          parameters: raw.parameters ?? [],
          body: body ? { schema: body.schema, example: body.example, validate: ajv.compile(body.schema) } : null,
          answers: new Map(Object.entries(raw.responses).map(([status, each]) => [Number(status), answerOf(each)])),
        },
      ];
    }),
  );
  return {
    operations,
    methods: new Map(
      Object.keys(document.paths).map((path) => [
        path,
        operations.filter((each) => each.path === path).map(({ method }) => method),
      ]),
    ),
    validateProblem: ajv.compile(document.components.schemas.Problem),
  };
}
