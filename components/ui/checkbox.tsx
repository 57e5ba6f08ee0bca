import type { ComponentProps } from "react";
import { cn } from "./class-names";

export const Checkbox = ({ className, ...props }: Omit<ComponentProps<"input">, "type">) => (
  <input
    type="checkbox"
    className={cn("size-[1.125rem] shrink-0 rounded accent-keel disabled:opacity-55", className)}
    {...props}
  />
);
