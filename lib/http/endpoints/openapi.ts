import { z } from "zod";
import { type Endpoint, endpoint } from "../endpoint";
import { openApiDocument } from "../openapi";

/** @param all every endpoint, this one too; asked when the document is, not before */
export function openApiEndpoint(all: () => Endpoint[]) {
  // The same for everybody until the next start, and half a second's work.
  let document: ReturnType<typeof openApiDocument> | undefined;
  return endpoint({
    method: "GET",
    path: "/openapi.json",
    tag: "Description",
    summary: "Read this description",
    access: "none",
    answer: { status: 200, description: "OpenAPI 3.1", schema: z.record(z.string(), z.unknown()) },
    handle: async () => {
      document ??= openApiDocument(all());
      return { body: document };
    },
  });
}
