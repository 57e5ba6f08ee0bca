import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { strFromU8, unzipSync } from "fflate";

export const textOf = async (stream: Readable): Promise<string> => (await buffer(stream)).toString("utf8");

/** The rows of a CSV below its header; of text without commas, quotes and line breaks. */
export const rowsOfCsv = async (stream: Readable): Promise<string[][]> =>
  (await textOf(stream))
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));

/** The XML of a workbook's only sheet. */
export async function sheetOf(stream: Readable): Promise<string> {
  const files = unzipSync(new Uint8Array(await buffer(stream)));
  return strFromU8(files["xl/worksheets/sheet1.xml"] ?? new Uint8Array());
}

/** Rows of cells as they are written: numbers as numbers, text as text. */
export const cellsOf = (sheet: string): string[][] =>
  [...sheet.matchAll(/<row>(.*?)<\/row>/gs)]
    .slice(1)
    .map(([, row = ""]) =>
      [...row.matchAll(/<c[^>]*?(?:\/>|>(?:<v>(.*?)<\/v>|<is><t[^>]*>(.*?)<\/t><\/is>)<\/c>)/gs)].map(
        ([, number, inline]) => number ?? inline ?? "",
      ),
    );

/** Number, amount, fee and net of each row of a PDF's text, as decimals; `formatted` is how its currency begins. */
export function rowsOfReport(text: string, formatted: string): string[][] {
  const money = `(-?${formatted.replace("$", "\\$")}[\\d,.]+)`;
  const row = new RegExp(`^(TX-\\d+) .* ${money} ${money} ${money}$`, "gm");
  const decimal = (part = "") => part.replaceAll(formatted, "").replaceAll(",", "");
  return [...text.matchAll(row)].map(([, number = "", ...parts]) => [number, ...parts.map(decimal)]);
}
