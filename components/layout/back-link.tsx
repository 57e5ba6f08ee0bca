import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

export const BackLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <Link href={href} className="mb-3 inline-flex items-center gap-1 rounded text-ink-soft text-sm hover:text-ink">
    <ChevronLeft aria-hidden className="size-4" />
    {children}
  </Link>
);
