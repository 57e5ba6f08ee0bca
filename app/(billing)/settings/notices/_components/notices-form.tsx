"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import type { NoticeKind } from "@/lib/notifications/kinds";
import type { NoticeGroup } from "@/lib/notifications/muting";
import { SaveBar } from "../../_components/save-bar";
import { useSavedForm } from "../../_components/use-saved-form";
import { saveMutedAction } from "../actions";

type Props = { groups: [NoticeGroup, NoticeKind[]][]; muted: NoticeKind[] };

/** Which mails somebody wants; those about money that failed cannot be turned off. */
export function NoticesForm({ groups, muted }: Props) {
  const t = useTranslations("settings.mails");
  const { values, set, submit, busy, problem, saved } = useSavedForm({ muted }, saveMutedAction);
  const toggle = (kind: NoticeKind) =>
    set({
      muted: values.muted.includes(kind) ? values.muted.filter((each) => each !== kind) : [...values.muted, kind],
    });
  return (
    <form onSubmit={submit} className="flex flex-col gap-7">
      {groups.map(([group, kinds]) => (
        <fieldset key={group}>
          <legend className="mb-2 font-semibold text-ink">{t(`groups.${group}`)}</legend>
          <div className="flex flex-col">
            {kinds.map((kind) => (
              <label
                key={kind}
                htmlFor={`notice-${kind}`}
                className="-mx-2 flex min-h-10 items-center gap-3 rounded-lg px-2 py-1.5 text-sm hover:bg-sunken"
              >
                <Checkbox
                  id={`notice-${kind}`}
                  checked={group === "always" || !values.muted.includes(kind)}
                  disabled={group === "always"}
                  onChange={() => toggle(kind)}
                />
                {t(`kinds.${kind}`)}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      <SaveBar busy={busy} problem={problem} saved={saved} />
    </form>
  );
}
