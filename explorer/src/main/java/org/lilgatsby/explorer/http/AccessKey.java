package org.lilgatsby.explorer.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.KeyGenerator;

/**
 * The secret in the address, without which no other user and no other page of this machine gets an answer.
 *
 * @param text 32 hexadecimal digits
 */
public record AccessKey(String text) {
    private static final int BITS = 128;

    /** A new one, from the system's source of randomness. */
    public static AccessKey random() {
        try {
            KeyGenerator generator = KeyGenerator.getInstance("AES");
            generator.init(BITS);
            return new AccessKey(
                    HexFormat.of().formatHex(generator.generateKey().getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks AES, which every Java platform has", e);
        }
    }

    /** Compares in constant time. */
    boolean matches(String given) {
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
