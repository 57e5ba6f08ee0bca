import { FastResponse } from "srvx/node";

/** The text of answers that were made of one: to read it back out of a response takes longer than to make it. */
const texts = new WeakMap<Response, string>();

/**
 * JSON text as an answer, with its length: it goes out in one piece, and HEAD can tell it. A `Response` of the web's is made of it
 * only where one is asked for its headers or its body.
 */
export function jsonTextResponse(text: string, status: number, headers: Record<string, string>): Response {
  const length = String(Buffer.byteLength(text));
  const response = new FastResponse(text, {
    status,
    headers: { "Content-Type": "application/json", "Content-Length": length, ...headers },
  });
  texts.set(response, text);
  return response;
}

/** @param body what becomes the JSON */
export const jsonResponse = (body: unknown, status: number, headers: Record<string, string>): Response =>
  jsonTextResponse(JSON.stringify(body), status, headers);

/** The text that an answer was made of, if it was made here. */
export const knownText = (response: Response): string | undefined => texts.get(response);

/** The text of an answer, which stays readable. */
export const textOf = async (response: Response): Promise<string> => texts.get(response) ?? response.clone().text();
