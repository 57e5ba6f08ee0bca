import { useTranslations } from "next-intl";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { ROUTES } from "@/lib/client/operations";
import { Curl } from "./curl";

const example = (baseUrl: string) => `import { createClient } from "./lib/client/client";

const billing = createClient({ baseUrl: "${baseUrl}", token });

const subscription = await billing.createSubscription({ plan: "professional", billingCycle: "monthly", paymentMethodId: "pm_…" });
await billing.recordUsage(subscription.id, { metric: "messages", quantity: 1000 });
const refund = await billing.createRefund(transactionId, { amount: 50.0, reason: "Customer request" });`;

/** The typed client: how it is used, and what each call is called. */
export function ClientCard({ origin }: { origin: string }) {
  const t = useTranslations("docs.client");
  return (
    <Card id="client" aria-labelledby="client-title" className="scroll-mt-6">
      <CardHeader id="client-title" title={t("title")} hint={t("hint")} />
      <CardBody className="flex flex-col gap-5">
        <Curl command={example(origin)} of={t("title")} />
        <dl className="grid gap-5 sm:grid-cols-2">
          {(["retries", "errors", "tokens", "files"] as const).map((topic) => (
            <div key={topic}>
              <dt className="font-medium text-ink">{t(`${topic}Title`)}</dt>
              <dd className="mt-1 text-ink-soft">{t(topic)}</dd>
            </div>
          ))}
        </dl>
        <Disclosure summary={t("calls")}>
          <dl className="mt-4 grid gap-x-8 gap-y-2 text-sm sm:grid-cols-[auto_1fr]">
            {Object.entries(ROUTES).map(([operation, route]) => (
              <div key={operation} className="contents">
                <dt className="font-mono text-ink">{operation}</dt>
                <dd className="break-all font-mono text-ink-faint">{route}</dd>
              </div>
            ))}
          </dl>
        </Disclosure>
      </CardBody>
    </Card>
  );
}
