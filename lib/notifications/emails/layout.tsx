import { Body, Button, Container, Head, Heading, Html, Link, Preview, Section, Text } from "@react-email/components";
import type { ReactNode } from "react";
import { env } from "@/lib/env";
import type { Description } from "../describe";
import type { Locale, Translate } from "../translator";
import type { MailDocument } from "./mail";
import { style } from "./style";

export type LayoutProps = {
  locale: Locale;
  t: Translate;
  recipientName: string;
  tenantName: string;
  description: Description;
  /** Label of the button that leads to `description.href`. */
  action: string;
  document: MailDocument | null;
  /** What the reader can or need not do. */
  next: string;
  children?: ReactNode;
};

/** What every mail has: the notice in words, its facts, one button, and why it came. */
export function Layout({
  locale,
  t,
  recipientName,
  tenantName,
  description,
  document,
  action,
  next,
  children,
}: LayoutProps) {
  const href = new URL(description.href, env().BILLING_URL).href;
  return (
    <Html lang={locale}>
      <Head>
        <meta name="color-scheme" content="light" />
        <title>{description.title}</title>
      </Head>
      <Preview>{description.body}</Preview>
      <Body style={style.page}>
        <Container style={style.card}>
          <Text style={style.brand}>Evenkeel</Text>
          <Heading as="h1" style={style.heading}>
            {description.title}
          </Heading>
          <Text style={style.text}>{t("emails.layout.greeting", { name: recipientName })}</Text>
          <Text style={style.text}>{description.body}</Text>
          {children}
          <Text style={style.text}>{next}</Text>
          {document && <WhereDocument t={t} document={document} />}
          <Section>
            <Button href={href} style={style.button}>
              {action}
            </Button>
          </Section>
          <Text style={style.small}>
            {t("emails.layout.link")}
            <br />
            <Link href={href} style={style.link}>
              {href}
            </Link>
          </Text>
        </Container>
        <Container style={style.footer}>
          <Text style={style.small}>{t("emails.layout.why", { tenant: tenantName })}</Text>
          <Text style={style.small}>Evenkeel · {t("emails.layout.tagline")}</Text>
        </Container>
      </Body>
    </Html>
  );
}

function WhereDocument({ t, document }: { t: Translate; document: MailDocument }) {
  if ("attached" in document)
    return <Text style={style.text}>{t("emails.document.attached", { file: document.attached })}</Text>;
  const href = new URL(document.href, env().BILLING_URL).href;
  return (
    <Text style={style.text}>
      {t("emails.document.unattached")}{" "}
      <Link href={href} style={style.link}>
        {href}
      </Link>
    </Text>
  );
}
