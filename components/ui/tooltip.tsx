"use client";

import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";

/** For what is nice to know; nothing necessary lives only here, since touch has no hover. */
export const Tooltip = ({ text, children }: { text: ReactNode; children: ReactNode }) => (
  <Radix.Provider delayDuration={200}>
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          sideOffset={6}
          className="z-50 max-w-64 animate-fade rounded-lg bg-ink px-3 py-1.5 text-paper text-sm shadow-depth-high"
        >
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  </Radix.Provider>
);
