"use client";

import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";

type Tab = { value: string; label: ReactNode; content: ReactNode };

export function Tabs({ tabs, label }: { tabs: [Tab, ...Tab[]]; label: string }) {
  return (
    <Radix.Root defaultValue={tabs[0].value}>
      <Radix.List
        aria-label={label}
        className="scroll-hint flex rounded-t-2xl gap-1 overflow-x-auto border-line border-b px-3 sm:px-4"
      >
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px whitespace-nowrap border-transparent border-b-2 px-3 py-3.5 font-medium text-ink-faint text-sm -outline-offset-2 hover:text-ink data-[state=active]:border-keel data-[state=active]:text-ink"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
