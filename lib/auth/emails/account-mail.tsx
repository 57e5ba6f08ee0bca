import { Body, Button, Container, Head, Heading, Html, Link, Preview, Section, Text } from "@react-email/components";
import { style } from "@/lib/notifications/emails/style";
import type { Locale } from "@/lib/notifications/translator";

export type AccountMailProps = {
  locale: Locale;
  title: string;
  greeting: string;
  text: string;
  /** What the button says, and where it leads; none in a mail that only tells. */
  action: { label: string; href: string; fallback: string } | null;
  /** What to do when the reader did not expect this. */
  note: string;
  tagline: string;
};

/** A mail about signing in, accounts and invitations: one thing to say, at most one thing to do. */
export function AccountMail({ locale, title, greeting, text, action, note, tagline }: AccountMailProps) {
  return (
    <Html lang={locale}>
      <Head>
        <meta name="color-scheme" content="light" />
        <title>{title}</title>
      </Head>
      <Preview>{text}</Preview>
      <Body style={style.page}>
        <Container style={style.card}>
          <Text style={style.brand}>Evenkeel</Text>
          <Heading as="h1" style={style.heading}>
            {title}
          </Heading>
          <Text style={style.text}>{greeting}</Text>
          <Text style={style.text}>{text}</Text>
          {action ? (
            <>
              <Section>
                <Button href={action.href} style={style.button}>
                  {action.label}
                </Button>
              </Section>
              <Text style={style.small}>
                {action.fallback}
                <br />
                <Link href={action.href} style={style.link}>
                  {action.href}
                </Link>
              </Text>
            </>
          ) : null}
          <Text style={style.small}>{note}</Text>
        </Container>
        <Container style={style.footer}>
          <Text style={style.small}>Evenkeel · {tagline}</Text>
        </Container>
      </Body>
    </Html>
  );
}
