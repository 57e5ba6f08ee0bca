import { cn } from "./class-names";

export const Skeleton = ({ className }: { className?: string }) => (
  <div aria-hidden className={cn("animate-pulse weak:rounded-lg bg-line/70", className)} />
);
