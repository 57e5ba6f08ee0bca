/** JSON text as an answer, with its length: it goes out in one piece, and HEAD can tell it. */
export function jsonTextResponse(text: string, status: number, headers: Record<string, string>): Response {
  const length = String(Buffer.byteLength(text));
  return new Response(text, {
    status,
    headers: { "Content-Type": "application/json", "Content-Length": length, ...headers },
  });
}

/** @param body what becomes the JSON */
export const jsonResponse = (body: unknown, status: number, headers: Record<string, string>): Response =>
  jsonTextResponse(JSON.stringify(body), status, headers);
