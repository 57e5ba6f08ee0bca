"use client";

import { Switch as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

export const Switch = ({ className, ...props }: ComponentProps<typeof Radix.Root>) => (
  <Radix.Root
    className={cn(
      "relative h-7 w-12 shrink-0 rounded-full border border-line-strong bg-sunken transition-colors disabled:cursor-not-allowed disabled:opacity-55 data-[state=checked]:border-keel data-[state=checked]:bg-keel",
      className,
    )}
    {...props}
  >
    <Radix.Thumb className="block size-5 translate-x-[3px] rounded-full bg-ink-faint transition-transform duration-150 data-[state=checked]:translate-x-[22px] data-[state=checked]:bg-on-keel" />
  </Radix.Root>
);
