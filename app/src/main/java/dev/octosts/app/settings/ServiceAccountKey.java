package dev.octosts.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.octosts.github.key.PemKey;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;

/**
 * The key of a service account of Google Cloud, as the file that Google gives has it.
 *
 * @param email the name of the account
 * @param id which of its keys this is
 * @param key signs
 * @param tokenUri the address that gives tokens for what the key has signed
 * @see <a href="https://cloud.google.com/iam/docs/keys-create-delete">Google: keys of service accounts</a>
 */
public record ServiceAccountKey(String email, String id, PemKey key, URI tokenUri) {

    private static final String TYPE = "service_account";
    private static final int MAX_BYTES = 32_768;
    private static final int LONGEST = 512;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException when it has no such key, with what is wrong and what to do as its message, and
     *     without anything of the key
     */
    public static ServiceAccountKey read(String path) {
        byte[] content = BoundedFile.bytes(path, MAX_BYTES);
        try {
            return of(path, new ObjectMapper().readTree(content));
        } catch (IOException notJson) {
            // Its message may have a part of the file.
            throw refused(path, "is not JSON; give the key file of a service account");
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static ServiceAccountKey of(String path, JsonNode file) {
        var type = file.path("type").asText();
        if (!TYPE.equals(type)) {
            throw refused(
                    path,
                    "is of the type " + SettingFault.quoted(type) + ", and only a key file of the type " + TYPE
                            + " gives identity tokens; give one, or leave this variable out where a metadata server"
                            + " gives them, or set " + EventReader.IDENTITY + "=none");
        }
        try {
            return new ServiceAccountKey(
                    text(path, file, "client_email"),
                    text(path, file, "private_key_id"),
                    new PemKey(Pem.rsaKey(file.path("private_key").asText())),
                    tokenUri(path, text(path, file, "token_uri")));
        } catch (IllegalArgumentException fault) {
            var said = String.valueOf(fault.getMessage());
            throw said.startsWith("the file ") ? fault : refused(path, "has no usable private_key: " + said);
        }
    }

    private static String text(String path, JsonNode file, String name) {
        var text = file.path(name).asText();
        if (text.isEmpty() || text.length() > LONGEST) {
            throw refused(path, "has no " + name + "; take the key file as Google gives it");
        }
        return text;
    }

    /** What the key signs goes there, so nobody between may read along. */
    private static URI tokenUri(String path, String text) {
        try {
            var address = URI.create(text);
            boolean safe = "https".equals(address.getScheme())
                    || ("http".equals(address.getScheme()) && THIS_MACHINE.contains(String.valueOf(address.getHost())));
            if (safe && address.getHost() != null && address.getRawUserInfo() == null) {
                return address;
            }
        } catch (IllegalArgumentException malformed) {
            // as any other that is none
        }
        throw refused(path, "has a token_uri that does not begin with https://; take the key file as Google gives it");
    }

    private static IllegalArgumentException refused(String path, String why) {
        return new IllegalArgumentException("the file " + SettingFault.quoted(path) + " " + why);
    }

    @Override
    public String toString() {
        return "ServiceAccountKey[" + email + ", ***]";
    }
}
