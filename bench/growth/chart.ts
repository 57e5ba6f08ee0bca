/** A line of a chart: its name and what it is at each size. */
export type Series = { name: string; values: number[] };
export type Panel = { title: string; sizes: number[]; series: Series[] };

const PANEL = { width: 420, height: 300, left: 52, right: 24, top: 40, bottom: 84 };
/** Readable on white and on black; told apart by their shapes of line, too. */
const LINES = ["#0e8a92", "#d9822b", "#8a63d2", "#4c7fd0"];
const DASHES = ["", "6 4", "2 3", "10 4 2 4"];
const STYLE =
  "text{font:12px system-ui,sans-serif;fill:#57606a}.title{font-weight:600;fill:#24292f}.grid{stroke:#d0d7de}" +
  "@media(prefers-color-scheme:dark){text{fill:#9ea7b3}.title{fill:#e6edf3}.grid{stroke:#3d444d}}";

/** 10k, 1M, 100M. */
export const short = (size: number): string =>
  size >= 1_000_000 ? `${size / 1_000_000}M` : size >= 1_000 ? `${size / 1_000}k` : String(size);

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** The next of 1, 2, 5, 10, 20 … that is not below a value. */
export function ceiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

function drawPanel({ title, sizes, series }: Panel, offset: number): string {
  const { width, height, left, right, top, bottom } = PANEL;
  const [first, last] = [Math.log10(sizes[0] ?? 1), Math.log10(sizes.at(-1) ?? 10)];
  const most = ceiling(Math.max(...series.flatMap(({ values }) => values)));
  const x = (size: number) =>
    offset + left + ((Math.log10(size) - first) / (last - first || 1)) * (width - left - right);
  const y = (value: number) => height - bottom - (value / most) * (height - top - bottom);
  const at = (n: number) => n.toFixed(1);
  const grid = [0, most / 2, most].map(
    (value) =>
      `<line class="grid" x1="${at(offset + left)}" x2="${at(offset + width - right)}" y1="${at(y(value))}" y2="${at(y(value))}"/>` +
      `<text x="${at(offset + left - 8)}" y="${at(y(value) + 4)}" text-anchor="end">${Number(value.toPrecision(3))}</text>`,
  );
  const ticks = sizes.map(
    (size) => `<text x="${at(x(size))}" y="${at(height - bottom + 18)}" text-anchor="middle">${short(size)}</text>`,
  );
  const lines = series.map(({ name, values }, index) => {
    const stroke = `stroke="${LINES[index % LINES.length]}" stroke-dasharray="${DASHES[index % DASHES.length]}"`;
    const points = values.map((value, n) => `${at(x(sizes[n] ?? 1))},${at(y(value))}`).join(" ");
    const dots = values.map(
      (value, n) =>
        `<circle cx="${at(x(sizes[n] ?? 1))}" cy="${at(y(value))}" r="3" fill="${LINES[index % LINES.length]}"/>`,
    );
    const legend = { x: offset + left + (index % 2) * 180, y: height - bottom + 44 + Math.floor(index / 2) * 20 };
    return (
      `<polyline points="${points}" fill="none" stroke-width="2" ${stroke}/>${dots.join("")}` +
      `<line x1="${legend.x}" x2="${legend.x + 22}" y1="${legend.y - 4}" y2="${legend.y - 4}" stroke-width="2" ${stroke}/>` +
      `<text x="${legend.x + 28}" y="${legend.y}">${escaped(name)}</text>`
    );
  });
  return `<text class="title" x="${offset + left}" y="20">${escaped(title)}</text>${grid.join("")}${ticks.join("")}${lines.join("")}`;
}

/** Panels beside each other, sizes on a logarithmic axis, milliseconds from 0 up; an SVG for light and dark pages. */
export function drawChart(panels: readonly Panel[]): string {
  const width = PANEL.width * panels.length;
  const body = panels.map((panel, index) => drawPanel(panel, index * PANEL.width)).join("\n");
  const label = panels.map(({ title }) => escaped(title)).join("; ");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${PANEL.height}" width="${width}" height="${PANEL.height}" role="img" aria-label="${label}">\n<style>${STYLE}</style>\n${body}\n</svg>\n`;
}
