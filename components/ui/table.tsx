import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { ScrollRegion } from "./scroll-region";

/** Scrolls inside itself, with what is hidden in it for screen readers, when a screen is narrower than its columns. */
export const Table = ({ className, label, ...props }: ComponentProps<"table"> & { label: string }) => (
  <ScrollRegion label={label} className="scroll-hint relative rounded-2xl overflow-x-auto">
    <table
      className={cn(
        "w-full border-collapse text-left wrap-break-word text-sm [&>tbody:last-child>tr:last-child>*]:border-b-0",
        className,
      )}
      {...props}
    />
  </ScrollRegion>
);

export const Th = ({ className, ...props }: ComponentProps<"th">) => (
  <th
    scope="col"
    className={cn(
      "whitespace-nowrap border-b px-3 py-2.5 font-medium text-ink-faint text-[0.8125rem] first:pl-5 last:pr-5 sm:last:pr-6 sm:first:pl-6",
      className,
    )}
    {...props}
  />
);

export const Td = ({ className, ...props }: ComponentProps<"td">) => (
  <td
    className={cn("border-b px-3 weak:py-3 align-top first:pl-5 last:pr-5 sm:last:pr-6 sm:first:pl-6", className)}
    {...props}
  />
);
