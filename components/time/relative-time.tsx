import { useFormatter, useNow } from "next-intl";

type Props = { at: Date; timeZone: string; className?: string };

/** "5 minutes ago", by the product's clock; the exact time is in the title. */
export function RelativeTime({ at, timeZone, className }: Props) {
  const format = useFormatter();
  const now = useNow();
  return (
    <time
      dateTime={at.toISOString()}
      title={format.dateTime(at, { dateStyle: "medium", timeStyle: "short", timeZone })}
      className={className}
    >
      {format.relativeTime(at, now)}
    </time>
  );
}
