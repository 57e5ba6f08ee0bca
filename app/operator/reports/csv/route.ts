import { requireOperator } from "@/lib/auth/gate";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import { reportsCsv } from "@/lib/reports/csv";
import { operatorReport } from "@/lib/reports/operator-report";

export const dynamic = "force-dynamic";

/** All currencies and months in one file. */
export async function GET(): Promise<Response> {
  try {
    await requireOperator();
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return new Response(null, { status: 404 });
    throw error;
  }
  return new Response(reportsCsv(await operatorReport()), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="reports-${now().toISOString().slice(0, 10)}.csv"`,
      "Cache-Control": "no-store",
    },
  });
}
