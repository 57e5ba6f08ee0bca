"use client";

import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Toast as Radix } from "radix-ui";
import type { Message } from "./toast";

/** The messages, in a corner, announced to screen readers; each goes by itself. */
export default function Toaster({ messages, onClose }: { messages: Message[]; onClose: (id: number) => void }) {
  const t = useTranslations("common");
  return (
    <Radix.Provider duration={6000} label={t("notification")}>
      {messages.map((m) => (
        <Radix.Root
          key={m.id}
          onOpenChange={(open) => open || onClose(m.id)}
          className="flex animate-rise items-start gap-3 rounded-xl border border-line bg-raised p-4 shadow-depth-high"
        >
          {m.tone === "good" ? (
            <CircleCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-starboard" />
          ) : (
            <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-port" />
          )}
          <Radix.Description className="min-w-0 flex-1 text-ink text-sm">{m.text}</Radix.Description>
          <Radix.Close aria-label={t("close")} className="rounded text-ink-faint hover:text-ink">
            <X aria-hidden className="size-4" />
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport className="fixed right-4 bottom-20 z-50 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2 outline-none lg:bottom-4" />
    </Radix.Provider>
  );
}
