"use server";

import { z } from "zod";
import { answer } from "@/app/answer";
import { requireScope } from "@/lib/auth/gate";
import { invite, resendInvitation, revokeInvitation } from "@/lib/tenants/invitations";
import { changeRole, handOver, MEMBER_ROLES, removeMember } from "@/lib/tenants/members";

const id = z.uuid();
const newInvitation = z.strictObject({ email: z.email().max(200), role: z.enum(MEMBER_ROLES) });

export async function inviteAction(input: unknown) {
  return answer(async () => {
    await invite(await requireScope("admin"), newInvitation.parse(input));
    return null;
  });
}

export async function resendInvitationAction(invitationId: unknown) {
  return answer(async () => {
    await resendInvitation(await requireScope("admin"), id.parse(invitationId));
    return null;
  });
}

export async function revokeInvitationAction(invitationId: unknown) {
  return answer(async () => {
    await revokeInvitation(await requireScope("admin"), id.parse(invitationId));
    return null;
  });
}

export async function changeRoleAction(userId: unknown, role: unknown) {
  return answer(async () => {
    await changeRole(await requireScope("admin"), id.parse(userId), z.enum(MEMBER_ROLES).parse(role));
    return null;
  });
}

/** Members may leave by themselves: who may do more is decided below. */
export async function removeMemberAction(userId: unknown) {
  return answer(async () => {
    await removeMember(await requireScope(), id.parse(userId));
    return null;
  });
}

export async function handOverAction(userId: unknown) {
  return answer(async () => {
    await handOver(await requireScope("owner"), id.parse(userId));
    return null;
  });
}
