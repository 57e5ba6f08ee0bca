import type { TransactionFilter } from "@/lib/transactions/queries";
import { INK, PALE, SOFT } from "./colour";
import type { Setting } from "./input";
import { accentOf } from "./letter";
import type { ReportSum } from "./report-rows";
import { Sheet } from "./sheet";
import { type DocumentWords, documentWords } from "./words";
import { shorten } from "./wrap";

export const MARGIN = 40;
const TOP = 44;
export const ROW = 15;
const HEAD = 74;
const HEADER = 20;
export const BOTTOM = 46;
export const SUM_ROW = 17;

/** Left edges of text, right edges of figures. */
export const COLUMNS = {
  number: 6,
  created: 76,
  type: 176,
  status: 244,
  description: 312,
  amount: 592,
  fee: 672,
  net: 756,
} as const;
export const DESCRIPTION_WIDTH = COLUMNS.amount - COLUMNS.description - 78;

export type ReportOf = { filter: TransactionFilter; sums: ReportSum[]; at: Date };

/** A report in the making. */
export type Report = ReportOf & {
  sheet: Sheet;
  words: DocumentWords;
  setting: Setting;
  title: string;
  page: number;
  pages: number;
  y: number;
  isFull: () => boolean;
};

export const countOf = (sums: ReportSum[]) => sums.reduce((count, sum) => count + sum.count, 0);
export const sumsHeight = (sums: ReportSum[]) => 24 + HEADER + (sums.length + 1) * SUM_ROW + 20;

/** How many pages it will have: known before the first is written, because rows are all of one height. */
function pagesOf(sheet: Sheet, sums: ReportSum[]): number {
  const body = sheet.height - TOP - BOTTOM - HEADER;
  const onFirst = Math.floor((body - HEAD) / ROW);
  const onEach = Math.floor(body / ROW);
  const rows = countOf(sums);
  const further = Math.ceil(Math.max(0, rows - onFirst) / onEach);
  const onLast = further === 0 ? rows : rows - onFirst - (further - 1) * onEach;
  const left = body - (further === 0 ? HEAD : 0) - onLast * ROW;
  return 1 + further + (left < sumsHeight(sums) ? 1 : 0);
}

/** @param setting whose time zone is that of the report */
export function beginReport(setting: Setting, of: ReportOf): Report {
  const words = documentWords(setting.locale, setting.timeZone, setting.currency);
  const title = words.t("titles.transactions");
  const sheet = new Sheet({
    title: `${title} · ${setting.billedTo.name}`,
    author: setting.seller.name,
    language: setting.locale,
    at: of.at,
    latin: "plain",
    landscape: true,
  });
  const report: Report = {
    ...of,
    sheet,
    words,
    setting,
    title,
    page: 0,
    pages: pagesOf(sheet, of.sums),
    y: TOP,
    isFull: () => report.y + ROW > sheet.height - BOTTOM + 0.01,
  };
  return report;
}

export function addPage(report: Report): void {
  const { sheet, setting, words } = report;
  sheet.addPage();
  report.page++;
  report.y = TOP;
  sheet.box(0, 0, sheet.width, 6, accentOf(setting.look));
  const style = { size: 7.5, colour: SOFT };
  const base = sheet.height - 24;
  sheet.text(`${setting.billedTo.name} · ${report.title}`, MARGIN, base, style);
  const page = words.t("page", { page: report.page, pages: report.pages });
  sheet.text(page, sheet.width - MARGIN, base, { ...style, align: "right" });
}

function periodOf({ filter: { from, to }, words: { t, day } }: Report): string {
  // `to` is the first instant that is not in it.
  const last = to && day(new Date(to.getTime() - 1));
  if (from && last) return t("report.period", { from: day(from), to: last });
  if (from) return t("report.since", { from: day(from) });
  return last ? t("report.until", { to: last }) : t("report.all");
}

function filtersOf({ filter, words: { t } }: Report): string[] {
  const filters = [
    ...(filter.type ?? []).map((type) => t(`report.types.${type}`)),
    ...(filter.status ?? []).map((status) => t(`report.statuses.${status}`)),
    ...(filter.search ? [t("report.search", { text: filter.search })] : []),
  ];
  return filters.length ? [t("report.filtered", { filters: filters.join(", ") })] : [];
}

export function drawHeader(report: Report, headings: Partial<Record<keyof typeof COLUMNS, string>>): void {
  const { sheet, y } = report;
  sheet.box(MARGIN, y, sheet.width - 2 * MARGIN, HEADER, PALE, 3);
  for (const [column, heading] of Object.entries(headings))
    sheet.text(heading, MARGIN + COLUMNS[column as keyof typeof COLUMNS], y + 13, {
      size: 7.5,
      weight: "bold",
      colour: SOFT,
      align: ["amount", "fee", "net"].includes(column) ? "right" : "left",
    });
  report.y += HEADER;
}

function drawTableHeader(report: Report): void {
  const { t } = report.words;
  const { currency } = report.setting;
  drawHeader(report, {
    number: t("report.number"),
    created: t("report.created"),
    type: t("report.type"),
    status: t("report.status"),
    description: t("report.description"),
    amount: `${t("report.amount")} (${currency})`,
    fee: t("report.fee"),
    net: t("report.net"),
  });
}

/** The first page: of whom, of when, how many. */
export function drawReportHead(report: Report): void {
  const { sheet, words, setting, sums, at } = report;
  addPage(report);
  const accent = accentOf(setting.look);
  sheet.text(report.title, MARGIN, TOP + 16, { size: 22, weight: "bold" });
  sheet.text(setting.billedTo.name, sheet.width - MARGIN, TOP + 10, {
    size: 11,
    weight: "bold",
    colour: accent,
    align: "right",
  });
  const about = [periodOf(report), ...filtersOf(report), words.t("report.count", { count: countOf(sums) })].join(" · ");
  const style = { size: 9, colour: SOFT };
  const width = sheet.width - 2 * MARGIN;
  sheet.text(
    shorten(about, width, (text) => sheet.measure(text, style)),
    MARGIN,
    TOP + 38,
    { ...style, colour: INK },
  );
  const zone = words.t("report.zone", { zone: setting.timeZone });
  sheet.text(`${words.t("report.made", { at: words.minute(at) })} · ${zone}`, MARGIN, TOP + 53, { ...style, size: 8 });
  report.y += HEAD;
  drawTableHeader(report);
}

export function nextReportPage(report: Report): void {
  addPage(report);
  drawTableHeader(report);
}
