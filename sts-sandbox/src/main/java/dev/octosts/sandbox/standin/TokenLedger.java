package dev.octosts.sandbox.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.octosts.sandbox.github.InstallationToken;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes the minted tokens, one a line, in a form that other tools can compare with the grants that a service reports.
 */
final class TokenLedger {

    private TokenLedger() {}

    /**
     * SHA-256, id of the installation, permissions, ids of the repositories or {@code all}, whether the token was
     * revoked, and when it expires, in seconds since the epoch.
     */
    static String line(InstallationToken token) {
        return String.join(
                "\t",
                sha256(token.value()),
                Long.toString(token.installation().id()),
                new TreeMap<>(token.permissions().levels())
                        .entrySet().stream()
                                .map(permission -> permission.getKey() + "="
                                        + permission.getValue().text())
                                .collect(Collectors.joining(",")),
                token.repositories()
                        .map(ids ->
                                new TreeSet<>(ids).stream().map(String::valueOf).collect(Collectors.joining(",")))
                        .orElse("all"),
                token.revoked() ? "revoked" : "live",
                Long.toString(token.expiresAt().getEpochSecond()));
    }

    private static String sha256(String value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is part of every JDK", impossible);
        }
    }
}
