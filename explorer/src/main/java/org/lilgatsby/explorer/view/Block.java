package org.lilgatsby.explorer.view;

import java.nio.ByteBuffer;

/**
 * Numbers for the page.
 *
 * @param header says what they are
 * @param numbers little-endian, ready to be read
 */
public record Block(Object header, ByteBuffer numbers) {}
