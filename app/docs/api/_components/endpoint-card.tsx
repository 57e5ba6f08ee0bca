import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody } from "@/components/ui/card";
import type { EndpointDoc } from "@/lib/http/docs";
import { Curl } from "./curl";
import { Fields } from "./fields";
import { MethodBadge } from "./method-badge";
import { Prose } from "./prose";

/** One endpoint: who may call it, what goes in, what comes out, what can be refused. */
export function EndpointCard({ doc }: { doc: EndpointDoc }) {
  const t = useTranslations("docs");
  const { status } = doc.answer;
  return (
    <Card id={doc.id} aria-labelledby={`${doc.id}-title`} className="scroll-mt-6">
      <CardBody className="flex flex-col gap-5">
        <header>
          <h3 id={`${doc.id}-title`} className="font-semibold text-ink">
            {doc.summary}
          </h3>
          <p className="mt-2 flex flex-wrap items-center gap-2">
            <MethodBadge method={doc.method} />
            <code className="font-mono text-ink text-sm">{doc.path}</code>
          </p>
          {doc.description ? (
            <p className="mt-3 max-w-3xl text-ink-soft">
              <Prose text={doc.description} />
            </p>
          ) : null}
          <p className="mt-3 flex flex-wrap gap-2">
            {doc.role ? <Badge tone="keel">{t("role", { role: doc.role })}</Badge> : null}
            {doc.scope ? <Badge tone="keel">{t("scope", { scope: doc.scope })}</Badge> : null}
            {doc.access === "gated" ? null : <Badge>{t(doc.access === "signature" ? "signature" : "open")}</Badge>}
            {doc.key ? (
              <Badge tone={doc.key === "required" ? "warn" : "neutral"}>
                {t(doc.key === "required" ? "keyRequired" : "keyOptional")}
              </Badge>
            ) : null}
          </p>
        </header>
        <Curl command={doc.curl} of={doc.summary} />
        {doc.parameters.length ? <Fields title={t("parameters")} fields={doc.parameters} /> : null}
        {doc.body.map((fields, index) => (
          <Fields
            key={`body ${fields[0]?.path}`}
            fields={fields}
            title={doc.body.length > 1 ? t("bodyForm", { number: index + 1 }) : t("body")}
          />
        ))}
        {doc.answer.forms.map((fields, index) => (
          <Fields
            key={`answer ${fields[0]?.path}`}
            fields={fields}
            title={
              doc.answer.forms.length > 1 ? t("answerForm", { status, number: index + 1 }) : t("answer", { status })
            }
          />
        ))}
        {doc.refusals.length ? <Refusals codes={doc.refusals} /> : null}
      </CardBody>
    </Card>
  );
}

function Refusals({ codes }: { codes: EndpointDoc["refusals"] }) {
  const t = useTranslations("docs");
  return (
    <div>
      <h4 className="mb-1.5 font-medium text-ink-soft text-sm">{t("refusals")}</h4>
      <ul className="flex flex-wrap gap-x-3 gap-y-1 font-mono text-[0.8125rem]">
        {codes.map((code) => (
          <li key={code}>
            <a href={`#${code}`} className="text-keel underline-offset-4 hover:underline">
              {code}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
