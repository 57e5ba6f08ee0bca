import type { Line } from "../line";
import { pageLines, pageSizes } from "../pages";
import { writeSection } from "../sections";

const KILOBYTE = 1_000;

export const pages: Line = {
  name: "pages",
  title: "JavaScript of the dashboard, as it is sent, without the chart that comes after",
  goal: { most: 150 },
  async measure() {
    const sizes = pageSizes();
    if (!sizes) return { left: "needs `npm run build`" };
    const dashboard = sizes.find(({ page }) => page === "/");
    if (!dashboard) throw new Error("the build has no dashboard");
    writeSection("Pages", pageLines(sizes));
    const gzip = Math.round(dashboard.gzip / KILOBYTE);
    return { values: [dashboard.brotli / KILOBYTE], unit: "kB", note: `Brotli; ${gzip} kB for who reads gzip only` };
  },
};
