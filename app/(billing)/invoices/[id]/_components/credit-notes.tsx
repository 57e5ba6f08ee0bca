import { useTranslations } from "next-intl";
import { Money } from "@/components/money/money";
import { DateTime } from "@/components/time/date-time";
import { Badge, type Tone } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import type { InvoiceDetail } from "@/lib/invoices/queries";

type Note = InvoiceDetail["creditNotes"][number];

const TONES: Record<Note["state"], Tone> = {
  started: "keel",
  unknown: "warn",
  issued: "good",
  failed: "bad",
  void: "neutral",
};

export function CreditNotes({ notes, timeZone }: { notes: Note[]; timeZone: string }) {
  const t = useTranslations("invoices");
  if (notes.length === 0) return null;
  return (
    <Card aria-labelledby="notes-title">
      <CardHeader id="notes-title" title={t("detail.notes")} />
      <ul className="mt-2 divide-y pb-2 text-sm">
        {notes.map((note) => (
          <li key={note.creditNoteId} className="px-5 py-3.5 sm:px-6">
            <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <span className="flex flex-wrap items-center gap-3">
                {note.number ? <span className="font-medium">{note.number}</span> : null}
                <Badge tone={TONES[note.state]}>{t(`noteStates.${note.state}`)}</Badge>
                <DateTime at={note.issuedAt ?? note.createdAt} timeZone={timeZone} className="text-ink-faint" />
              </span>
              <Money amountMinor={note.amountMinor} currency={note.currency} className="font-medium" />
            </p>
            {note.reason ? <p className="mt-1 text-ink-soft">{note.reason}</p> : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}
