import type { Line } from "../line";
import { pageLines, pageSizes } from "../pages";
import { writeSection } from "../sections";

const KILOBYTE = 1_000;

export const pages: Line = {
  name: "pages",
  title: "JavaScript of the dashboard, compressed with gzip, without the chart that comes after",
  goal: { most: 150 },
  async measure() {
    const sizes = pageSizes();
    if (!sizes) return { left: "needs `npm run build`" };
    const dashboard = sizes.find(({ page }) => page === "/");
    if (!dashboard) throw new Error("the build has no dashboard");
    writeSection("Pages", pageLines(sizes));
    const brotli = Math.round(dashboard.brotli / KILOBYTE);
    return { values: [dashboard.gzip / KILOBYTE], unit: "kB", note: `${brotli} kB with Brotli, as proxies send it` };
  },
};
