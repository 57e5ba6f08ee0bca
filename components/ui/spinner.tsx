import { LoaderCircle } from "lucide-react";
import { cn } from "./class-names";

/** Decorative: whoever shows it says in words what is going on. */
export const Spinner = ({ className }: { className?: string }) => (
  <LoaderCircle aria-hidden className={cn("size-4 animate-spin", className)} />
);
