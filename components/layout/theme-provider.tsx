"use client";

import { ThemeProvider as NextThemes } from "next-themes";
import type { ReactNode } from "react";

/** Light, dark or as the system says, set before the first paint; `nonce` lets its script pass the content security policy. */
export const ThemeProvider = ({ nonce, children }: { nonce: string | undefined; children: ReactNode }) => (
  <NextThemes
    attribute="class"
    defaultTheme="system"
    enableSystem
    disableTransitionOnChange
    storageKey="evenkeel_theme"
    nonce={nonce}
  >
    {children}
  </NextThemes>
);
