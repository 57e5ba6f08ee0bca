import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/next-auth";

// Options are made per request: they need the environment, which the build does not have.
const handler = (request: Request, context: { params: Promise<{ nextauth: string[] }> }) => NextAuth(authOptions())(request, context);

export { handler as GET, handler as POST };
