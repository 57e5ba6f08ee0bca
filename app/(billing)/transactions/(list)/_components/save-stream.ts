"use client";

/** A progress that is told more often is not read. */
const TELL_EVERY_BYTES = 64 * 1024;

/** The name that the server gives a file, if it gives one. */
const nameIn = (disposition: string | null): string | undefined => /filename="?([^";]+)"?/.exec(disposition ?? "")?.[1];

/**
 * Downloads a streamed answer and hands it to the browser to be saved.
 * @param fallbackName when the server names none @param onProgress bytes so far
 * @returns the name it was saved under
 * @throws Error when it was refused or broke off
 */
export async function saveStream(
  url: string,
  fallbackName: string,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const response = await fetch(url, { signal });
  if (!response.ok || !response.body) throw new Error(`the export answered ${response.status}`);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  let told = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value);
    bytes += part.value.byteLength;
    if (bytes - told < TELL_EVERY_BYTES) continue;
    told = bytes;
    onProgress(bytes);
  }
  const name = nameIn(response.headers.get("content-disposition")) ?? fallbackName;
  const address = URL.createObjectURL(new Blob(chunks, { type: response.headers.get("content-type") ?? "" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
  return name;
}
