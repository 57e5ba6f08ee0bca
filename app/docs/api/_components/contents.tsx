import { useTranslations } from "next-intl";
import type { EndpointDoc } from "@/lib/http/docs";
import type { TagName } from "./tag-name";

/** Every endpoint as a link, by tag; beside the page on wide screens. */
export function Contents({ groups }: { groups: [TagName, EndpointDoc[]][] }) {
  const t = useTranslations("docs");
  return (
    <nav aria-label={t("contents")} className="text-sm">
      <ul className="flex flex-col gap-5">
        <li>
          <a href="#conventions" className="text-ink-soft hover:text-keel">
            {t("conventions")}
          </a>
        </li>
        <li>
          <a href="#client" className="text-ink-soft hover:text-keel">
            {t("client.title")}
          </a>
        </li>
        {groups.map(([tag, docs]) => (
          <li key={tag}>
            <p className="mb-1.5 font-medium text-ink">{t(`tags.${tag}`)}</p>
            <ul className="flex flex-col gap-1">
              {docs.map((doc) => (
                <li key={doc.id}>
                  <a href={`#${doc.id}`} className="block py-0.5 text-ink-soft hover:text-keel">
                    {doc.summary}
                  </a>
                </li>
              ))}
            </ul>
          </li>
        ))}
        <li>
          <a href="#errors" className="text-ink-soft hover:text-keel">
            {t("errorsTitle")}
          </a>
        </li>
      </ul>
    </nav>
  );
}
