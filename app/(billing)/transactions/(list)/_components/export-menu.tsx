"use client";

import { Download } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dropdown, DropdownItem } from "@/components/ui/dropdown";
import { useToast } from "@/components/ui/toast";
import { saveStream } from "./save-stream";

const FORMATS = ["csv", "xlsx", "pdf"] as const;
type Format = (typeof FORMATS)[number];

/** Saves what the list shows, all of it, and says how far it is. */
export function ExportMenu({ query, disabled }: { query: string; disabled: boolean }) {
  const t = useTranslations("transactions.export");
  const format = useFormatter();
  const toast = useToast();
  const [running, setRunning] = useState<{ format: Format; bytes: number } | null>(null);
  const stop = useRef<AbortController | null>(null);
  const save = async (chosen: Format) => {
    stop.current = new AbortController();
    const { signal } = stop.current;
    setRunning({ format: chosen, bytes: 0 });
    try {
      const file = await saveStream(
        `/api/v1/billing/transactions/export/${chosen}?${query}`,
        `transactions.${chosen}`,
        (bytes) => setRunning({ format: chosen, bytes }),
        signal,
      );
      toast("good", t("done", { file }));
    } catch {
      if (!signal.aborted) toast("bad", t("failed"));
    } finally {
      setRunning(null);
    }
  };
  if (running)
    return (
      <div className="flex items-center gap-3">
        <p role="status" className="text-ink-soft text-sm tabular-nums">
          {t("running", {
            format: t(running.format),
            size: format.number(running.bytes, { notation: "compact", style: "unit", unit: "byte" }),
          })}
        </p>
        <Button size="small" onClick={() => stop.current?.abort()}>
          {t("cancel")}
        </Button>
      </div>
    );
  return (
    <Dropdown
      trigger={
        <Button disabled={disabled}>
          <Download aria-hidden />
          {t("open")}
        </Button>
      }
    >
      {FORMATS.map((each) => (
        <DropdownItem key={each} onSelect={() => void save(each)}>
          {t(each)}
        </DropdownItem>
      ))}
    </Dropdown>
  );
}
