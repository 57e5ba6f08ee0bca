import { add, ZERO } from "@/lib/money/minor";
import { LINE, SOFT } from "./colour";
import {
  addPage,
  BOTTOM,
  COLUMNS,
  countOf,
  DESCRIPTION_WIDTH,
  drawHeader,
  MARGIN,
  type Report,
  ROW,
  SUM_ROW,
  sumsHeight,
} from "./report";
import type { ReportRow, ReportSum } from "./report-rows";
import { shorten } from "./wrap";

const SIZE = 8;

type Figures = Pick<ReportSum, "amountMinor" | "feeMinor" | "netMinor">;

function drawFigures(
  { sheet, words: { money } }: Report,
  figures: Figures,
  base: number,
  weight: "regular" | "bold",
): void {
  const style = { size: SIZE, weight, align: "right" as const };
  sheet.text(money(figures.amountMinor), MARGIN + COLUMNS.amount, base, style);
  sheet.text(money(figures.feeMinor), MARGIN + COLUMNS.fee, base, style);
  sheet.text(money(figures.netMinor), MARGIN + COLUMNS.net, base, style);
}

export function drawReportRow(report: Report, row: ReportRow): void {
  const { sheet, words } = report;
  const base = report.y + 10.5;
  const style = { size: SIZE };
  const description = shorten(row.description, DESCRIPTION_WIDTH, (text) => sheet.measure(text, style));
  sheet.text(row.number, MARGIN + COLUMNS.number, base, style);
  sheet.text(words.minute(row.createdAt), MARGIN + COLUMNS.created, base, style);
  sheet.text(words.t(`report.types.${row.type}`), MARGIN + COLUMNS.type, base, style);
  sheet.text(words.t(`report.statuses.${row.status}`), MARGIN + COLUMNS.status, base, style);
  sheet.text(description, MARGIN + COLUMNS.description, base, style);
  drawFigures(report, row, base, "regular");
  report.y += ROW;
  sheet.rule(MARGIN, report.y, sheet.width - 2 * MARGIN, LINE, 0.4);
}

function succeeded(sums: ReportSum[]): Figures & { count: number } {
  const counted = sums.filter((sum) => sum.status === "succeeded");
  return {
    count: countOf(counted),
    amountMinor: add(ZERO, ...counted.map((sum) => sum.amountMinor)),
    feeMinor: add(ZERO, ...counted.map((sum) => sum.feeMinor)),
    netMinor: add(ZERO, ...counted.map((sum) => sum.netMinor)),
  };
}

/** What it all comes to, and the end of the document. */
export function endReport(report: Report): void {
  const { sheet, words, sums } = report;
  const { t } = words;
  if (report.y + sumsHeight(sums) > sheet.height - BOTTOM) addPage(report);
  else report.y += 24;
  drawHeader(report, {
    type: t("report.totals"),
    status: t("report.status"),
    description: t("report.counted"),
    amount: t("report.amount"),
    fee: t("report.fee"),
    net: t("report.net"),
  });
  const line = (type: string, status: string, sum: Figures & { count: number }, weight: "regular" | "bold") => {
    const style = { size: SIZE, weight };
    const base = report.y + 11.5;
    sheet.text(type, MARGIN + COLUMNS.type, base, style);
    sheet.text(status, MARGIN + COLUMNS.status, base, style);
    sheet.text(words.quantity(String(sum.count)), MARGIN + COLUMNS.description, base, style);
    drawFigures(report, sum, base, weight);
    report.y += SUM_ROW;
    sheet.rule(MARGIN, report.y, sheet.width - 2 * MARGIN, LINE, 0.4);
  };
  for (const sum of sums) line(t(`report.types.${sum.type}`), t(`report.statuses.${sum.status}`), sum, "regular");
  line(t("report.succeeded"), "", succeeded(sums), "bold");
  sheet.text(t("report.notCounted"), MARGIN + COLUMNS.type, report.y + 13, { size: 7.5, colour: SOFT });
  sheet.doc.end();
}
