import GitHub, { type GithubEmail, type GithubProfile } from "next-auth/providers/github";
import Google, { type GoogleProfile } from "next-auth/providers/google";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import { env } from "@/lib/env";

export const PROVIDERS = ["google", "github"] as const;
export type ProviderName = (typeof PROVIDERS)[number];

/** What a provider says about somebody; the address only when the provider has verified it. */
export type ProviderPerson = {
  provider: ProviderName;
  providerUserId: string;
  verifiedEmail: string | null;
  name: string;
};

/** The providers that are configured. */
export function availableProviders(): ProviderName[] {
  const { GOOGLE_CLIENT_ID, GITHUB_CLIENT_ID } = env();
  return [...(GOOGLE_CLIENT_ID ? (["google"] as const) : []), ...(GITHUB_CLIENT_ID ? (["github"] as const) : [])];
}

const githubEmails = z.array(z.looseObject({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/** GitHub shows addresses that were never verified in a profile: only the primary one of the list counts, when it is verified. */
export function verifiedGithubEmail(emails: unknown): string | null {
  const list = githubEmails.safeParse(emails);
  return list.success ? (list.data.find((each) => each.primary && each.verified)?.email ?? null) : null;
}

type GithubWithProof = GithubProfile & { verified_email: string | null };

function github(clientId: string, clientSecret: string): OAuthConfig<GithubWithProof> {
  const config = GitHub({ clientId, clientSecret }) as unknown as OAuthConfig<GithubWithProof>;
  return {
    ...config,
    checks: ["pkce", "state"],
    userinfo: {
      url: "https://api.github.com/user",
      async request({ tokens }) {
        const headers = { Authorization: `Bearer ${tokens.access_token}`, Accept: "application/vnd.github+json" };
        const read = async (path: string): Promise<unknown> => {
          const answer = await fetch(`https://api.github.com${path}`, { headers, signal: AbortSignal.timeout(10_000) });
          if (!answer.ok) throw new Error(`GitHub answered ${answer.status}`);
          return answer.json();
        };
        const [profile, emails] = await Promise.all([read("/user"), read("/user/emails") as Promise<GithubEmail[]>]);
        return { ...(profile as GithubProfile), verified_email: verifiedGithubEmail(emails) } as never;
      },
    },
  };
}

/** next-auth's configuration of each provider that has its ids. */
export function oauthProviders(): (OAuthConfig<GoogleProfile> | OAuthConfig<GithubWithProof>)[] {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET } = env();
  return [
    ...(GOOGLE_CLIENT_ID && GOOGLE_CLIENT_SECRET
      ? [
          Google<GoogleProfile>({
            clientId: GOOGLE_CLIENT_ID,
            clientSecret: GOOGLE_CLIENT_SECRET,
            checks: ["pkce", "state", "nonce"],
          }),
        ]
      : []),
    ...(GITHUB_CLIENT_ID && GITHUB_CLIENT_SECRET ? [github(GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET)] : []),
  ];
}

const googleProfile = z.looseObject({ email: z.string().optional(), email_verified: z.boolean().optional() });
const githubProfile = z.looseObject({ verified_email: z.string().nullable().optional() });

/** What next-auth learned from a provider, reduced to what is believed. Null for an account of no provider of ours. */
export function providerPerson(
  account: { provider: string; providerAccountId: string },
  user: { name?: string | null },
  profile: unknown,
): ProviderPerson | null {
  const provider = PROVIDERS.find((name) => name === account.provider);
  if (!provider) return null;
  let verifiedEmail: string | null = null;
  if (provider === "google") {
    const said = googleProfile.safeParse(profile);
    verifiedEmail = said.success && said.data.email_verified === true ? (said.data.email ?? null) : null;
  } else {
    const said = githubProfile.safeParse(profile);
    verifiedEmail = said.success ? (said.data.verified_email ?? null) : null;
  }
  return { provider, providerUserId: account.providerAccountId, verifiedEmail, name: user.name ?? "" };
}
