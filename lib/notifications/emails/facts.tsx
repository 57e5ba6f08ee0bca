import { style } from "./style";

export type Fact = { label: string; value: string /** The line that the others add up to. */; total?: boolean };

/** Labels and values as the rows of a table, read out as such. */
export function Facts({ rows }: { rows: Fact[] }) {
  return (
    <table className="facts" cellPadding={0} cellSpacing={0} style={style.facts}>
      <tbody>
        {rows.map(({ label, value, total }) => (
          <tr key={label}>
            <th scope="row" style={{ ...style.label, fontWeight: 400, ...(total ? style.strong : {}) }}>
              {label}
            </th>
            <td style={{ ...style.value, ...(total ? style.strong : {}) }}>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
