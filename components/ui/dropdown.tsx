"use client";

import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

type Props = { trigger: ReactNode; children: ReactNode; align?: "start" | "end"; side?: "top" | "bottom" };

export const Dropdown = ({ trigger, children, align = "end", side = "bottom" }: Props) => (
  <Radix.Root modal={false}>
    <Radix.Trigger asChild>{trigger}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content
        align={align}
        side={side}
        sideOffset={6}
        collisionPadding={8}
        className="z-50 min-w-52 animate-rise rounded-xl border border-line bg-raised p-1.5 shadow-depth-high"
      >
        {children}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);

const item =
  "flex min-h-9 select-none items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-ink text-sm outline-none data-[highlighted]:bg-sunken [&_svg]:size-4 [&_svg]:text-ink-faint";

export const DropdownItem = ({ className, ...props }: ComponentProps<typeof Radix.Item>) => (
  <Radix.Item className={cn(item, "cursor-pointer", className)} {...props} />
);
export const DropdownRadioGroup = Radix.RadioGroup;
export const DropdownRadio = ({ className, children, ...props }: ComponentProps<typeof Radix.RadioItem>) => (
  <Radix.RadioItem
    className={cn(
      item,
      "cursor-pointer justify-between data-[state=checked]:font-medium data-[state=checked]:text-keel-deep",
      className,
    )}
    {...props}
  >
    {children}
    <Radix.ItemIndicator>✓</Radix.ItemIndicator>
  </Radix.RadioItem>
);
export const DropdownLabel = ({ className, ...props }: ComponentProps<typeof Radix.Label>) => (
  <Radix.Label className={cn("px-2.5 pt-2 pb-1 font-medium text-ink-faint text-xs", className)} {...props} />
);
export const DropdownSeparator = () => <Radix.Separator className="my-1.5 h-px bg-line" />;
