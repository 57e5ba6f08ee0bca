import { useFormatter } from "next-intl";

type Props = { at: Date; timeZone: string; style?: "full" | "day" | "short"; className?: string };

const STYLES = {
  full: { dateStyle: "medium", timeStyle: "short" },
  day: { dateStyle: "medium" },
  short: { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" },
} as const;

/** An instant in the tenant's time zone. */
export function DateTime({ at, timeZone, style = "full", className }: Props) {
  const format = useFormatter();
  return (
    <time dateTime={at.toISOString()} className={className}>
      {format.dateTime(at, { ...STYLES[style], timeZone })}
    </time>
  );
}
