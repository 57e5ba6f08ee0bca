import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/next-auth";
import { tellNextAuthItsAddress } from "@/lib/env";

// Options are made per request: they need the environment, which the build does not have.
function handler(request: Request, context: { params: Promise<{ nextauth: string[] }> }) {
  tellNextAuthItsAddress();
  return NextAuth(authOptions(request.headers.get("user-agent")))(request, context);
}

export { handler as GET, handler as POST };
