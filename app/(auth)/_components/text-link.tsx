import Link from "next/link";
import type { ReactNode } from "react";

export const TextLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <Link href={href} className="rounded text-keel-deep underline underline-offset-4">
    {children}
  </Link>
);
