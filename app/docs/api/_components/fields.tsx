import { useTranslations } from "next-intl";
import type { Field } from "@/lib/http/schema-fields";
import { Prose } from "./prose";

/** The fields of a body or an answer: name, type, and what there is to say. */
export function Fields({ title, fields }: { title: string; fields: Field[] }) {
  const t = useTranslations("docs");
  return (
    <div className="min-w-0">
      <h4 className="mb-2 font-medium text-ink-soft text-sm">{title}</h4>
      {fields.length === 0 ? <p className="text-ink-faint text-sm">{t("noFields")}</p> : null}
      <dl className="divide-y divide-line border-line border-y text-sm empty:hidden">
        {fields.map((field) => (
          <div key={field.path} className="grid gap-x-6 gap-y-0.5 py-2 sm:grid-cols-[minmax(0,17rem)_minmax(0,1fr)]">
            <dt className="font-mono text-[0.8125rem] text-ink leading-6">{field.path}</dt>
            <dd className="min-w-0 text-ink-soft">
              <span className="font-mono text-[0.8125rem]">{field.type}</span>
              {field.required ? null : <span className="text-ink-faint"> · {t("optional")}</span>}
              {field.description ? (
                <span className="block">
                  <Prose text={field.description} />
                </span>
              ) : null}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
