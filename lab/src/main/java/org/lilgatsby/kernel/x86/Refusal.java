package org.lilgatsby.kernel.x86;

/**
 * Why this machine does not compute products of bfloat16 by an instruction of its own.
 *
 * @param reason for people
 * @param expected whether it is of a kind that never does, so that there is nothing to report
 */
public record Refusal(String reason, boolean expected) {}
