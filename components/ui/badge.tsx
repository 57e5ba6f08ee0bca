import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

const style = cva(
  "inline-flex max-w-full items-center gap-1.5 whitespace-nowrap rounded-full px-2.5 py-0.5 font-medium text-[0.8125rem] leading-5",
  {
    variants: {
      tone: {
        neutral: "bg-sunken text-ink-soft",
        keel: "bg-keel-wash text-keel-deep",
        good: "bg-starboard-wash text-starboard",
        warn: "bg-brass-wash text-brass",
        bad: "bg-port-wash text-port",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

export type Tone = NonNullable<VariantProps<typeof style>["tone"]>;
type Props = ComponentProps<"span"> & { tone?: Tone; dot?: boolean };

export function Badge({ className, tone, dot, children, ...props }: Props) {
  return (
    <span className={cn(style({ tone }), className)} {...props}>
      {dot ? <span aria-hidden className="size-1.5 shrink-0 rounded-full bg-current" /> : null}
      {children}
    </span>
  );
}
