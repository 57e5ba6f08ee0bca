import { useTranslations } from "next-intl";
import { Card, CardBody, CardHeader } from "@/components/ui/card";

const TOPICS = ["auth", "money", "idempotency", "lists"] as const;

/** What holds for every endpoint. */
export function Conventions() {
  const t = useTranslations("docs");
  return (
    <Card id="conventions" aria-labelledby="conventions-title" className="scroll-mt-6">
      <CardHeader id="conventions-title" title={t("conventions")} />
      <CardBody>
        <dl className="grid gap-5 sm:grid-cols-2">
          {TOPICS.map((topic) => (
            <div key={topic}>
              <dt className="font-medium text-ink">{t(`${topic}Title`)}</dt>
              <dd className="mt-1 text-ink-soft">{t(topic)}</dd>
            </div>
          ))}
        </dl>
      </CardBody>
    </Card>
  );
}
