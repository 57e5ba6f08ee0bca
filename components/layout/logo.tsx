import { cn } from "@/components/ui/class-names";

/** A hull seen from the bow, its deck dead level, the keel below the waterline. */
export const LogoMark = ({ className }: { className?: string }) => (
  <svg viewBox="0 0 32 32" fill="none" aria-hidden className={cn("size-8 shrink-0", className)}>
    <rect width="32" height="32" rx="9" className="fill-keel" />
    <path
      d="M7 12h18c0 5.5-3.6 9.2-9 9.2S7 17.5 7 12Z"
      className="stroke-on-keel"
      strokeWidth="2.2"
      strokeLinejoin="round"
    />
    <path d="M16 21.2V26" className="stroke-on-keel" strokeWidth="2.2" strokeLinecap="round" />
    <circle cx="16" cy="7.6" r="1.7" className="fill-on-keel" />
  </svg>
);

export const Logo = ({ className }: { className?: string }) => (
  <span className={cn("inline-flex items-center gap-2.5", className)}>
    <LogoMark />
    <span className="font-semibold text-ink text-lg tracking-tight">Evenkeel</span>
  </span>
);
